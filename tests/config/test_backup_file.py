"""A backup's file: whole or refused with a sentence, whatever happened to it."""

from __future__ import annotations

import json
import random
import resource
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from evenhand.config.backup import archive, making, stream
from evenhand.problems import Problem
from evenhand.secrecy import keys

KEY, OTHER = keys.new_key(date(2026, 11, 1)), keys.new_key(date(2026, 11, 2))
KEYS = keys.keys_of(KEY, "backup key")
NAME, SECRET = next(iter(KEYS.items()))
WORDS = {
    "databases/default.sqlite3": b"a" * 5_000,
    "data/history-seals.txt": random.Random(1).randbytes(9_000),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A backup of several chunks."""
    path = tmp_path_factory.mktemp("backup") / "whole"
    with pytest.MonkeyPatch.context() as patch, path.open("wb") as file:
        patch.setattr(stream, "CHUNK", 1_024)
        with archive.packed(file, NAME, SECRET, {"version": "1"}) as packer:
            for name, data in WORDS.items():
                packer.add(name, data)
            packer.add_pieces("tables/t/rows", (bytes([n]) * 100 for n in range(200)))
            packer.rows["t"] = 200
    return path.read_bytes()


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "CHUNK", 1_024)


def said_of(path: Path, content: bytes, given: str = KEY) -> str:
    """Return what is said of a file with this content."""
    path.write_bytes(content)
    with pytest.raises(Problem) as refused:
        archive.verified(path, keys.keys_of(given, "backup key"))
    assert "Nothing was changed" in refused.value.remedy or "Give" in refused.value.remedy
    return refused.value.sentence


def test_what_was_packed_comes_back(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "backup"
    path.write_bytes(whole)
    assert len(whole) > 3 * 1_024, "more than one chunk"
    manifest = archive.verified(path, KEYS)
    assert manifest.about == {"version": "1"}
    assert manifest.rows == {"t": 200}
    found = {member.name: b"".join(member.pieces()) for member in archive.members(path, KEYS)}
    assert {name: found[name] for name in WORDS} == WORDS
    assert found["tables/t/rows/000000"] == b"".join(bytes([n]) * 100 for n in range(200))


def test_it_shows_nothing_of_what_it_holds(whole: bytes) -> None:
    assert b"aaaa" not in whole
    assert b"history-seals" not in whole
    assert SECRET not in whole


def test_cut_off_anywhere_it_is_refused(whole: bytes, tmp_path: Path) -> None:
    chunk = 1_024 + stream.TAG
    start = len(stream.MAGIC) + len(NAME) + 1 + stream.SALT
    for length in {0, 5, start - 1, start, start + 7, start + chunk, len(whole) - 1}:
        said = said_of(tmp_path / "cut", whole[:length])
        assert any(each in said for each in ("not a backup", "cut off", "does not open")), said
    assert "its end is missing" in said_of(tmp_path / "cut", whole[: start + 2 * chunk])


def test_one_altered_byte_anywhere_is_found(whole: bytes, tmp_path: Path) -> None:
    for place in range(0, len(whole), 101):
        altered = bytearray(whole)
        altered[place] ^= 1
        assert said_of(tmp_path / "altered", bytes(altered))


def test_parts_that_are_swapped_or_added_are_found(whole: bytes, tmp_path: Path) -> None:
    chunk = 1_024 + stream.TAG
    start = len(stream.MAGIC) + len(NAME) + 1 + stream.SALT
    one, two = whole[start : start + chunk], whole[start + chunk : start + 2 * chunk]
    rest = whole[start + 2 * chunk :]
    assert said_of(tmp_path / "swapped", whole[:start] + two + one + rest)
    assert said_of(tmp_path / "added", whole + b"\0")


def test_a_wrong_key_is_named(whole: bytes, tmp_path: Path) -> None:
    assert f"under the key {NAME}" in said_of(tmp_path / "b", whole, OTHER)
    same_name = f"{NAME}:{OTHER.split(':')[1]}"
    assert f"does not open with the key {NAME}" in said_of(tmp_path / "b", whole, same_name)


def test_what_is_no_backup_says_so(tmp_path: Path) -> None:
    assert "not a backup of Evenhand" in said_of(tmp_path / "b", b"PK\x03\x04 something else")


def test_a_list_that_does_not_agree_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b"
    with path.open("wb") as file, archive.packed(file, NAME, SECRET, {}) as packer:
        packer.add("data/one", b"1")
        packer._digests["data/two"] = "0" * 64
    with pytest.raises(Problem, match="not those it lists"):
        archive.verified(path, KEYS)


def test_a_file_that_would_leave_its_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b"
    with path.open("wb") as file, archive.packed(file, NAME, SECRET, {}) as packer:
        packer.add("data/../../elsewhere", b"1")
    with pytest.raises(Problem, match="holds what no backup holds"):
        archive.verified(path, KEYS)


def test_memory_stays_flat(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    path = tmp_path / "b"
    tracemalloc.start()
    with path.open("wb") as file, archive.packed(file, NAME, SECRET, {}) as packer:
        packer.add_pieces("tables/t/rows", (bytes(1024 * 1024) for _ in range(64)))
    archive.verified(path, KEYS)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16 * 1024**2, "of 64 MiB, which pack into next to nothing"


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond ``size``: what a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def fill(path: Path) -> None:
    with making._new_file(path) as file:
        for _ in range(10):
            file.write(bytes(100_000))


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new.backup"
    with pytest.raises(Problem, match="there is no room left"), room_for(10_000):
        fill(path)
    assert not list(tmp_path.iterdir())


def test_a_backup_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "there"
    path.write_text("mine")
    with pytest.raises(Problem, match="is there already"), making._new_file(path):
        pass
    assert path.read_text() == "mine"


def test_without_a_key_there_is_no_backup(tmp_path: Path, settings: Settings) -> None:
    settings.BACKUP_KEY = ""
    with pytest.raises(Problem, match="EVENHAND_BACKUP_KEY is not set"):
        making.make(tmp_path / "new", at=datetime(2026, 11, 20, tzinfo=UTC))


def test_the_key_file_is_never_taken_along(tmp_path: Path, settings: Settings) -> None:
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    settings.KEY_FILE = tmp_path / "files" / "keys"
    (tmp_path / "files").mkdir()
    settings.KEY_FILE.write_text(KEY)
    for name in ("files/letter.pdf", "history-seals.txt", "evenhand.sqlite3"):
        (tmp_path / name).write_text(json.dumps(name))
    assert sorted(path.name for path in making.beside()) == ["history-seals.txt", "letter.pdf"]

"""Folders, files and zips; and zips that are not what they say."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from evenhand.formats import files, limits
from evenhand.formats.faults import FileFault


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_the_files_of_a_folder_without_clutter_or_the_folders_within(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("b")
    (tmp_path / "a.csv").write_text("a")
    (tmp_path / ".DS_Store").write_text("x")
    (tmp_path / "~$a.xlsx").write_text("x")
    (tmp_path / "last month").mkdir()
    (tmp_path / "last month" / "a.csv").write_text("old")
    assert [file.name for file in files.find([tmp_path])] == ["a.csv", "b.csv"]


def test_the_files_of_a_zip_are_read_where_they_lie(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "all.zip", {"out/ssd_person.csv": b"x,y\n", "__MACOSX/._ssd_person.csv": b"z"}
    )
    (only,) = files.find([path])
    assert (only.name, only.base) == ("all.zip/out/ssd_person.csv", "ssd_person.csv")
    assert b"".join(only.chunks()) == b"x,y\n"
    assert only.sha256() == files.find([path])[0].sha256()


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="no such file or folder"):
        files.find([tmp_path / "nowhere"])


def test_a_damaged_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path / "all.zip", {"a.csv": b"x" * 1000})
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(FileFault, match="cannot be opened"):
        files.find([path])


def test_a_zip_bomb_is_refused_before_a_byte_is_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "all.zip", {"ssd_person.csv": b"0" * (limits.ZIP_RATIO_FROM + 1)})
    with pytest.raises(FileFault, match="would grow"):
        files.find([path])


def test_too_many_files_in_a_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path / "all.zip", {f"{n}.csv": b"" for n in range(limits.ZIP_MEMBERS + 1)})
    with pytest.raises(FileFault, match="the most is"):
        files.find([path])


def test_a_member_that_holds_more_than_it_says_is_stopped(tmp_path: Path) -> None:
    from evenhand.formats.delimited import Delimited

    path = zipped(tmp_path / "all.zip", {"a.csv": b"id,name\n" + b"1,aaaa\n" * 5000})
    (only,) = files.find([path])
    lying = files.File(only.name, 100, only.open)
    with pytest.raises((FileFault, zipfile.BadZipFile)):
        list(Delimited(lying))

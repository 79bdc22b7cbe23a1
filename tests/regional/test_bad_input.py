"""What cannot be analysed is said in a sentence; what can be is; nothing half is left behind."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from evenhand.problems import Problem
from evenhand.regional import analysing, by_columns, spilling
from evenhand.regional.analysing import Analysed, analyse
from tests.regional import exports
from tests.regional.conftest import defined
from tests.regional.exports import CLOCK

Change = Callable[[exports.Frames], object]


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pack england is read once for all these tests."""
    whole = analysing.read
    monkeypatch.setattr(analysing, "read", lambda n: defined() if n == "england" else whole(n))


def engine(plan: Any, room: Path) -> pl.DataFrame:
    """Count in columns."""
    return by_columns.count(plan, 1024, room)


def run(path: Path, out: Path) -> Analysed:
    """Analyse with the pack england."""
    return analyse(path, out, "england", engine)


def left_out(tmp_path: Path, change: Change) -> str:
    """Analyse a whole export beside one that was changed; return what was left out of the other."""
    exports.write(tmp_path / "in" / "a", "Islehaven", seed=1)
    frames = exports.made("Northmoor", seed=2)
    change(frames)
    exports.write(tmp_path / "in" / "b", "Northmoor", frames)
    done = run(tmp_path / "in", tmp_path / "out")
    assert "Islehaven" in done.authorities
    return "\n".join(done.left_out)


def test_a_whole_region_leaves_nothing_out_but_what_was_never_asked(tmp_path: Path) -> None:
    found = left_out(tmp_path, lambda frames: None)
    assert all("groups are not compared by it" in line for line in found.splitlines())
    assert "religion" in found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: f.pop("standings"), None),
        (lambda f: f.pop("assessment"), "no source holds assessment.started"),
        (lambda f: f.update(referral=f["referral"].drop("child")), 'has no column "child"'),
        (
            lambda f: f.update(standings=f["standings"].with_columns(due=pl.lit("soon"))),
            'has String in the column "due", where a day is wanted: no clock is counted',
        ),
        (
            lambda f: f.update(children=f["children"].with_columns(sex=pl.lit("Purple"))),
            '300 children with "Purple" under Sex, which the pack does not know',
        ),
        (
            lambda f: f.update(children=f["children"].with_columns(key=pl.lit(7, pl.Int64))),
            "has 299 keys twice among the children of Northmoor",
        ),
        (
            lambda f: f.update(children=f["children"].with_columns(pl.col("key") * 9_000_000)),
            "does not number the children of Northmoor from 1",
        ),
        (
            lambda f: f.update(standings=f["standings"].with_columns(standard=pl.lit("x/y"))),
            "has clocks that the pack does not know: x/y",
        ),
        (
            lambda f: f.update(standings=f["standings"].with_columns(state=pl.lit("overdue"))),
            'has states that are none of ours: "overdue"',
        ),
        (
            lambda f: f.update(standings=f["standings"].with_columns(due=pl.lit(None, pl.Date))),
            "which count from a birthday: they are left out",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_the_rest_is_analysed(
    tmp_path: Path, change: Change, said: str | None
) -> None:
    found = left_out(tmp_path, change)
    assert (said or "groups are not compared") in found
    assert "What was left out" in (tmp_path / "out" / "findings.txt").read_text("utf-8")


def test_an_authority_without_a_horizon_has_its_clocks_and_no_steps(tmp_path: Path) -> None:
    folder = exports.write(tmp_path / "in", "Islehaven")
    (folder / "schema.json").unlink()
    done = run(folder, tmp_path / "out")
    assert "it is not known from when to when a fact is held" in done.left_out[0]
    kinds = pl.read_parquet(tmp_path / "out" / "counts.parquet")["kind"].unique().to_list()
    assert kinds == ["clock"]


def test_a_fact_that_no_source_holds_leaves_out_its_step(tmp_path: Path) -> None:
    folder = exports.write(tmp_path / "in", "Islehaven")
    told = json.loads((folder / "schema.json").read_text("utf-8"))
    for column in told["files"][0]["columns"]:
        column["held"] = column["name"] != "conference.held"
    (folder / "schema.json").write_text(json.dumps(told), "utf-8")
    done = run(folder, tmp_path / "out")
    assert any("Islehaven: no source holds conference.held" in line for line in done.left_out)
    measures = set(pl.read_parquet(tmp_path / "out" / "counts.parquet")["measure"])
    assert "assessed" in measures
    assert "conference" not in measures


def test_a_file_that_is_no_parquet_file_is_named(tmp_path: Path) -> None:
    folder = exports.write(tmp_path / "in", "Islehaven")
    (folder / "section_47.parquet").write_text("a spreadsheet", "utf-8")
    done = run(folder, tmp_path / "out")
    assert any("section_47.parquet is no whole Parquet file:" in line for line in done.left_out)


def test_what_may_not_be_read_is_said_and_is_not_taken_for_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may read anything, and the tests may run as root: so the system's own no is made up."""
    for folder, name in (("a", "Islehaven"), ("b", "Northmoor")):
        exports.write(tmp_path / "in" / folder, name)
    shut, whole = {tmp_path / "in" / "b"}, Path.iterdir

    def refused(path: Path) -> Iterator[Path]:
        if path in shut:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return whole(path)

    monkeypatch.setattr(Path, "iterdir", refused)
    done = run(tmp_path / "in", tmp_path / "out")
    assert any("b cannot be read (Permission denied): it is left out" in x for x in done.left_out)
    shut.add(tmp_path / "in")
    with pytest.raises(Problem, match=r"in cannot be read \(Permission denied\)"):
        run(tmp_path / "in", tmp_path / "again")


def test_a_file_cut_short_leaves_out_its_authority(tmp_path: Path) -> None:
    exports.write(tmp_path / "in" / "a", "Islehaven", seed=1)
    folder = exports.write(tmp_path / "in" / "b", "Northmoor", seed=2, children=2_000)
    path = folder / "referral.parquet"
    held = path.read_bytes()
    path.write_bytes(held[:4] + b"\7" * (len(held) - 4004) + held[-4000:])
    done = run(tmp_path / "in", tmp_path / "out")
    assert any("b cannot be read whole" in line for line in done.left_out)
    assert set(pl.read_parquet(tmp_path / "out" / "counts.parquet")["authority"]) == {"Islehaven"}


def test_two_folders_of_one_authority_are_both_left_out(tmp_path: Path) -> None:
    for folder, name in (("a", "Islehaven"), ("b", "Islehaven"), ("c", "Northmoor")):
        exports.write(tmp_path / "in" / folder, name)
    done = run(tmp_path / "in", tmp_path / "out")
    assert done.authorities == ("Northmoor",)
    assert any("are each of Islehaven: they are left out" in line for line in done.left_out)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "is not there"),
        (lambda path: path.write_text("x"), "is a file"),
        (lambda path: path.mkdir(), "holds no Parquet files"),
        (lambda path: exports.write(path, "X", {"children": pl.DataFrame({"key": ["a"]})}), "key"),
        (
            lambda path: exports.write(path, "X", {"children": exports.made("X")["children"]}),
            "can be counted",
        ),
    ],
)
def test_what_holds_nothing_is_refused_and_nothing_is_left(
    tmp_path: Path, make: Callable[[Path], object], said: str
) -> None:
    make(tmp_path / "in")
    before = set(tmp_path.iterdir())
    with pytest.raises(Problem, match=said):
        run(tmp_path / "in", tmp_path / "out")
    assert set(tmp_path.iterdir()) == before


def test_a_pack_without_a_pathway_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / "packs" / "bare"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text("id: bare\ntitle: Bare\nsource: x\nlicence: x\n", "utf-8")
    monkeypatch.setenv("EVENHAND_PACKS", str(tmp_path / "packs"))
    exports.write(tmp_path / "in", "Islehaven", children=20)
    with pytest.raises(Problem, match=r'The pack "bare" has no pathway\.yaml'):
        analyse(tmp_path / "in", tmp_path / "out", "bare", engine)
    with pytest.raises(Problem, match='No pack is called "nowhere"'):
        analyse(tmp_path / "in", tmp_path / "out", "nowhere", engine)


def test_a_folder_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    exports.write(tmp_path / "in", "Islehaven", children=20)
    (tmp_path / "out").mkdir()
    with pytest.raises(Problem, match="is there already"):
        run(tmp_path / "in", tmp_path / "out")


def test_too_little_memory_is_said(tmp_path: Path) -> None:
    exports.write(tmp_path / "in", "Islehaven", children=20)
    with pytest.raises(Problem, match="too little memory"):
        analyse(tmp_path / "in", tmp_path / "out", "england", lambda plan, room: by_columns.count(
            plan, 50, room))  # fmt: skip
    assert not (tmp_path / "out").exists()


def full(*_: object, **__: object) -> None:
    """A disk without room."""
    raise OSError(errno.ENOSPC, "No space left on device")


def stopped(*_: object, **__: object) -> None:
    """Ctrl-C."""
    raise KeyboardInterrupt


@pytest.mark.parametrize(("fault", "raised"), [(full, Problem), (stopped, KeyboardInterrupt)])
@pytest.mark.parametrize("where", ["spilling", "writing"])
def test_a_full_disk_or_a_stop_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, fault: Any, raised: Any
) -> None:
    exports.write(tmp_path / "in", "Islehaven")
    if where == "spilling":
        monkeypatch.setattr(spilling, "OWN", spilling.LEAST - 1)
        monkeypatch.setattr(spilling, "MIB", 10_000)
        monkeypatch.setattr(spilling, "_deal", fault)
    else:
        monkeypatch.setattr(analysing.writing, "_csv", fault)
    with pytest.raises(raised) as caught:
        analyse(tmp_path / "in", tmp_path / "out", "england", lambda plan, room: by_columns.count(
            plan, spilling.LEAST, room))  # fmt: skip
    assert raised is not Problem or "No space left on device" in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_standings_that_cannot_be_read_are_not_guessed(tmp_path: Path) -> None:
    frames = exports.made("Islehaven")
    frames["standings"] = frames["standings"].drop("state")
    done = run(exports.write(tmp_path / "in", "Islehaven", frames), tmp_path / "out")
    assert any("no clock is counted" in line for line in done.left_out)
    assert CLOCK not in set(pl.read_parquet(tmp_path / "out" / "counts.parquet")["measure"])

"""A source that has no room in memory, laid out on disk in parts that have.

Everything that is counted is of one child, so children are dealt by the remainder of their key,
and the counts of the parts add up to those of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import polars as pl

from evenhand.problems import Problem
from evenhand.regional.plans import ClockPlan, Plan
from evenhand.regional.rows import View

MIB = 1 << 20
OWN = 300  # MiB that the process takes with nothing in it, and what reading a batch takes
LEAST = 400
BYTES = {"children": 3, "standings": 24, "clock": 24, "events": 72, "next": 40}
"""About how many bytes each row of a view takes while it is counted, by the view's first word."""
AT_ONCE = 1 << 17
MOST = 512


class Spilled:
    """One part: its own folder, with a folder of files for each view."""

    def __init__(self, folder: Path, of: int, empty: Mapping[str, pl.Schema]) -> None:
        self.folder, self.of, self._empty = folder, of, empty

    def view(self, name: str) -> View:
        """Return the rows of a view that are in this part."""
        files = sorted((self.folder / name).glob("*.parquet"))
        return View(files, lambda scan: scan, self._empty[name])


def spilled(
    plan: Plan,
    views: Mapping[str, View],
    memory: int,
    room: Path,
    told: Callable[[str], None],
) -> Iterator[Spilled] | None:
    """Return the parts of a source, laid out in ``room``; None where it fits in ``memory`` MiB.

    Raises Problem where that is too little for anything.
    """
    if memory < LEAST:
        raise Problem(
            f"{memory} MiB is too little memory: counting takes {LEAST} MiB.",
            f"Give it more: --memory {LEAST}.",
        )
    of = -(-_bytes(plan, views) // ((memory - OWN) * MIB))
    return _laid_out(views, min(of, MOST), room, told) if of > 1 else None


def _bytes(plan: Plan, views: Mapping[str, View]) -> int:
    """About how many bytes the fullest moment of counting takes."""
    whole = sum(one.most for one in plan.authorities) * (BYTES["children"] + len(plan.dimensions))
    taken = {name: view.rows() * BYTES[name.partition("-")[0]] for name, view in views.items()}
    steps = [size + taken.get(f"next-{name.partition('-')[2]}", 0) for name, size in taken.items()
             if name.startswith("events-")]  # fmt: skip
    others = [size for name, size in taken.items() if name.startswith(("standings", "clock"))]
    return whole + max([0, *steps, *others])


def named(clock: ClockPlan) -> str:
    """Return the name of a clock's view, which is that of a folder too."""
    return f"clock-{clock.standard.id.replace('/', '-')}"


def _laid_out(
    views: Mapping[str, View], of: int, room: Path, told: Callable[[str], None]
) -> Iterator[Spilled]:
    told(f"laying out {of} parts")
    folders = [room / f"{number:04}" for number in range(of)]
    for name, view in views.items():
        for folder in folders:
            (folder / name).mkdir(parents=True, exist_ok=True)
        for turn, batch in enumerate(view.batches(AT_ONCE)):
            _deal(batch, of, folders, name, turn)
    empty = {name: view.whole().collect_schema() for name, view in views.items()}
    return (Spilled(folder, of, empty) for folder in folders)


def _deal(batch: pl.DataFrame, of: int, folders: list[Path], name: str, turn: int) -> None:
    dealt = batch.with_columns((pl.col("child") % of).alias("part"))
    for (part,), rows in dealt.partition_by("part", as_dict=True, include_key=False).items():
        rows.write_parquet(folders[int(str(part))] / name / f"{turn:06}.parquet")

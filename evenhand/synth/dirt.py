"""The faults of real extracts, put in at a known rate and counted.

Each kind is a function from a row, and the place of its column, to the rows that stand in its
stead: the row spoilt, the row and another, or None where this row cannot have the fault. What
planted truths count is never spoilt: faults in days fall on other tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenhand.synth.figures import figure, whole, words
from evenhand.synth.tables import Layout, Row
from evenhand.synth.world import World

Spoil = Callable[["Kind", Row], "list[Row] | None"]


@dataclass(slots=True)
class Kind:
    """One kind of fault in one column of one table."""

    name: str
    layout: Layout
    place: int
    every: int
    as_at: date
    spoil: Spoil
    met: int = 0

    def on(self, rows: list[Row], counts: Counter[str]) -> list[Row]:
        """Return the rows with every so-manyth one that could have the fault spoilt."""
        spoilt: list[Row] = []
        for row in rows:
            found = self.spoil(self, row)
            self.met += found is not None
            if found is not None and self.met % self.every == self.every // 2:
                counts[self.name] += 1
                spoilt += found
            else:
                spoilt.append(row)
        return spoilt

    def cell(self, row: Row) -> str:
        """The cell of this kind's column."""
        return row[self.place]

    def put(self, row: Row, value: str) -> Row:
        """The row with another value in this kind's column."""
        return (*row[: self.place], value, *row[self.place + 1 :])


class Dirt:
    """Puts faults into rows on their way to a file; with ``clean`` it puts in none."""

    def __init__(self, world: World, spelled: Mapping[str, Layout], *, clean: bool) -> None:
        self.counts: Counter[str] = Counter()
        self.kinds = [] if clean else list(_kinds(world, spelled))

    def on(self, table: str, rows: list[Row]) -> list[Row]:
        """Return the rows of a table as the file will have them."""
        for kind in self.kinds:
            if kind.layout.table == f"ssd_{table}":
                rows = kind.on(rows, self.counts)
        return rows

    def entries(self) -> dict[str, dict[str, Any]]:
        """Return each kind with its table, its column and how many rows or cells have it."""
        return {
            kind.name: {
                "what": figure(f"dirt:{kind.name}.what"),
                "table": kind.layout.table,
                "column": figure(f"dirt:{kind.name}.column"),
                "count": self.counts[kind.name],
            }
            for kind in self.kinds
        }


def _kinds(world: World, spelled: Mapping[str, Layout]) -> list[Kind]:
    made = []
    for name, spoil in SPOILS.items():
        layout = spelled[figure(f"dirt:{name}.table")]
        place = layout.places[figure(f"dirt:{name}.column")]
        every = whole(f"dirt:{name}.every")
        made.append(Kind(name, layout, place, every, date.fromordinal(world.today), spoil))
    return made


def _local_ethnicity(kind: Kind, row: Row) -> list[Row] | None:
    code = words("dirt:local_codes").get(kind.cell(row))
    return [kind.put(row, code)] if code else None


def _same_sex_and_gender(kind: Kind, row: Row) -> list[Row] | None:
    sex = row[kind.layout.places["pers_sex"]]
    return [kind.put(row, sex)] if sex in {"M", "F"} and not kind.cell(row) else None


def _estimated_birth(kind: Kind, row: Row) -> list[Row] | None:
    born, expected = kind.cell(row), kind.layout.places["pers_expected_dob"]
    if not born:
        return None
    return [(*kind.put(row, "")[:expected], born, *row[expected + 1 :])]


def _stray_space(kind: Kind, row: Row) -> list[Row] | None:
    return [kind.put(row, f"{kind.cell(row)}\u00a0")]


def _twice_recorded(kind: Kind, row: Row) -> list[Row] | None:
    again = list(kind.put(row, f"9{kind.cell(row)}"))
    for column in ("pers_legacy_id", "pers_upn", "pers_ethnicity"):
        again[kind.layout.places[column]] = ""
    return [row, tuple(again)]


def _orphan(kind: Kind, row: Row) -> list[Row] | None:
    key = row[0]
    return [row, (f"8{key}", *kind.put(row, f"88{key}")[1:])]


def _id_as_number(kind: Kind, row: Row) -> list[Row] | None:
    return [kind.put(row, f"{kind.cell(row)}.0")]


def _midnight(kind: Kind, row: Row) -> list[Row] | None:
    return [kind.put(row, f"{kind.cell(row)} 00:00:00.000")]


def _unknown_worker(kind: Kind, row: Row) -> list[Row] | None:
    return [kind.put(row, "-1")]


def _unknown_team(kind: Kind, row: Row) -> list[Row] | None:
    return [kind.put(row, "0")]


def _year_0202(kind: Kind, row: Row) -> list[Row] | None:
    day = kind.cell(row)
    return [kind.put(row, f"0{day[:3]}{day[4:]}")] if day.startswith("20") else None


def _end_before_start(kind: Kind, row: Row) -> list[Row] | None:
    if not kind.cell(row).startswith("20"):
        return None
    started = date.fromisoformat(row[kind.layout.places["cinp_cin_plan_start_date"]])
    return [kind.put(row, date.fromordinal(started.toordinal() - 9).isoformat())]


def _null_text(kind: Kind, row: Row) -> list[Row] | None:
    return None if kind.cell(row) else [kind.put(row, "NULL")]


def _join_duplicate(_: Kind, row: Row) -> list[Row] | None:
    return [row, row]


def _review_before_birth(kind: Kind, row: Row) -> list[Row] | None:
    if not kind.cell(row):
        return None
    long_ago = kind.as_at.replace(year=kind.as_at.year - 28, month=6, day=1)
    return [row, (f"7{row[0]}", *kind.put(row, long_ago.isoformat())[1:])]


def _placeholder(kind: Kind, row: Row) -> list[Row] | None:
    return [kind.put(row, "PLACEHOLDER_DATA")]


def _slash_dates(kind: Kind, row: Row) -> list[Row] | None:
    for place in kind.layout.dates:
        if day := row[place]:
            row = (*row[:place], f"{day[8:]}/{day[5:7]}/{day[:4]}", *row[place + 1 :])
    return [row]


SPOILS: dict[str, Spoil] = {
    "twice_recorded": _twice_recorded,
    "local_ethnicity": _local_ethnicity,
    "same_sex_and_gender": _same_sex_and_gender,
    "estimated_birth": _estimated_birth,
    "stray_space": _stray_space,
    "id_as_number": _id_as_number,
    "orphan": _orphan,
    "midnight": _midnight,
    "unknown_worker": _unknown_worker,
    "unknown_team": _unknown_team,
    "year_0202": _year_0202,
    "end_before_start": _end_before_start,
    "null_text": _null_text,
    "join_duplicate": _join_duplicate,
    "review_before_birth": _review_before_birth,
    "placeholder": _placeholder,
    "agency_placeholder": _placeholder,
    "slash_dates": _slash_dates,
}
"""In the order in which they are put in: a whole file's way of writing days comes last."""

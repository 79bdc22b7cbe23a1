"""What is doubtful in a whole workbook of Annex A: who the children are, and their days.

Annex A has no rules of its own; these are ours, named AXA-. A row is refused only where its child
cannot be told apart from another; all else is listed and taken. Ends before beginnings, days still
to come and events before birth are found for every format alike, and not here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from evenhand.formats.annex_a.tables import CHILD, ERRORS, first_ages, name_of, tables, titles
from evenhand.formats.faults import Fault, Weight, shown
from evenhand.formats.format import Checked, Frame

BORN, AGE, SEX, ETHNICITY = "Date of Birth", "Age of Child (Years)", "Gender", "Ethnicity"
_NOT_SAID: Final = ("NOBT", "REFU", "U")
_POSTCODE: Final = r"(?i)^[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}$"
_YEAR_OF_DAYS: Final = 365.2425
Frames = Mapping[str, Frame]

_LATER: Final = (
    (5, "Date of Initial Child Protection Conference",
     "Strategy discussion initiating Section 47 Enquiry Start Date"),
    (7, "Date of latest review conference", "Child Protection Plan Start Date"),
    (7, "Date of the Last Statutory Visit", "Child Protection Plan Start Date"),
    (8, "Start Date of Most Recent Placement", "Date Started to be Looked After"),
    (8, "Date of Latest Statutory Review", "Date Started to be Looked After"),
)  # fmt: skip
"""Days that come after another: list, the later, the earlier."""

_OPEN: Final = (
    (7, "Child Protection Plan Start Date", "Child Protection Plan End Date", "plans"),
    (8, "Date Started to be Looked After", "Date Ceased to be Looked After", "periods of care"),
)


def check(frames: Frames, today: date) -> Iterator[Checked]:
    """Yield what is found in the lists of one workbook, list by list and row by row."""
    lists = {name: frame for name, frame in frames.items() if name in tables()}
    people = _people(lists)
    if people is not None:
        yield from _other_birth(people)
        yield from _other_answer(people, SEX, "AXA-I02")
        yield from _other_answer(people, ETHNICITY, "AXA-I03")
        yield from _ages(people, _newest(lists, today))
    yield from _too_young(lists)
    yield from _out_of_order(lists)
    yield from _open_twice(lists)
    yield from _needless_conferences(lists)
    yield from _postcodes(lists)
    yield from _errors(lists)


def _people(lists: Frames) -> Frame | None:
    """Every row of every list by its child, in the order in which the lists are read."""
    wanted = [CHILD, SEX, ETHNICITY, BORN, AGE]
    found = [
        frame.select("file", "line", *wanted).with_columns(pl.lit(name).alias("table"))
        for name, frame in lists.items()
        if CHILD in frame.columns and tables()[name].used
    ]
    return pl.concat(found).sort("file", "line") if found else None


def _with_first(people: Frame, column: str) -> Frame:
    """Each row beside the first that says something of its child in a column."""
    said = people.filter(pl.col(column).is_not_null())
    if said.schema[column] == pl.String:
        said = said.filter(~pl.col(column).is_in(_NOT_SAID))
    first = said.unique(CHILD, keep="first", maintain_order=True)
    named = first.select(
        CHILD,
        pl.col(column).alias("first"),
        pl.col("table").alias("first_table"),
        pl.col("line").alias("first_line"),
    )
    return said.join(named, on=CHILD, how="inner", maintain_order="left").filter(
        pl.col(column) != pl.col("first")
    )


def _other_birth(people: Frame) -> Iterator[Checked]:
    for row in _with_first(people, BORN).iter_rows(named=True):
        yield _found(
            row,
            "AXA-I01",
            BORN,
            row[BORN],
            f"the child {shown(row[CHILD])} is born on {row[BORN]} here and on {row['first']} in "
            f"{_place(row)}: it may be another child's row.",
            "Correct the date of birth or the identifier, and retry the row.",
            "row",
        )


def _other_answer(people: Frame, column: str, rule: str) -> Iterator[Checked]:
    others = _with_first(people, column).unique([CHILD, column], keep="first", maintain_order=True)
    for row in others.iter_rows(named=True):
        yield _found(
            row,
            rule,
            column,
            row[column],
            f"{column} is {row[column]} here and {row['first']} in {_place(row)} for the child "
            f"{shown(row[CHILD])}: {row['first']} was taken.",
            "Find out which is right and correct the case system.",
        )


def _place(row: Mapping[str, Any]) -> str:
    number = str(row["first_table"]).rpartition("_")[2]
    return f"list {number}, row {row['first_line']:,}"


def _newest(lists: Frames, today: date) -> date:
    """The newest day that the lists tell of, none that is still to come."""
    days = [
        frame[column].filter(frame[column] <= today).max()
        for frame in lists.values()
        for column, kind in frame.schema.items()
        if kind == pl.Date and column != BORN
    ]
    return max((day for day in days if isinstance(day, date)), default=today)


def _ages(people: Frame, newest: date) -> Iterator[Checked]:
    """Ages that the date of birth belies by more than a year, and the unborn who were born."""
    years = (pl.lit(newest) - pl.col(BORN)).dt.total_days() / _YEAR_OF_DAYS
    aged = people.filter(pl.col(AGE).is_not_null() & pl.col(BORN).is_not_null())
    aged = aged.with_columns(years.alias("years"))
    wrong = aged.filter(
        ((pl.col(AGE) - pl.col("years").floor()).abs() >= 2)
        | ((pl.col(AGE) < 0) & (pl.col("years") >= 1))
    )
    for row in wrong.unique(CHILD, keep="first", maintain_order=True).iter_rows(named=True):
        yield _found(
            row,
            "AXA-A01",
            AGE,
            f"{row[AGE]:g}",
            f"the age is {row[AGE]:g}, but a child born on {row[BORN]} was "
            f"{max(row['years'], 0):.0f} on {newest}. The date of birth was taken.",
            "Check the date of birth in the case system.",
        )


def _too_young(lists: Frames) -> Iterator[Checked]:
    for name, age in first_ages().items():
        if (frame := lists.get(name)) is None:
            continue
        for row in frame.filter(pl.col(AGE) < age).iter_rows(named=True):
            yield _found(
                {**row, "table": name},
                "AXA-A02",
                AGE,
                f"{row[AGE]:g}",
                f"the age is {row[AGE]:g}; nobody is on the list of {titles()[name].lower()} "
                f"before {age}.",
                "Check the date of birth, or why the child is on this list.",
            )


def _out_of_order(lists: Frames) -> Iterator[Checked]:
    for number, later, earlier in _LATER:
        if (frame := lists.get(name_of(number))) is None:
            continue
        for row in frame.filter(pl.col(later) < pl.col(earlier)).iter_rows(named=True):
            yield _found(
                {**row, "table": name_of(number)},
                "AXA-D01",
                later,
                row[later],
                f"{later} is {row[later]}, before {earlier} on {row[earlier]}.",
                "Check both days in the case system.",
            )


def _open_twice(lists: Frames) -> Iterator[Checked]:
    for number, starts, ends, what in _OPEN:
        if (frame := lists.get(name_of(number))) is None:
            continue
        still = frame.filter(pl.col(ends).is_null())
        twice = still.filter(pl.col(starts).n_unique().over(CHILD) > 1)
        for row in twice.iter_rows(named=True):
            yield _found(
                {**row, "table": name_of(number)},
                "AXA-R01",
                starts,
                row[starts],
                f"the child {shown(row[CHILD])} has several {what} on this list without an end.",
                "End the earlier one in the case system.",
            )


def _needless_conferences(lists: Frames) -> Iterator[Checked]:
    needless = "Was an Initial Child Protection Conference deemed unnecessary?"
    held = "Date of Initial Child Protection Conference"
    if (frame := lists.get(name_of(5))) is None:
        return
    both = frame.filter((pl.col(needless) == "Y") & pl.col(held).is_not_null())
    for row in both.iter_rows(named=True):
        yield _found(
            {**row, "table": name_of(5)},
            "AXA-R02",
            needless,
            "Y",
            f"a conference is said to be unnecessary, and one is dated {row[held]}.",
            "Check which is right in the case system.",
        )


def _postcodes(lists: Frames) -> Iterator[Checked]:
    column = "Placement postcode"
    if (frame := lists.get(name_of(8))) is None:
        return
    wrong = frame.filter(~pl.col(column).str.strip_chars().str.contains(_POSTCODE))
    for row in wrong.iter_rows(named=True):
        yield _found(
            {**row, "table": name_of(8)},
            "AXA-C01",
            column,
            row[column],
            f"{shown(row[column])} is not a postcode: none was recorded.",
            "Correct it in the case system.",
            "cell",
        )


def _errors(lists: Frames) -> Iterator[Checked]:
    """Once for each column of a list: how many cells hold an error instead of a value."""
    for name, frame in lists.items():
        met = frame.filter(pl.col(ERRORS).is_not_null()).with_columns(
            pl.col(ERRORS).str.split("; ").alias("column")
        )
        counted = met.explode("column").group_by("column", maintain_order=True)
        for row in counted.agg(
            pl.first("file"), pl.first("line"), pl.len().alias("cells")
        ).iter_rows(named=True):
            cells = "cell holds" if row["cells"] == 1 else "cells hold"
            yield _found(
                {**row, "table": name},
                "AXA-C02",
                row["column"],
                "",
                f"{row['cells']:,} {cells} an error such as #N/A in {row['column']}: read as "
                "blank.",
                "Mend the formula or the look-up in the workbook, and import it again.",
            )


def _found(
    row: Mapping[str, Any],
    rule: str,
    column: str,
    value: object,
    sentence: str,
    remedy: str,
    weight: Weight = "note",
) -> Checked:
    fault = Fault(row["line"], column, str(value), rule, sentence, remedy, weight)
    return Checked(row["table"], fault, row["file"])

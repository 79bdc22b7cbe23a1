"""The standings' file: every cycle of every standard, with its state on the day of the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from evenhand.facts.expressions import EpochDay, EpochMicrosecond
from evenhand.facts.holding import NOTHING, Integers
from evenhand.facts.reading import fetch_integers
from evenhand.publications.parquet import columns as made
from evenhand.publications.parquet.columns import DAY, MOMENT, TEXT, WHOLE, Meant
from evenhand.publications.parquet.files import Export, File
from evenhand.publications.parquet.keys import LEFT_OUT, children_of
from evenhand.publications.parquet.subjects import CHILD, WHOSE, name_of_file
from evenhand.publications.parquet.withholding import tells_a_birthday
from evenhand.rules import Horizon, Standard
from evenhand.rules.london import last_moment
from evenhand.standards.models import Standing
from evenhand.standards.standing import recorded_standards
from evenhand.standards.states import COUNTED, horizons_by_standard, state_of_day

COLUMNS = (
    Meant("standard", TEXT, "The standard: id of standards.parquet.", unit="key"),
    Meant("subject", TEXT, "The file that holds the record which the clock runs on."),
    Meant("subject_key", WHOLE, "The record: key of that file.", unit="key"),
    Meant("cycle", WHOLE, "Which time round: a review is due again and again.", unit="count"),
    *WHOSE,
    Meant(
        "due", DAY,
        "The day by which it was due. Empty where it counts from a day of birth and would tell it.",
    ),
    Meant("due_at", MOMENT, "The moment by which it was due, where hours count."),
    Meant("done", DAY, "The day on which it was done."),
    Meant("done_at", MOMENT, "The moment at which it was done, where hours count."),
    Meant(
        "state", TEXT, "How it stands at the end of the day of the figures, as pages count it.",
        values=tuple(str(state) for state in COUNTED),
    ),
)  # fmt: skip


def file(export: Export) -> File:
    """Return the file of standings."""
    return File("standings", "one cycle of one standard", COLUMNS, lambda: _parts(export))


def _parts(export: Export) -> Iterator[pl.DataFrame]:
    known = horizons_by_standard()
    for standard in recorded_standards():
        rows = fetch_integers(_rows(standard), 9)
        if len(rows[0]):
            yield _frame(standard, rows, known.get(standard.id), export)


def _rows(standard: Standard) -> QuerySet[Standing, Any]:
    nobody, nothing = Value(0), Value(NOTHING)
    return (
        Standing.objects.filter(standard=standard.id)
        .order_by()
        .values_list(
            "subject_id",
            "cycle",
            Coalesce(F("child_id"), nobody),
            Coalesce(F("team_id"), nobody),
            "kind",
            EpochDay("due_on"),
            Coalesce(EpochMicrosecond("due_at"), nothing),
            Coalesce(EpochDay("done_on"), nothing),
            Coalesce(EpochMicrosecond("done_at"), nothing),
        )
    )


def _frame(
    standard: Standard, rows: tuple[Integers, ...], horizon: Horizon | None, export: Export
) -> pl.DataFrame:
    subjects, cycles, children, teams, kinds, due, due_at, done, done_at = rows
    records = export.keys[standard.subject].of(subjects)
    whose = children_of(export.keys[CHILD], children)
    told: Mapping[str, pl.Series] = {
        "subject_key": made.keys(records),
        "cycle": pl.Series(cycles),
        "child": made.keys(whose),
        "team": export.team(teams, children),
        "kind": pl.Series(kinds),
        "due": made.days(due),
        "due_at": made.moments(due_at),
        "done": made.days(done),
        "done_at": made.moments(done_at),
    }
    frame = _with_states(pl.DataFrame(dict(told)), horizon, export)
    frame = frame.filter(pl.Series((records != LEFT_OUT) & (whose != LEFT_OUT)))
    if tells_a_birthday(standard):
        frame = frame.with_columns(due=pl.lit(None), due_at=pl.lit(None))
    named = {"standard": pl.lit(standard.id), "subject": pl.lit(name_of_file(standard.subject))}
    return frame.with_columns(**named).sort("subject_key", "cycle")


def _with_states(frame: pl.DataFrame, horizon: Horizon | None, export: Export) -> pl.DataFrame:
    """The state of each row, in the order of the rows: worked out once for each kind and day."""
    different = frame.select("kind", "due").unique()
    now = last_moment(export.as_at)
    states = [str(state_of_day(kind, due, now, horizon)) for kind, due in different.iter_rows()]
    known = different.with_columns(state=pl.Series(states, dtype=TEXT))
    return frame.join(known, on=["kind", "due"], how="left", maintain_order="left")

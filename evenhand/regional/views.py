"""What an engine reads of a source's files, made plain: numbers for authorities, days and codes."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from evenhand.policy.pathway import Step
from evenhand.regional.counts import IN_TIME, REACHED, UNJUDGED, WAITING
from evenhand.regional.layout import parts
from evenhand.regional.plans import ALONE, CHILD, STANDINGS, YES_NO, ClockPlan, Plan, StepPlan
from evenhand.regional.profiles import AUTHORITY, CHILDREN, KEY
from evenhand.regional.rows import View
from evenhand.rules import State

LONDON = "Europe/London"
COUNTS_AS: Mapping[str, int] = {
    State.KEPT: IN_TIME,
    State.KEPT_LATE: REACHED,
    State.LATE: WAITING,
    State.NOT_KNOWN: UNJUDGED,
    State.NOT_RECORDED: UNJUDGED,
}
"""How a cycle counts by its state; open and excused ones are not counted."""


class Views:
    """The views of one source; each has ``authority`` by number and ``child`` by key, 0: nobody."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.names = [one.name for one in plan.authorities]

    def children(self) -> View:
        """Return each child's group on each dimension, as ``Crowd.fill`` takes it."""
        alone = pl.col(ALONE).fill_null(False).cast(pl.UInt8) if self.plan.knows_alone else 0
        groups = [
            (2 * _code(way.id, way.labels, way.unknown) + alone).alias(f"group_{number}")
            for number, way in enumerate(self.plan.dimensions)
        ]
        return self._of(CHILDREN, [pl.col(KEY).alias(CHILD), *groups])

    def events(self, planned: StepPlan) -> View:
        """Return the records that a step counts: key, child, day and how it was answered."""
        step = planned.step
        so = [_so(name, how) for name, how in step.among.items()]
        columns = [pl.col(KEY), _child(), _day(step.at, planned.at), _answered(step), *so]
        names = ("authority", "key", "child", "day", "how")
        kept = (pl.col("day").is_not_null(), *(pl.col(name) for name in step.among))
        return self._of(step.subject, columns, kept, names)

    def next(self, planned: StepPlan) -> View:
        """Return the records that say that the next stage was reached: child and day."""
        step = planned.step
        wholly = [_wholly(step).alias("wholly")] if step.unless_fact else []
        columns = [_child(), _day(step.next_at, planned.next_at), *wholly]
        kept = (pl.col("day").is_not_null(), pl.col("child") > 0)
        unless = [~pl.col("wholly")] if wholly else []
        return self._of(step.next_subject, columns, (*kept, *unless), ("authority", "child", "day"))

    def standings(self, standards: list[str]) -> View:
        """Return the cycles that count: by number of standard, child, day due, and how."""
        unknown = len(standards)
        measure = _code("standard", tuple(standards), unknown).alias("measure")
        how = (
            pl.col("state")
            .cast(pl.String)
            .replace_strict(
                list(COUNTS_AS), list(COUNTS_AS.values()), default=None, return_dtype=pl.UInt8
            )
        )
        day = pl.col("due").cast(pl.Int32).alias("day")
        held = (pl.col("how").is_not_null(), pl.col("day").is_not_null())
        columns = [measure, _child(), day, how.alias("how")]
        return self._of(STANDINGS, columns, (pl.col("measure") < unknown, *held))

    def clock(self, clock: ClockPlan) -> View:
        """Return the starts and stops of a clock, by day."""
        facts = clock.standard
        start, stop = _day(facts.starts, "Date"), _day(facts.stops or "", "Date").alias("stop")
        return self._of(facts.subject, [_child(), start, stop], (pl.col("day").is_not_null(),))

    def _of(
        self,
        name: str,
        columns: list[pl.Expr],
        kept: tuple[pl.Expr, ...] = (),
        names: tuple[str, ...] = (),
    ) -> View:
        """A file's columns, of the rows kept, with the number of each row's authority."""
        path = self.plan.source.file(name)
        number = pl.lit(0, pl.Int16)
        if name in self.plan.names_authority:
            number = _code(AUTHORITY, tuple(self.names), -1)

        def made(scan: pl.LazyFrame) -> pl.LazyFrame:
            frame = scan.select(number.alias("authority"), *columns)
            some = frame.filter(pl.col("authority") >= 0, *kept)
            return some.select(*names) if names else some

        return View(parts(path) if path else [], made)


def _code(column: str, among: tuple[str, ...], otherwise: int) -> pl.Expr:
    """The place of each text among those given; ``otherwise`` where it is none of them."""
    return (
        pl.col(column)
        .cast(pl.String)
        .replace_strict(
            list(among), list(range(len(among))), default=otherwise, return_dtype=pl.Int16
        )
    )


def _child() -> pl.Expr:
    return pl.col(CHILD).fill_null(0).cast(pl.Int64).alias("child")


def _day(name: str, type_: str) -> pl.Expr:
    """Days since 1970: the London day of a moment."""
    column = pl.col(name)
    if type_ != "Date":
        column = column.dt.replace_time_zone("UTC").dt.convert_time_zone(LONDON).dt.date()
    return column.cast(pl.Int32).alias("day")


def _so(name: str, how: str) -> pl.Expr:
    column = pl.col(name)
    if how == "recorded":
        return column.is_not_null().alias(name)
    return (column == (how == "yes")).fill_null(False).alias(name)


def _answered(step: Step) -> pl.Expr:
    """How a record counts by its own fact; without one in time, until it is followed."""
    if not step.answered_by:
        return pl.lit(IN_TIME, pl.UInt8).alias("how")
    column = pl.col(step.answered_by)
    so = column == (step.answer == "yes") if step.answer in YES_NO else column == step.answer
    how = pl.when(column.is_null()).then(UNJUDGED).when(so).then(REACHED).otherwise(IN_TIME)
    return how.cast(pl.UInt8).alias("how")


def _wholly(step: Step) -> pl.Expr:
    """Whether a record holds codes, and none but those that do not count."""
    held = pl.col(step.unless_fact)
    none_else = held.list.eval(pl.element().is_in(step.unless_codes)).list.all()
    return ((held.list.len() > 0) & none_else).fill_null(False)

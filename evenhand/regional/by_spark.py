"""Counting on Spark, where one machine is outgrown: the same plan, the same counts, row for row.

Only the counting is here. Everything before it (which files, which authorities, which periods) and
after it (comparison, hiding, writing) is what the columns use.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import reduce
from typing import Any

import polars as pl
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as sql

from evenhand.policy.pathway import Step
from evenhand.problems import Problem
from evenhand.regional import clocks
from evenhand.regional.counts import (
    CLOCK,
    IN_TIME,
    NUMBERS,
    REACHED,
    STEP,
    UNJUDGED,
    WAITING,
    together,
)
from evenhand.regional.definitions import Dimension
from evenhand.regional.layout import parts
from evenhand.regional.plans import ALONE, CHILD, STANDINGS, YES_NO, ClockPlan, Plan, StepPlan
from evenhand.regional.profiles import AUTHORITY, CHILDREN, KEY
from evenhand.regional.tallies import PERIODS
from evenhand.regional.views import COUNTS_AS, LONDON
from evenhand.rules.moments import to_day
from evenhand.rules.periods import Spans

Told = Callable[[str], None]
STOPPED = "Spark stopped before all was counted ({}). Nothing was written."
REMEDY = "Look at what Spark said above, and at --master and --memory; or use --engine columns."
CAUSE, MOST = "Caused by: ", 200
SUMS = NUMBERS[:4]
EVENT = ("kind", "measure", "authority", "period", "child", *SUMS)


@contextmanager
def session(master: str, memory: int) -> Iterator[SparkSession]:
    """Lend a session on a master, its driver in ``memory`` MiB; moments are UTC.

    Raises Problem where Spark cannot begin, or stops half way.
    """
    try:
        made = _session(master, memory)
        try:
            yield made
        finally:
            with suppress(Py4JError, OSError):  # it may have gone already
                made.stop()
    except (Py4JError, PySparkException) as error:
        raise Problem(STOPPED.format(_why(error)), REMEDY) from error


def _why(error: Exception) -> str:
    """The innermost thing that Spark said: its own words are a page long."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    causes = [line for line in lines if line.startswith(CAUSE)] or lines
    return causes[-1 if causes is not lines else 0].removeprefix(CAUSE).rstrip(". :")[:MOST]


def _session(master: str, memory: int) -> SparkSession:
    building = SparkSession.builder.appName("evenhand analyse").master(master)
    asked = {
        "spark.driver.memory": f"{memory}m",
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": str(os.cpu_count() or 1)
        if master.startswith("local")
        else "200",
    }
    for name, value in asked.items():
        building = building.config(name, value)
    made: SparkSession = building.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    return made


def count(plan: Plan, spark: SparkSession, told: Told = lambda _: None) -> pl.DataFrame:
    """Count a source by group; the same rows as ``by_columns.count`` gives."""
    told("Spark")
    events = list(_Source(plan, spark).events())
    if not events:
        return together([])
    joined = _by_child(reduce(DataFrame.unionByName, events), plan, _children(plan, spark))
    rows = _by_group(joined, plan).collect()
    return together([_as_counts(plan, [row.asDict() for row in rows])])


class _Source:
    """The files of one source as frames, every row with its authority's name and its child."""

    def __init__(self, plan: Plan, spark: SparkSession) -> None:
        self.plan, self.spark = plan, spark
        self.names = [one.name for one in plan.authorities]
        self.known = _children(plan, spark).select("authority", "child")

    def events(self) -> Iterator[DataFrame]:
        """Yield the events of every measure in their periods: columns ``EVENT``."""
        reached: dict[str, DataFrame] = {}
        for planned in self.plan.steps:
            counted, went_on = self._step(planned, reached)
            if any(each.step.after == planned.step.id for each in self.plan.steps):
                went_on = went_on.cache()
            reached[planned.step.id] = went_on
            spans = {name: place.spans for name, place in planned.places.items()}
            both = counted if went_on is counted else counted.unionByName(went_on)
            yield self._placed(both.withColumn("measure", sql.lit(planned.step.id)), STEP, spans)
        if self.plan.stands:
            yield self._placed(self._standings(), CLOCK, self.plan.spans)
        for clock in self.plan.clocks:
            yield self._placed(self._clock(clock), CLOCK, self.plan.spans)

    def _step(
        self, planned: StepPlan, reached: Mapping[str, DataFrame]
    ) -> tuple[DataFrame, DataFrame]:
        """The records that a step counts, each as one; and those that went on, each one reached."""
        step = planned.step
        frame = self._file(step.subject).filter(_named(step.at).isNotNull())
        for name, how in step.among.items():
            frame = frame.filter(_so(name, how))
        columns = [_named(KEY).alias("key"), _day(step.at, planned.at), *_sums(_answered(step))]
        days = {name: place.within for name, place in planned.places.items()}
        found = _whose(frame, columns).withColumn("within", _by_authority(days))
        found = found.filter(sql.col("within").isNotNull())
        if step.after:
            before = reached[step.after].filter(sql.col("reached") > 0).select("authority", "key")
            found = found.join(before, ["authority", "key"], "left_semi")
        return (found, found) if step.answered_by else (found, self._followed(found, planned))

    def _followed(self, found: DataFrame, planned: StepPlan) -> DataFrame:
        step = planned.step
        frame = self._file(step.next_subject).filter(_named(step.next_at).isNotNull())
        frame = frame.filter(~_wholly(step)) if step.unless_fact else frame
        began = _day(step.next_at, planned.next_at).alias("began")
        after = _whose(frame, [began]).join(self.known, ["authority", "child"], "left_semi")
        one, two = found.alias("one"), after.alias("two")
        same = (sql.col("one.authority") == sql.col("two.authority")) & (
            sql.col("one.child") == sql.col("two.child")
        )
        gap = sql.col("two.began") - sql.col("one.day")
        went_on = one.join(two, same & (gap >= 0) & (gap <= sql.col("one.within")), "left_semi")
        return went_on.withColumn("of", sql.lit(0)).withColumn("reached", sql.lit(1))

    def _standings(self) -> DataFrame:
        frame = self._file(STANDINGS).filter(
            sql.col("standard").isin(sorted(self.plan.stands)) & sql.col("due").isNotNull()
        )
        how = reduce(
            lambda found, each: found.when(sql.col("state") == str(each[0]), sql.lit(each[1])),
            COUNTS_AS.items(),
            sql.when(sql.lit(False), sql.lit(0)),
        )
        columns = [sql.col("standard").alias("measure"), _day("due", "Date"), *_sums(how)]
        return _whose(frame.filter(how.isNotNull()), columns)

    def _clock(self, clock: ClockPlan) -> DataFrame:
        facts = clock.standard
        start, stop = _day(facts.starts, "Date"), _day(facts.stops or "", "Date")
        found = _whose(self._file(facts.subject), [start.alias("start"), stop.alias("stop")])
        found = found.join(sql.broadcast(self._dues(clock)), "start")
        how = _how(self.plan, clock)
        judged = found.filter(how != clocks.NOT_COUNTED).select("*", *_sums(how))
        return judged.withColumn("measure", sql.lit(facts.id)).withColumnRenamed("due", "day")

    def _dues(self, clock: ClockPlan) -> DataFrame:
        table = clocks.table(
            clock.standard, self.plan.calendar, self.plan.authorities[0].as_at, None
        )
        rows = [
            (day, due)
            for day, due in enumerate(table.due.tolist(), start=clocks.FROM)
            if due != clocks.NEVER
        ]
        return self.spark.createDataFrame(rows, "start int, due int")

    def _placed(self, events: DataFrame, kind: str, spans: Mapping[str, Spans]) -> DataFrame:
        """Put each event in its period, and leave out those in none."""
        period = reduce(
            lambda found, name: found.when(_inside(spans, name), name),
            PERIODS,
            sql.when(sql.lit(False), sql.lit("")),
        )
        placed = events.withColumn("kind", sql.lit(kind)).withColumn("period", period)
        return placed.filter(sql.col("period").isNotNull()).select(*EVENT)

    def _file(self, name: str) -> DataFrame:
        return _file(self.plan, self.spark, name)


def _whose(frame: DataFrame, columns: Sequence[Column]) -> DataFrame:
    """The columns wanted, with the authority and the child; 0 where none is named."""
    child = sql.coalesce(_named(CHILD).cast("long"), sql.lit(0)).alias("child")
    return frame.select("authority", child, *columns)


def _sums(how: Column) -> list[Column]:
    """What one event adds to each of ``SUMS``, by how it counts."""
    so = (how > UNJUDGED, how >= REACHED, how == WAITING, how == UNJUDGED)
    return [each.cast("int").alias(name) for name, each in zip(SUMS, so, strict=True)]


def _file(plan: Plan, spark: SparkSession, name: str) -> DataFrame:
    """A file's rows, of the authorities of the plan alone."""
    path = plan.source.file(name)
    listed = [str(part.resolve()) for part in (parts(path) if path else [])]
    frame = spark.read.option("recursiveFileLookup", "true").parquet(*listed)
    names = [one.name for one in plan.authorities]
    if name in plan.names_authority:
        return frame.filter(sql.col(AUTHORITY).isin(names))
    return frame.withColumn("authority", sql.lit(names[0]))


def _children(plan: Plan, spark: SparkSession) -> DataFrame:
    alone = sql.coalesce(_named(ALONE), sql.lit(False)) if plan.knows_alone else sql.lit(False)
    columns = [_named(KEY).cast("long").alias("child"), alone.alias("alone")]
    columns += [_group(way).alias(f"group_{n}") for n, way in enumerate(plan.dimensions)]
    return _file(plan, spark, CHILDREN).select("authority", *columns)


def _group(way: Dimension) -> Column:
    """The place of a child's group among those of a dimension."""
    places = [part for n, label in enumerate(way.labels) for part in (sql.lit(label), sql.lit(n))]
    return sql.coalesce(sql.create_map(*places)[_named(way.id)], sql.lit(way.unknown))


def _by_child(events: DataFrame, plan: Plan, children: DataFrame) -> DataFrame:
    """How each child counts in each measure and period, with its groups; nobody is one child."""
    groups = [f"group_{n}" for n in range(len(plan.dimensions))]
    held = children.withColumn("is_held", sql.lit(True))
    joined = events.join(held, ["authority", "child"], "left")
    child = sql.when(sql.col("is_held"), sql.col("child")).otherwise(0)
    known = {f"group_{n}": way.unknown for n, way in enumerate(plan.dimensions)}
    told = joined.withColumn("child", child).fillna(known).fillna({"alone": False})
    keys = ("kind", "measure", "authority", "period", "child", "alone", *groups)
    return told.groupBy(*keys).agg(*(sql.sum(name).alias(name) for name in SUMS))


def _by_group(found: DataFrame, plan: Plan) -> DataFrame:
    ways = [
        sql.struct(sql.lit(n).alias("way"), sql.col(f"group_{n}").alias("place"))
        for n in range(len(plan.dimensions))
    ]
    spread = found.withColumn("each", sql.explode(sql.array(*ways)))
    keys = ["kind", "measure", "authority", "period", "alone", "each.way", "each.place"]
    of, reached = sql.col("of"), sql.col("reached")
    return spread.groupBy(*keys).agg(
        *(sql.sum(name).alias(name) for name in SUMS),
        sql.sum(of * of).alias("of_squared"),
        sql.sum(reached * reached).alias("reached_squared"),
        sql.sum(reached * of).alias("reached_by_of"),
    )


def _as_counts(plan: Plan, rows: list[dict[str, Any]]) -> pl.DataFrame:
    steps = {
        planned.step.id: {name: place.spans for name, place in planned.places.items()}
        for planned in plan.steps
    }
    found = []
    for row in rows:
        way = plan.dimensions[row["way"]]
        spans = steps[row["measure"]] if row["kind"] == STEP else plan.spans
        span = spans[row["authority"]][row["period"]]
        keys = {
            "dimension": way.id, "group": way.groups[row["place"]], "unaccompanied": row["alone"],
            "since": span.since, "until": span.until,
        }  # fmt: skip
        kept = ("authority", "kind", "measure", "period", *NUMBERS)
        found.append({**{name: row[name] for name in kept}, **keys})
    empty = together([])
    return (
        pl.DataFrame(found, schema_overrides=empty.schema).select(empty.columns) if found else empty
    )


def _named(name: str) -> Column:
    return sql.col(f"`{name}`")


def _day(name: str, type_: str) -> Column:
    """Days since 1970: the London day of a moment."""
    column = _named(name)
    if type_ != "Date":
        column = sql.to_date(sql.from_utc_timestamp(column, LONDON))
    return sql.unix_date(column).alias("day")


def _so(name: str, how: str) -> Column:
    column = _named(name)
    if how == "recorded":
        return column.isNotNull()
    return sql.coalesce(column == sql.lit(how == "yes"), sql.lit(False))


def _answered(step: Step) -> Column:
    if not step.answered_by:
        return sql.lit(IN_TIME)
    column = _named(step.answered_by)
    so = column == sql.lit(step.answer == "yes" if step.answer in YES_NO else step.answer)
    return sql.when(column.isNull(), UNJUDGED).when(so, REACHED).otherwise(IN_TIME)


def _wholly(step: Step) -> Column:
    held = _named(step.unless_fact)
    none_else = sql.forall(held, lambda code: code.isin(list(step.unless_codes)))
    return sql.coalesce((sql.size(held) > 0) & none_else, sql.lit(False))


def _how(plan: Plan, clock: ClockPlan) -> Column:
    """How a clock's event counts: as ``clocks.judge`` has it, in Spark's words."""
    held = {name: horizon for name, horizon in clock.horizons.items() if horizon is not None}
    firsts = {name: each.complete_from for name, each in held.items() if each.complete_from}
    lasts = {name: each.complete_to for name, each in held.items() if each.complete_to}
    first, last = (_by_authority({n: to_day(on) for n, on in ends.items()})
                   for ends in (firsts, lasts))  # fmt: skip
    today = _by_authority({one.name: to_day(one.as_at) for one in plan.authorities})
    due, stop = sql.col("due"), sql.col("stop")
    began = sql.coalesce(due >= first, sql.lit(True))
    kept = sql.when(stop <= due, IN_TIME).when(began, REACHED).otherwise(UNJUDGED)
    covered = began & sql.coalesce(due <= last, sql.lit(True))
    undone = sql.when(due >= today, clocks.NOT_COUNTED).when(covered, WAITING).otherwise(UNJUDGED)
    is_held = sql.col("authority").isin(list(held))
    judged = sql.when(stop.isNotNull() & (stop <= today), kept).otherwise(undone)
    return sql.when(~is_held, UNJUDGED).otherwise(judged)


def _inside(spans: Mapping[str, Spans], period: str) -> Column:
    """Whether an event's day is in its authority's period."""
    held = {name: each[period] for name, each in spans.items() if period in each}
    since = _by_authority({name: to_day(span.since) for name, span in held.items()})
    until = _by_authority({name: to_day(span.until) for name, span in held.items()})
    return (sql.col("day") >= since) & (sql.col("day") <= until)


def _by_authority(numbers: Mapping[str, int]) -> Column:
    """Each authority's own number; null for one that has none."""
    if not numbers:
        return sql.lit(None).cast("int")
    told = [part for name, number in numbers.items() for part in (sql.lit(name), sql.lit(number))]
    return sql.create_map(*told)[sql.col("authority")]

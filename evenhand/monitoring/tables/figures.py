"""Profile, baselines, allocation, improvement and comparators, as sentences and tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse

from evenhand.design.charts import Trend, trend
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number, quarter
from evenhand.monitoring.hiding import HIDDEN
from evenhand.monitoring.models import Baseline, BenchmarkFile, Resource
from evenhand.monitoring.queries.allocation import Allocation, AreaRow
from evenhand.monitoring.queries.baselines import Block
from evenhand.monitoring.queries.benchmarks import Beside
from evenhand.monitoring.queries.improvement import ALL, Followed
from evenhand.monitoring.queries.profile import Part, Profile

OURS = "Ours"
NOT_SHOWN = "not shown"


def profile_answer(profile: Profile) -> str:
    """Return how many there are, as a sentence."""
    if not any(part.rows for part in profile.parts):
        return "We work with nobody now, as far as we have been sent."
    if profile.total == HIDDEN:
        return "We work with few children now."
    return f"We work with {profile.total} {'child' if profile.total == '1' else 'children'} now."


def profile_table(part: Part) -> Table:
    """Return the children by one way."""
    rows = [[label, Cell(count, numeric=True)] for label, count in part.rows]
    columns = [Column(part.label), Column("Children", numeric=True)]
    return Table(f"Open children by {part.label.lower()}", columns, rows, empty="Nobody.")


def baselines_table(baselines: Iterable[Baseline]) -> Table:
    """Return the baselines, each leading to its page."""
    rows = [
        [
            Cell(one.name, url=reverse("monitoring:baseline", args=[one.ref])),
            one.as_at, one.frozen_at, one.frozen_by.name,
        ]
        for one in baselines
    ]  # fmt: skip
    columns = ["Name", "Figures of", "Frozen", "By"]
    return Table("Baselines", columns, rows, empty="None is frozen yet.")


def block_table(block: Block) -> Table:
    """Return one measure then and now."""
    columns = [Column("Group"), Column("Then", numeric=True), Column("Now", numeric=True)]
    rows = [
        [line.label, Cell(line.then, numeric=True), Cell(line.now, numeric=True)]
        for line in block.lines
    ]
    return Table(block.title, columns, rows)


def resources_table(resources: Iterable[Resource]) -> Table:
    """Return what is shared out, each leading to its page."""
    rows = [
        [
            Cell(one.kind, url=reverse("monitoring:resource", args=[one.ref])),
            one.starts_on, one.ends_on, one.decision or "Nothing decided yet",
        ]
        for one in resources
    ]  # fmt: skip
    columns = ["What is shared out", "From", "To", "Decision"]
    return Table("What is shared out between areas", columns, rows, empty="Nothing is told yet.")


def allocation_answer(found: Allocation, over: float) -> str:
    """Return where places lie furthest from need, as a sentence."""
    known = [row for row in found.rows if row.gap is not None]
    if not known:
        return "Shares of need are not shown: nobody is counted, or a number is too small."
    worst = min(known, key=lambda row: row.gap or 0.0)
    if (worst.gap or 0.0) >= 0:
        return "No area has a smaller share of places than of need."
    sure = " That is for a person to look at." if -(worst.gap or 0.0) > over else ""
    return (
        f"{worst.area} has {_share(worst.need_share)} of need and {_share(worst.places_share)} of "
        f"{found.resource.kind.lower()}: a gap of {points(worst.gap)} points.{sure}"
    )


def allocation_table(found: Allocation) -> Table:
    """Return each area's need and places, their shares and the gap in points."""
    names = ("Children in need", "Share of need", "Places", "Share of places", "Gap in points")
    columns = [Column("Area"), *(Column(name, numeric=True) for name in names)]
    rows = [[row.area, *_area(row)] for row in found.rows]
    if found.outside != "0":
        rows.append(["In no area of this table", Cell(found.outside, numeric=True), *[""] * 4])
    return Table(f"{found.resource.kind} beside need", columns, rows, narrow="scroll")


def _area(row: AreaRow) -> list[Cell]:
    cells = (
        row.need, _share(row.need_share), number(row.places), _share(row.places_share),
        points(row.gap),
    )  # fmt: skip
    return [Cell(NOT_SHOWN if cell is None else cell, numeric=True) for cell in cells]


def _share(share: float | None) -> str | None:
    return None if share is None else f"{share:.0f}%"


def points(gap: float | None) -> str | None:
    """Return a gap in points with its sign: -15, +3, 0."""
    if gap is None:
        return None
    near = round(gap, 1)
    return "0" if not near else f"{'+' if near > 0 else '-'}{number(abs(near))}"


def improvement_answer(followed: list[Followed]) -> str:
    """Return how all children's figures stand, as a sentence."""
    said = [f"{one.title}: {one.series[0].says}." for one in followed]
    return " ".join(said) or "No whole quarter of a standard with a target is counted yet."


def improvement_table(one: Followed) -> Table:
    """Return one standard's per cent in time by quarter, with its target and what it shows.

    A group with nothing that may be shown has no row.
    """
    quarters = [Column(quarter(each), numeric=True) for each in one.quarters]
    target = "none" if one.target is None else f"{number(one.target)}%"
    rows = [
        [
            series.label,
            *(Cell(NOT_SHOWN if each is None else f"{number(each)}%", numeric=True)
              for each in series.values),
            Cell(target, numeric=True), series.says.capitalize(),
        ]
        for series in one.series
        if any(each is not None for each in series.values)
    ]  # fmt: skip
    columns = [Column("Group"), *quarters, Column("Target", numeric=True), "What it shows"]
    return Table(
        f"In time, by quarter: {one.title}", columns, rows, narrow="scroll",
        empty="Too few to show in any quarter.",
    )  # fmt: skip


def improvement_chart(one: Followed) -> Trend:
    """Return all children's per cent in time by quarter, with its target and table."""
    lines: list[tuple[str, list[float | None]]] = [(ALL, one.series[0].values)]
    if one.target is not None:
        lines.append(("Target", [one.target] * len(one.quarters)))
    name = f"trend-{one.standard.replace('/', '-')}"
    made = trend(
        name, f"{one.title}: {one.series[0].says}", one.quarters, lines,
        desc="Per cent in time, a quarter each, named by its first month.",
    )  # fmt: skip
    return replace(made, table=replace(improvement_table(one), id=f"{name}-figures"))


def compared_answer(beside: Beside) -> str:
    """Return our rank and the gap to the best, as a sentence."""
    if beside.rank is None:
        return "Ours is not known for this period, so there is no rank."
    return (
        f"Ours is rank {beside.rank} of {beside.of}; the gap to the best is {points(beside.gap)}"
        f"{' points' if beside.comparator.unit == '%' else ''}."
    )


def compared_table(beside: Beside) -> Table:
    """Return the authorities' values, ours among them, best first, with rank and gap to best."""
    sign = -1 if beside.comparator.higher_is_better else 1
    values = [*beside.values, *([(OURS, beside.own.value)] if beside.own.value is not None else [])]
    values.sort(key=lambda one: (sign * one[1], one[0]))
    best = values[0][1] if values else 0.0
    rows = [
        [
            Cell(name, note=_counts(beside) if name == OURS else ""),
            Cell(_value(value, beside.comparator.unit), numeric=True),
            Cell(1 + sum(sign * other < sign * value for _, other in values), numeric=True),
            Cell(points(value - best), numeric=True),
        ]
        for name, value in values
    ]
    columns = [
        Column("Authority"), Column("Value", numeric=True), Column("Rank", numeric=True),
        Column("Gap to best", numeric=True),
    ]  # fmt: skip
    empty = "The values brought in are of groups alone: none is of all children."
    return Table(f"{beside.comparator.title}, {beside.period}", columns, rows, empty=empty)


def _counts(beside: Beside) -> str:
    return f"{beside.own.part} of {beside.own.whole}" if beside.own.part else ""


def _value(value: float, unit: str) -> str:
    return f"{number(round(value, 1))}{unit if unit == '%' else ' ' + unit}"


def files_table(files: Iterable[BenchmarkFile]) -> Table:
    """Return what was brought in, and under which licence."""
    rows = [
        [
            one.source,
            one.licence,
            Cell(one.rows, numeric=True),
            one.imported_at,
            one.imported_by.name,
        ]
        for one in files
    ]
    columns = ["Where from", "Licence", Column("Values", numeric=True), "Brought in", "By"]
    return Table("Where the values are from", columns, rows, empty="Nothing was brought in yet.")

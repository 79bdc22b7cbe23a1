"""What the pages of groups compared lay out: findings, charts, and a table under each."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from evenhand.design.charts import Intervals, Proportion, proportions
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number
from evenhand.equality import wording
from evenhand.equality.comparison import Comparison, Row
from evenhand.equality.findings import look_url
from evenhand.equality.models import GroupTally
from evenhand.facts.adopted import policy
from evenhand.standards.wording import category_in_words, kind_of_authority

STEP = GroupTally.Kind.STEP


class Finding(NamedTuple):
    """One difference that is more than chance would explain, in sentences, with where to look."""

    words: str
    more: str
    strength: str
    url: str
    about: str
    unknown: str = ""
    measure: str = ""
    dimension: str = ""
    group: str = ""
    look_url: str = ""
    task_url: str = ""
    task_words: str = ""


class Section(NamedTuple):
    """One measure on a page: its title, what it shows, its chart and its table."""

    comparison: Comparison
    title: str
    url: str
    summary: str
    findings: list[Finding]
    period: str
    chart: Intervals | None
    table: Table
    states: Table | None
    note: str


def url_of(one: Comparison) -> str:
    """Return the address of the page of one step or standard."""
    if one.tallied.kind == STEP:
        return reverse("equality:step", args=[one.tallied.measure])
    pack, _, slug = one.tallied.measure.partition("/")
    return reverse("equality:clock", args=[pack, slug])


def findings(comparisons: Iterable[Comparison]) -> list[Finding]:
    """Return every group that fares worse by more than chance would explain, the surest first."""
    found = [(row.corrected, one, row) for one in comparisons for row in one.worse()]
    return [_finding(one, row) for _, one, row in sorted(found, key=lambda each: each[0])]


def _finding(one: Comparison, row: Row) -> Finding:
    return Finding(
        wording.finding(one, row), wording.how_often(one, row), wording.strength(one, row),
        url_of(one), wording.title_of(one.tallied.kind, one.tallied.measure),
        wording.what_unknown_could_change(one, row), one.tallied.measure, one.dimension.id,
        row.group, look_url(one, row),
    )  # fmt: skip


def section(one: Comparison, *, title: str = "", note: str = "", cases_url: str = "") -> Section:
    """Return one measure as a page shows it; ``cases_url`` leads on to each group's children."""
    return Section(
        one, title or wording.title_of(one.tallied.kind, one.tallied.measure), url_of(one),
        wording.summary(one), findings([one]), wording.period(one), chart(one, cases_url),
        table(one, cases_url),
        states(one), note,
    )  # fmt: skip


def chart(one: Comparison, cases_url: str = "") -> Intervals | None:
    """Return each group's share with its interval; None where there is nothing to draw."""
    shown = [row for row in one.rows if row.shown_of and not row.hidden]
    if not shown:
        return None
    groups = [
        Proportion(row.label, row.shown_reached, row.shown_of, _end(row.low), _end(row.high))
        for row in shown
    ]
    made = proportions(
        _id(one), wording.chart_title(one), groups, first_column=one.dimension.label,
        desc=f"The share that {wording.happened(one)}, by {one.dimension.label.lower()}. The line "
        "across each bar is where the true share likely lies; the mark is all groups together.",
        reference=None if one.total_hidden else one.rate,
    )  # fmt: skip
    return replace(made, table=replace(table(one, cases_url), id=f"{_id(one)}-figures"))


def _id(one: Comparison) -> str:
    return f"{one.tallied.measure.replace('/', '-')}-{one.dimension.id}"


def _end(end: float) -> float | None:
    return None if math.isnan(end) else end


def states(one: Comparison) -> Table | None:
    """Return how each group's cycles of a clock stand, for those who see true counts."""
    if one.tallied.kind == STEP or one.is_suppressed:
        return None
    rows = [
        [
            Cell(row.label),
            row.count.of - row.count.reached,
            row.count.reached - row.count.waiting,
            row.count.waiting,
            row.count.unjudged,
        ]
        for row in one.rows
    ]
    names = ("Kept", "Kept late", "Late", "Not known or not recorded")
    return Table(
        f"How it stands, by {one.dimension.label.lower()}",
        [Column(one.dimension.label), *(Column(name, numeric=True) for name in names)], rows,
    )  # fmt: skip


COLUMNS = (
    Column("Share", numeric=True),
    Column("Likely between"),
    Column("Everyone else", numeric=True),
    Column("Times as often"),
    Column("If those not known were known"),
    Column("The year before", numeric=True),
    Column("What it shows"),
)


def table(one: Comparison, cases_url: str = "") -> Table:
    """Return the figures of one measure by group, with all groups together last.

    ``cases_url`` is where the children behind it are listed, for those who may see them.
    """
    title = wording.title_of(one.tallied.kind, one.tallied.measure)
    rows = [[_group(one, row, cases_url), *_cells(one, row)] for row in one.rows]
    return Table(
        f"{title}: by {one.dimension.label.lower()}",
        [Column(one.dimension.label), *COLUMNS],
        [*rows, _total(one)] if one.rows else [],
        empty="Nothing of this can be counted yet.",
        id=f"table-{_id(one)}",
    )


def _group(one: Comparison, row: Row, cases_url: str) -> Cell:
    if not cases_url or not row.count.of:
        return Cell(row.label)
    asked = urlencode({"by": one.dimension.id, "group": row.group})
    return Cell(row.label, url=f"{cases_url}?{asked}")


def _cells(one: Comparison, row: Row) -> list[Cell]:
    if row.hidden:
        return [Cell("Hidden"), *(Cell() for _ in range(5)), Cell(wording.why_hidden(one, row))]
    before = row.before
    was = Cell()
    if before is not None and before.of:
        was = Cell(wording.share(before.reached / before.of), note=_of(before.reached, before.of))
    return [
        Cell(wording.share(row.rate), note=_of(row.shown_reached, row.shown_of)),
        Cell(wording.between(row.low, row.high) or None),
        Cell(None if math.isnan(row.others) or not row.is_known else wording.share(row.others)),
        Cell(wording.times(row) or None, note=wording.parity(one, row)),
        Cell(wording.between(row.lowest, row.highest) or None),
        was,
        Cell(wording.flag(one, row)),
    ]


def _of(part: int, whole: int) -> str:
    return f"{number(part)} of {number(whole)}"


def _total(one: Comparison) -> list[Cell]:
    if one.total_hidden:
        share = Cell("Hidden")
    else:
        share = Cell(wording.share(one.rate), note=_of(one.total.reached, one.total.of))
    return [Cell("All together"), share, *(Cell() for _ in range(6))]


def clock_tables(comparisons: Sequence[Comparison]) -> list[Table]:
    """Return, category by category, each standard with the share not in time of every group."""
    found: dict[str, list[Comparison]] = defaultdict(list)
    for one in comparisons:
        standard = policy().standards[one.tallied.measure]
        found[category_in_words(standard.category)].append(one)
    return [_clocks(name, ones) for name, ones in found.items()]


def _clocks(category: str, ones: Sequence[Comparison]) -> Table:
    dimension = ones[0].dimension
    groups = [*dimension.labels, *(g for g in wording_groups(ones) if g not in dimension.labels)]
    columns = [Column(dimension.label_of(group), numeric=True) for group in groups]
    rows = [
        [
            Cell(
                wording.title_of(one.tallied.kind, one.tallied.measure),
                url=url_of(one),
                note=kind_of_authority(policy().standards[one.tallied.measure]),
            ),
            *_by_group(one, groups),
        ]
        for one in ones
    ]
    return Table(
        f"{category}: the share not done in time",
        [Column("Standard"), *columns], rows,
    )  # fmt: skip


def wording_groups(ones: Sequence[Comparison]) -> list[str]:
    """Return every group that any of these has, in the order first met."""
    return list(dict.fromkeys(row.group for one in ones for row in one.rows))


def _by_group(one: Comparison, groups: Sequence[str]) -> list[Cell]:
    rows = {row.group: row for row in one.rows}
    flagged = {row.group for row in one.worse()}
    return [_clock_cell(rows.get(group), group in flagged) for group in groups]


def _clock_cell(row: Row | None, is_flagged: bool) -> Cell:
    if row is None or not row.count.of:
        return Cell()
    if row.hidden:
        return Cell("Hidden")
    note = _of(row.shown_reached, row.shown_of)
    return Cell(
        wording.share(row.rate),
        note=f"{note}; more often than chance would explain" if is_flagged else note,
    )


def unjudged_table(comparisons: Sequence[Comparison]) -> Table:
    """Return the standards of which nothing can be judged, with how many wait to be known."""
    rows = [
        [
            Cell(
                wording.title_of(one.tallied.kind, one.tallied.measure),
                note=kind_of_authority(policy().standards[one.tallied.measure]),
            ),
            Cell(_many(one), numeric=True),
        ]
        for one in comparisons
    ]
    return Table(
        "Not known, or not recorded by anything we are sent",
        [Column("Standard"), Column("How many fell due", numeric=True)], rows,
    )  # fmt: skip


def _many(one: Comparison) -> str | int:
    count = one.total.unjudged
    few = one.is_suppressed and count < one.rules.suppress_below
    return f"fewer than {one.rules.suppress_below}" if few else count

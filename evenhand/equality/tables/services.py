"""What the page of services lays out: how each stands, its gaps, and what it aims at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.urls import reverse

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number, percent
from evenhand.equality import wording
from evenhand.equality.findings import look_url
from evenhand.equality.models import GroupTally
from evenhand.equality.queries.services import Aim, Comparison, Gap, Standing
from evenhand.work.wording import standing as task_stands

STEP = GroupTally.Kind.STEP
WHOLE = "The whole authority"


class ServiceSection(NamedTuple):
    """One service on the page: its name, how it stands in words, its kind of mark, its tables."""

    name: str
    id: str
    words: str
    mark: str
    gaps: Table | None
    totals: Table


def name_of(one: Standing) -> str:
    """Return a service's name."""
    return one.team.name if one.team else WHOLE


def words_of(one: Standing, limit: float) -> str:
    """Return how a service stands, in a sentence."""
    points = f"{limit:g} points"
    if not one.totals:
        return "Nothing can be compared here yet."
    if not one.gaps:
        return f"No group is more than {points} from everyone else."
    many = len(one.gaps)
    gaps = f"{many} gap{'' if many == 1 else 's'} of more than {points}"
    if one.without_action:
        return f"Amber: {gaps}, {_number(one.without_action, many)} without an action."
    return f"{gaps[:1].upper()}{gaps[1:]}, each with an action."


def _number(some: int, many: int) -> str:
    return "all" if some == many > 1 else number(some)


def mark_of(one: Standing) -> str:
    """Return the word of a service's mark."""
    if not one.totals:
        return "Not known"
    if not one.gaps:
        return "Within the limit"
    return "Amber" if one.without_action else "Action linked"


def services_table(found: Sequence[Standing]) -> Table:
    """Return services side by side."""
    return Table(
        "Services side by side",
        ["Service", "How it stands", Column("Gaps", numeric=True),
         Column("Without an action", numeric=True)],
        [
            [Cell(name_of(one), url=f"#{id_of(one)}"), mark_of(one), len(one.gaps),
             one.without_action]
            for one in found
        ],
        empty="Nothing is counted by group yet. Figures appear after the first import.",
    )  # fmt: skip


def id_of(one: Standing) -> str:
    """Return where a service stands on the page."""
    return f"service-{one.team.ref if one.team else 'all'}"


def section_of(one: Standing, limit: float, today: object, *, may_act: bool) -> ServiceSection:
    """Return one service as the page shows it."""
    gaps = gaps_table(one, today, may_act=may_act) if one.gaps else None
    words = words_of(one, limit)
    return ServiceSection(name_of(one), id_of(one), words, mark_of(one), gaps, totals_table(one))


def gaps_table(one: Standing, today: object, *, may_act: bool) -> Table:
    """Return the gaps of one service, the widest first, with what is done about each."""
    return Table(
        f"{name_of(one)}: where a group is far from everyone else",
        ["What", "Children", Column("Their share", numeric=True),
         Column("Everyone else", numeric=True), Column("Gap", numeric=True), "What it shows",
         "What is done"],
        [_gap(gap, one, today, may_act=may_act) for gap in one.gaps],
    )  # fmt: skip


def _gap(gap: Gap, of: Standing, today: object, *, may_act: bool) -> list[Cell]:
    one, row = gap.one, gap.row
    title = wording.title_of(one.tallied.kind, one.tallied.measure)
    label = f"{one.dimension.label}: {one.dimension.label_of(row.group)}"
    numbers = [Cell("Not shown to you") for _ in range(3)]
    if gap.is_shown:
        numbers = [
            Cell(wording.share(_share(one, row.rate)), note=_counts(one, gap)),
            Cell(wording.share(_share(one, row.others))),
            Cell(f"{number(round(gap.points, 1))} points"),
        ]
    shows = "More than chance would explain" if row.differs else "May be chance alone"
    return [Cell(title, note=_what(one)), Cell(label), *numbers, Cell(shows),
            _done(gap, of, today, may_act=may_act)]  # fmt: skip


def _what(one: Comparison) -> str:
    return wording.happened(one) if one.tallied.kind == STEP else "done in time"


def _share(one: Comparison, rate: float) -> float:
    return rate if one.tallied.kind == STEP else 1 - rate


def _counts(one: Comparison, gap: Gap) -> str:
    count = gap.row.count
    n = count.reached if one.tallied.kind == STEP else count.of - count.reached
    return f"{number(n)} of {number(count.of)}"


def _done(gap: Gap, of: Standing, today: object, *, may_act: bool) -> Cell:
    if gap.task is not None:
        note = task_stands(gap.task, today)  # type: ignore[arg-type]
        return Cell(gap.task.what, url=reverse("work:task", args=[gap.task.ref]), note=note)
    if not may_act:
        return Cell("Nothing yet")
    service = f"&service={of.team.ref}" if of.team and of.is_exact else ""
    return Cell("Open an action", url=f"{look_url(gap.one, gap.row)}&do=improvement{service}")


def totals_table(one: Standing) -> Table:
    """Return what a service does in time, beside what is aimed at."""
    return Table(
        f"{name_of(one)}: access and outcomes",
        ["What", "About", Column("Share", numeric=True), Column("We aim at", numeric=True),
         "How it stands"],
        [_total(aim, each) for aim, each in one.totals],
        empty="Nothing of this is counted here yet.",
    )  # fmt: skip


def _total(aim: Aim, one: Comparison) -> list[Cell]:
    of, reached = one.total.of, one.total.reached
    n = reached if one.tallied.kind == STEP else of - reached
    title = wording.title_of(one.tallied.kind, one.tallied.measure)
    return [
        Cell(title, note=_what(one)),
        Cell({"access": "Access", "outcome": "Outcome"}.get(aim.kind, aim.kind)),
        Cell(percent(n, of), note=f"{number(n)} of {number(of)}"),
        Cell("No aim" if aim.share is None else f"{aim.share:g}%"),
        Cell(_reached(aim, n, of)),
    ]


def _reached(aim: Aim, n: int, of: int) -> str:
    if aim.share is None:
        return "Shown, not judged"
    return "Reached" if 100 * n >= aim.share * of else "Not reached"


def sections(
    found: Iterable[Standing], limit: float, today: object, *, may_act: bool
) -> list[ServiceSection]:
    """Return every service as the page shows it."""
    return [section_of(one, limit, today, may_act=may_act) for one in found]

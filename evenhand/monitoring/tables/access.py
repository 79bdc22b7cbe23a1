"""Equal access: acceptance and waits by group, as sentences and a table."""

from __future__ import annotations

import math
from collections.abc import Iterable

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number
from evenhand.equality.comparison import Comparison, Row
from evenhand.equality.wording import share, times
from evenhand.monitoring.queries.access import Access

NOT_YET = "not half of them yet"
NOT_SHOWN = "not shown"


def answer(access: Access) -> str:
    """Return who is accepted less often, as a sentence."""
    one = access.accepted
    if one is None:
        return "Nothing we have been sent tells which referrals were accepted."
    if not one.has_headline:
        return (
            f"We draw no conclusion: the {one.dimension.label.lower()} is known for "
            f"{share(one.known)} of referrals, and those not known could turn it round."
        )
    found = access.less_often()
    if found:
        return alert(one, found[0])
    if not any(row.is_compared for row in one.rows):
        return f"Too few to compare: we compare groups of {one.rules.smallest} or more."
    return "No group is accepted less often than chance would explain."


def alert(one: Comparison, row: Row) -> str:
    """Return one group that is accepted less often, as a sentence."""
    whom = one.dimension.children_of(row.group)
    if row.hidden or math.isnan(row.others):
        return f"Referrals about {whom} are accepted less often than for everyone else."
    ours = f"{share(row.rate)} ({number(row.shown_reached)} of {number(row.shown_of)})"
    return (
        f"Referrals about {whom} are accepted less often: {ours}, against {share(row.others)} for "
        f"everyone else, {row.ratio:.2f} times as often."
    )


def alerts(found: Iterable[tuple[Comparison, Row]]) -> list[str]:
    """Return each as a sentence."""
    return [alert(one, row) for one, row in found]


def table(access: Access) -> Table:
    """Return acceptance and waits by group."""
    one = access.accepted
    label = access.dimension.label
    names = ("Referrals", "Accepted", "Share", "Everyone else", "Ratio (likely between)")
    columns = [
        Column(label), *(Column(name, numeric=True) for name in names),
        Column("What it shows"), Column("Half had a service within", numeric=True),
    ]  # fmt: skip
    rows = [_row(access, row) for row in one.rows] if one is not None else []
    return Table(
        f"Referrals accepted, and the wait for a service, by {label.lower()}", columns, rows,
        empty="There is nothing to show.", narrow="scroll",
    )  # fmt: skip


def _row(access: Access, row: Row) -> list[Cell | str]:
    wait = Cell(_wait(access, row), numeric=True)
    if row.hidden:
        return [row.label, *[Cell("hidden", numeric=True)] * 5, NOT_SHOWN, wait]
    others = "" if math.isnan(row.others) else share(row.others)
    numbers = (number(row.shown_of), number(row.shown_reached), share(row.rate), others, times(row))
    return [
        row.label,
        *(Cell(each or NOT_SHOWN, numeric=True) for each in numbers),
        _shows(access, row),
        wait,
    ]


def _shows(access: Access, row: Row) -> str:
    if not row.is_compared:
        return "Shown, not compared"
    if not row.differs or not (access.accepted and access.accepted.has_headline):
        return "No more than chance would explain"
    return f"{'More' if row.more else 'Less'} often than chance would explain"


def _wait(access: Access, row: Row) -> str:
    wait = access.waits.get(row.group)
    below = access.accepted.rules.suppress_below if access.accepted else 0
    if not access.exact and (row.hidden or wait is None or wait.of < below):
        return "hidden"
    if wait is None:
        return "nobody to follow"
    if wait.days is None:
        return NOT_YET
    return f"{number(wait.days)} {'day' if wait.days == 1 else 'days'}"

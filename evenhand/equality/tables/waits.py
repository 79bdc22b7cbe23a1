"""How long each group waits, as a page shows it: a sentence, a chart and a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from evenhand.analytics.arrays import Floats
from evenhand.analytics.log_rank import AgainstOthers, each_against_others
from evenhand.analytics.reasons import WORDS, Reason
from evenhand.analytics.survival import Read, median_wait, still_waiting
from evenhand.analytics.tests import holm
from evenhand.design.charts import Trend, waiting
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number
from evenhand.equality import wording
from evenhand.equality.pathway import Dimension
from evenhand.equality.queries.waits import Waited
from evenhand.policy.disparity import Rules

MOST_LINES, POINTS = 3, 9


class Waits(NamedTuple):
    """The section on waits."""

    sentences: list[str]
    chart: Trend | None
    table: Table
    left_out: int


class Curve(NamedTuple):
    """Everything read off the curves, a place a group."""

    half: Read
    still: Read
    corrected: Floats
    against: AgainstOthers
    shown: list[int]


def waits_section(one: Waited, dimension: Dimension, rules: Rules, id_: str) -> Waits:
    """Return how long each group waits; a group too small to be shown is left out of all of it.

    Who sees no cases sees no shares of a group: of few children each would tell a small number.
    """
    found = _read(one, rules)
    return Waits(
        _sentences(one, dimension, rules, found),
        _chart(one, dimension, rules, found, id_) if one.is_exact else None,
        _table(one, dimension, rules, found),
        int(one.table.left_out.sum()),
    )


def _read(one: Waited, rules: Rules) -> Curve:
    half = median_wait(one.table, rules.confidence)
    still = still_waiting(one.table, one.due_after, rules.confidence)
    against = each_against_others(one.table)
    enough = one.table.people[:-1] >= rules.smallest
    corrected = holm(np.where(enough, against.p, np.nan))
    return Curve(half, still, corrected, against, _shown(one, rules))


def _shown(one: Waited, rules: Rules) -> list[int]:
    """The places of groups that are shown: for those who see no cases, only the large enough."""
    least = 1 if one.is_exact else max(rules.suppress_below, rules.smallest)
    return [place for place in range(len(one.groups)) if one.table.people[place] >= least]


def _sentences(one: Waited, dimension: Dimension, rules: Rules, found: Curve) -> list[str]:
    slower = [place for place in found.shown if _differs(found, rules, place)]
    if not slower:
        return [
            "No group waits longer or less long than the others by more than chance would explain."
        ]
    return [_sentence(one, dimension, found, place) for place in slower]


def _sentence(one: Waited, dimension: Dimension, found: Curve, place: int) -> str:
    whom = dimension.children_of(one.groups[place])
    longer = "longer" if _is_slower(found, place) else "less long"
    first = f"{whom[:1].upper()}{whom[1:]} waited {longer} than everyone else"
    half = found.half.value[place]
    if math.isnan(half):
        return f"{first}: fewer than half are done yet."
    return f"{first}. Half of them waited {_days(half)} or more."


def _differs(found: Curve, rules: Rules, place: int) -> bool:
    return bool(found.corrected[place] < rules.level)


def _is_slower(found: Curve, place: int) -> bool:
    return bool(found.against.done[place] < found.against.expected[place])


def _days(days: float) -> str:
    return f"{number(days)} day{'' if days == 1 else 's'}"


def _table(one: Waited, dimension: Dimension, rules: Rules, found: Curve) -> Table:
    rows = [
        [Cell(dimension.label_of(one.groups[place])), *_cells(one, rules, found, place)]
        for place in found.shown
    ]
    return Table(
        f"How long each waits, by {dimension.label.lower()}",
        [Column(dimension.label), *_columns(one)], rows, id="waits-by-group",
        empty="No group is large enough to show.",
    )  # fmt: skip


def _columns(one: Waited) -> list[Column]:
    half, shows = Column("Half were done after"), Column("What it shows")
    if not one.is_exact:
        return [half, shows]
    still = Column(f"Still waiting after {_days(one.due_after)}")
    return [Column("Waits", numeric=True), half, still, shows]


def _cells(one: Waited, rules: Rules, found: Curve, place: int) -> list[Cell]:
    half = Cell(_value(found.half, place, _days), note=_ends(found.half, place, _days))
    if not one.is_exact:
        return [half, Cell(_shows(rules, found, place))]
    done = f"{number(int(found.against.done[place]))} of them done"
    return [
        Cell(int(one.table.people[place]), note=done),
        half,
        Cell(
            _value(found.still, place, wording.share),
            note=_ends(found.still, place, wording.share),
        ),
        Cell(_shows(rules, found, place)),
    ]


def _value(read: Read, place: int, say: object) -> str:
    if read.reason[place] != Reason.ANSWERED:
        return WORDS[Reason(int(read.reason[place]))]
    return str(say(float(read.value[place])))  # type: ignore[operator]


def _ends(read: Read, place: int, say: object) -> str:
    low, high = float(read.low[place]), float(read.high[place])
    if math.isnan(low):
        return ""
    if math.isnan(high):
        return f"likely {say(low)} or more"  # type: ignore[operator]
    return f"likely {say(low)} to {say(high)}"  # type: ignore[operator]


def _shows(rules: Rules, found: Curve, place: int) -> str:
    if math.isnan(found.corrected[place]):
        reason = Reason(int(found.against.reason[place]))
        return WORDS[reason] or f"Fewer than {rules.smallest}: shown, not compared"
    if not _differs(found, rules, place):
        return "No more than chance would explain"
    slower = "Longer" if _is_slower(found, place) else "Less long"
    return f"{slower} than chance would explain"


def _chart(one: Waited, dimension: Dimension, rules: Rules, found: Curve, id_: str) -> Trend | None:
    """The largest groups' share still waiting, at days evenly apart."""
    people = one.table.people
    enough = [place for place in found.shown if people[place] >= rules.smallest]
    largest = sorted(enough, key=lambda place: -int(people[place]))[:MOST_LINES]
    longest = int(min((one.table.longest[place] for place in largest), default=0))
    far = min(max(2 * one.due_after, 1), longest)
    if far < 1:
        return None
    days = sorted({round(far * step / (POINTS - 1)) for step in range(POINTS)})
    lines = [(dimension.label_of(one.groups[p]), _still(one, days, p, rules)) for p in largest]
    return waiting(
        id_, f"The share still waiting, for the first {_days(far)}", days, lines,
        desc="Of the largest groups. Those whose wait is not over are counted for as long as we "
        "have seen them wait.",
    )  # fmt: skip


def _still(one: Waited, days: Sequence[int], place: int, rules: Rules) -> list[float | None]:
    sure = rules.confidence
    read = [float(still_waiting(one.table, day, sure).value[place]) for day in days]
    return [None if math.isnan(share) else 100 * share for share in read]

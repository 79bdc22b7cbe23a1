"""Hiding as much of one table as keeps every hidden number from being worked out. Pure.

What left before is weighed with it: hidden numbers of earlier tables must stay hidden too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np

from evenhand.analytics.linked import Sum, known
from evenhand.analytics.profiles import Bounds, Profile
from evenhand.equality.releasing.linking import OF, PARTS, Shown, System, Table, linked_with


class Counts(NamedTuple):
    """The true counts of one group."""

    of: int
    reached: int


class Exposed(NamedTuple):
    """One number that could be worked out: whose table's, of which group (None: all), which part.

    With ``rest`` it is what one table has beyond another whose days lie within its own; or, where
    ``is_change``, what changed since that other, which is of the same days.
    """

    ref: str
    group: str | None
    part: str
    rest: str = ""
    is_change: bool = False


class GivesAway(Exception):
    """Nothing of a table may be shown, because of an earlier one, by its reference."""

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self.ref = ref


@dataclass(frozen=True)
class Draft:
    """A table that is to leave: its true counts, and what of it is hidden so far.

    ``is_count``: it tells how many there are and nothing of what came about for them, and says of
    a small number that it is small.
    """

    ref: str
    measure: str
    after: str
    root: str
    dimension: str
    groups: Mapping[str, str]
    since: date
    until: date
    counts: Mapping[str, Counts]
    hidden: frozenset[str] = frozenset()
    total_hidden: bool = False
    is_count: bool = False

    @property
    def total(self) -> Counts:
        """Return all groups together."""
        whole = self.counts.values()
        return Counts(sum(each.of for each in whole), sum(each.reached for each in whole))

    @property
    def shown(self) -> list[str]:
        """Return the groups that are shown, and have anybody."""
        return [g for g, each in self.counts.items() if g not in self.hidden and each.of]

    def as_told(self, profile: Profile) -> Table:
        """Return what a reader learns of it."""
        rows = {
            group: None if group in self.hidden else self._shown(each, profile)
            for group, each in self.counts.items()
        }
        total = None if self.total_hidden else self._shown(self.total, profile)
        most = dict.fromkeys(self.said_small(profile), profile.threshold - 1)
        return Table(
            self.ref, self.measure, self.after, self.root, self.dimension, self.groups,
            self.since, self.until, profile.shows_zeros, rows, total, most=most,
        )  # fmt: skip

    def said_small(self, profile: Profile) -> list[str]:
        """Return the hidden groups of which it is said that they are small."""
        hidden = sorted(self.hidden) if self.is_count else ()
        return [group for group in hidden if profile.small(self.counts[group].of)]

    def _shown(self, counts: Counts, profile: Profile) -> Shown:
        of = profile.told_by(counts.of)
        reached = Bounds(0, of.high) if self.is_count else profile.told_by(counts.reached)
        return Shown(of, reached)


def protect(draft: Draft, earlier: Iterable[Table], profile: Profile) -> Draft:
    """Return the draft with as much hidden as keeps each hidden number from being worked out.

    A group is hidden before the total is; first the one whose own number was exposed, then the
    smallest. Raises GivesAway, with the earlier table that is to blame, where no group is left.
    """
    table = draft.as_told(profile)
    beside = linked_with(table, earlier, profile.same_period)
    first = found = _found(table, beside, _all_targets(table, beside), profile)
    while found:
        if not draft.shown and (draft.total_hidden or beside):
            raise GivesAway(_to_blame(table, beside, first))
        draft = _hide_more(draft, found, table)
        table = draft.as_told(profile)
        again = [each for each in found if not each.is_change]
        found = _found(table, beside, [*again, *_targets([table])], profile)
    return draft


def _found(
    table: Table, beside: Sequence[Table], targets: Iterable[Exposed], profile: Profile
) -> list[Exposed]:
    looked_at = list(dict.fromkeys(targets))
    given_away = _new_exposures(table, beside, looked_at, profile)
    return [*_changes(table, beside, profile), *given_away]


def exposures(table: Table, earlier: Iterable[Table], profile: Profile) -> list[Exposed]:
    """Return the hidden numbers, the table's and earlier ones', that it would give away."""
    beside = linked_with(table, earlier, profile.same_period)
    return _found(table, beside, _all_targets(table, beside), profile)


def settled(table: Table, earlier: Iterable[Table], profile: Profile) -> Table:
    """Return the table with what is known of its hidden numbers all the same, from elsewhere.

    Noughts, and what an earlier table shows. Later tables cannot give these away.
    """
    beside = linked_with(table, earlier, profile.same_period)
    found = _values([table, *beside], [table], _targets([table]), profile)
    return table._replace(known=frozenset((e.group, e.part) for e in found if e.group))


def _all_targets(table: Table, beside: Sequence[Table]) -> list[Exposed]:
    return [*_targets(beside), *_rests(table, beside), *_targets([table])]


def _targets(tables: Iterable[Table]) -> list[Exposed]:
    return [
        Exposed(table.ref, group, part)
        for table in tables for group in table.hidden for part in PARTS
        if (group, part) not in table.known
    ]  # fmt: skip


def _rests(table: Table, beside: Iterable[Table]) -> Iterator[Exposed]:
    """Yield what lies between this table and each whose days lie within its own, or around."""
    for one in beside:
        if one.measure == table.measure and one.days != table.days:
            for outer, inner in ((table, one), (one, table)):
                if outer.holds(inner):
                    groups = [None, *(table.groups if one.root == table.root else ())]
                    yield from (Exposed(outer.ref, g, p, inner.ref) for g in groups for p in PARTS)


def _new_exposures(
    table: Table, beside: Sequence[Table], targets: Sequence[Exposed], profile: Profile
) -> list[Exposed]:
    """Return which of the targets are known with this table, and were not without it."""
    found = _known([table, *beside], [table], targets, profile)
    if not found or not beside:
        return found
    mute = table._replace(rows=dict.fromkeys(table.groups), total=None, shows_zeros=False)
    before = set(_known([mute, *beside], [], found, profile))
    return [each for each in found if each not in before]


def _known(
    tables: Sequence[Table], firm: Sequence[Table], targets: Sequence[Exposed], profile: Profile
) -> list[Exposed]:
    by_ref = {table.ref: table for table in tables}
    values = _values(tables, firm, targets, profile)
    return [each for each in values if _matters(each, values[each], by_ref[each.ref], profile)]


def _values(
    tables: Sequence[Table], firm: Sequence[Table], targets: Sequence[Exposed], profile: Profile
) -> dict[Exposed, float]:
    """Return what each target must be, of those that can be one number only."""
    by_ref = {table.ref: table for table in tables}
    system = System(tables, firm)
    wanted = [_wanted(system, by_ref, each) for each in targets]
    values = known(system.unknowns, system.told, wanted, profile.spread)
    pairs = zip(targets, values.tolist(), strict=True)
    return {each: value for each, value in pairs if not np.isnan(value)}


def _wanted(system: System, by_ref: Mapping[str, Table], target: Exposed) -> Sum:
    table = by_ref[target.ref]
    if not target.rest:
        return system.sum_of(table, target.part, target.group)
    return system.rest_of(table, by_ref[target.rest], target.part, target.group)


def _matters(target: Exposed, value: float, table: Table, profile: Profile) -> bool:
    """Whether a number that is known should not be: nought is told where noughts are shown.

    Between two tables only what is itself small should not be.
    """
    if value == 0 and table.shows_zeros:
        return False
    return not target.rest or bool(profile.small(int(value)))


def _changes(table: Table, beside: Iterable[Table], profile: Profile) -> Iterator[Exposed]:
    """Yield where few were added, taken or moved since the same table left: it would show whom."""
    for one in beside:
        same = (one.measure, one.dimension, one.days) == (
            table.measure, table.dimension, table.days
        )  # fmt: skip
        if same:
            rows: list[tuple[str | None, Shown | None, Shown | None]] = [
                (group, shown, one.rows[group])
                for group, shown in table.rows.items() if group in one.rows
            ]  # fmt: skip
            for group, now, was in [*rows, (None, table.total, one.total)]:
                if now is not None and was is not None and _few_changed(now, was, profile):
                    yield Exposed(table.ref, group, OF, one.ref, is_change=True)


def _few_changed(now: Shown, was: Shown, profile: Profile) -> bool:
    pairs = [(now.of, was.of), (now.reached, was.reached)]
    return any(_is_small_change(one, other, profile) for one, other in pairs)


def _is_small_change(now: Bounds, was: Bounds, profile: Profile) -> bool:
    """Whether a reader knows that something changed, and that it was few."""
    least = max(now.low - was.high, was.low - now.high)
    most = max(now.high - was.low, was.high - now.low)
    return least > 0 and most < profile.threshold


def _hide_more(draft: Draft, found: Sequence[Exposed], table: Table) -> Draft:
    if not draft.shown or {(each.ref, each.group) for each in found} == {(draft.ref, None)}:
        return replace(draft, total_hidden=True)
    named = {each.group for each in found if each.group}
    own = [group for group in draft.shown if group in named or table.groups.get(group) in named]
    among = own or draft.shown
    least = min(among, key=lambda group: (draft.counts[group].of, group))
    return replace(draft, hidden=draft.hidden | {least})


def _to_blame(table: Table, beside: Sequence[Table], first: Sequence[Exposed]) -> str:
    """Return the newest earlier table whose own numbers were exposed; else the newest there is."""
    named = {ref for each in first for ref in (each.ref, each.rest)}
    newest = sorted(beside, key=lambda each: (each.ref in named, each.until), reverse=True)
    return next((one.ref for one in newest), table.ref)

"""A difference between groups that somebody looks into: its key, its measure, and its review.

Whoever fares worse by more than chance would explain, after correction, opens a review by itself,
where the packs say so; nothing else does. What is measured when it is opened is measured again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from evenhand.accounts.models import Team
from evenhand.equality import wording
from evenhand.equality.comparison import Comparison, Row
from evenhand.equality.dimensions import Dimension, dimension_called, dimensions
from evenhand.equality.hiding import suppressed
from evenhand.equality.models import GroupTally
from evenhand.equality.pack import value
from evenhand.equality.pathway import step_called
from evenhand.equality.queries.fares import counted_for, counted_on
from evenhand.facts.adopted import policy
from evenhand.history.actions import Happening
from evenhand.policy.disparity import EVERYONE_ELSE, Rules
from evenhand.work.actions import Behind, Place
from evenhand.work.measures import Measure, Taken, digest_of
from evenhand.work.opening import open_once, resting
from evenhand.work.pack import kinds, reviews

MEASURE = "fares"
Kind = GroupTally.Kind


class Finding(NamedTuple):
    """What is looked into: one group of one measure, of these teams (none: the authority)."""

    measure: str
    dimension: str
    group: str
    teams: tuple[str, ...] = ()
    without: bool = False

    @property
    def key(self) -> str:
        """Return what a task about it is known by."""
        teams, without = ",".join(self.teams), "|without" if self.without else ""
        return f"{MEASURE}:{self.measure}|{self.dimension}|{self.group}|{teams}{without}"

    @property
    def params(self) -> dict[str, Any]:
        """Return it as plain JSON, as a measure is kept."""
        return {**self._asdict(), "teams": list(self.teams)}


def finding_of(one: Comparison, row: Row, teams: Iterable[Team] = ()) -> Finding:
    """Return what one row of a comparison of some teams is known by."""
    refs = tuple(sorted(team.ref for team in teams))
    return Finding(one.tallied.measure, one.dimension.id, row.group, refs)


def place_of(finding: Finding) -> Place:
    """Return the page that a finding stands on."""
    query = f"by={finding.dimension}"
    if step_called(finding.measure) is not None:
        return Place("equality:step", [finding.measure], query)
    return Place("equality:clock", finding.measure.split("/", 1), query)


def look_url(one: Comparison, row: Row) -> str:
    """Return the address at which somebody is asked to look into a difference."""
    measure, query = one.tallied.measure, {"by": one.dimension.id, "group": row.group}
    if one.tallied.kind == Kind.STEP:
        page = reverse("equality:look-into-step", args=[measure])
    else:
        page = reverse("equality:look-into-clock", args=measure.split("/", 1))
    return f"{page}?{urlencode(query)}"


def kind_of(measure: str) -> str:
    """Return whether a measure is a step of the pathway or a clock."""
    return Kind.CLOCK if step_called(measure) is None else Kind.STEP


def in_words(one: Comparison, row: Row) -> str:
    """Return a difference in a sentence without numbers, which anybody who is asked may read."""
    whom = one.dimension.children_of(row.group)
    often = "more often" if row.more else "less often"
    than = f"{often} than for {wording.against_whom(one.rules)}"
    if one.tallied.kind == Kind.STEP:
        said = f"{wording.counted(one)} about {whom} {wording.happened(one)} {than}"
    else:
        title = wording.title_of(one.tallied.kind, one.tallied.measure)
        said = f"{whom}: “{title}” was not in time {than}"
    return f"{said[:1].upper()}{said[1:]}"


def behind(finding: Finding, now: datetime) -> Behind | None:
    """Return what a task about a finding is measured by, as it is now; None: nothing counted."""
    taken = take(finding.params, now)
    return None if taken is None else Behind(Measure(MEASURE, finding.params), taken)


def take(params: Mapping[str, Any], _now: datetime) -> Taken | None:
    """Count a finding's measure, as its page shows it today: see ``config.measures``."""
    found = _row_of(Finding(**{**params, "teams": tuple(params["teams"])}))
    return None if found is None else _taken(*found)


def open_reviews(now: datetime) -> int:
    """Open a review for each finding of the packs' kinds that has none; return how many."""
    asked = reviews()
    if asked is None or asked.kind not in kinds():
        return 0
    by = [each for each in dimensions() if each.id in asked.dimensions]
    rest = resting(asked.kind, now)
    found = [
        (one, row)
        for one in counted_for((), by, asked.of)
        for row in one.worse()
        if finding_of(one, row).key not in rest
    ]
    return sum(_open(asked.kind, one, row, now) for one, row in found)


def after_counting(happening: Happening) -> None:
    """Open what an import's counting found, in its own transaction."""
    open_reviews(happening.at)


def _open(kind: str, one: Comparison, row: Row, now: datetime) -> bool:
    finding = finding_of(one, row)
    opened = open_once(
        kind=kind, about=finding.key, at=now, by=None, what=in_words(one, row),
        why=wording.strength(one, row), place=place_of(finding),
        behind=Behind(Measure(MEASURE, finding.params), _taken(one, row)),
    )  # fmt: skip
    return opened is not None


def _row_of(finding: Finding) -> tuple[Comparison, Row] | None:
    dimension, teams = dimension_called(finding.dimension), _teams(finding.teams)
    if dimension is None or teams is None:
        return None
    kinds_ = [kind_of(finding.measure)]
    for one in counted_for(teams, [dimension], kinds_, without=finding.without):
        if one.tallied.measure == finding.measure:
            return next(((one, row) for row in one.rows if row.group == finding.group), None)
    return None


def _teams(refs: Sequence[str]) -> list[int] | None:
    """Return the keys of these teams; None where one of them is there no more."""
    found = list(Team.objects.filter(ref__in=refs).values_list("pk", flat=True)) if refs else []
    return found if len(found) == len(refs) else None


def _taken(one: Comparison, row: Row) -> Taken:
    hidden = next(each for each in suppressed(one).rows if each.group == row.group)
    others_n, others_of = _others(one, row)
    title = wording.title_of(one.tallied.kind, one.tallied.measure)
    return Taken(
        as_at=counted_on(),
        of_what=f"{title}: {one.dimension.children_of(row.group)}, the share that "
        f"{wording.happened(one)}",
        n=row.count.reached, of=row.count.of, definition=_definition(one),
        pack=policy().digest, since=one.tallied.span.since, until=one.tallied.span.until,
        against=wording.against_whom(one.rules) if others_of else "",
        others_n=others_n, others_of=others_of,
        chance=None if math.isnan(row.corrected) else row.corrected,
        is_small=hidden.hidden or (math.isnan(hidden.others) and not math.isnan(row.others)),
    )  # fmt: skip


def _others(one: Comparison, row: Row) -> tuple[int | None, int | None]:
    """Return the counts of those whom a group is compared with."""
    others = [each for each in one.rows if _is_other(each, row, one.rules)]
    if not others or not row.is_known:
        return None, None
    return sum(each.count.reached for each in others), sum(each.count.of for each in others)


def _is_other(each: Row, row: Row, rules: Rules) -> bool:
    if rules.comparison == EVERYONE_ELSE:
        return each.is_known and each.group != row.group
    return each.group == rules.comparison


def _definition(one: Comparison) -> str:
    """Return a digest of what is counted and of who is in which group; words do not matter."""
    step = step_called(one.tallied.measure)
    what = step._replace(title="", counted="", led="", note="") if step else _of_clock(one)
    groups = _who(one.dimension)
    months = value("months-counted", counted_on())
    return digest_of((what, groups, one.rules.comparison, months))


def _of_clock(one: Comparison) -> tuple[object, ...]:
    standard = policy().standards[one.tallied.measure]
    named = ("title", "clauses", "category", "pack", "words", "digest", "also_shown_by")
    kept = {name: each for name, each in vars(standard).items() if name not in named}
    return tuple(sorted((name, repr(each)) for name, each in kept.items()))


def _who(dimension: Dimension) -> tuple[object, ...]:
    whole = dimension_called(dimension.id) or dimension
    return (
        whole.id, whole.by, whole.read, whole.none, whole.several, tuple(whole.labels),
        tuple(sorted(whole.group_of.items())),
        tuple((band.id, band.starts, band.ends) for band in whole.bands), whole.layers,
    )  # fmt: skip

"""Core groups of a month, in time and as rated, and minutes of its strategy discussions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.audits import pack
from evenhand.audits.models import Audit, Slot
from evenhand.audits.queries.conduct import grades_of
from evenhand.audits.queries.reach import audits_for
from evenhand.casework.models import CoreGroup, Section47
from evenhand.design.wording import as_day
from evenhand.facts.adopted import policy
from evenhand.facts.horizons import horizons
from evenhand.facts.reading import columns
from evenhand.people.models import Child
from evenhand.rules.arithmetic import add_months
from evenhand.rules.outcomes import Outcome
from evenhand.rules.reference import evaluate
from evenhand.rules.standards import Standard
from evenhand.rules.states import State

STANDARD, OUTCOMES, SUBJECT = "core-group", "outcomes", "core_group"
STRATEGY = "strategy-minutes"


class Held(NamedTuple):
    """One core group: how it stands to its promise, since when counted, and how it was rated.

    ``may_open``: the viewer may open the child's record. ``rating`` is the grade of its outcomes.
    """

    group: CoreGroup
    state: State
    outcome: Outcome | None
    may_open: bool
    rating: str = ""


class Timeliness(NamedTuple):
    """Of how many core groups it can be told, and how many were in time."""

    kept: int
    of: int


def core_groups_of(slot: Slot, viewer: User, now: datetime) -> list[Held]:
    """Return the core groups held in a slot's month, in order of day, as they stand.

    Of the teams of which the viewer sees counts; of all, for those whom the line has audit them.
    """
    groups = list(_in_month(slot).filter(_counted(slot, viewer)))
    judged = _judged({one.plan_id for one in groups}, now)
    seen = _seen(groups, viewer)
    rated = _ratings(slot, viewer)
    return [
        Held(
            one, outcome.state if outcome else State.NO_RULE, outcome, one.child_id in seen,
            rated.get(one.pk, ""),
        )
        for one in groups
        for outcome in [_outcome(one, judged)]
    ]  # fmt: skip


def strategies_of(slot: Slot, viewer: User, now: datetime) -> Counter[State]:
    """Return how the minutes of a month's strategy discussions stand: how many of each state.

    Of the same teams as core groups; the discussion was on the day on which its enquiry began.
    """
    within = Q(started_on__gte=slot.month, started_on__lt=add_months(slot.month, 1))
    found = Section47.objects.filter(within, _counted(slot, viewer), withdrawn=False)
    keys = list(found.values_list("pk", flat=True))
    judged = _outcomes(STRATEGY, keys, now)
    return Counter(one.state for pk in keys for one in judged.get(pk, ()))


def timeliness_of(held: Iterable[Held]) -> Timeliness:
    """Return how many of those of which it can be told were in time."""
    told = [one.state for one in held if one.state in (State.KEPT, State.KEPT_LATE)]
    return Timeliness(told.count(State.KEPT), len(told))


def _in_month(slot: Slot) -> QuerySet[CoreGroup]:
    days = Q(held_on__gte=slot.month, held_on__lt=add_months(slot.month, 1))
    found = CoreGroup.objects.filter(days, withdrawn=False)
    return found.select_related("child__merged_into", "plan").order_by("held_on", "pk")


def _counted(slot: Slot, viewer: User) -> Q:
    scope, line = scope_of(viewer), pack.lines().get(slot.line)
    audits_them = line is not None and not scope.roles.isdisjoint(line.auditors)
    if scope.aggregates.everyone or audits_them:
        return Q()
    own = Q(child__worker=scope.aggregates.worker_id) if scope.aggregates.worker_id else Q(pk=None)
    return own | Q(child__team__in=scope.aggregates.teams)


def _judged(plans: Iterable[int], now: datetime) -> Mapping[int, Sequence[Outcome]]:
    """Return every outcome of these plans by the standard that the pack names."""
    return _outcomes(STANDARD, sorted(plans), now)


def _outcomes(name: str, keys: Sequence[int], now: datetime) -> Mapping[int, Sequence[Outcome]]:
    standard = pack.standard_named(name)
    if standard is None or not keys:
        return {}
    read = columns(standard.subject, standard.facts(), ids=keys)
    known = horizons(standard.facts())
    found = zip(read.ids.tolist(), read.cases(), strict=True)
    return {pk: evaluate(standard, case, policy().calendar, now, known) for pk, case in found}


def _outcome(group: CoreGroup, judged: Mapping[int, Sequence[Outcome]]) -> Outcome | None:
    """Return the outcome that this meeting answered: two on one day answer the same."""
    return next(
        (
            one for one in judged.get(group.plan_id, ())
            if one.done is not None and as_day(one.done) == group.held_on
        ),
        None,
    )  # fmt: skip


def _seen(groups: Iterable[CoreGroup], viewer: User) -> frozenset[int]:
    kept = {one.child_id: one.child.merged_into_id or one.child_id for one in groups}
    seen = Child.objects.visible_to(viewer).filter(pk__in=kept.values())
    keys = set(seen.values_list("pk", flat=True))
    return frozenset(child for child, key in kept.items() if key in keys)


def _ratings(slot: Slot, viewer: User) -> Mapping[int, str]:
    """Return the grade that auditors gave to the outcomes of each core group, in words."""
    done = audits_for(viewer).filter(slot=slot, subject=SUBJECT, state=Audit.State.DONE)
    audits = {one.pk: one for one in done if one.about_id is not None}
    return {
        audits[one.audit].about_id or 0: pack.grade_words(one.grade)
        for one in grades_of(audits.values())
        if one.section == OUTCOMES
    }


def standard(name: str = STANDARD) -> Standard | None:
    """Return the standard by which core groups, or minutes of strategy discussions, are in time;
    None where the packs name none."""
    return pack.standard_named(name)

"""Children whose need grew: a first tier, then a higher one at a later referral."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from evenhand.accounts.models import User
from evenhand.casework.models import NeedPlan, Referral
from evenhand.eligibility.pack import Tiers
from evenhand.eligibility.queries import LAST, with_tier
from evenhand.people.models import Child
from evenhand.people.queries.reach import counted, readable
from evenhand.recording.models import Answer, Recording

SERVICE, SERVICES = "service", "services"


class Turn(NamedTuple):
    """One referral of a child: when it came, its tier, and what was recorded of it."""

    on: date
    tier: str
    priority: int
    recording: Recording


class Pair(NamedTuple):
    """A referral at the lowest tier and a later one at a higher, with the gaps that were logged."""

    child: Child
    first: Turn
    later: Turn
    gaps: Sequence[Recording]


def escalations(viewer: User, tiers: Tiers) -> list[Pair]:
    """Return the pairs of the children whose records the viewer may open, the newest first."""
    turns, lowest = _turns(viewer, tiers), max((one.priority for one in tiers.choices), default=0)
    pairs = [
        (first, later)
        for mine in turns.values()
        for first in mine
        if first.priority == lowest
        for later in mine
        if later.on > first.on and later.priority < lowest
    ]
    of_child, of_service = _gaps(viewer, tiers)
    named = _services([first.recording for first, _ in pairs])
    found = [
        Pair(_child(later), first, later, _either(of_child[_key(first.recording)], of_service,
                                                  named.get(first.recording.pk, "")))
        for first, later in pairs
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.later.on, reverse=True)


def _child(turn: Turn) -> Child:
    child = turn.recording.child
    if child is None:
        raise LookupError(f"{turn.recording} is of no child")
    return child


def _key(recording: Recording) -> int | None:
    child = recording.child
    return (child.merged_into_id or child.pk) if child else None


def _turns(viewer: User, tiers: Tiers) -> Mapping[int | None, list[Turn]]:
    rows = readable(viewer, with_tier(tiers)).exclude(priority=LAST).select_related("child")
    recordings = list(rows)
    came = dict(
        Referral.objects.filter(pk__in=[one.about_id for one in recordings], withdrawn=False)
        .exclude(received_on=None)
        .values_list("pk", "received_on")
    )
    found: dict[int | None, list[Turn]] = defaultdict(list)
    for one in recordings:
        on = came.get(one.about_id)
        if on is not None:
            found[_key(one)].append(Turn(on, one.tier, one.priority, one))  # type: ignore[attr-defined]
    return found


Gaps = tuple[Mapping[int | None, list[Recording]], Mapping[str, list[Recording]]]


def _gaps(viewer: User, tiers: Tiers) -> Gaps:
    """Return the gaps that were logged of each child, and those of no child by their service."""
    rows = Recording.objects.filter(form=tiers.deficits, entered_in_error=False)
    recordings = list(readable(viewer, rows).select_related("child").order_by("on", "pk"))
    services = _services(recordings, SERVICE)
    of_child: dict[int | None, list[Recording]] = defaultdict(list)
    of_service: dict[str, list[Recording]] = defaultdict(list)
    for one in recordings:
        if one.child is not None:
            of_child[_key(one)].append(one)
        else:
            of_service[services.get(one.pk, "")].append(one)
    return of_child, of_service


def _services(recordings: Iterable[Recording], question: str = SERVICES) -> Mapping[int, str]:
    keys = [one.pk for one in recordings]
    rows = Answer.objects.filter(recording__in=keys, question=question)
    return {pk: code.strip().casefold() for pk, code in rows.values_list("recording_id", "code")}


def _either(
    own: Sequence[Recording], of_service: Mapping[str, list[Recording]], service: str
) -> Sequence[Recording]:
    return [*own, *(of_service.get(service, ()) if service else ())]


class Diverted(NamedTuple):
    """Of the plans that closed: how many, and how often each answer; "" is not answered."""

    plans: int
    answers: Mapping[str, int]


def diverted(viewer: User, tiers: Tiers) -> Diverted:
    """Return whether children were diverted, of the closed plans that the viewer may count."""
    asked = tiers.diversion
    rows = counted(viewer, Recording.objects.filter(form=asked.form))
    closed = NeedPlan.objects.exclude(ended_on=None).filter(withdrawn=False).values("pk")
    keys = list(rows.filter(about_id__in=closed).values_list("pk", flat=True))
    said = Answer.objects.filter(recording__in=keys, question=asked.question).exclude(code="")
    codes = list(said.values_list("code", flat=True))
    answers = {code: codes.count(code) for code in asked.choices}
    return Diverted(len(keys), {**answers, "": len(keys) - len(codes)})

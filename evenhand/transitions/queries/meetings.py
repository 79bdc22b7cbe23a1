"""Monitoring meetings: when one is due, what stands on the agenda, and who was there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.rules.outcomes import Outcome
from evenhand.transitions import protocol
from evenhand.transitions.judging import outcomes_of
from evenhand.transitions.models import AgendaCase, MonitoringMeeting, TransitionPlan
from evenhand.transitions.queries.board import BEGINS, monitoring_begins, watched
from evenhand.transitions.queries.plans import plans_for

PRESENT, DEPUTY, APOLOGIES = "present", "deputy", "apologies"


class Seat(NamedTuple):
    """One post at a meeting: whether it was there, or who stood in for it."""

    label: str
    presence: str
    deputy: str

    @property
    def is_filled(self) -> bool:
        """Return whether the post was there, itself or by a deputy with a name."""
        return self.presence == PRESENT or (self.presence == DEPUTY and bool(self.deputy))


def meetings_for(viewer: User) -> QuerySet[MonitoringMeeting]:
    """Return the meetings that went through somebody whom the viewer may open, and their own."""
    rows = MonitoringMeeting.objects.prefetch_related("cases").order_by("-held_on", "-pk")
    if scope_of(viewer).persons.everyone:
        return rows
    cases = AgendaCase.objects.filter(plan__in=plans_for(viewer).order_by().values("pk"))
    return rows.filter(Q(recorded_by=viewer) | Q(pk__in=cases.values("meeting")))


def slots(now: datetime) -> Sequence[Outcome]:
    """Return how each meeting that was to be held stands, in order."""
    begins = monitoring_begins()
    if begins is None:
        return ()
    held = MonitoringMeeting.objects.order_by("held_on").values_list("held_on", flat=True)
    case = {"authority.transition_meetings": tuple(held), BEGINS: begins}
    return [one for one in outcomes_of("monitoring-meeting", case, now) if one.due is not None]


def agenda_for(viewer: User, today: date) -> list[TransitionPlan]:
    """Return the plans that a meeting goes through: of those watched, not yet passed on."""
    plans = watched(plans_for(viewer), today)
    return list(plans.filter(transferred_on=None).order_by("child__born_on", "pk"))


def last_cases(plans: Sequence[TransitionPlan]) -> dict[int, AgendaCase]:
    """Return the newest case of each plan, by plan: what was said, or that it was carried on."""
    rows = AgendaCase.objects.filter(plan__in=plans).select_related("meeting")
    return {one.plan_id: one for one in rows.order_by("meeting__held_on", "pk")}


def seats(meeting: MonitoringMeeting) -> list[Seat]:
    """Return the posts of a meeting, in the packs' order."""
    found = []
    for post in protocol.posts():
        presence, deputy = (*meeting.posts.get(post.id, ()), "", "")[:2]
        found.append(Seat(post.label, presence, deputy))
    return found


def cases_for(meeting: MonitoringMeeting, viewer: User) -> list[AgendaCase]:
    """Return a meeting's cases of those whom the viewer may open, what was carried on first."""
    rows = meeting.cases.filter(plan__in=plans_for(viewer).order_by().values("pk"))
    found = rows.select_related("plan__child__team", "plan__child__worker")
    return list(found.order_by("-is_carried_on", "plan__child__born_on", "pk"))

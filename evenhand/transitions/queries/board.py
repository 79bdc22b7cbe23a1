"""The board: what is overdue of whom, what has no view yet, and who watches over it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.recording.models import Answer, Recording
from evenhand.rules.arithmetic import add_months
from evenhand.rules.outcomes import Outcome
from evenhand.rules.periods import HALF_YEAR, first_of
from evenhand.rules.states import State
from evenhand.transitions import protocol
from evenhand.transitions.judging import Step, outcomes_of, steps_of
from evenhand.transitions.models import MonitoringMeeting, TransitionPlan
from evenhand.transitions.queries.plans import Plans, one_of_each, plans_for

MONITOR, SIGN_OFF, TEAM_MEETING = "transition-monitor", "transition-sign-off", "team-meeting"
UNCLEAR = "unclear"
BEGINS = "authority.transition_monitoring_begins"


class Overdue(NamedTuple):
    """One milestone that is overdue, and whose plan it is of."""

    plan: TransitionPlan
    step: Step


class Board(NamedTuple):
    """What the monitor looks at, as far as the viewer may open."""

    watched: int
    overdue: Sequence[Overdue]
    early: Sequence[Overdue]
    no_view: Sequence[TransitionPlan]
    unclear: Sequence[TransitionPlan]


class Attended(NamedTuple):
    """Of how many team meetings of a half-year a service came to how many."""

    came: int
    held: int
    since: date


def board_for(viewer: User, now: datetime) -> Board:
    """Return the board: every watched plan's milestones as they stand now."""
    plans = list(watched(plans_for(viewer), timezone.localdate(now)))
    steps = steps_of(plans, now)
    late = [
        Overdue(plan, step) for plan in plans for step in steps[plan.pk]
        if step.state is State.LATE
    ]  # fmt: skip
    return Board(
        len(plans),
        sorted((one for one in late if not one.step.is_early), key=_oldest),
        [one for one in late if one.step.is_early],
        [plan for plan in plans if plan.reviewed_on and not plan.likely],
        [plan for plan in plans if plan.likely == UNCLEAR],
    )


def watched(plans: Plans, today: date) -> Plans:
    """Return the plans of those old enough to be watched whose case is open."""
    if not protocol.routes():
        return plans.none()
    youngest = add_months(today, -12 * protocol.value_on("monitored-from", today))
    own = Q(child__merged_into=None, child__is_open=True, child__born_on__lte=youngest)
    kept = Q(child__merged_into__is_open=True, child__merged_into__born_on__lte=youngest)
    return one_of_each(plans.filter(own | kept))


def monitor() -> Answer | None:
    """Return who monitors, by the newest record of it; None where nobody does."""
    newest = Recording.objects.filter(form=MONITOR, entered_in_error=False)
    last = newest.order_by("on", "pk").last()
    return last.answers.filter(question="monitor").exclude(code="").first() if last else None


def guests(service: str, today: date) -> Attended:
    """Return how many team meetings of the half-year a service came to."""
    since = first_of(today, HALF_YEAR)
    held = Recording.objects.filter(
        form=TEAM_MEETING, entered_in_error=False, on__gte=since, on__lte=today
    )
    came = Answer.objects.filter(recording__in=held, question="guests", code=service)
    return Attended(came.count(), held.count(), since)


def signed_off(now: datetime) -> Sequence[Outcome]:
    """Return how the monthly sign-offs stand."""
    rows = Recording.objects.filter(form=SIGN_OFF, entered_in_error=False)
    days = tuple(rows.order_by("on").values_list("on", flat=True))
    begins = monitoring_begins()
    case = {"authority.transition_sign_offs": days, BEGINS: begins}
    return outcomes_of("sign-off", case, now) if begins else ()


def monitoring_begins() -> date | None:
    """Return the first day of monitoring: that of the first plan or meeting here."""
    first_plan = TransitionPlan.objects.order_by("begun_on").values_list("begun_on", flat=True)
    met = MonitoringMeeting.objects.order_by("held_on").values_list("held_on", flat=True)
    known = [day for day in (first_plan.first(), met.first()) if day is not None]
    return min(known, default=None)


def _oldest(one: Overdue) -> date:
    return one.step.due or date.max

"""The list as it is shared, with whom it was, and when it is due again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.design.wording import day
from evenhand.people.models import Child
from evenhand.rules.outcomes import Outcome
from evenhand.transitions import protocol
from evenhand.transitions.judging import outcomes_of
from evenhand.transitions.models import ListShare, SharedName, TransitionPlan
from evenhand.transitions.queries.plans import lines, listed_for
from evenhand.transitions.wording import view_words


class Named(NamedTuple):
    """One name on a list that is shared, and what is said of them."""

    child: Child
    view: str
    leaving: str


NOT_SAID = "Not written down"


def names_for(viewer: User, today: date, route: str = "") -> list[Named]:
    """Return who would be on a list that is shared: everybody, or those who may concern a route.

    Whose view for the route is no is left out; whose is not formed or unclear stays in.
    """
    found = lines(listed_for(viewer, today))
    wanted = [(line, _plan(line.plans, route)) for line in found]
    return [
        Named(line.child, view_words(plan), _leaving(plan))
        for line, plan in wanted
        if not (route and plan is not None and plan.likely == "no")
    ]


def shares_for(viewer: User) -> QuerySet[ListShare]:
    """Return the shares that named somebody whom the viewer may open, and the viewer's own."""
    rows = ListShare.objects.select_related("shared_by").order_by("-shared_on", "-pk")
    if scope_of(viewer).persons.everyone:
        return rows
    seen = Child.objects.visible_to(viewer).order_by().values("pk")
    named = SharedName.objects.filter(child__in=seen)
    return rows.filter(Q(shared_by=viewer) | Q(pk__in=named.values("share")))


def names_on(share: ListShare, viewer: User) -> list[SharedName]:
    """Return the names that were on a shared list, of those whom the viewer may open."""
    seen = Child.objects.visible_to(viewer).order_by().values("pk")
    rows = share.names.filter(child__in=seen).select_related("child")
    return list(rows.order_by("child__surname", "child__forename", "pk"))


def next_due(now: datetime) -> Outcome | None:
    """Return the share that comes next, or is overdue; None before the first."""
    wanted = [one.id for one in protocol.recipients() if one.standard]
    rows = ListShare.objects.filter(recipient__in=wanted).order_by("shared_on")
    days = tuple(rows.values_list("shared_on", flat=True))
    if not days:
        return None
    case = {
        "authority.transition_list_first_shared": days[0],
        "authority.transition_list_shared": days,
    }
    found = outcomes_of("list-shared", case, now)
    return found[-1] if found else None


def sees_shares(viewer: User) -> bool:
    """Whether a viewer's reach takes in more than a caseload."""
    persons = scope_of(viewer).persons
    return persons.everyone or bool(persons.teams)


def _plan(plans: Sequence[TransitionPlan], route: str) -> TransitionPlan | None:
    mine = [plan for plan in plans if not route or plan.route == route]
    return mine[0] if mine else None


def _leaving(plan: TransitionPlan | None) -> str:
    return day(plan.leaving_on) if plan is not None and plan.leaving_on else NOT_SAID

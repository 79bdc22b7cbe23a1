"""What the senior dashboard counts: results, what is not kept, what is being put right, and who
looked at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.audits import judging, pack
from evenhand.audits.models import Audit, DashboardLook, Finding, ManagementReview
from evenhand.audits.queries import copies, findings, posts, recommendations
from evenhand.audits.queries.programme import slots_for, standings_of
from evenhand.rules.arithmetic import add_months
from evenhand.rules.outcomes import Outcome
from evenhand.rules.states import State


class Result(NamedTuple):
    """The audits of one type since a day: how many, and how many of each grade."""

    title: str
    done: int
    grades: Mapping[str, int]


class Breach(NamedTuple):
    """One thing that is not kept: in words, how often, and the route of its list."""

    words: str
    number: int
    route: str


class Dashboard(NamedTuple):
    """What one viewer's dashboard shows: the first few of those open and overdue, and how many."""

    since: date
    results: Sequence[Result]
    breaches: Sequence[Breach]
    open: Sequence[Finding]
    overdue: Sequence[Finding]
    reviews: int
    number_open: int
    number_overdue: int


class Week(NamedTuple):
    """How often whoever heads the service looked in the week that begins on a day."""

    begins: date
    looks: int


MOST = 50
"""So many actions a page names; the list of findings has all."""


def dashboard_for(viewer: User, now: datetime) -> Dashboard:
    """Return the dashboard: of all teams, or of those within the viewer's reach."""
    today = timezone.localdate(now)
    since = add_months(today, -pack.limit("results-shown", today))
    found = findings.findings_for(viewer)
    acting = findings.unsettled(found).filter(action__isnull=False)
    late = findings.overdue(found, today)
    return Dashboard(
        since, _results(viewer, since), _breaches(viewer, found, now),
        list(acting.order_by("action__due_on", "pk")[:MOST]), list(late[:MOST]), _reviews(viewer),
        acting.count(), late.count(),
    )  # fmt: skip


def audits_within(viewer: User) -> QuerySet[Audit]:
    """Return the finished audits that a viewer may count: of teams within their reach. A file that
    two audit counts once."""
    rows = Audit.objects.filter(state=Audit.State.DONE, twin_of=None)
    reach = scope_of(viewer).aggregates
    return rows if reach.everyone else rows.filter(team__in=reach.teams)


def _results(viewer: User, since: date) -> list[Result]:
    rows = audits_within(viewer).filter(done_on__gt=since).order_by()
    counted: dict[str, dict[str, int]] = {}
    for type_, first, agreed, number in rows.values_list("type", "grade", "moderated").annotate(
        number=Count("pk")
    ):
        grade, of_type = agreed or first, counted.setdefault(type_, {})
        of_type[grade] = of_type.get(grade, 0) + number
    return [
        Result(one.title, sum(counted[one.id].values()), counted[one.id])
        for one in pack.types().values() if one.id in counted
    ]  # fmt: skip


def _breaches(viewer: User, found: QuerySet[Finding], now: datetime) -> list[Breach]:
    today = timezone.localdate(now)
    waiting = copies.as_shown(copies.copies_for(viewer), now)
    standings = findings.standings_of(findings.unsettled(found), now).values()
    watched = recommendations.as_watched(recommendations.recommendations_for(viewer), now)
    late = [one for one in watched if one.stand.state is State.LATE]
    unmet = sum(one.plan is not None and one.plan.state is State.LATE for one in standings)
    return [
        Breach("Months of the programme that are not done", _months(viewer, now), "programme"),
        Breach("Copies not handed over", sum(one.is_outstanding for one in waiting), "copies"),
        Breach("Audits not forwarded", sum(one.is_not_forwarded for one in waiting), "copies"),
        Breach("Findings with no action", findings.without_action(found).count(), "findings"),
        Breach("Actions overdue", findings.overdue(found, today).count(), "findings"),
        Breach("No plan agreed with another team", unmet, "findings"),
        Breach("Recommendations overdue", len(late), "recommendations"),
    ]


def _months(viewer: User, now: datetime) -> int:
    today = timezone.localdate(now)
    rows = slots_for(viewer, today.year).filter(due_on__lt=today, closed_at=None)
    return sum(one.state is State.LATE for one in standings_of(rows, now).values())


def _reviews(viewer: User) -> int:
    rows = ManagementReview.objects.filter(closed_on=None)
    reach = scope_of(viewer).aggregates
    return (rows if reach.everyone else rows.filter(audit__team__in=reach.teams)).count()


def weeks(now: datetime) -> list[Week]:
    """Return how often whoever heads the service looked, week by week, the newest first."""
    today = timezone.localdate(now)
    this = today - timedelta(days=today.weekday())
    number = pack.limit("weeks-shown", today)
    days = _days(this - timedelta(weeks=number - 1))
    begins = [this - timedelta(weeks=back) for back in range(number)]
    return [Week(one, sum(one <= on < one + timedelta(7) for on in days)) for one in begins]


def readings(now: datetime) -> Sequence[Outcome]:
    """Return how each look that was due stands, in order; nothing before the first audit."""
    first = Audit.objects.aggregate(first=Min("given_at"))["first"]
    if first is None:
        return ()
    begins = timezone.localdate(first)
    case = {"authority.audits_begin": begins, "authority.senior_dashboard_read": _days(begins)}
    return judging.outcomes_of(judging.DASHBOARD, case, now)


def _days(since: date) -> tuple[date, ...]:
    rows = DashboardLook.objects.filter(as_head=True, at__date__gte=since).order_by("at", "pk")
    return tuple(timezone.localdate(at) for at in rows.values_list("at", flat=True))


def looks_as_head(viewer: User) -> bool:
    """Whether a viewer's look counts as that of whoever heads the service."""
    return posts.is_post(viewer, posts.HEAD)

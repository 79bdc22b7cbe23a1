"""Whose supervision a viewer may see: their own, and that of the people whom they manage."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet

from evenhand.accounts.models import Team, User, Worker
from evenhand.accounts.permissions import may
from evenhand.accounts.scope import scope_of
from evenhand.workforce.models import Absence, DevelopmentPlan, Post, Supervision

NOBODY = Q(pk__in=())


def staff(on: date) -> QuerySet[Worker]:
    """Return everybody who works in a team on a day: whose post is not known to have ended."""
    left = Post.objects.filter(left_on__lt=on).values("worker")
    later = Post.objects.filter(started_on__gt=on).values("worker")
    working = Worker.objects.exclude(team=None).exclude(pk__in=left).exclude(pk__in=later)
    return working.select_related("team", "manager").order_by("team__name", "name", "pk")


def line_of(viewer: User) -> QuerySet[Worker]:
    """Return those whom the viewer manages, in their line or in the teams they hold, even if they
    left."""
    if not may(viewer, "workforce.record"):
        return Worker.objects.none()
    found, teams = NOBODY, scope_of(viewer).persons.teams
    if viewer.worker_id is not None:
        found |= Q(manager=viewer.worker_id)
    if teams:
        found |= Q(team__in=teams)
    people = Worker.objects.filter(found).exclude(pk=viewer.worker_id)
    return people.select_related("team", "manager").order_by("name", "pk")


def own_people(viewer: User, on: date) -> QuerySet[Worker]:
    """Return those of the viewer's line who work here on a day."""
    theirs = line_of(viewer).order_by().values("pk")
    return staff(on).filter(pk__in=theirs).order_by("name", "pk")


def people_seen(viewer: User) -> QuerySet[Worker]:
    """Return the viewer's line and the viewer: those of whom they may see it all."""
    theirs = line_of(viewer).order_by().values("pk")
    found = Worker.objects.filter(Q(pk__in=theirs) | Q(pk=viewer.worker_id))
    return found.select_related("team", "manager")


def teams_counted(viewer: User) -> QuerySet[Team]:
    """Return the teams of which the viewer sees counts."""
    reach = scope_of(viewer).aggregates
    working = Team.objects.filter(workers__isnull=False).distinct().order_by("name")
    return working if reach.everyone else working.filter(pk__in=reach.teams)


def supervisions_for(viewer: User) -> QuerySet[Supervision]:
    """Return the supervisions that a viewer may read: their own, their people's, those they held
    or wrote down."""
    held = Q(recorded_by=viewer) | Q(worker__in=people_seen(viewer).order_by().values("pk"))
    if viewer.worker_id is not None:
        held |= Q(supervisor=viewer.worker_id)
    found = Supervision.objects.filter(held)
    return found.select_related("worker__team", "supervisor", "recorded_by").order_by("-held_on")


def supervisions_of(worker: Worker) -> QuerySet[Supervision]:
    """Return a worker's supervisions, the newest first."""
    found = Supervision.objects.filter(worker=worker, entered_in_error=False)
    return found.select_related("supervisor", "recorded_by").order_by("-held_on", "-pk")


def absences_of(worker: Worker) -> QuerySet[Absence]:
    """Return a worker's absences, the newest first; that from which they are not back before."""
    found = Absence.objects.filter(worker=worker, entered_in_error=False)
    return found.select_related("recorded_by").order_by(
        F("until").desc(nulls_first=True), "-since", "-pk"
    )


def plans_of(worker: Worker) -> QuerySet[DevelopmentPlan]:
    """Return a worker's development plans, the newest first."""
    found = DevelopmentPlan.objects.filter(worker=worker, entered_in_error=False)
    return found.order_by("-agreed_on", "-pk")


def post_of(worker: Worker) -> Post | None:
    """Return when a worker began and left, where that was written down."""
    return Post.objects.filter(worker=worker).first()

"""Whose work a viewer may see: their own and their people's, never another's."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from evenhand.accounts.models import Team, User, Worker
from evenhand.accounts.permissions import may
from evenhand.accounts.scope import scope_of
from evenhand.performance.models import GoodPractice, PersonalObjective, WorkResult

NOBODY = Q(pk__in=())


def own_people(viewer: User) -> QuerySet[Worker]:
    """Return the workers whom the viewer manages: in their line, or in the teams they hold."""
    if not may(viewer, "performance.people"):
        return Worker.objects.none()
    found, teams = NOBODY, scope_of(viewer).persons.teams
    if viewer.worker_id is not None:
        found |= Q(manager=viewer.worker_id)
    if teams:
        found |= Q(team__in=teams)
    people = Worker.objects.filter(found).exclude(pk=viewer.worker_id)
    return people.select_related("team", "manager").order_by("name", "pk")


def results_for(viewer: User) -> QuerySet[WorkResult]:
    """Return the results of the viewer's own work, of their people's, and those they told."""
    seen = Q(told_by=viewer) | Q(worker__in=own_people(viewer).order_by().values("pk"))
    if viewer.worker_id is not None:
        seen |= Q(worker=viewer.worker_id)
    found = WorkResult.objects.filter(seen).select_related("worker", "told_by")
    return found.order_by("-looked_on", "-pk")


def personal_for(viewer: User) -> QuerySet[PersonalObjective]:
    """Return the objectives that still run of the viewer and of their people."""
    theirs = own_people(viewer).order_by().values("pk")
    seen = Q(person=viewer) | Q(person__worker__in=theirs)
    running = PersonalObjective.objects.filter(seen, ended_on=None)
    chain = ("person", "measure__team", "measure__objective__parent")
    return running.select_related(*chain).order_by("person__name", "pk")


def teams_of(viewer: User) -> set[int]:
    """Return the teams that a viewer belongs to: works in, or manages."""
    scope = scope_of(viewer)
    return ({scope.works_in} if scope.works_in else set()) | set(scope.persons.teams)


def to_read(viewer: User) -> list[GoodPractice]:
    """Return the good practice that was passed on to the viewer's teams and is not read yet."""
    theirs = GoodPractice.objects.filter(shares__team__in=teams_of(viewer)).distinct()
    return list(theirs.exclude(receipts__reader=viewer).order_by("-number"))


def practices() -> QuerySet[GoodPractice]:
    """Return the register of good practice, the newest first."""
    teams = Prefetch("shares__team", Team.objects.order_by("name"))
    found = GoodPractice.objects.select_related("team", "worker", "recorded_by")
    return found.prefetch_related("shares", teams, "receipts").order_by("-number")


def audits_everybody(viewer: User) -> bool:
    """Whether the viewer looks at work of the whole authority."""
    return may(viewer, "performance.manage") and scope_of(viewer).persons.everyone

"""Which audits a viewer may read, and which files are theirs to audit."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.accounts.scope import scope_of
from evenhand.audits.models import Audit
from evenhand.people.models import Child

BESIDE = ("child", "team", "worker", "auditor", "slot", "file", "recording", "twin_of")


def audits_for(viewer: User) -> QuerySet[Audit]:
    """Return the audits that a viewer may read, the newest first.

    Those of teams within reach and of children whose records they may open, what was audited of
    their own work once it is done, and what they are asked to audit. Whoever audits a file a
    second time does not read the first audit of it before they are done, nor the other way about.
    """
    scope = scope_of(viewer).persons
    seen = Child.objects.visible_to(viewer).order_by().values("pk")
    may_open = Q(child=None) | Q(child__in=seen) | Q(child__merged_into__in=seen)
    within = Q() if scope.everyone else Q(team__in=scope.teams)
    found = Q(pk__in=[])
    if may(viewer, "audits.view"):
        found |= (within & may_open) if scope.everyone or scope.teams else Q(pk__in=[])
        if viewer.worker_id is not None:
            found |= Q(worker=viewer.worker_id, state=Audit.State.DONE)
    rows = Audit.objects.filter(found | _given(viewer)).exclude(_blind(viewer))
    return rows.select_related(*BESIDE).order_by("-given_at", "-pk")


def audits_given(viewer: User) -> QuerySet[Audit]:
    """Return what the viewer is asked to audit and has not done yet, the first due first."""
    rows = Audit.objects.filter(auditor=viewer, state=Audit.State.OPEN)
    return rows.select_related(*BESIDE).order_by("due_on", "pk")


def _given(viewer: User) -> Q:
    """Their own audits; from another agency, only while they are open."""
    mine = Q(auditor=viewer)
    return mine if may(viewer, "audits.view") else mine & Q(state=Audit.State.OPEN)


def _blind(viewer: User) -> Q:
    """Audits of a file that the viewer audits too, and is not done with."""
    open_ = Audit.objects.filter(auditor=viewer, state=Audit.State.OPEN)
    theirs = open_.filter(Q(twin_of=OuterRef("pk")) | Q(pk=OuterRef("twin_of")))
    first = open_.filter(twin_of=OuterRef("twin_of"), twin_of__isnull=False)
    return ~Q(auditor=viewer) & (Exists(theirs) | Exists(first))  # type: ignore[no-any-return]

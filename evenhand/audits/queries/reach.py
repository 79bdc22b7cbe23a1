"""Which audits a viewer may read, and which files are theirs to audit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.accounts.scope import scope_of
from evenhand.audits import pack
from evenhand.audits.models import Audit
from evenhand.people.models import Child, OwnFamily
from evenhand.people.models.closing import closing_of, restricted_at

ADDED_IN = "partner-adds-in"
BESIDE = ("child__merged_into", "team", "worker", "auditor", "slot", "file", "recording", "twin_of")


def audits_for(viewer: User) -> QuerySet[Audit]:
    """Return the audits that a viewer may read, the newest first.

    Those of teams within reach and of children whose records they may open, what was audited of
    their own work once it is done, and what they are asked to audit. Whoever audits a file a
    second time does not read the first audit of it before they are done, nor the other way about.
    Of a child whose record is closed to them, nobody reads any: their own goes to somebody else.
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
    rows = _open_to(viewer, found | _given(viewer)).exclude(_blind(viewer))
    return rows.select_related(*BESIDE).order_by("-given_at", "-pk")


def kept_from(viewer: User) -> QuerySet[Audit]:
    """Return the audits of files that the viewer audits too, and is not done with."""
    return Audit.objects.filter(_blind(viewer))


def audits_given(viewer: User) -> QuerySet[Audit]:
    """Return what the viewer is asked to audit and has not done yet, the first due first."""
    rows = _open_to(viewer, Q(auditor=viewer) & _OPEN)
    return rows.select_related(*BESIDE).order_by("due_on", "pk")


def audits_closed_to(viewer: User) -> int:
    """Return how many audits that a viewer was given are of records closed to them since."""
    mine = Q(auditor=viewer) & _OPEN
    return Audit.objects.filter(mine).count() - _open_to(viewer, mine).count()


def closed_to_auditors(audits: Collection[Audit]) -> frozenset[int]:
    """Return the keys of those audits whose auditor the record is closed to since it was given."""
    restricted = restricted_at(timezone.now())
    declared = OwnFamily.objects.filter(ended_at=None).values_list("user_id", flat=True)
    family = set(declared)
    return frozenset(
        one.pk
        for one in audits
        if (one.child_id in restricted or one.auditor_id in family)
        and _kept(one) in closing_of(one.auditor).closed
    )


def audits_to_write(viewer: User) -> QuerySet[Audit]:
    """Return the viewer's own audits on which something can still be written: those not done yet,
    and those done of which something is missing (for a partner auditor, ``adds_until``)."""
    rows = _open_to(viewer, Q(auditor=viewer) & (_OPEN | _lacks_something(viewer)))
    return rows.select_related(*BESIDE).order_by("done_on", "due_on", "pk")


def adds_until(viewer: User, done_on: date) -> date | None:
    """Return the last day on which an auditor can add what is missing of an audit done on a day.

    None: no day is the last one, for whoever works here. A partner auditor has the packs' days.
    """
    if may(viewer, "audits.view"):
        return None
    return done_on + timedelta(days=pack.limit(ADDED_IN, done_on))


_OPEN = Q(state=Audit.State.OPEN)


def _open_to(viewer: User, which: Q) -> QuerySet[Audit]:
    """Return the audits that ``which`` chooses, none of a child whose record is closed."""
    closed = closing_of(viewer).closed
    rows = Audit.objects.filter(which)
    if not closed:
        return rows
    return rows.exclude(Q(child__in=closed) | Q(child__merged_into__in=closed))


def _lacks_something(viewer: User) -> Q:
    """Done, with something missing of it; for a partner auditor, as long as they may add it."""
    done = Audit.objects.filter(auditor=viewer, state=Audit.State.DONE)
    rows = done.filter(recording__missing__isnull=False).values_list("pk", "done_on").distinct()
    today = timezone.localdate()
    untils = {pk: adds_until(viewer, on) for pk, on in rows if on is not None}
    return Q(pk__in=[pk for pk, until in untils.items() if until is None or today <= until])


def _kept(audit: Audit) -> int | None:
    return audit.child and (audit.child.merged_into_id or audit.child.pk)


def _given(viewer: User) -> Q:
    """Their own audits; from another agency, only while something can be written on them."""
    mine = Q(auditor=viewer)
    if may(viewer, "audits.view"):
        return mine
    return mine & (_OPEN | _lacks_something(viewer))


def _blind(viewer: User) -> Q:
    """Audits of a file that the viewer audits too, and is not done with."""
    open_ = Audit.objects.filter(auditor=viewer, state=Audit.State.OPEN)
    theirs = open_.filter(Q(twin_of=OuterRef("pk")) | Q(pk=OuterRef("twin_of")))
    first = open_.filter(twin_of=OuterRef("twin_of"), twin_of__isnull=False)
    return ~Q(auditor=viewer) & (Exists(theirs) | Exists(first))  # type: ignore[no-any-return]

"""Looking again how young people stand: what changed is kept, and what it asks for is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from evenhand.facts.adopted import policy
from evenhand.history.actions import record_many
from evenhand.history.models import Entry
from evenhand.leaving_care.models import FoundStanding
from evenhand.leaving_care.pack import law_on
from evenhand.leaving_care.queries import NOT_LISTED, Found, found_of, of_age
from evenhand.people.models import Child
from evenhand.rules.leaving_care import Kind
from evenhand.work.actions import Place
from evenhand.work.opening import open_once
from evenhand.work.pack import kinds

AT_ONCE = 500
TASK = "care-leaver"
ASKED = {
    Kind.ELIGIBLE: "See that there is a pathway plan and a personal adviser",
    Kind.RELEVANT: "See that the pathway plan and the personal adviser go on after care",
    Kind.FORMER_RELEVANT: "See that personal adviser and pathway plan go on into adult life",
    Kind.QUALIFYING: "Offer advice and assistance",
}


def tend(now: datetime) -> None:
    """Look again at everybody where the last look is of a day before."""
    today = timezone.localdate(now)
    newest = FoundStanding.objects.filter(is_newest=True, child__merged_into=None)
    if newest.filter(looked_on__lt=today).exists() or not newest.exists():
        look_again(now)


def look_again(now: datetime, children: Collection[int] | None = None) -> int:
    """Look how these children (None: all) stand today; return how many changed.

    What is found for the first time opens no task: an import's first day asks for nothing.
    """
    today = timezone.localdate(now)
    law, changed = law_on(today), 0
    whom = _whom(children, today)
    for first in range(0, len(whom), AT_ONCE):
        some = whom[first : first + AT_ONCE]
        born = dict(Child.objects.filter(pk__in=some).values_list("pk", "born_on"))
        with transaction.atomic():
            changed += _keep(found_of(born, law, today), now)
    return changed


def _whom(children: Collection[int] | None, today: date) -> list[int]:
    if children is not None:
        return list(children)
    old = FoundStanding.objects.filter(is_newest=True, child__merged_into=None)
    known = {pk for pk, _ in of_age(law_on(today), today)}
    return sorted(known | set(old.values_list("child", flat=True)))


def _keep(found: Iterable[Found], now: datetime) -> int:
    today, found = timezone.localdate(now), list(found)
    held = FoundStanding.objects.filter(is_newest=True, child__in=[one.child_id for one in found])
    before = {row.child_id: row for row in held}
    changed = [one for one in found if _is_news(before.get(one.child_id), one)]
    held.filter(child__in=[one.child_id for one in changed]).update(is_newest=False)
    held.update(looked_on=today)
    made = FoundStanding.objects.bulk_create(_row(one, today) for one in changed)
    record_many(_entry(before.get(row.child_id), row, now) for row in made)
    for row in made:
        _ask(before.get(row.child_id), row, now)
    return len(made)


def _is_news(before: FoundStanding | None, one: Found) -> bool:
    if before is None:
        return NOT_LISTED.isdisjoint(one.status.reasons) and bool(one.status.reasons)
    now = one.status
    return (before.kind, before.since, before.until) != (now.kind.value, now.since, now.until)


def _row(one: Found, today: date) -> FoundStanding:
    stands = one.status
    return FoundStanding(
        child_id=one.child_id, kind=stands.kind.value, since=stands.since, until=stands.until,
        nights=stands.nights, reasons=[reason.value for reason in stands.reasons], found_on=today,
        looked_on=today, pack_digest=policy().digest[:16],
    )  # fmt: skip


def _entry(before: FoundStanding | None, row: FoundStanding, now: datetime) -> Entry:
    named = ("kind", "since", "until", "nights")
    told = {
        name: [_plain(getattr(before, name, None)), _plain(getattr(row, name))] for name in named
    }
    return Entry(
        at=now, action="leaving_care.found", subject=FoundStanding._meta.label_lower,
        subject_id=row.pk, child_id=row.child_id, changes=told,
    )  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _ask(before: FoundStanding | None, row: FoundStanding, now: datetime) -> None:
    """Ask the worker, or the team's manager, to see to what follows from another standing."""
    kind = Kind(row.kind)
    if before is None or before.kind == row.kind or kind not in ASKED or TASK not in kinds():
        return
    child = Child.objects.select_related("worker", "team").get(pk=row.child_id)
    open_once(
        kind=TASK, about=f"leaving-care:{child.ref}:{kind.value}", at=now, by=None,
        what=ASKED[kind], child=child, team=child.team, owner=_worker(child),
        place=Place("leaving_care:one", (child.ref,)),
    )  # fmt: skip


def _worker(child: Child) -> Any:
    user = getattr(child.worker, "user", None)
    seen = user is not None and Child.objects.visible_to(user).filter(pk=child.pk).exists()
    return user if user and user.is_active and seen else None

"""No join across an adoption order: which records one closed, and what is refused of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.casework.models import CareEpisode, CarePeriod
from evenhand.facts.adopted import policy
from evenhand.history.actions import Happening
from evenhand.people.models import Child
from evenhand.people.models.adoption import AdoptionOrder
from evenhand.people.models.closing import in_force
from evenhand.policy.entries import called, newest
from evenhand.problems import Problem

DOCUMENT, ENTRY, RESTRICTED_FOR = "adoption", "adopted", "adoption"


def codes_on(day: date) -> list[str]:
    """Return by which codes the sources tell an adoption, by the value in force on a day."""
    document: Any = policy().document(DOCUMENT) or ()
    held = newest(called(document, ENTRY), day)
    return [str(code) for code in held["value"]] if held else []


def note(today: date) -> int:
    """Bring up to date which records an adoption order closed; return how many there are."""
    codes, orders = codes_on(today), dict[int, date | None]()
    for model in (CareEpisode, CarePeriod):
        ended = model.objects.filter(end_reason__in=codes, withdrawn=False)
        orders |= dict(ended.values_list("child_id", "ended_on"))
    AdoptionOrder.objects.exclude(child__in=orders).delete()
    known = set(AdoptionOrder.objects.values_list("child_id", flat=True))
    AdoptionOrder.objects.bulk_create(
        AdoptionOrder(child_id=pk, made_on=on) for pk, on in orders.items() if pk not in known
    )
    return len(orders)


def after_import(happening: Happening) -> None:
    """Follow an import."""
    note(timezone.localdate(happening.at))


def refuse_merge(happening: Happening) -> None:
    """Refuse, inside its transaction, to read two records as one child across an adoption order.

    Two records that one order closed may be one: the same child before it.
    """
    pair = [pk for pk in (happening.subject.pk, happening.child_id) if pk is not None]
    closed = AdoptionOrder.objects.filter(child__in=pair).count()
    if closed == 1:
        raise Problem(
            "An adoption order stands between these two records: they are never read as one.",
            "Leave them apart. If the order was recorded wrongly, put it right in the case system.",
        )


def not_restricted(viewer: User) -> QuerySet[Child]:
    """Return adopted children whose earlier record is not closed to those it is no business of."""
    closed = in_force(timezone.now()).filter(reason=RESTRICTED_FOR).values("child")
    mine = Child.objects.visible_to(viewer).filter(adoption_order__isnull=False)
    return mine.exclude(pk__in=closed).order_by("surname", "forename", "pk")

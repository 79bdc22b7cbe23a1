"""Young people who are or were in care: the standing that records show, and the one recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Coalesce

from evenhand.accounts.models import User
from evenhand.casework.models import CareLeaver, CarePeriod, LegalStatus
from evenhand.facts.horizons import horizons
from evenhand.facts.registry import merged_children
from evenhand.leaving_care.pack import Law
from evenhand.people.models import Child
from evenhand.rules.arithmetic import add_months
from evenhand.rules.leaving_care import Kind, Period, Reason, Status, parted, status
from evenhand.rules.states import Horizon

ON_A_PAGE = 25
MOST = 2_500
HELD = "care_period.started"
NO_STANDING = "no current eligibility"
NOT_LISTED = {Reason.NOT_IN_CARE_AT_AGE, Reason.NOT_SEEN_AT_AGE, Reason.OVER_AGE}
Stretch = tuple[date | None, date | None]


class Compared(IntEnum):
    """How what the records show and what the case system says stand to each other, worst first."""

    DIFFERS = 0
    NOT_IN_CASE_SYSTEM = 1
    NOT_SHOWN = 2
    SAME = 3


class Found(NamedTuple):
    """The standing of one child by key, with the periods it rests on and what is recorded."""

    child_id: int
    periods: tuple[Period, ...]
    status: Status
    said: str
    compared: Compared


class Line(NamedTuple):
    """A young person as the page lists them."""

    child: Child
    found: Found


class Listed(NamedTuple):
    """A page of young people, how many differ, and how many were compared (0: all there are)."""

    page: Page[Line]
    differ: int
    only_first: int


def leaving_care(viewer: User, *, law: Law, on: date, number: str | None = None) -> Listed:
    """Return a page of the young people the viewer may see, those that differ first.

    Whoever is old enough, not yet too old, and has time in care or a care leaver's record. At most
    ``MOST`` are compared; only those of the page are read whole.
    """
    candidates = list(_candidates(viewer, law, on)[: MOST + 1])
    found = _compared(dict(candidates[:MOST]), law, on)
    found.sort(key=lambda one: one.compared)
    page: Page[Line] = Paginator(found, ON_A_PAGE).get_page(number)
    page.object_list = _lines(page.object_list)
    differ = sum(one.compared is Compared.DIFFERS for one in found)
    return Listed(page, differ, MOST if len(candidates) > MOST else 0)


def _candidates(viewer: User, law: Law, on: date) -> QuerySet[Child, tuple[int, date | None]]:
    youngest = add_months(on, -12 * law.values.eligible_from)
    eldest = add_months(on, -12 * law.values.support_until)
    recorded = Q(pk__in=_children_of(CareLeaver))
    in_care = Q(pk__in=_children_of(CarePeriod))
    of_age = Q(born_on__lte=youngest, born_on__gt=eldest) & (in_care | recorded)
    children = Child.objects.visible_to(viewer).filter(of_age | (Q(born_on=None) & recorded))
    return children.order_by("surname", "forename", "pk").values_list("pk", "born_on")


def _children_of(model: type[Model]) -> QuerySet[Model, int]:
    rows = model._default_manager.filter(withdrawn=False).order_by()
    kept = rows.annotate(kept=Coalesce("child__merged_into_id", "child_id"))
    return kept.values_list("kept", flat=True)


def _compared(born: Mapping[int, date | None], law: Law, on: date) -> list[Found]:
    owners = _owners(born)
    periods, said = _periods(owners, law), _said(owners)
    held = horizons([HELD])[HELD]
    found = [_one(pk, born[pk], periods[pk], said.get(pk, ""), law, on, held) for pk in born]
    return [one for one in found if one.said or NOT_LISTED.isdisjoint(one.status.reasons)]


def _one(
    pk: int, born_on: date | None, periods: Sequence[Period], said: str,
    law: Law, on: date, held: Horizon | None,
) -> Found:  # fmt: skip
    stands = status(periods, born_on, on, law.values, held)
    return Found(pk, tuple(periods), stands, said, compare(stands.kind, said))


def compare(kind: Kind, said: str) -> Compared:
    """Return how a standing and the case system's own word for it compare."""
    if kind is Kind.NOT_SHOWN:
        return Compared.NOT_SHOWN
    if not said:
        return Compared.SAME if kind is Kind.NONE else Compared.NOT_IN_CASE_SYSTEM
    shown = NO_STANDING if kind is Kind.NONE else kind.value
    return Compared.SAME if said.casefold() == shown else Compared.DIFFERS


def _owners(children: Iterable[int]) -> dict[int, int]:
    """Return each child, and each that was merged into one of them, by the child kept."""
    kept = {pk: pk for pk in children}
    return kept | {other: into for other, into in merged_children().items() if into in kept}


def _periods(owners: Mapping[int, int], law: Law) -> Mapping[int, list[Period]]:
    rows = CarePeriod.objects.filter(withdrawn=False, child__in=list(owners))
    breaks = _short_breaks(owners, law)
    found: dict[int, list[Period]] = defaultdict(list)
    wanted = rows.order_by("started_on", "pk")
    for pk, child, first, last in wanted.values_list("pk", "child_id", "started_on", "ended_on"):
        found[owners[child]] += parted(Period(first, last), breaks.get(pk, ()))
    return found


def _short_breaks(owners: Iterable[int], law: Law) -> Mapping[int | None, list[Stretch]]:
    rows = LegalStatus.objects.filter(
        withdrawn=False, child__in=list(owners), status__in=law.short_breaks
    )
    found: dict[int | None, list[Stretch]] = defaultdict(list)
    for period, first, last in rows.values_list("care_period_id", "started_on", "ended_on"):
        found[period].append((first, last))
    return found


def _said(owners: Mapping[int, int]) -> dict[int, str]:
    """Return the eligibility that the case system holds of each child, the newest record's."""
    rows = CareLeaver.objects.filter(withdrawn=False, child__in=list(owners)).order_by("pk")
    recorded = rows.exclude(eligibility="").values_list("child_id", "eligibility")
    return {owners[child]: eligibility for child, eligibility in recorded}


def _lines(found: Sequence[Found]) -> list[Line]:
    keys = [one.child_id for one in found]
    children = Child.objects.select_related("team", "worker").in_bulk(keys)
    return [Line(children[one.child_id], one) for one in found]

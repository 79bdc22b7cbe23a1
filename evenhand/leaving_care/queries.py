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
from evenhand.leaving_care import told
from evenhand.leaving_care.models import FoundStanding
from evenhand.leaving_care.pack import Law
from evenhand.people.models import Child
from evenhand.people.queries.reach import of_child
from evenhand.recording.models import Recording
from evenhand.recording.queries import recordings_of
from evenhand.rules.arithmetic import add_months
from evenhand.rules.leaving_care import Beside, Kind, Period, Reason, Status, parted, status
from evenhand.rules.states import Horizon

ON_A_PAGE = 25
MOST = 2_500
HELD = "care_period.started"
NO_STANDING = "no current eligibility"
NOT_LISTED = {Reason.NOT_IN_CARE_AT_AGE, Reason.NOT_SEEN_AT_AGE, Reason.OVER_AGE}
Stretch = tuple[date | None, date | None]
Periods = Mapping[int, list[Period]]
Days = Mapping[int, list[date]]


class Compared(IntEnum):
    """How what the records show and what the case system says stand to each other, worst first."""

    DIFFERS = 0
    NOT_IN_CASE_SYSTEM = 1
    NOT_SHOWN = 2
    SAME = 3


class Found(NamedTuple):
    """The standing of one child by key, with what it rests on and what the case system says."""

    child_id: int
    periods: tuple[Period, ...]
    beside: Beside
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


def standing_of(child: Child, *, law: Law, on: date) -> Found:
    """Return how one child stands, of whatever age; the caller found the child."""
    return found_of({child.pk: child.born_on}, law, on)[0]


def found_of(born: Mapping[int, date | None], law: Law, on: date) -> list[Found]:
    """Return how each of these children stands, by key with the day of birth. A few queries."""
    owners = _owners(born)
    said, held = _said(owners), horizons([HELD])[HELD]
    periods, homes = _periods(owners, law)
    besides = told.told_of(owners, law)
    return [
        _one(
            pk, born[pk], periods[pk],
            told.with_homes(besides.get(pk, Beside()), homes[pk]), said.get(pk, ""), law, on, held,
        )
        for pk in born
    ]  # fmt: skip


def of_age(law: Law, on: date) -> QuerySet[Child, tuple[int, date | None]]:
    """Return every child who may have a standing, by key with the day of birth."""
    return _of_age(Child.objects.filter(merged_into=None), law, on).values_list("pk", "born_on")


def changes_of(child: Child) -> QuerySet[FoundStanding]:
    """Return the standings that were found of a child the caller found, the newest first."""
    return FoundStanding.objects.filter(of_child(child)).order_by("-found_on", "-pk")


def written_of(child: Child) -> QuerySet[Recording]:
    """Return what was written down of a child for this, newest first."""
    rows = recordings_of(child).filter(form__in=told.FORMS, entered_in_error=False)
    return rows.prefetch_related("answers")


def _candidates(viewer: User, law: Law, on: date) -> QuerySet[Child, tuple[int, date | None]]:
    seen = _of_age(Child.objects.visible_to(viewer), law, on)
    return seen.order_by("surname", "forename", "pk").values_list("pk", "born_on")


def _of_age(children: QuerySet[Child], law: Law, on: date) -> QuerySet[Child]:
    youngest = add_months(on, -12 * law.values.eligible_from)
    eldest = add_months(on, -12 * law.values.support_until)
    recorded = Q(pk__in=_children_of(CareLeaver))
    in_care = Q(pk__in=_children_of(CarePeriod)) | Q(pk__in=_written_of())
    aged = Q(born_on__lte=youngest, born_on__gt=eldest) & (in_care | recorded)
    return children.filter(aged | (Q(born_on=None) & recorded))


def _written_of() -> QuerySet[Recording, int]:
    rows = Recording.objects.filter(form__in=told.FORMS, entered_in_error=False).order_by()
    kept = rows.annotate(kept=Coalesce("child__merged_into_id", "child_id"))
    return kept.values_list("kept", flat=True)


def _children_of(model: type[Model]) -> QuerySet[Model, int]:
    rows = model._default_manager.filter(withdrawn=False).order_by()
    kept = rows.annotate(kept=Coalesce("child__merged_into_id", "child_id"))
    return kept.values_list("kept", flat=True)


def _compared(born: Mapping[int, date | None], law: Law, on: date) -> list[Found]:
    found = found_of(born, law, on)
    return [one for one in found if one.said or NOT_LISTED.isdisjoint(one.status.reasons)]


def _one(
    pk: int, born_on: date | None, periods: Sequence[Period], beside: Beside, said: str,
    law: Law, on: date, held: Horizon | None,
) -> Found:  # fmt: skip
    stands = status(periods, born_on, on, law.values, held, beside)
    return Found(pk, tuple(periods), beside, stands, said, compare(stands.kind, said))


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


def _periods(owners: Mapping[int, int], law: Law) -> tuple[Periods, Days]:
    """Return time in care by child, and the days on which it ended with a return home."""
    rows = CarePeriod.objects.filter(withdrawn=False, child__in=list(owners))
    breaks = _short_breaks(owners, law)
    found: dict[int, list[Period]] = defaultdict(list)
    homes: dict[int, list[date]] = defaultdict(list)
    named = ("pk", "child_id", "started_on", "ended_on", "end_reason")
    for pk, child, first, last, reason in rows.order_by("started_on", "pk").values_list(*named):
        found[owners[child]] += parted(Period(first, last), breaks.get(pk, ()))
        if last is not None and reason in law.returned_home:
            homes[owners[child]].append(last)
    return found, homes


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

"""Reads of concerns: lists, and counts by ground, by characteristic and by aim of the duty."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.accounts.scope import scope_of
from evenhand.equality.grounds import Characteristic, Ground, aims, characteristics, grounds
from evenhand.equality.models import Concern
from evenhand.people.queries import completeness_for
from evenhand.people.queries.completeness import Completion


class GroundRow(NamedTuple):
    """How many concerns were raised on one ground."""

    ground: Ground
    concerns: int


class CharacteristicRow(NamedTuple):
    """How many concerns count under one protected characteristic, and how far it is known.

    ``known`` is None where no question of the ask set tells it.
    """

    characteristic: Characteristic
    concerns: int
    known: Completion | None = None


class Report(NamedTuple):
    """Concerns of a period, each counted once by ground and at most once by characteristic."""

    grounds: list[GroundRow]
    characteristics: list[CharacteristicRow]
    total: int
    under_no_characteristic: int


class Aim(NamedTuple):
    """One aim of the duty, with a row for each characteristic it covers, and what it leaves out."""

    number: int
    words: str
    rows: list[CharacteristicRow]
    left_out: list[Characteristic]


def concerns_for(
    viewer: User, *, ground: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[Concern]:
    """Return the concerns the viewer may read: those they recorded, those that go to them, and
    all within reach of a reporter; none that names the viewer. Narrowed by what is given.
    """
    concerns = _not_about(viewer).select_related("team", "recorded_by", "owner")
    own = Q(recorded_by=viewer)
    if viewer.worker_id is not None:
        own |= Q(owner=viewer.worker_id)
    found = _raised(concerns.filter(own | _within_reach(viewer)), since, until)
    found = found.filter(ground=ground) if ground else found
    return found.order_by("-received_on", "-pk")


def concerns_reported_to(viewer: User) -> QuerySet[Concern]:
    """Return the concerns that the viewer's reports count: within reach, and none naming them."""
    return _not_about(viewer).filter(_within_reach(viewer))


def _not_about(viewer: User) -> QuerySet[Concern]:
    """Return the concerns that do not name the viewer: every list and count begins here."""
    if viewer.worker_id is None:
        return Concern.objects.all()
    naming = Concern.subjects.through.objects.filter(worker=viewer.worker_id)
    return Concern.objects.exclude(pk__in=naming.values("concern"))


def _raised(rows: QuerySet[Concern], since: date | None, until: date | None) -> QuerySet[Concern]:
    if since is not None:
        rows = rows.filter(received_on__gte=since)
    return rows if until is None else rows.filter(received_on__lte=until)


def _within_reach(viewer: User) -> Q:
    nothing = Q(pk__in=())
    if not may(viewer, "concerns.report"):
        return nothing
    reach = scope_of(viewer).aggregates
    # Not Q(): joined by "or" to anything else, an empty Q adds nothing at all.
    return ~nothing if reach.everyone else Q(team__in=reach.teams)


def _counted(viewer: User, field: str, since: date | None, until: date | None) -> Counter[str]:
    rows = _raised(concerns_reported_to(viewer), since, until)
    return Counter(dict(rows.values_list(field).annotate(Count("pk")).order_by()))


def report_for(viewer: User, *, since: date | None = None, until: date | None = None) -> Report:
    """Return the concerns of a period by the policy's grounds and by the Act's characteristics."""
    by_ground = _counted(viewer, "ground", since, until)
    by_characteristic = _counted(viewer, "characteristic", since, until)
    return Report(
        [GroundRow(each, by_ground[each.id]) for each in grounds()],
        [CharacteristicRow(each, by_characteristic[each.id]) for each in characteristics()],
        by_ground.total(),
        by_characteristic[""],
    )


def duty_for(viewer: User, *, since: date | None = None, until: date | None = None) -> list[Aim]:
    """Return the three aims of the duty (Equality Act 2010, section 149) with their rows.

    The first covers all nine characteristics, the others those that section 149(7) lists.
    """
    counts = _counted(viewer, "characteristic", since, until)
    known = _known(viewer)
    return [
        Aim(
            number, words,
            [
                CharacteristicRow(each, counts[each.id], known.get(each.id))
                for each in characteristics() if number in each.aims
            ],
            [each for each in characteristics() if number not in each.aims],
        )
        for number, words in aims().items()
    ]  # fmt: skip


def _known(viewer: User) -> dict[str, Completion]:
    found = {
        row.item.characteristic: row.completion
        for row in completeness_for(viewer).items
        if row.person == "child"
    }
    return {
        each.id: found[item]
        for each in characteristics()
        for item in each.known_from
        if item in found
    }

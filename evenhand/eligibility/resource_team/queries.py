"""Who waits for the team, its work with each family, and whether the children came into care."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)

from evenhand.accounts.models import User
from evenhand.casework.models import CarePeriod, LegalStatus
from evenhand.eligibility.models import Decision
from evenhand.eligibility.resource_team.pack import (
    ResourceTeam,
    months_until_looked_at,
    short_breaks,
)
from evenhand.facts.registry import merged_children
from evenhand.people.queries.reach import counted, readable
from evenhand.recording.models import Answer, Recording
from evenhand.rules.arithmetic import add_months

STANDING = Q(entered_in_error=False)
LAST = 99


class Accommodated(NamedTuple):
    """Of the team's work that began long enough ago: how many children, and how many of them came
    into care meanwhile. Beside it: begun too lately, and in care when it began."""

    looked_at: int
    came_into_care: int
    too_early: int
    in_care_before: int


def waiting(viewer: User, team: ResourceTeam) -> QuerySet[Recording]:
    """Return requests that nobody has decided on: the most urgent first, then the oldest."""
    decided = Decision.objects.filter(STANDING, recording=OuterRef("pk")).exclude(decided="")
    rows = readable(viewer, Recording.objects.filter(STANDING, form=team.request))
    rows = rows.filter(~Exists(decided)).select_related("child", "worker", "recorded_by", "team")
    whens = [When(advice=id_, then=Value(place)) for place, id_ in enumerate(team.order)]
    place = Case(*whens, default=Value(LAST), output_field=IntegerField())
    return rows.annotate(place=place).prefetch_related("missing").order_by("place", "on", "pk")


def episodes(viewer: User, team: ResourceTeam) -> QuerySet[Recording]:
    """Return the team's work with each family that the viewer may read, the newest first."""
    rows = readable(viewer, Recording.objects.filter(STANDING, form=team.episode))
    wanted = Answer.objects.filter(question__in=(team.before, team.after, team.ended))
    answers = Prefetch("answers", wanted, "told")
    return rows.select_related("child").prefetch_related(answers).order_by("-on", "-pk")


def accommodated(viewer: User, team: ResourceTeam, today: date) -> Accommodated:
    """Return how many children came into care within the packs' time after the team began."""
    rows = counted(viewer, Recording.objects.filter(form=team.episode)).exclude(child=None)
    begun = list(rows.values_list("child", "on"))
    periods = _periods([child for child, _ in begun], today)
    months, kept = months_until_looked_at(today), merged_children()
    fates = [
        _fate(on, add_months(on, months), periods.get(kept.get(child, child), ()), today)
        for child, on in begun
    ]
    looked_at = fates.count("at home") + fates.count("in care")
    return Accommodated(
        looked_at, fates.count("in care"), fates.count("too early"), fates.count("before")
    )


Period = tuple[date, date | None]


def _fate(on: date, until: date, periods: Iterable[Period], today: date) -> str:
    if any(started < on and (ended is None or ended >= on) for started, ended in periods):
        return "before"
    if until > today:
        return "too early"
    return "in care" if any(on <= started <= until for started, _ in periods) else "at home"


def _periods(children: list[int], today: date) -> dict[int, list[Period]]:
    """The periods of care of these children, by child; those of planned short breaks left out."""
    others = LegalStatus.objects.filter(care_period=OuterRef("pk"), withdrawn=False)
    mine = Q(child__in=children) | Q(child__merged_into__in=children)
    rows = CarePeriod.objects.filter(mine, withdrawn=False).exclude(started_on=None)
    only_breaks = Exists(others) & ~Exists(others.exclude(status__in=short_breaks(today)))
    found: dict[int, list[Period]] = {}
    kept = merged_children()
    rows = rows.exclude(only_breaks)
    for child, started, ended in rows.values_list("child", "started_on", "ended_on"):
        found.setdefault(kept.get(child, child), []).append((started, ended))
    return found

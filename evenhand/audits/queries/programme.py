"""The year's slots: whose they are, what is done of each, and how each stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.accounts.scope import scope_of
from evenhand.audits import pack
from evenhand.audits.models import Audit, SampledFile, Slot
from evenhand.rules.states import State


class Standing(NamedTuple):
    """How a slot stands: ``done`` audits of ``needed``, ``in_time`` of them by its day."""

    needed: int
    done: int
    in_time: int
    state: State

    @property
    def words(self) -> str:
        """Return how many are done of how many: 5/6."""
        return f"{self.done}/{self.needed}"


Key = tuple[str, int | None, date]


def every_slot(year: int) -> QuerySet[Slot]:
    """Return the slots of a year: those that stand in it, and those drawn up for it."""
    in_year = Q(month__year=year) | Q(planned__year=year)
    beside = ("team", "person", "coordinator", "closed_by")
    return Slot.objects.filter(in_year).select_related(*beside).order_by("month", "line", "pk")


def slots_for(viewer: User, year: int) -> QuerySet[Slot]:
    """Return the slots of a year that a viewer may see: everyone's, or those of their own teams.

    What is the authority's or somebody's own is everybody's to see who sees the programme.
    """
    if not may(viewer, "audits.view"):
        return Slot.objects.none()
    scope = scope_of(viewer).aggregates
    if scope.everyone:
        return every_slot(year)
    return every_slot(year).filter(Q(team=None) | Q(team__in=scope.teams))


def one_slot_for(viewer: User) -> QuerySet[Slot]:
    """Return the slots of every year that a viewer may see."""
    if not may(viewer, "audits.view"):
        return Slot.objects.none()
    rows = Slot.objects.select_related("team", "person", "coordinator", "closed_by")
    scope = scope_of(viewer).aggregates
    return rows if scope.everyone else rows.filter(Q(team=None) | Q(team__in=scope.teams))


def years() -> list[int]:
    """Return the years for which a programme was drawn up, the newest first."""
    return [day.year for day in Slot.objects.dates("planned", "year", order="DESC")]


def done_of(slots: Iterable[Slot]) -> Mapping[int, int]:
    """Return how many files were audited in each slot, with those that count toward it."""
    return {pk: done for pk, (done, _) in _done(list(slots)).items()}


def standings_of(slots: Iterable[Slot], now: datetime) -> Mapping[int, Standing]:
    """Return how each slot stands now, by its key: three queries for any number."""
    slots = list(slots)
    done, listed, today = _done(slots), _listed(slots), timezone.localdate(now)
    found = {}
    for slot in slots:
        of_all, in_time = done.get(slot.pk, (0, 0))
        needed = needed_of(slot, listed.get(slot.pk))
        found[slot.pk] = Standing(needed, of_all, in_time, _state(slot, needed, of_all, in_time,
                                                                  today))  # fmt: skip
    return found


def state_of(slot: Slot, done: int, now: datetime) -> State:
    """Return how a slot stands with so many audits done: late from the day after its last."""
    return _state(slot, slot.files, done, done, timezone.localdate(now))


def _state(slot: Slot, needed: int, done: int, in_time: int, today: date) -> State:
    if in_time >= needed:
        return State.KEPT
    if done >= needed:
        return State.KEPT_LATE
    return State.LATE if today > slot.due_on else State.OPEN


def needed_of(slot: Slot, listed: int | None) -> int:
    """Return how many are to be done: the standard's least number, or all of the list.

    A line with a number for each team asks for that number; where the whole is audited and there
    is nothing, nothing is to be done.
    """
    line = pack.lines().get(slot.line)
    if listed is None or line is None or line.whose == pack.TEAM:
        return slot.files
    return listed if line.is_whole else max(slot.files, listed)


def _listed(slots: Sequence[Slot]) -> Mapping[int, int]:
    """Return how many files are on the lists of each slot that has a list."""
    rows = SampledFile.objects.filter(sample__slot__in=[slot.pk for slot in slots])
    rows = rows.order_by().values_list("sample__slot")
    left = rows.annotate(number=Count("pk", filter=Q(left_out_why="")))
    return dict(left)


def _done(slots: Sequence[Slot]) -> Mapping[int, tuple[int, int]]:
    """Return the files audited of each slot: all, and those by its day. Two queries."""
    own = _counted(Q(slot__in=[slot.pk for slot in slots]))
    for slot, more in _beside(slots):
        all_, in_time = own.get(slot.pk, (0, 0))
        own[slot.pk] = (all_ + more[0], in_time + more[1])
    return own


def _counted(which: Q) -> dict[int, tuple[int, int]]:
    """Return the files audited, by slot. A file that two audit counts once."""
    file = Coalesce(F("file"), -F("pk"))
    rows = Audit.objects.filter(which, state=Audit.State.DONE, twin_of=None)
    counted = rows.order_by().values_list("slot").annotate(
        number=Count(file, distinct=True),
        in_time=Count(file, distinct=True, filter=Q(done_on__lte=F("slot__due_on"))),
    )  # fmt: skip
    return {slot: (number, in_time) for slot, number, in_time in counted if slot is not None}


def _beside(slots: Sequence[Slot]) -> Iterable[tuple[Slot, tuple[int, int]]]:
    """Yield what other lines' audits of the same team and month add to a slot."""
    toward = {one.id: one.counts for one in pack.lines().values() if one.counts}
    wanted = [slot for slot in slots if slot.line in toward.values()]
    if not wanted:
        return
    months = [slot.planned for slot in wanted]
    others = Slot.objects.filter(
        line__in=toward, planned__gte=min(months), planned__lte=max(months)
    )  # fmt: skip
    keys: dict[int, Key] = {
        pk: (toward[line], team, planned)
        for pk, line, team, planned in others.values_list("pk", "line", "team", "planned")
    }
    counted = _counted(Q(slot__in=others.order_by().values("pk")))
    of_key: dict[Key, tuple[int, int]] = {}
    for pk, (number, in_time) in counted.items():
        all_, by_then = of_key.get(keys[pk], (0, 0))
        of_key[keys[pk]] = (all_ + number, by_then + in_time)
    for slot in wanted:
        more = of_key.get((slot.line, slot.team_id, slot.planned))
        if more:
            yield slot, more

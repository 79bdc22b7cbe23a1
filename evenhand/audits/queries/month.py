"""The audits of one month, for a first page: one query for any number of slots."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.audits import pack
from evenhand.audits.models import Audit, Slot
from evenhand.audits.queries.programme import needed_of, one_slot_for
from evenhand.rules.states import State


class Share(NamedTuple):
    """A line of a month: of one team, ``done`` files of ``needed``; of several slots, how many of
    them are done. ``slot`` is the one there is."""

    line: pack.Line
    done: int
    needed: int
    slot: Slot | None

    @property
    def state(self) -> State:
        """Return whether all is done; the month is not over yet."""
        return State.KEPT if self.done >= self.needed else State.OPEN


def this_month(viewer: User, today: date) -> list[Share]:
    """Return what a viewer answers for this month, in the packs' order.

    Who sees everybody's counts answers for all; others for their teams' slots, for their own, and
    for the authority's where they hold the line's role.
    """
    done, listed = Q(audits__state=Audit.State.DONE, audits__twin_of=None), "samples__files"
    rows = list(
        one_slot_for(viewer).filter(_answered_by(viewer), month=today.replace(day=1)).annotate(
            done=Count("audits", filter=done, distinct=True),
            listed=Count(listed, filter=Q(samples__files__left_out_why=""), distinct=True),
            lists=Count("samples", distinct=True),
        )
    )  # fmt: skip
    shares = (_share(line, rows) for line in pack.lines().values())
    return [one for one in shares if one is not None]


def _answered_by(viewer: User) -> Q:
    scope = scope_of(viewer)
    if scope.aggregates.everyone:
        return Q()
    lines = [one.id for one in pack.lines().values() if one.owner in scope.roles]
    return Q(team__isnull=False) | Q(person=viewer) | Q(team=None, person=None, line__in=lines)


def _share(line: pack.Line, rows: Iterable[Slot]) -> Share | None:
    mine = [row for row in rows if row.line == line.id]
    if not mine:
        return None
    told = [(_done(row, rows), needed_of(row, _listed(row))) for row in mine]
    if len(mine) == 1:
        return Share(line, *told[0], mine[0])
    return Share(line, sum(done >= needed for done, needed in told), len(mine), None)


def _listed(row: Slot) -> int | None:
    return row.listed if row.lists else None  # type: ignore[attr-defined]


def _done(row: Slot, rows: Iterable[Slot]) -> int:
    """Return the files audited in a slot, with those of other lines that count toward it."""
    beside = (
        other.done for other in rows  # type: ignore[attr-defined]
        if other.team_id == row.team_id and _counts(other) == row.line
    )  # fmt: skip
    return row.done + sum(beside)  # type: ignore[attr-defined,no-any-return]


def _counts(row: Slot) -> str:
    line = pack.lines().get(row.line)
    return line.counts if line else ""

"""Saying how a resource is shared out between areas, and what was decided on looking at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from evenhand.accounts.models import Team, User
from evenhand.accounts.references import new_reference
from evenhand.accounts.scope import with_teams_below
from evenhand.history.actions import Change, action
from evenhand.monitoring.models import Resource, ResourceShare
from evenhand.monitoring.reading import Line, every, lines_of, number_in, words_in
from evenhand.problems import Problem

COLUMNS = ("area", "number")
LONGEST_NAME = 255


class Share(NamedTuple):
    """How much one area has."""

    area: Team
    number: Decimal


def shares_in(text: str) -> list[Share]:
    """Return the shares of a pasted table: area (a team or service by name or code), number.

    Raises Problem, with a sentence for each line that cannot be used; all or nothing.
    """
    found = every(lines_of(text, COLUMNS), _share)
    _refuse(found)
    return found


def _share(line: Line) -> Share:
    name = words_in(line, "area", LONGEST_NAME)
    called = list(Team.objects.filter(name__iexact=name)[:2]) or list(
        Team.objects.filter(code__iexact=name)[:2]
    )
    if len(called) != 1:
        many = "more than one team" if called else "no team or service"
        raise Problem(f"There is {many} called {name!r}.", "")
    return Share(called[0], number_in(line, "number"))


def _refuse(shares: Sequence[Share]) -> None:
    met: dict[int, Team] = {}
    for area, _ in shares:
        for team in with_teams_below({area.pk}):
            if team in met:
                raise Problem(
                    f"{area} and {met[team]} are one area, or one is part of the other.",
                    "Give each area once. Nothing was taken.",
                )
            met[team] = area
    if not any(share.number for share in shares):
        raise Problem("No area has any of it.", "Give at least one area a number over nought.")


@action("resource.shared_out")
def share_out(
    *, by: User, at: datetime, kind: str, starts_on: date, ends_on: date, told_by: str,
    shares: Sequence[Share],
) -> Change:  # fmt: skip
    """Record how much of a resource each area has in a period.

    Raises Problem for a period that ends before it starts, and for one told before.
    """
    if ends_on < starts_on:
        raise Problem("The period ends before it starts.", "Check the two days.")
    same = Resource.objects.filter(kind__iexact=kind, starts_on=starts_on, ends_on=ends_on)
    if same.exists():
        raise Problem(
            f"{kind} of this period is told already.", "Give another name or another period."
        )
    made = Resource.objects.create(
        ref=new_reference(), kind=kind, starts_on=starts_on, ends_on=ends_on, told_by=told_by,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    ResourceShare.objects.bulk_create(
        ResourceShare(resource=made, area=area, number=number) for area, number in shares
    )
    told = {str(area): str(number) for area, number in shares}
    return Change(made, {"kind": (None, kind), "shares": (None, told)})


@action("resource.decided")
def note_decision(
    resource: Resource, *, by: User, at: datetime, decision: str, decided_on: date
) -> Change:
    """Note what was decided on looking at need beside a resource. A later one takes its place."""
    resource = Resource.objects.select_for_update().get(pk=resource.pk)
    was = resource.decision
    resource.decision, resource.decided_on = decision.strip(), decided_on
    resource.save(update_fields=["decision", "decided_on"])
    return Change(resource, {"decision": (was or None, resource.decision)})

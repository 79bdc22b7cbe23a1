"""``evenhand standards``: how every standard stands, for the whole authority or one team."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from evenhand.accounts.models import Team
from evenhand.design.wording import day
from evenhand.facts.adopted import policy
from evenhand.policy.errors import nearest
from evenhand.problems import Problem
from evenhand.rules import Standard
from evenhand.standards.counts import Counts
from evenhand.standards.models import Standing
from evenhand.standards.queries import figures_as_at
from evenhand.standards.queries.counting import added, tallied
from evenhand.standards.standing import is_recorded
from evenhand.standards.tables import in_time
from evenhand.standards.tallying import MONTHS_SHOWN
from evenhand.standards.wording import kind_of_authority

LINE = "{:<58.58} {:>9} {:>9} {:>7} {:>7} {:>10}"


def run(args: argparse.Namespace) -> int:
    """Print the figures. Raises Problem for a standard, a team or a month that there is not."""
    standards, as_at = _standards(args.standard), figures_as_at()
    only = Q(standard__in=[one.id for one in standards])
    month = _month(args.month)
    if month is not None:
        only &= Q(month=month)
    team = _team(args.team)
    figures = added(tallied((team,), only, as_at))
    if args.json:
        print(json.dumps(_as_data(standards, figures, as_at), indent=2))
    elif any(counts.total for counts in figures.values()):
        _say(standards, figures, as_at)
    else:
        print(_why_none(standards, team, month, as_at))
    return 0


def _standards(named: str | None) -> list[Standard]:
    known = policy().standards
    if named is None:
        return list(known.values())
    if named not in known:
        remedy = nearest(named, known, "Run evenhand standards to see them all.")
        raise Problem(f'No adopted pack has a standard called "{named}".', remedy)
    return [known[named]]


def _team(code: str | None) -> int | None:
    if code is None:
        return None
    codes = dict(Team.objects.values_list("code", "pk"))
    if code not in codes:
        remedy = nearest(code, codes, "Give a team's code as the case system has it.")
        raise Problem(f'No team has the code "{code}".', remedy)
    return int(codes[code])


def _month(named: str | None) -> date | None:
    if named is None:
        return None
    try:
        return datetime.strptime(named, "%Y-%m").date()  # noqa: DTZ007 (a month has no zone)
    except ValueError:
        raise Problem(f'"{named}" is not a month.', "Write it as 2026-10.") from None


def _as_data(
    standards: list[Standard], figures: Mapping[str, Counts], as_at: date
) -> dict[str, Any]:
    return {
        "as_at": as_at.isoformat(),
        "standards": [
            {
                "id": one.id,
                "title": one.title,
                "law": one.law,
                "recorded": is_recorded(one),
                "due": figures.get(one.id, Counts()).due,
                **{
                    state.replace(" ", "_"): count
                    for state, count in figures.get(one.id, Counts()).by_state().items()
                },
            }
            for one in standards
        ],
    }


def _say(standards: list[Standard], figures: Mapping[str, Counts], as_at: date) -> None:
    counted = [one for one in standards if figures.get(one.id, Counts()).total]
    said = f"what fell due in the last {MONTHS_SHOWN} months, and what is open now."
    print(f"As at {day(as_at)}: {said}")
    print(LINE.format("", "In time", "Fell due", "Late", "Open", "Not known"))
    for one in counted:
        counts = figures[one.id]
        title = f"{one.title} ({kind_of_authority(one).lower()})"
        print(LINE.format(title, in_time(counts), counts.due, counts.late, counts.open,
                          counts.not_known))  # fmt: skip
    left = len([one for one in standards if not is_recorded(one)])
    if left:
        print(f"{left} more are written and wait for something to record what starts them.")


def _why_none(standards: list[Standard], team: int | None, month: date | None, as_at: date) -> str:
    """Return why there is no figure: what is held fell due at another time, or nothing is held."""
    held = Standing.objects.filter(standard__in=[one.id for one in standards])
    if team is not None:
        held = held.filter(team=team)
    last = held.order_by("-due_on").values_list("due_on", flat=True).first()
    if last is None:
        return (
            "Nothing is timed yet. Next: evenhand import PATH, with an extract of the case system."
        )
    when = f"in {month:%B %Y}" if month else f"in the last {MONTHS_SHOWN} months"
    return (
        f"As at {day(as_at)}: nothing of this is counted {when}. "
        f"Figures go back {MONTHS_SHOWN} months; what is held falls due up to {day(last)}. "
        "Next: evenhand import PATH, with a newer extract."
    )

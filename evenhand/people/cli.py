"""``evenhand identity``: how much was asked and is known. ``evenhand places``: a lookup."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from evenhand.accounts.models import Team
from evenhand.accounts.scope import Reach
from evenhand.design.wording import number, percent
from evenhand.formats.faults import FileFault
from evenhand.formats.files import find
from evenhand.people.actions.places import TakenIn, replace_places
from evenhand.people.models import IdentityTally
from evenhand.people.queries.completeness import Completion, ItemRow, Report, completeness_within
from evenhand.policy.errors import nearest
from evenhand.problems import Problem

LINE = "{:<12.12} {:<22.22} {:>9} {:>10} {:>10} {:>12}"
PEOPLE = {"child": "children", "parent": "parents"}


def run(args: argparse.Namespace) -> int:
    """Print completeness. Raises Problem for a team there is not, or before the first import."""
    if not IdentityTally.objects.exists():
        raise Problem("Nobody is counted yet.", "Run evenhand import on an extract first.")
    team = _team(args.team)
    report = completeness_within(Reach(everyone=True), team)
    if args.json:
        print(json.dumps(_as_data(report, team), indent=2))
    else:
        _say(report, team)
    return 0


def _team(code: str | None) -> Team | None:
    if code is None:
        return None
    codes = {team.code: team for team in Team.objects.all()}
    if code not in codes:
        remedy = nearest(code, codes, "Give a team's code as the case system has it.")
        raise Problem(f'No team has the code "{code}".', remedy)
    return codes[code]


def _as_data(report: Report, team: Team | None) -> dict[str, Any]:
    return {
        "team": team.code if team else None,
        "items": [
            {
                "person": row.person,
                "characteristic": row.item.characteristic,
                **_counts(row.completion),
                "states": dict(row.completion.states),
            }
            for row in report.items
        ],
        "teams": [
            {"team": row.team.code if row.team else None, **_counts(row.completion)}
            for row in report.teams
        ],
        "whole": _counts(report.whole),
    }


def _counts(found: Completion) -> dict[str, int]:
    return {
        "counted": found.counted,
        "asked": found.asked,
        "known": found.known,
        "never_asked": found.never_asked,
    }


def _say(report: Report, team: Team | None) -> None:
    print(f"Who was asked about themselves: {team or 'the whole authority'}\n")
    print(LINE.format("Of", "Question", "Counted", "Asked", "Known", "Never asked"))
    for row in report.items:
        print(_line(row))
    never = number(report.whole.never_asked)
    print(f"\n{never} questions have no record that anybody asked. See Who to ask, in Evenhand.")


def _line(row: ItemRow) -> str:
    found = row.completion
    return LINE.format(
        PEOPLE[row.person],
        row.item.label,
        number(found.counted),
        percent(found.asked, found.counted),
        percent(found.known, found.counted),
        number(found.never_asked),
    )


def places(args: argparse.Namespace) -> int:
    """Take in a lookup and say what became of its rows. Problem where it cannot be read."""
    try:
        found = find([Path(args.path)])
        if len(found) != 1:
            raise Problem(f"{args.path} holds {len(found)} files.", "Name the one lookup.")
        taken = replace_places(found[0], by=None, at=timezone.now(), indices=args.indices)
    except FileFault as fault:
        raise Problem(f"{fault.file}: {fault.sentence}", fault.remedy) from fault
    _say_places(taken)
    return 0


def _say_places(taken: TakenIn) -> None:
    are = "postcode is" if taken.kept == 1 else "postcodes are"
    print(f"{number(taken.kept)} {are} known now.")
    if taken.twice:
        print(f"Rows that tell of a postcode again: {number(taken.twice)}. The first counts.")
    for fault in taken.faults:
        print(f"Line {number(fault.line)} is left out: {fault.sentence} {fault.remedy}")
    if taken.left_out > len(taken.faults):
        print(f"And {number(taken.left_out - len(taken.faults))} more rows are left out.")
    print("Comparisons of groups use it from the next day, or the next import.")

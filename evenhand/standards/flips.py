"""Whose result would change if a standard said something else."""

from __future__ import annotations

import argparse
from collections.abc import Hashable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from evenhand.accounts.models import Team
from evenhand.facts import reading
from evenhand.facts.adopted import policy
from evenhand.facts.horizons import horizons
from evenhand.policy import cli as packs
from evenhand.policy.comparing import Flip, column_states, flips
from evenhand.rules import Standard, State
from evenhand.rules.columns import evaluate_columns, states_of
from evenhand.rules.holding import horizon_of
from evenhand.standards.standing import is_recorded


class Compared(NamedTuple):
    """How many results there are today by the old definition, and those that would be others.

    Each is named by its team (0: none), no closer.
    """

    results: int
    flips: tuple[Flip, ...]


def whose(old: Standard, new: Standard) -> Iterator[Flip]:
    """Yield each result that differs today between two definitions, named by its team's name."""
    teams = dict(Team.objects.values_list("pk", "name"))
    for flip in compared(old, new, timezone.now()).flips:
        yield flip._replace(subject=teams.get(int(str(flip.subject)), "no team"))


def compared(old: Standard, new: Standard, now: datetime) -> Compared:
    """Compare each result that two definitions give now.

    Nothing where no source records what starts the standard.
    """
    if not is_recorded(old):
        return Compared(0, ())
    names = dict.fromkeys([*old.facts(), *new.facts()])
    subjects = reading.columns(old.subject, names)
    known = horizons(fact for one in (old, new) for fact in one.all_shown_by)

    def states(standard: Standard) -> Iterator[tuple[Hashable, int, State]]:
        held, count = horizon_of(standard, known), len(subjects.ids)
        found = evaluate_columns(
            standard, subjects.facts, policy().calendar, now, rows=count, horizon=held
        )
        return column_states(found, states_of(found, now, held))

    before = list(states(old))
    found = (
        flip._replace(subject=int(subjects.teams[int(str(flip.subject))]))
        for flip in flips(before, states(new))
    )
    return Compared(len(before), tuple(found))


def diff(arguments: argparse.Namespace) -> int:
    """``evenhand policy diff``: what changed, and whose result would."""
    return packs.diff(arguments, whose)

"""Whose result would change if a standard said something else."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from django.utils import timezone

from evenhand.accounts.models import Team
from evenhand.facts import reading
from evenhand.facts.adopted import policy
from evenhand.facts.horizons import horizons
from evenhand.policy import cli as packs
from evenhand.policy.comparing import Flip, column_states, flips
from evenhand.rules import Standard
from evenhand.rules.columns import evaluate_columns, states_of
from evenhand.rules.holding import horizon_of
from evenhand.standards.standing import is_recorded


def whose(old: Standard, new: Standard) -> Iterator[Flip]:
    """Yield each subject and cycle whose state differs today between two definitions.

    Nothing where no source records what starts the standard. Each is named by its team, no closer.
    """
    if not is_recorded(old):
        return
    now, names = timezone.now(), dict.fromkeys([*old.facts(), *new.facts()])
    subjects = reading.columns(old.subject, names)
    known = horizons(fact for one in (old, new) for fact in one.all_shown_by)

    def states(standard: Standard) -> Iterator[tuple[object, int, object]]:
        held, count = horizon_of(standard, known), len(subjects.ids)
        found = evaluate_columns(
            standard, subjects.facts, policy().calendar, now, rows=count, horizon=held
        )
        return column_states(found, states_of(found, now, held))  # type: ignore[return-value]

    teams = dict(Team.objects.values_list("pk", "name"))
    for flip in flips(states(old), states(new)):  # type: ignore[arg-type]
        team = teams.get(int(subjects.teams[int(str(flip.subject))]), "no team")
        yield flip._replace(subject=team)


def diff(arguments: argparse.Namespace) -> int:
    """``evenhand policy diff``: what changed, and whose result would."""
    return packs.diff(arguments, whose)

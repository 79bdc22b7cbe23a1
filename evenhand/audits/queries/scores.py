"""The performance review pack: how often each theme was met, by team, month and quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.accounts.models import User
from evenhand.audits import pack
from evenhand.audits.queries.counting import (
    Counted,
    Tally,
    audits_between,
    counted,
    within_reach,
)
from evenhand.rules.arithmetic import add_months
from evenhand.rules.periods import QUARTER, Span, first_of

WHOLE = ""
MONTHS = 12  # of a page: a year


@dataclass(frozen=True)
class Scores:
    """What audits of a year met. ``cells``: by team, theme and the first day of a month."""

    months: Sequence[date]
    teams: Sequence[str]
    themes: Mapping[str, str]
    cells: Mapping[tuple[str, str, date], Tally]

    def of(self, team: str, theme: str, span: Span) -> Tally | None:
        """Return what a team met of a theme in a time; None where nothing was audited."""
        found = [
            tally for month in self.months if span.since <= month <= span.until
            if (tally := self.cells.get((team, theme, month)))
        ]  # fmt: skip
        if not found:
            return None
        return Tally(sum(one.n for one in found), sum(one.of for one in found))


def scores_for(viewer: User, until: date, *, is_random: bool = True) -> Scores:
    """Return what the audits of the twelve months up to one met, of teams within reach.

    Those drawn by chance, or those that somebody picked: never both together.
    """
    last = first_of(until)
    months = [add_months(last, -back) for back in reversed(range(MONTHS))]
    ends = add_months(last, 1)
    rows = audits_between(list(pack.types()), months[0], date.fromordinal(ends.toordinal() - 1))
    return _scores(months, counted(within_reach(rows.filter(is_random=is_random), viewer)))


def quarters_of(months: Sequence[date]) -> list[Span]:
    """Return the quarters of the calendar that some months are in, as far as they go."""
    firsts = dict.fromkeys(first_of(month, QUARTER) for month in months)
    return [
        Span(max(first, months[0]), min(add_months(first, QUARTER - 1), months[-1]))
        for first in firsts
    ]


def _scores(months: Sequence[date], found: Counted) -> Scores:
    of_a_team = found.only(lambda one: one.team is not None)
    cells = of_a_team.by(
        lambda mark: (mark.audit.team.name if mark.audit.team else "", mark.theme, mark.month)
    )
    teams = sorted({team for team, _, _ in cells})
    met = {theme for _, theme, _ in cells}
    themes = {id_: title for id_, title in found.themes.items() if id_ in met}
    return Scores(months, teams, {WHOLE: "The grade of the whole", **themes}, cells)

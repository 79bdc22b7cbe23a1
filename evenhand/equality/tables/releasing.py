"""What leaves the authority as text: small numbers hidden, and the notes that go with them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from django.urls import reverse

from evenhand.analytics.intervals import wilson
from evenhand.analytics.profiles import Profile
from evenhand.analytics.published import LICENCE
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import day
from evenhand.equality import wording
from evenhand.equality.comparison import Comparison, Row
from evenhand.equality.models import Release
from evenhand.equality.releasing.protecting import Draft

HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, LOW = "[c]", "[z]", "[x]", "[low]"
SHORTHAND = {
    HIDDEN: "Confidential: hidden, so that nobody can be found in the figures",
    NOT_APPLICABLE: "Not applicable: there is nobody to take a share of",
    NOT_AVAILABLE: "Not available",
    LOW: "Rounds to 0, but is not 0",
}
IN_WORDS = {
    HIDDEN: "Hidden", NOT_APPLICABLE: "Nobody", NOT_AVAILABLE: "Not available", LOW: "Nearly 0",
}  # fmt: skip
STATES = {
    Release.State.PROPOSED: "Waits for a second person",
    Release.State.RELEASED: "Released",
    Release.State.SENT_BACK: "Sent back",
    Release.State.WITHDRAWN: "Withdrawn",
}
HUNDRED = 100


class Leaving(NamedTuple):
    """One table as it would leave: its title, its rows as text (the headings first), its notes."""

    title: str
    rows: list[list[str]]
    notes: list[str]


class _Numbers(NamedTuple):
    """One row's counts as they leave, and the share with its likely ends; nan where none."""

    of: int
    reached: int
    rate: float
    low: float
    high: float


def leaving(one: Comparison, draft: Draft, profile: Profile) -> Leaving:
    """Return a comparison as it may leave, hidden as the draft says."""
    return Leaving(title(one), rows(one, draft, profile), notes(one, draft, profile))


def title(one: Comparison) -> str:
    """Return what a release is called: the measure and the groups."""
    measure = wording.title_of(one.tallied.kind, one.tallied.measure)
    return f"{measure}, by {one.dimension.label.lower()}"


def rows(one: Comparison, draft: Draft, profile: Profile) -> list[list[str]]:
    """Return the headings and a row for each group, as text, as they may be let out."""
    headings = [
        one.dimension.label,
        f"Of which {wording.happened(one)} [note 1]",
        f"Out of ({wording.counted(one)}) [note 1]",
        "Per cent [note 2]",
        "Likely from, per cent [note 3]",
        "Likely to, per cent [note 3]",
    ]
    found = {row.group: row for row in one.rows}
    return [
        headings,
        *(_row(one, group, found.get(group), draft, profile) for group in draft.counts),
        _total(draft, profile),
    ]


def _row(one: Comparison, group: str, row: Row | None, draft: Draft, profile: Profile) -> list[str]:
    label = one.dimension.label_of(group)
    if group in draft.hidden:
        return [label, *[HIDDEN] * 5]
    counts = draft.counts[group]
    true = (row.rate, row.low, row.high) if row is not None else (math.nan,) * 3
    return [label, *_cells(_numbers(counts.of, counts.reached, profile, true, one))]


def _total(draft: Draft, profile: Profile) -> list[str]:
    label = "All together"
    if draft.total_hidden:
        return [label, *[HIDDEN] * 5]
    of, reached = draft.total
    if profile.shares_of_rounded:
        of, reached = profile.rounded(of), profile.rounded(reached)
    rate = min(reached / of, 1.0) if of else math.nan
    shown = _Numbers(profile.rounded(of), profile.rounded(reached), rate, math.nan, math.nan)
    return [label, *_cells(shown)[:3], NOT_APPLICABLE, NOT_APPLICABLE]


def _numbers(
    of: int, reached: int, profile: Profile, true: tuple[float, ...], one: Comparison
) -> _Numbers:
    whole, part = profile.rounded(of), min(profile.rounded(reached), profile.rounded(of))
    if not profile.shares_of_rounded:
        return _Numbers(whole, part, *true)
    if not whole:
        return _Numbers(whole, part, math.nan, math.nan, math.nan)
    ends = wilson([part], [whole], one.rules.confidence)
    return _Numbers(whole, part, part / whole, float(ends.low[0]), float(ends.high[0]))


def _cells(shown: _Numbers) -> list[str]:
    if not shown.of:
        return [str(shown.reached), str(shown.of), *[NOT_APPLICABLE] * 3]
    ends = (shown.low, shown.high)
    return [str(shown.reached), str(shown.of), share(shown.rate), *map(share, ends)]


def share(rate: float) -> str:
    """Return a share as a whole per cent, without its sign; 0 and 100 only where it is so."""
    if math.isnan(rate):
        return NOT_AVAILABLE
    per_cent = HUNDRED * rate
    if 0 < per_cent < 1:
        return LOW if round(per_cent) == 0 else "1"
    return "99" if HUNDRED - 1 < per_cent < HUNDRED else f"{per_cent:.0f}"


def notes(one: Comparison, draft: Draft, profile: Profile) -> list[str]:
    """Return what is said under a release: what is hidden, how sure one can be, of which days.

    Nothing here is worked out from a number that is hidden.
    """
    noughts = "" if profile.shows_zeros else " and noughts"
    of = "the rounded numbers" if profile.shares_of_rounded else "the numbers before rounding"
    hidden = (
        f"Numbers from 1 to {profile.threshold - 1}{noughts} are hidden, with others from which "
        "they could be worked out."
    )
    known = f"The {one.dimension.label.lower()} is known for {wording.share(one.known)}."
    return [
        f"{hidden} The rest is rounded to the nearest {profile.base}.",
        f"Shares are of {of}.",
        f"With {HUNDRED * one.rules.confidence:.0f}% confidence.",
        f"Of the days {wording.period(one)}.",
        *([known] if _tells_of_unknown(one, draft, profile) else []),
        _found(one, draft),
        f"Groups: {one.dimension.source}.",
        LICENCE,
    ]


def _tells_of_unknown(one: Comparison, draft: Draft, profile: Profile) -> bool:
    """Whether all that the share known is worked out from is shown as it is."""
    unknown = [row.group for row in one.rows if not row.is_known]
    shows = not draft.total_hidden and not draft.hidden.intersection(unknown)
    return shows and not profile.shares_of_rounded


def _found(one: Comparison, draft: Draft) -> str:
    """Return what was found of the groups that are shown, without a number."""
    if not one.has_headline:
        return "No conclusion is drawn, because the group of too many is not known."
    flagged = [row for row in one.flagged() if row.group not in draft.hidden]
    if flagged:
        said = wording.finding(one, replace(flagged[0], hidden=True))
        return f"{said} {wording.strength(one, flagged[0])}"
    return "Of the groups whose numbers are shown, none differs by more than chance would explain."


def released_table(release: Release) -> Table:
    """Return a release as a page shows it, with words where files have shorthand."""
    return shown_table(f"{release.title}, as at {day(release.as_at)}", release.figures)


def shown_table(caption: str, figures: list[list[str]]) -> Table:
    """Return figures as a page shows them."""
    headings, *others = figures
    first, *numbers = headings
    return Table(
        caption,
        [Column(first), *(Column(name, numeric=True) for name in numbers)],
        [
            [Cell(row[0]), *(Cell(IN_WORDS.get(cell, cell), numeric=True) for cell in row[1:])]
            for row in others
        ],
    )


def register_table(releases: Iterable[Release], *, caption: str = "Released figures") -> Table:
    """Return what was released or waits to be, as a list that leads to each."""
    made = [
        [
            Cell(each.title, url=reverse("equality:release", args=[each.ref])),
            Cell(each.for_whom),
            Cell(STATES[Release.State(each.state)]),
            Cell(_by(each)),
            Cell(each.released_at or each.proposed_at),
        ]
        for each in releases
    ]
    return Table(
        caption, ["What", "For whom", "Where it stands", "By", "When"], made,
        empty="No figures by group have been released.",
    )  # fmt: skip


def _by(release: Release) -> str:
    names = [one.name for one in (release.proposed_by, release.released_by) if one is not None]
    return " and ".join(names)

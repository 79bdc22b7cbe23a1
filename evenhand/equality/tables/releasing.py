"""What leaves the authority: a table of text, small numbers hidden, and the notes under it."""

from __future__ import annotations

from evenhand.analytics.published import LICENCE
from evenhand.design.components import Table
from evenhand.design.wording import day, number
from evenhand.equality import wording
from evenhand.equality.comparison import Comparison, Row
from evenhand.equality.models import Release

HIDDEN = "c"


def title(one: Comparison) -> str:
    """Return what a release is called: the measure and the groups."""
    measure = wording.title_of(one.tallied.kind, one.tallied.measure)
    return f"{measure}, by {one.dimension.label.lower()}"


def rows(one: Comparison) -> list[list[str]]:
    """Return the headings and a row for each group, as text, as they may be let out."""
    reached = wording.happened(one)
    headings = [
        one.dimension.label, f"Of which {reached}", f"Out of ({wording.counted(one)})",
        "Per cent", "Likely between",
    ]  # fmt: skip
    return [headings, *(_row(one, row) for row in one.rows), _total(one)]


def _row(one: Comparison, row: Row) -> list[str]:
    if row.hidden:
        limit = one.rules.suppress_below
        small = [
            f"<{limit}" if 0 < count < limit else HIDDEN
            for count in (row.count.reached, row.count.of)
        ]
        return [row.label, *small, HIDDEN, HIDDEN]
    return [
        row.label, number(row.shown_reached), number(row.shown_of), wording.share(row.rate),
        wording.between(row.low, row.high),
    ]  # fmt: skip


def _total(one: Comparison) -> list[str]:
    if one.total_hidden:
        return ["All together", *[HIDDEN] * 4]
    base = one.rules.round_to
    reached, of = ((2 * n + base) // (2 * base) * base for n in (one.total.reached, one.total.of))
    return ["All together", number(reached), number(of), wording.share(one.rate), ""]


def notes(one: Comparison) -> list[str]:
    """Return what is said under a release: the days, what is hidden, and how sure one can be."""
    rules = one.rules
    limit, sure = rules.suppress_below, f"{100 * rules.confidence:.0f}%"
    hidden = (
        f"Numbers under {limit} are shown as <{limit}. {HIDDEN}: hidden, so that a smaller number"
    )
    base = rules.round_to
    rounded = (
        f"cannot be worked out. Other numbers are rounded to the nearest {base}, shares are not."
    )
    known = f"The group is known for {wording.share(one.known)}."
    return [
        f"Of the days {wording.period(one)}.",
        f"{hidden} {rounded}",
        f"Likely between: with {sure} confidence. {known}",
        wording.released_summary(one),
        f"Groups: {one.dimension.source}.",
        LICENCE,
    ]


def released_table(release: Release) -> Table:
    """Return a release as a page shows it."""
    return Table(
        f"{release.title}, as at {day(release.as_at)}", release.figures[0], release.figures[1:]
    )

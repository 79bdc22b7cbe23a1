"""Grades by who the child is: small counts are hidden from everyone, and what could tell them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evenhand.analytics.suppression import suppress
from evenhand.audits import pack
from evenhand.audits.queries.counting import Tally
from evenhand.audits.queries.material import Material
from evenhand.audits.reporting.showing import TOO_FEW, Showing
from evenhand.design.documents import Figures, Section

HEADINGS = ("Group", "Good or better", "Between")


def groups(made_of: Material, show: Showing) -> Iterator[Section]:
    """Yield the grade of the whole by each dimension of which the packs compare audits.

    Every body gets the same: all who were audited are counted in each table, so that a group that
    is hidden cannot be worked out from the others or from another version.
    """
    if not made_of.groups:
        return
    under, sentences, tables = pack.small_under(made_of.span.until), [], []
    for label, of_group in made_of.groups.items():
        rows = _rows(of_group, under, show)
        if rows:
            tables.append(Figures(f"By {label.lower()}", HEADINGS, (False, True, True), rows))
        else:
            sentences.append(f"By {label.lower()}: too few audits to show.")
    first = (
        f"A group is hidden of which under {under} files met the standard, or under {under} did "
        "not, and so is another from which it could be worked out. Where the ranges overlap, a "
        "difference may be chance."
    )
    yield Section("Group by group", (first, *sentences), tuple(tables))


def _rows(
    of_group: Mapping[str, Tally], under: int, show: Showing
) -> tuple[tuple[str, str, str], ...]:
    """Return the rows of one table; none where the totals, known from elsewhere, would tell."""
    found = {name: tally for name, tally in of_group.items() if tally.of}
    hidden = suppress(_counts(list(found.values())), under).hidden
    if not found or hidden[-1].any():
        return ()
    return tuple(
        (name, TOO_FEW, "") if hides.any() else (name, show.share(tally), show.interval(tally))
        for (name, tally), hides in zip(found.items(), hidden[:-1], strict=True)
    )


def _counts(tallies: Sequence[Tally]) -> list[list[int]]:
    return [[one.n, one.of - one.n] for one in tallies]

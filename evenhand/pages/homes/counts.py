"""Counts of promises as first pages show them: by number missed, in a sentence, in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.urls import reverse

from evenhand.accounts.models import Team
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number, percent
from evenhand.facts.adopted import policy
from evenhand.people.asking import CHILD
from evenhand.people.queries.completeness import ItemRow, Report
from evenhand.rules import Standard
from evenhand.standards import wording
from evenhand.standards.counts import Counts, total_of

Counted = Mapping[str, Counts]


def most_missed_first(counts: Counted) -> list[tuple[Standard, Counts]]:
    """Return each standard that could be judged, that with most not kept in time first.

    By number, not share: one of one is no pattern.
    """
    standards = policy().standards
    judged = [(standards[id_], one) for id_, one in counts.items() if id_ in standards and one.due]
    return sorted(judged, key=lambda pair: (pair[1].kept - pair[1].due, -pair[1].due))


def charted(found: list[tuple[Standard, Counts]]) -> list[tuple[str, Mapping[str, int]]]:
    """Return bars for a chart; standards of one title are told apart by whose limit they are."""
    titles = Counter(standard.title for standard, _ in found)
    return [
        (
            f"{standard.title} ({wording.kind_of_authority(standard).lower()})"
            if titles[standard.title] > 1
            else standard.title,
            one.by_state(),
        )
        for standard, one in found
    ]


def kept_in_words(counts: Counted) -> str:
    """Return the finding: how many of the promises that could be judged were kept in time."""
    whole = total_of(counts.values())
    if not whole.due:
        return "No promise could be judged yet"
    return (
        f"{percent(whole.kept, whole.due)} of {number(whole.due)} promises due in the last 12 "
        "months were kept in time"
    )


def kept_by_authority(counts: Counted, *, law: bool) -> Counts:
    """Return the counts of the law's limits together, or of the promises beside them."""
    standards = policy().standards
    return total_of(
        one for id_, one in counts.items() if id_ in standards and standards[id_].law is law
    )


def standards_table(counts: Counted) -> Table:
    """Return every standard that could be judged: kept in time, late now, due soon."""
    return Table(
        "Promises in the last 12 months, most missed first",
        [
            Column("Standard"),
            Column("Kept in time", numeric=True),
            Column("Late now", numeric=True),
            Column("Open", numeric=True),
        ],
        [_row(standard, one) for standard, one in most_missed_first(counts)],
        empty="No promise could be judged yet.",
    )


def _row(standard: Standard, one: Counts) -> list[Cell]:
    pack, _, name = standard.id.partition("/")
    return [
        Cell(
            standard.title,
            url=reverse("standards:standard", args=[pack, name]),
            note=wording.kind_of_authority(standard),
        ),
        Cell(percent(one.kept, one.due), note=f"{number(one.kept)} of {number(one.due)}"),
        Cell(one.late, numeric=True),
        Cell(one.open, numeric=True),
    ]


def teams_table(teams: Iterable[tuple[Team, Counts]]) -> Table:
    """Return teams side by side, that with most late now first."""
    overview = reverse("standards:overview")
    return Table(
        "Team by team, most late now first",
        [
            Column("Team or service"),
            Column("Kept in time", numeric=True),
            Column("Late now", numeric=True),
            Column("Open", numeric=True),
        ],
        [
            [
                Cell(team.name, url=f"{overview}?team={team.ref}"),
                Cell(percent(one.kept, one.due), note=f"{number(one.kept)} of {number(one.due)}"),
                Cell(one.late, numeric=True),
                Cell(one.open, numeric=True),
            ]
            for team, one in sorted(teams, key=lambda pair: -pair[1].late)
        ],
        empty="No promise of a team could be judged yet.",
    )


def asked_table(report: Report) -> Table:
    """Return, question by question, of how many children it was asked and is known."""
    return Table(
        "Asked and known, question by question",
        [Column("Question"), Column("Asked", numeric=True), Column("Known", numeric=True)],
        [_asked(row) for row in report.items if row.person == CHILD],
        empty="Nobody is counted here yet.",
        caption_hidden=True,
    )


def _asked(row: ItemRow) -> list[Cell]:
    found, page = row.completion, reverse("people:completeness")
    return [
        Cell(row.item.label, url=f"{page}?item={row.item.characteristic}&person={CHILD}"),
        Cell(percent(found.asked, found.counted), note=f"{found.asked} of {found.counted}"),
        Cell(percent(found.known, found.counted), note=f"{found.known} of {found.counted}"),
    ]

"""What the pages of this room lay out: tables and charts, with titles that say the finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from django.urls import reverse

from evenhand.accounts.models import Team
from evenhand.design.charts import StackedBars, Trend, stacked_bars, trend
from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.design.looks import look_of
from evenhand.design.wording import child_name, number, percent
from evenhand.facts.adopted import policy
from evenhand.rules import Standard, State
from evenhand.rules.values import Entry
from evenhand.standards import wording
from evenhand.standards.counts import Counts, total_of
from evenhand.standards.queries import Promise

NUMBERS = (
    Column("In time", numeric=True),
    Column("Fell due", numeric=True),
    Column("Late now", numeric=True),
    Column("Open", numeric=True),
    Column("Not known", numeric=True),
    Column("Excused", numeric=True),
)
MOST_BARS = 15
Figures = Mapping[str, Counts]
ByCategory = Mapping[str, Sequence[Standard]]


def url_of(standard: Standard, route: str = "standards:standard") -> str:
    """Return the address of a standard's page."""
    pack, _, slug = standard.id.partition("/")
    return reverse(route, args=[pack, slug])


def in_time(counts: Counts) -> str:
    """Return the share kept of those that fell due and can be judged."""
    return percent(counts.kept, counts.due)


def by_category(standards: Iterable[Standard]) -> dict[str, list[Standard]]:
    """Return the standards by category, in words, in the order of the packs."""
    found: dict[str, list[Standard]] = defaultdict(list)
    for standard in standards:
        found[wording.category_in_words(standard.category)].append(standard)
    return dict(found)


def category_table(category: str, standards: Sequence[Standard], figures: Figures) -> Table:
    """Return one category's standards with their figures."""
    rows = [
        [
            Cell(one.title, url=url_of(one), note=wording.kind_of_authority(one)),
            *numbers(figures.get(one.id, Counts())),
        ]
        for one in standards
    ]
    return Table(category, [Column("Standard"), *NUMBERS], rows)


def numbers(counts: Counts) -> list[str | int]:
    """Return the cells of a row of figures, in the order of ``NUMBERS``."""
    return [
        in_time(counts), counts.due, counts.late, counts.open, counts.not_known, counts.excused
    ]  # fmt: skip


def categories_chart(groups: ByCategory, figures: Figures) -> StackedBars | None:
    """Return a bar for each category; None where nothing fell due."""
    bars = [
        (name, total_of(figures.get(one.id, Counts()) for one in standards))
        for name, standards in groups.items()
    ]
    shown = [(name, counts) for name, counts in bars if counts.total]
    if not shown:
        return None
    title = _finding([(name, counts) for name, counts in shown if counts.due])
    return stacked_bars(
        "by-category", title, [(name, counts.by_state()) for name, counts in shown],
        desc="What fell due in the last 12 months, and what is open now.", first_column="Category",
    )  # fmt: skip


def _finding(groups: Sequence[tuple[str, Counts]]) -> str:
    """Say which group was least often in time, and how often."""
    if not groups:
        return "Nothing has fallen due yet"
    name, counts = min(groups, key=lambda group: group[1].kept / group[1].due)
    if counts.kept == counts.due:
        return "All that fell due was done in time"
    if len(groups) == 1:
        return f"{in_time(counts)} of what fell due was done in time"
    return f"{name}: in time least often, {in_time(counts)} of what fell due"


def months_chart(months: Sequence[tuple[date, Counts]]) -> Trend | None:
    """Return the share in time by month; a month in which nothing can be judged is a gap."""
    judged = [(month, counts) for month, counts in months if counts.due]
    if not judged:
        return None
    shares = [100 * counts.kept / counts.due if counts.due else None for _, counts in months]
    month, newest = judged[-1]
    whole = in_time(total_of(counts for _, counts in judged))
    title = f"In time: {in_time(newest)} in {month:%B %Y}, {whole} over all these months"
    return trend(
        "by-month", title, [month for month, _ in months], [("In time", shares)],
        desc="By the month in which it fell due. A month in which nothing fell due that can be "
        "judged is a gap.",
    )  # fmt: skip


def months_table(months: Sequence[tuple[date, Counts]]) -> Table:
    """Return the figures of each month, newest first."""
    rows = [[f"{month:%B %Y}", *numbers(counts)] for month, counts in reversed(months)]
    return Table("By the month in which it fell due", [Column("Month"), *NUMBERS], rows)


def teams_chart(teams: Sequence[tuple[Team, Counts]]) -> StackedBars | None:
    """Return a bar for each team, those in time least often first; None for fewer than two.

    Of many teams the first are shown.
    """
    shown = [(team.name, counts) for team, counts in teams if counts.due]
    if len(shown) < 2:
        return None
    shown.sort(key=lambda group: group[1].kept / group[1].due)
    first = shown[:MOST_BARS]
    few = f" The {MOST_BARS} in time least often." if len(shown) > MOST_BARS else ""
    return stacked_bars(
        "by-team", _finding(first), [(name, counts.by_state()) for name, counts in first],
        desc=f"What fell due in the last 12 months, and what is open now.{few}",
        first_column="Team or service",
    )  # fmt: skip


def teams_table(teams: Sequence[tuple[Team, Counts]], list_url: str, within: Team | None) -> Table:
    """Return the figures of each team or service, each leading to its own figures.

    The team itself, where nothing is below it, leads to its children (if ``list_url`` is given).
    """
    rows = [
        [Cell(team.name, url=_team_url(team, list_url, within)), *numbers(counts)]
        for team, counts in teams
    ]
    caption = f"By team of {within.name}" if within else "By team or service"
    return Table(caption, [Column("Team or service"), *NUMBERS], rows)


def _team_url(team: Team, list_url: str, within: Team | None) -> str:
    if team != within:
        return f"?team={team.ref}"
    return f"{list_url}?team={team.ref}" if list_url else ""


def about_rows(standard: Standard, today: date) -> list[SummaryRow]:
    """Return what a standard says, on whose authority, and under which clause."""
    pack = next((pack.title for pack in policy().packs if pack.id == standard.pack), standard.pack)
    rows = [
        SummaryRow("To families", standard.words) if standard.words else None,
        SummaryRow("What it asks today", wording.value_in_words(standard, today)),
        SummaryRow("On whose authority", wording.kind_of_authority(standard), standard.citation),
        *(_clause_row(clause) for clause in standard.clauses),
        SummaryRow("From", pack),
    ]
    return [row for row in rows if row is not None]


def _clause_row(clause_id: str) -> SummaryRow:
    clause = policy().clauses.get(clause_id)
    if clause is None:
        return SummaryRow("Clause", clause_id)
    url = reverse("pages:clause", args=[clause_id])
    ref = clause.ref or clause.id
    key = f"Clause {ref}" if ref[0].isdigit() else ref[0].upper() + ref[1:]
    return SummaryRow(key, clause.summary, url=url)


def values_table(standard: Standard) -> Table:
    """Return every dated value of a standard, with its basis and its source."""
    rows = [
        [entry.from_ or "Not in force yet", _value(entry), wording.AUTHORITY[entry.basis],
         entry.citation]
        for entry in standard.entries()
    ]  # fmt: skip
    columns = ("From", "Value", "On whose authority", "Source")
    return Table("Its values, and from when each holds", columns, rows)


def _value(entry: Entry[object]) -> str:
    plain = isinstance(entry.value, int | tuple)
    return str(entry.value) if plain else "A check of what is recorded"


def children_table(promises: Iterable[Promise], caption: str) -> Table:
    """Return a list of children with how the standard stands for each."""
    columns = ("Child", "Due", "How it stands", "Team", "Worker")
    return Table(caption, columns, list(_children_rows(promises)), empty="No children to list.")


def promises_table(promises: Iterable[Promise], caption: str) -> Table:
    """Return the promises about one thing: what, by when, and how each stands."""
    rows = [
        [
            Cell(standard.title, url=url_of(standard), note=wording.why_due(row, standard)),
            Cell(wording.due_in_words(row)),
            Cell(
                state=state,
                law=standard.law,
                note=wording.how_it_stands(row, state, horizon),
            ),
        ]
        for row, standard, state, horizon in promises
    ]
    columns = ("What was promised", "By when", "How it stands")
    return Table(caption, columns, rows, empty="No promise runs from this.")


def _children_rows(promises: Iterable[Promise]) -> Iterator[list[Cell]]:
    for row, standard, state, horizon in promises:
        child = row.child
        yield [
            Cell(child_name(child), url=reverse("pages:child", args=[child.ref]) if child else ""),
            Cell(wording.due_in_words(row), note=wording.why_due(row, standard)),
            Cell(
                state=state,
                law=standard.law,
                note=wording.how_it_stands(row, state, horizon),
            ),
            Cell(row.team.name if row.team else "No team recorded"),
            Cell(str(row.worker) if row.worker else "Nobody recorded"),
        ]


class Number(NamedTuple):
    """A big number with where it leads."""

    count: int
    words: str
    url: str
    note: str
    kind: str


def big_numbers(counts: Counts, list_url: str, team: Team | None) -> list[Number]:
    """Return the numbers of a standard that one can act on, each leading to its children."""
    narrowed = f"&team={team.ref}" if team else ""
    found = []
    for state in (State.LATE, State.OPEN, State.KEPT_LATE, State.NOT_KNOWN, State.EXCUSED):
        count = counts.of(state)
        url = f"{list_url}?state={quote(str(state))}{narrowed}" if list_url and count else ""
        earlier = state is State.LATE and counts.late_earlier
        note = f"{number(earlier)} from before these months" if earlier else ""
        found.append(Number(count, _number_words(state), url, note, look_of(state).slug))
    return found


def _number_words(state: State) -> str:
    return "late now" if state is State.LATE else str(state)


def joined(tables: Sequence[Table]) -> Table:
    """Return tables of the same columns as one, the first column saying which each row is of."""
    columns = [Column("Category"), *(tables[0].headings if tables else ())]
    rows = [[table.caption, *row] for table in tables for row in table.rows]
    return Table("Standards", columns, rows)


def unrecorded_table(standards: Sequence[Standard]) -> Table:
    """Return the standards that nothing records yet."""
    rows = [
        [Cell(one.title, url=url_of(one)), wording.category_in_words(one.category),
         wording.kind_of_authority(one)]
        for one in standards
    ]  # fmt: skip
    columns = ("Standard", "Category", "On whose authority")
    return Table("Rule written, not yet recorded anywhere", columns, rows)


def waiting_table(standards: Sequence[Standard], figures: Figures) -> Table:
    """Return the standards that begin in what we are sent, but whose doing no source records."""
    rows = [
        [Cell(one.title, url=url_of(one), note=wording.kind_of_authority(one)),
         number(figures.get(one.id, Counts()).not_recorded)]
        for one in standards
    ]  # fmt: skip
    columns = (Column("Standard"), Column("Not recorded", numeric=True))
    return Table("Nothing we are sent records when these are done", columns, rows)

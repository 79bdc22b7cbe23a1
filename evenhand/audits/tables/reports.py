"""What the pages of reports of audits lay out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from evenhand.audits.models import Recommendation, Report
from evenhand.audits.queries.counting import Tally
from evenhand.audits.queries.digest import Digest, Theme
from evenhand.audits.queries.next_reports import Next
from evenhand.audits.queries.reports import Reader
from evenhand.audits.queries.scores import Scores, quarters_of
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import percent
from evenhand.rules.periods import Span


def reports_table(reports: Iterable[Report]) -> Table:
    """Return reports, each with the time it is about and when it was published."""
    return Table(
        "Reports", ["Report", "From", "To", "Published"],
        [
            [
                Cell(one.title, url=reverse("audits:report", args=[one.ref])), one.since, one.until,
                one.published_at or "draft",
            ]
            for one in reports
        ],
        empty="There is no report for you yet.",
    )  # fmt: skip


def next_table(found: Iterable[Next]) -> Table:
    """Return when the next report of each kind is due."""
    return Table(
        "The next reports", ["Report", "Last published", "Next due", "How it stands"],
        [
            [
                one.kind.title, one.last.published_at if one.last else None, one.due,
                Cell(state=one.state),
            ]
            for one in found if one.due is not None
        ],
        empty="No standard says when a report is due.",
    )  # fmt: skip


def readers_table(readers: Iterable[Reader]) -> Table:
    """Return whom a report went to, when each opened it, and who has not in time."""
    return Table(
        "Who has it", ["Who", "As", "Sent", "Opened", "To be opened by", "How it stands"],
        [
            [
                one.copy.to.name, one.group, one.copy.sent_at, one.copy.read_at, one.due,
                Cell(state=one.state),
            ]
            for one in readers
        ],
        empty="It was given to nobody yet.",
    )  # fmt: skip


def recommendations_table(found: Sequence[Recommendation], *, is_linked: bool) -> Table:
    """Return what a report recommends, and what became of it; linked for whoever sees tasks."""
    return Table(
        "What we recommend", ["Recommendation", "Who answers", "By", "What became of it"],
        [
            [
                Cell(one.words, note=one.team.name if one.team else ""),
                one.owner.name if one.owner else "owner missing", one.due_on,
                _became(one, is_linked=is_linked),
            ]
            for one in found
        ],
        empty="Nothing is recommended yet.",
    )  # fmt: skip


def _became(one: Recommendation, *, is_linked: bool) -> Cell:
    if one.action is None:
        return Cell("asked for once the report is published")
    where = reverse("work:task", args=[one.action.ref]) if is_linked else ""
    return Cell(one.action.get_state_display().capitalize(), url=where, note=one.action.evidence)


def scores_tables(scores: Scores, team: str, theme: str) -> list[Table]:
    """Return one theme by team, or one team by theme: by month, then by quarter."""
    months = [Span(month, month) for month in scores.months]
    names = [f"{month:%b %Y}" for month in scores.months]
    quarters = quarters_of(scores.months)
    of = f"{team}, theme by theme" if team else f"{scores.themes.get(theme, theme)}, by team"
    return [
        _scores(scores, team, theme, months, names, f"{of}, month by month"),
        _scores(scores, team, theme, quarters, [_quarter(one) for one in quarters],
                f"{of}, quarter by quarter"),
    ]  # fmt: skip


def scores_rows(scores: Scores) -> list[tuple[str, ...]]:
    """Return every team and theme as text, month by month, for a workbook."""
    return [
        (team, title, *(
            _share(scores, team, theme, Span(month, month)) or "" for month in scores.months
        ))
        for team in scores.teams for theme, title in scores.themes.items()
        if scores.of(team, theme, Span(scores.months[0], scores.months[-1]))
    ]  # fmt: skip


def _scores(
    scores: Scores, team: str, theme: str, spans: Sequence[Span], names: Sequence[str], caption: str
) -> Table:
    pairs = [(title, team, id_) for id_, title in scores.themes.items()] if team else [
        (name, name, theme) for name in scores.teams
    ]  # fmt: skip
    rows = [
        [title, *(_share(scores, of_team, id_, span) for span in spans)]
        for title, of_team, id_ in pairs
    ]
    columns = [Column("Theme" if team else "Team"), *(Column(name, numeric=True) for name in names)]
    return Table(
        caption, columns, rows, narrow="scroll", empty="No file of this year was audited yet."
    )


def _share(scores: Scores, team: str, theme: str, span: Span) -> str | None:
    found = scores.of(team, theme, span)
    return _tally(found) if found else None


def _tally(found: Tally) -> str:
    return f"{percent(found.n, found.of)} ({found.n}/{found.of})"


def _quarter(span: Span) -> str:
    if span.since == span.until:
        return f"{span.since:%b %Y}"
    return f"{span.since:%b} to {span.until:%b %Y}"


def digest_tables(digest: Digest) -> list[Table]:
    """Return what is strong and what is to be improved, each theme once with all its sources."""
    return [
        _themes("What is strong", digest.strengths),
        _themes("What is to be improved", digest.improve),
    ]


def _themes(caption: str, themes: Sequence[Theme]) -> Table:
    rows = [
        [
            one.title,
            "; ".join(f"{of.type.title} {_tally(of.tally)}" for of in one.sources),
            one.findings or None,
        ]
        for one in themes
    ]
    columns = [Column("Theme"), Column("Met, by kind of audit"), Column("Findings", numeric=True)]
    return Table(caption, columns, rows, empty="None that the numbers can tell.")

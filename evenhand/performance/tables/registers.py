"""The registers laid out: measures, teams, findings, good practice, quarters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse

from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.design.wording import number, percent
from evenhand.facts.adopted import policy
from evenhand.performance import pack
from evenhand.performance.findings import waits_until
from evenhand.performance.models import Finding, GoodPractice, Measure, PublishedQuarter
from evenhand.performance.quarters import long_name
from evenhand.performance.queries.registers import TeamLine
from evenhand.standards.counts import Counts
from evenhand.work.models import Task

WITHOUT = "No action yet"


def measures_table(measures: Iterable[Measure], caption: str, empty: str) -> Table:
    """Return measures: whose, target, owner, priority, and whether a draft."""
    columns = ["Measure", Column("Target", numeric=True), "Owner", "Priority", "How it stands"]
    rows = [
        [
            Cell(one.name, url=reverse("performance:measure", args=[one.ref]),
                 note=one.team.name if one.team else ""),
            target(one), one.owner.name, priority(one), standing(one),
        ]
        for one in measures
    ]  # fmt: skip
    return Table(caption, columns, rows, empty=empty)


def target(one: Measure) -> str:
    """Return a measure's target in words."""
    return "no target" if one.target is None else f"{number(float(one.target))}%"


def priority(one: Measure) -> str:
    """Return the priority that a measure serves."""
    return pack.words_of("priorities", one.priority) if one.priority else "no priority linked"


def standing(one: Measure) -> str:
    """Return whether a measure is published, or whose draft it is."""
    return "Published" if one.published_at else f"Draft: {one.owner.name}"


def measure_rows(one: Measure, counted: Counts | None) -> list[SummaryRow]:
    """Return one measure, a line for each thing known of it."""
    source = policy().standards.get(one.source)
    rows = [
        SummaryRow("Whose", one.team.name if one.team else "The whole authority's"),
        SummaryRow("What is counted", one.definition or None),
        SummaryRow("Counted from", source.title if source else one.source or "Told by hand"),
        SummaryRow("Target", target(one)),
        SummaryRow("Owner", one.owner.name),
        SummaryRow("Priority", priority(one)),
        SummaryRow("Shows", one.objective.words if one.objective else "no service objective"),
        SummaryRow("How it stands", "Over" if one.ended_on else standing(one)),
    ]
    if counted is not None:
        share = f"{percent(counted.kept, counted.due)} ({counted.kept} of {counted.due})"
        rows.append(SummaryRow("In the last 12 months", share))
    return rows


def teams_table(lines: Sequence[TeamLine]) -> Table:
    """Return every team with its measures and what is missing of them."""
    rows = [
        [
            line.team.name,
            ", ".join(one.name for one in line.measures) or None,
            ", ".join(map(target, line.measures)) or None,
            ", ".join(line.gaps) or "Complete",
        ]
        for line in lines
    ]
    columns = ["Team", "Measures", "Targets", "What is missing"]
    return Table("Measures and targets by team", columns, rows, empty="There is no team yet.")


def findings_table(findings: Iterable[Finding], tasks: Mapping[str, Sequence[Task]]) -> Table:
    """Return findings: from where, since when, what is done about each, and whether closed."""
    rows = [
        [
            Cell(one.words, url=reverse("performance:finding", args=[one.ref])),
            pack.words_of("finding-kinds", one.kind), one.found_on,
            answered(tasks.get(one.ref, ())), one.closed_on or "Open",
        ]
        for one in findings
    ]  # fmt: skip
    columns = ["What was found", "From", "On", "Actions", "Closed"]
    return Table("Findings", columns, rows, empty="No finding is recorded yet.")


def answered(tasks: Sequence[Task]) -> str:
    """Return how many actions answer a finding, and how many of them are done."""
    held = [task for task in tasks if task.state != "not needed"]
    done = sum(task.state == "done" for task in held)
    words = f"{len(held)} {'action' if len(held) == 1 else 'actions'}, {done} done"
    return words if held else WITHOUT


def exceptions_table(findings: Iterable[Finding]) -> Table:
    """Return the findings that wait too long for an action."""
    rows = [
        [
            Cell(one.words, url=reverse("performance:finding", args=[one.ref])),
            pack.words_of("finding-kinds", one.kind), one.found_on, waits_until(one), WITHOUT,
        ]
        for one in findings
    ]  # fmt: skip
    columns = ["What was found", "From", "On", "Action due by", "What is missing"]
    empty = "Every finding has an action, or still has time."
    return Table("Exceptions: findings without an action", columns, rows, empty=empty)


def finding_rows(one: Finding, tasks: Sequence[Task]) -> list[SummaryRow]:
    """Return one finding, a line for each thing known of it."""
    rows = [
        SummaryRow("From", pack.words_of("finding-kinds", one.kind)),
        SummaryRow("Where it stands", one.told_in or None),
        SummaryRow("Found on", one.found_on),
        SummaryRow("Action due by", waits_until(one)),
        SummaryRow("Actions", answered(tasks)),
        SummaryRow("Recorded by", one.recorded_by.name),
    ]
    closed = [SummaryRow("Closed on", one.closed_on), SummaryRow("Why", one.closing_words)]
    return [*rows, *closed] if one.closed_on else rows


def practices_table(practices: Iterable[GoodPractice]) -> Table:
    """Return the register: whom it thanks, with how many teams it was shared, how many read it."""
    rows = [
        [
            Cell(str(one), url=reverse("performance:practice", args=[one.ref])),
            one.summary, thanked(one), len(one.shares.all()), len(one.receipts.all()),
        ]
        for one in practices
    ]  # fmt: skip
    numbers = (Column("Recipients", numeric=True), Column("Read by", numeric=True))
    columns = ["Item", "What was done well", "Thanks to", *numbers]
    return Table("Good practice", columns, rows, empty="Nothing is noted yet. Be the first.")


def to_read_table(practices: Iterable[GoodPractice]) -> Table:
    """Return good practice that was passed on to somebody and is not read yet."""
    rows = [
        [Cell(str(one), url=reverse("performance:practice", args=[one.ref])), one.summary]
        for one in practices
    ]
    return Table("Good practice for you to read", ["Item", "What was done well"], rows)


def thanked(one: GoodPractice) -> str | None:
    """Return whom an item thanks."""
    return ", ".join(str(each) for each in (one.worker, one.team) if each) or None


def practice_rows(one: GoodPractice) -> list[SummaryRow]:
    """Return one item of good practice."""
    shared = ", ".join(sorted(each.team.name for each in one.shares.all()))
    return [
        SummaryRow("Thanks to", thanked(one)),
        SummaryRow("Seen in", pack.words_of("practice-sources", one.source)),
        SummaryRow("Shared with", shared or "Nobody yet"),
        SummaryRow("Read by", len(one.receipts.all())),
        SummaryRow("Noted by", one.recorded_by.name),
    ]


def quarters_table(quarters: Iterable[PublishedQuarter]) -> Table:
    """Return what was proposed, let out and withdrawn."""
    rows = [
        [
            Cell(long_name(one.starts_on), url=reverse("performance:quarter", args=[one.ref])),
            one.as_at, one.proposed_by.name, how_far(one),
        ]
        for one in quarters
    ]  # fmt: skip
    columns = ["Quarter", "Figures as at", "Proposed by", "How it stands"]
    return Table("Figures of standards", columns, rows, empty="Nothing was proposed yet.")


def how_far(one: PublishedQuarter) -> str:
    """Return whether figures wait, are out, or were withdrawn."""
    if one.withdrawn_at:
        return "Withdrawn"
    return "Let out" if one.let_out_at else "Waits for a second person"


def lines_table(lines: Iterable[Mapping[str, Any]], caption: str) -> Table:
    """Return each standard's share, numbers and target, as they were let out."""
    columns = [
        Column("What we promise"), Column("In time", numeric=True),
        Column("How many", numeric=True), Column("Out of", numeric=True),
        Column("Target", numeric=True),
    ]  # fmt: skip
    rows = [[Cell(one["words"], note=one["title"]), *_numbers(one)] for one in lines]
    return Table(caption, columns, rows, empty="Nothing fell due in this quarter.")


def _numbers(one: Mapping[str, Any]) -> list[Cell]:
    aim = Cell("none" if one["target"] is None else f"{number(one['target'])}%", numeric=True)
    if one["hidden"]:
        hidden = Cell(f"hidden: under {one['hidden']}", numeric=True)
        return [hidden, hidden, hidden, aim]
    return [Cell(one["share"], numeric=True), Cell(one["kept"], numeric=True),
            Cell(one["due"], numeric=True), aim]  # fmt: skip

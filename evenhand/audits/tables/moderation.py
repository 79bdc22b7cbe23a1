"""Moderation as words and tables: how far auditors agree, and where they differ."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.urls import reverse

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.analytics.agreement import Agreement
from evenhand.audits import pack
from evenhand.audits.models import Audit, Calibration
from evenhand.audits.queries.moderation import Agreed, Auditor, Difference, Line, Pair, pair_for
from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.design.wording import number, percent

TOO_FEW = "Too few to tell"
ONE_GRADE = "All had one grade"


class Block(NamedTuple):
    """What moderation adds to the page of one audit: what was agreed, and where to go on."""

    rows: list[SummaryRow]
    pair_url: str
    moderate_url: str


def block_of(audit: Audit, viewer: User) -> Block | None:
    """Return what the page of an audit says of moderation; None where there is nothing."""
    if audit.state != Audit.State.DONE:
        return None
    first = audit.twin_of or audit
    pair = pair_for(viewer, audit.ref) if may(viewer, "audits.moderation") else None
    own = viewer.pk in {first.auditor_id, *first.twins.values_list("auditor", flat=True)}
    moderates = may(viewer, "audits.report") and not own
    rows = moderated_rows(first)
    if not (rows or pair or moderates):
        return None
    return Block(
        rows,
        reverse("audits:pair", args=[pair.second.ref]) if pair else "",
        reverse("audits:moderate", args=[first.ref]) if moderates else "",
    )


def moderated_rows(audit: Audit) -> list[SummaryRow]:
    """Return both grades of an audit that was moderated, with who agreed on it and why."""
    if not audit.moderated or audit.moderated_by is None:
        return []
    return [
        SummaryRow("Auditor's grade", pack.grade_words(audit.grade) or "None"),
        SummaryRow("Agreed grade, which counts", pack.grade_words(audit.moderated)),
        SummaryRow("Agreed by", audit.moderated_by.name),
        SummaryRow("When", audit.moderated_at),
        SummaryRow("Why", audit.moderated_why),
    ]


def agreement_words(agreed: Agreed) -> str:
    """Return how far auditors agree, as a sentence."""
    one = agreed.overall
    if not one.of:
        return "No file was audited twice in this time, so we cannot tell whether auditors agree."
    said = f"Two auditors gave the same grade in {number(one.agreed)} of {number(one.of)} files"
    if one.gwet is None:
        return f"{said}: fewer than {number(agreed.least)}, so no more can be said."
    return f"{said}. Agreement beyond chance (Gwet's AC2) is {_shown(one.gwet)}."


def agreement_table(agreed: Agreed) -> Table:
    """Return agreement on the whole and on each question."""
    lines = [agreed.overall, *agreed.questions] if agreed.pairs else []
    return Table(
        "How far two auditors agree",
        [Column("Question"), Column("Files", numeric=True), Column("Same grade", numeric=True),
         Column("Kappa, weighted"), Column("Gwet's AC2")],
        [_line(line) for line in lines],
        empty="No file was audited twice in this time.",
    )  # fmt: skip


def auditors_table(auditors: Iterable[Auditor]) -> Table:
    """Return each auditor beside those who audited the same files. Nobody is ranked: by name."""
    return Table(
        "Each auditor beside the others",
        [Column("Auditor"), Column("Files", numeric=True), Column("Same grade", numeric=True),
         Column("Higher than the other", numeric=True),
         Column("Lower than the other", numeric=True)],
        [[one.user.name, one.of, one.same, one.higher, one.lower] for one in auditors],
        empty="No file was audited twice in this time.",
    )  # fmt: skip


def pairs_table(pairs: Sequence[Pair]) -> Table:
    """Return the files audited twice whose two grades differ."""
    apart = [pair for pair in pairs if not pair.same]
    return Table(
        "Where two auditors differ",
        ["File", "Team", "First audit", "Second audit", "Agreed"],
        [
            [
                Cell(f"Audit {pair.first.ref}", url=reverse("audits:pair", args=[pair.second.ref])),
                pair.first.team.name if pair.first.team else None,
                _graded(pair.first), _graded(pair.second),
                pack.grade_words(pair.first.moderated) if pair.first.moderated else "Not yet",
            ]
            for pair in apart
        ],
        empty="No two grades differ.",
    )  # fmt: skip


def waiting_table(twins: Iterable[Audit]) -> Table:
    """Return the second audits that are still to be done."""
    return Table(
        "Second audits still to be done",
        ["File", "Team", "Second auditor", "Due"],
        [
            [f"Audit {one.ref}", one.team.name if one.team else None, one.auditor.name, one.due_on]
            for one in twins
        ],
        empty="None is waiting.",
    )


def differences_table(pair: Pair, rows: Sequence[Difference]) -> Table:
    """Return what both auditors gave to each question of one file."""
    return Table(
        "Question by question",
        ["Question", pair.first.auditor.name, pair.second.auditor.name, "Same?"],
        [
            [one.question, one.first or "No grade", one.second or "No grade",
             "Yes" if one.same else "No"]
            for one in rows
        ],
    )  # fmt: skip


def sessions_table(sessions: Iterable[Calibration]) -> Table:
    """Return sessions of calibration: when, who, how many audits, and what was learnt."""
    return Table(
        "Calibration sessions",
        ["Day", "Who was there", Column("Audits looked at", numeric=True), "What was learnt"],
        [
            [
                one.held_on, ", ".join(sorted(user.name for user in one.people.all())),
                len(one.looked_at.all()), one.learnt,
            ]
            for one in sessions
        ],
        empty="No session was written down yet.",
    )  # fmt: skip


def _line(line: Line) -> list[Cell | str | int]:
    return [
        line.label, line.of, Cell(f"{line.agreed} ({percent(line.agreed, line.of)})"),
        _coefficient(line.kappa), _coefficient(line.gwet),
    ]  # fmt: skip


def _coefficient(found: Agreement | None) -> Cell:
    if found is None:
        return Cell(TOO_FEW)
    if math.isnan(found.value):
        return Cell(ONE_GRADE)
    return Cell(f"{found.value:.2f}", note=_interval(found))


def _shown(found: Agreement) -> str:
    interval = _interval(found)
    return f"{found.value:.2f}, {interval}" if interval else f"{found.value:.2f}"


def _interval(found: Agreement) -> str:
    if math.isnan(found.low):
        return ""
    return f"likely between {found.low:.2f} and {found.high:.2f}"


def _graded(audit: Audit) -> Cell:
    return Cell(pack.grade_words(audit.grade) or "No grade", note=audit.auditor.name)

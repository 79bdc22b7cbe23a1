"""Findings laid out: lists of them, one of them, who was told, and management reviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.urls import reverse

from evenhand.audits import pack
from evenhand.audits.models import Audit, Finding, ManagementReview, Told
from evenhand.audits.queries import posts
from evenhand.audits.queries.findings import Standing
from evenhand.audits.queries.themes import theme_words
from evenhand.design.components import Cell, SummaryRow, Table
from evenhand.design.wording import child_name, day
from evenhand.work.models import Task
from evenhand.work.wording import standing as task_words

EMPTY = "Nothing that an audit found waits for anybody."


def audit_words(audit: Audit) -> str:
    """Return an audit in words: its kind and its day, and no child."""
    types = pack.types()
    title = types[audit.type].title if audit.type in types else audit.type
    when = f", {day(audit.done_on)}" if audit.done_on else ", not done yet"
    return f"{title}{when}"


def findings_table(
    found: Iterable[Finding], stands: Mapping[int, Standing], caption: str, empty: str = EMPTY
) -> Table:
    """Return findings, each leading to its page, with how it stands."""
    rows = [
        [
            Cell(pack.finding_words(one.kind), url=_page(one), note=audit_words(one.audit)),
            one.team.name if one.team else None,
            Cell(stands[one.pk].words, note=plan_words(stands[one.pk])),
        ]
        for one in found
    ]
    return Table(caption, ["What was found", "Team", "How it stands"], rows, empty=empty)


def plan_words(stand: Standing) -> str:
    """Return how a plan with another team stands; empty where none is wanted."""
    if stand.plan is None:
        return ""
    by = f", by {day(stand.plan.due)}" if stand.plan.due else ""
    return f"Plan with the other team: {stand.plan.state}{by}"


def finding_rows(finding: Finding, stand: Standing, viewer_sees_child: bool) -> list[SummaryRow]:
    """Return one finding, line by line."""
    return [
        SummaryRow("What was found", finding.words),
        *_line("Part of the tool", theme_words(finding.audit, finding.theme)
               if finding.theme else ""),
        SummaryRow("Team", finding.team.name if finding.team else None),
        *_child(finding.audit, viewer_sees_child),
        SummaryRow("Audit", audit_words(finding.audit)),
        SummaryRow("Raised by", finding.raised_by.name, source=day(finding.raised_at)),
        SummaryRow("How it stands", stand.words),
        *_line("Plan", plan_words(stand)),
        *_line("Plan agreed on", day(finding.plan_agreed_on) if finding.plan_agreed_on else ""),
        *_line("What is to be done", finding.action.what if finding.action else ""),
        *_line("What shows that it is put right", evidence_of(finding)),
        *_line("Closed by", finding.closed_by.name if finding.closed_by else ""),
    ]  # fmt: skip


def evidence_of(finding: Finding) -> str:
    """Return what shows that it is put right: the finding's, or what its owner says shows it."""
    task = finding.action
    if finding.evidence or task is None or task.state == Task.State.OPEN:
        return finding.evidence
    return task.evidence


def _child(audit: Audit, is_seen: bool) -> list[SummaryRow]:
    if audit.child is None or not is_seen:
        return []
    kept = audit.child.merged_into or audit.child
    return [SummaryRow("Child", child_name(kept), url=reverse("pages:child", args=[kept.ref]))]


def _line(key: str, value: str) -> list[SummaryRow]:
    return [SummaryRow(key, value)] if value else []


def told_table(told: Sequence[Told]) -> Table:
    """Return who was told of a finding, as what, and whether they have read it."""
    rows = [
        [one.to.name, posts.title(one.part), one.sent_at, one.read_at or "Not read yet"]
        for one in told
    ]
    columns = ["Who", "As", "Told", "Read"]
    return Table("Who was told", columns, rows, empty="Nobody was told.")


def reviews_table(found: Iterable[ManagementReview]) -> Table:
    """Return management reviews, each leading to its page."""
    rows = [
        [
            Cell(audit_words(one.audit), url=reverse("audits:review", args=[one.ref])),
            one.audit.team.name if one.audit.team else None,
            Cell(one.reviewer.name, note=not_independent(one)),
            one.asked_on,
            Cell("Closed", note=day(one.closed_on)) if one.closed_on else "Open",
        ]
        for one in found
    ]
    columns = ["Of which audit", "Team", "Reviewer", "Asked for", "How it stands"]
    return Table("Management reviews", columns, rows, empty="No review was asked for yet.")


def not_independent(review: ManagementReview) -> str:
    """Return that a reviewer is of the audited team; empty where not."""
    if review.is_outside:
        return ""
    return f"reviewer not independent: {review.reviewer.name}, {day(review.asked_on)}"


def review_rows(review: ManagementReview, today: date) -> list[SummaryRow]:
    """Return one review, line by line."""
    return [
        SummaryRow("Audit", audit_words(review.audit)),
        SummaryRow("Team", review.audit.team.name if review.audit.team else None),
        SummaryRow("Why", review.why),
        SummaryRow("Reviewer", review.reviewer.name),
        SummaryRow("Asked for by", review.asked_by.name, source=day(review.asked_on)),
        SummaryRow("What was found", review.findings or "Not written yet"),
        SummaryRow("What we learn", review.learning or "Not written yet"),
        SummaryRow("Action", _action_words(review, today)),
        SummaryRow("Closed", review.closed_on or "Open"),
    ]


def _action_words(review: ManagementReview, today: date) -> str:
    task = review.action
    if task is None:
        return "No action yet"
    owner = task.owner.name if task.owner else posts.NOBODY
    return f"{task.what}: {owner}. {task_words(task, today)}"


def _page(finding: Finding) -> str:
    return reverse("audits:finding", args=[finding.ref])

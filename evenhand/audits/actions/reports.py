"""Reports of audits: drawn up from what was counted, edited by a person, and given to readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from evenhand.accounts.models import Team, User
from evenhand.accounts.references import new_reference
from evenhand.audits import pack
from evenhand.audits.models import Copy, Recommendation, Report
from evenhand.audits.queries.material import Material, material_of
from evenhand.audits.queries.posts import SERVICE, holders
from evenhand.audits.queries.reports import (
    holders_of,
    recommendations_of,
    standing_against,
)
from evenhand.audits.reporting import parts_of, showing
from evenhand.audits.reporting.themes import in_short
from evenhand.history.actions import Change, action
from evenhand.problems import Problem
from evenhand.rules.periods import Span
from evenhand.versions import take_on
from evenhand.work.actions import Place, finish, open_task
from evenhand.work.models import STILL_OPEN, Task
from evenhand.work.pack import due_day, kind_called

KIND, NEXT = "audit-recommendation", "audit-report"
WRITTEN = (
    ("summary", "In short"), ("learnt", "What we learnt"), ("children", "What children gain"),
)  # fmt: skip
"""The parts that people write; the first begins with what the numbers say."""
QUOTED = "learnt"
Sections = list[dict[str, Any]]


@action("audit_report.drawn_up")
def draw_up(kind: str, since: date, until: date, *, by: User, at: datetime) -> Change:
    """Count the audits of a time and draw up a report of a kind about them, for people to edit.

    Raises Problem for a kind that the packs have not, and for a time that ends before it begins.
    """
    held, span = pack.report_kind_called(kind), Span(since, until)
    if since > until:
        raise Problem("The time ends before it begins.", "Give the earlier day first.")
    made_of = material_of(held, span, at)
    made = Report.objects.create(
        ref=new_reference(), kind=kind, title=f"{held.title}, {_between(span)}", since=since,
        until=until, figures=figures_of(made_of), sections=_draft(made_of),
        recipients=list(held.needs), drawn_by=by, drawn_at=at,
    )  # fmt: skip
    told = {"kind": (None, kind), "since": (None, since), "until": (None, until)}
    return Change(made, told)


@action("audit_report.counted_again")
def count_again(report: Report, *, by: User, at: datetime, version: int) -> Change:
    """Count the audits anew; what people wrote stays. Raises Problem once it is published."""
    _refuse_published(report)
    made_of = material_of(
        pack.report_kind_called(report.kind), Span(report.since, report.until), at
    )
    _change(report, version, figures=figures_of(made_of), drawn_at=at)
    return Change(report, {"drawn_at": (None, at)})


@action("audit_report.edited")
def edit(
    report: Report, *, by: User, at: datetime, version: int, title: str,
    words: Mapping[str, str],
) -> Change:  # fmt: skip
    """Change what people wrote, by part. Raises Problem once it is published; Superseded."""
    _refuse_published(report)
    if not title.strip():
        raise Problem("The report has no title.", "Give it one.")
    sections = [one | {"words": words.get(one["id"], one["words"])} for one in report.sections]
    _change(report, version, title=title.strip(), sections=sections)
    return Change(report, {"words": (None, sorted(words))})


@action("audit_report.quoted")
def quote(
    report: Report, *, by: User, at: datetime, version: int, chosen: Sequence[Mapping[str, str]]
) -> Change:
    """Put quotations in that somebody read: each with its ``ref``, ``title`` and ``words``.

    Those of before make room. Raises Problem once it is published; Superseded.
    """
    _refuse_published(report)
    kept = [
        {name: str(one[name]).strip() for name in ("ref", "title", "words")}
        for one in chosen if str(one["words"]).strip()
    ]  # fmt: skip
    sections = [
        one | ({"quotations": kept} if one["id"] == QUOTED else {}) for one in report.sections
    ]
    _change(report, version, sections=sections)
    return Change(report, {"quotations": (None, len(kept))})


@action("audit_report.recommended")
def recommend(
    report: Report, *, by: User, at: datetime, words: str, owner: User | None = None,
    team: Team | None = None, due_on: date | None = None, monitor: User | None = None,
) -> Change:  # fmt: skip
    """Add a recommendation; without an owner it is kept, and the report cannot be published.

    Without a day it is due by the packs' own time. Raises Problem without words, for somebody who
    does not sign in any more, and once the report is published.
    """
    _refuse_published(report)
    if not words.strip():
        raise Problem("Nothing is recommended.", "Say what is to be done.")
    if owner is not None and not owner.is_active:
        raise Problem(f"{owner.name} does not sign in any more.", "Name somebody who does.")
    made = Recommendation.objects.create(
        ref=new_reference(), report=report, words=words.strip(), owner=owner, team=team,
        due_on=due_on or due_day(kind_called(KIND), timezone.localdate(at)), monitor=monitor,
    )  # fmt: skip
    return Change(made, {"owner": (None, owner.username if owner else "")})


@action("audit_report.recommendation_dropped")
def drop(recommendation: Recommendation, *, by: User, at: datetime) -> Change:
    """Take a recommendation out of a report. Raises Problem once the report is published."""
    _refuse_published(recommendation.report)
    told = {"words": (recommendation.words, None)}
    report = recommendation.report
    recommendation.delete()
    return Change(report, told)


@action("audit_report.published")
def publish(
    report: Report, *, by: User, at: datetime, version: int, groups: Iterable[str]
) -> Change:
    """Give a report to groups of readers, and its recommendations to those who answer for them.

    Raises Problem where a group that must have it is left out or nobody stands for one, where a
    recommendation has no owner, and where it is published; Superseded.
    """
    _refuse_published(report)
    groups = list(groups)
    against = standing_against(report, groups, timezone.localdate(at))
    if against:
        raise Problem("The report cannot be published yet.", " ".join(against))
    _change(report, version, recipients=groups, published_at=at, published_by=by)
    _hand_out(report, groups, at)
    for one in recommendations_of(report):
        _ask(one, by, at)
    _finish_asking(report, by, at)
    return Change(report, {"recipients": (None, groups)})


@action("audit_report.opened")
def open_copies(report: Report, *, by: User, at: datetime) -> Change:
    """Keep that a reader opened a report that they were given, the first time that they do."""
    report.copies.filter(to=by, read_at=None).update(read_at=at)
    return Change(report, {"read_at": (None, at)})


def figures_of(made_of: Material) -> dict[str, Any]:
    """Return the parts of a report as values: whole, and with small counts hidden."""
    until = made_of.span.until
    return {
        which: [
            {"id": part.id, "section": asdict(part.section)}
            for part in parts_of(made_of, showing(until, is_small_hidden=is_hidden))
        ]
        for which, is_hidden in (("whole", False), ("hidden", True))
    }


def _draft(made_of: Material) -> Sections:
    """Begin with what the numbers say that everybody may see: each body reads these words."""
    said = in_short(made_of, showing(made_of.span.until, is_small_hidden=True))
    drafted = {"summary": "\n".join(said)}
    return [
        {"id": id_, "heading": heading, "words": drafted.get(id_, ""), "quotations": []}
        for id_, heading in WRITTEN
    ]


def _hand_out(report: Report, groups: Iterable[str], at: datetime) -> None:
    known, today = pack.recipients(), timezone.localdate(at)
    Copy.objects.bulk_create(
        Copy(ref=new_reference(), report=report, part=group, to=reader, sent_at=at)
        for group in groups for reader in holders_of(known[group], today)
    )  # fmt: skip


def _ask(one: Recommendation, by: User, at: datetime) -> None:
    """Ask whoever answers for a recommendation; a service manager looks after it."""
    one.action = open_task(
        by=by, at=at, kind=KIND, what=one.words, why=one.report.title, owner=one.owner,
        team=one.team, about=f"recommendation:{one.ref}", due_on=one.due_on,
        place=Place("audits:report", (one.report.ref,)),
    )  # fmt: skip
    if one.monitor is None:
        one.monitor = next(iter(holders(SERVICE, one.team, timezone.localdate(at))), None)
    one.save(update_fields=["action", "monitor"])


def _finish_asking(report: Report, by: User, at: datetime) -> None:
    """Close the task that asked for this report."""
    asked = Task.objects.filter(
        kind=NEXT, about__startswith=f"{NEXT}:{report.kind}:", state__in=STILL_OPEN
    )
    for task in asked:
        finish(task, by=by, at=at, version=task.version, reason=f"Published: {report.title}")


def _refuse_published(report: Report) -> None:
    if report.published_at is not None:
        raise Problem(
            "This report is published and stays as it left.",
            "Draw up another, and say in it what has changed.",
        )


def _change(report: Report, version: int, **fields: Any) -> None:
    take_on(report, version, still={"published_at": None}, **fields)


def _between(span: Span) -> str:
    if (span.since.year, span.since.month) == (span.until.year, span.until.month):
        return f"{span.since:%B %Y}"
    first = f"{span.since:%B}" if span.since.year == span.until.year else f"{span.since:%B %Y}"
    return f"{first} to {span.until:%B %Y}"

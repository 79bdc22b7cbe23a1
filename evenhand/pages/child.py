"""One child on one page: who they are, what was promised, what happened, and who has looked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.casework.queries import Happened, chronology
from evenhand.design.components import Column, SummaryRow, Table, TimelineItem
from evenhand.feedback.queries import contact_of
from evenhand.history.queries import looks_at
from evenhand.pages.promises import WAITING, Together, of_child_table, together
from evenhand.people.access_rules import restriction_reasons
from evenhand.people.models import Child
from evenhand.people.models.closing import closing_of
from evenhand.people.queries import identity_summary
from evenhand.people.queries.access import family_of, restriction_of, why_lent
from evenhand.people.queries.merging import merged_with
from evenhand.people.tables.about import about_rows
from evenhand.people.tables.lists import age
from evenhand.promises.queries import Added, let_off_of
from evenhand.retention.disputing import disputes_on
from evenhand.standards.queries import outcomes_of
from evenhand.transitions.queries.plans import is_of_age
from evenhand.work.queries import open_about
from evenhand.work.tables import tasks_table

DONE_SHOWN = 40


def context(child: Child, viewer: User, now: datetime, *, page: str | None) -> Mapping[str, Any]:
    """Return what the child's page shows this viewer."""
    today = timezone.localdate(now)
    summary = identity_summary(child, viewer, today=today)
    promises = together(outcomes_of(child, viewer, now=now))
    waiting = [one for one in promises if one.lead.state in WAITING]
    events = chronology(child, viewer, page=page)
    may_record = may(viewer, "events.record")
    added = let_off_of(child, today)
    ref = child.ref if may(viewer, "promises.explain") else ""
    return {
        "child": child,
        "key": key_rows(child, today),
        "summary": summary,
        "about": about_rows(child, summary, can_record=may(viewer, "identity.record")),
        "waiting": of_child_table(
            waiting,
            "Late or due",
            empty="Nothing is late or due that we can tell.",
            added=added,
            ref=ref,
        ),
        "done": _done(promises, added, ref),
        "events": events,
        "timeline": [_item(one, child, may_record=may_record) for one in events.object_list],
        "may_record": may_record,
        "may_read_recorded": may(viewer, "recording.read"),
        "looks": _looks(child) if may(viewer, "history.views") else None,
        "may_see_changes": may(viewer, "history.changes"),
        "merged": merged_with(child),
        "may_see_plans": may(viewer, "transitions.view") and is_of_age(child, today),
        "may_ask_records": may(viewer, "records.receive"),
        "may_merge": may(viewer, "children.merge"),
        "may_record_services": may(viewer, "provisions.record"),
        "may_see_keeping": may(viewer, "retention.view"),
        "may_see_audits": may(viewer, "audits.view"),
        "may_file": may(viewer, "filing.record"),
        "may_correct": may(viewer, "corrections.record"),
        "disputes": disputes_on(child),
        "trusted": contact_of(child),
        "tasks": _tasks(child, viewer, today),
        **_access(child, viewer, now),
    }


def _tasks(child: Child, viewer: User, today: date) -> Table | None:
    found = list(open_about(viewer, child)) if may(viewer, "tasks.view") else []
    return tasks_table(found, today, caption="Tasks about this child", empty="") if found else None


def _access(child: Child, viewer: User, now: datetime) -> Mapping[str, Any]:
    is_restricted = child.pk in closing_of(viewer).restricted
    held = restriction_of(child, now=now) if is_restricted else None
    reasons = restriction_reasons()
    return {
        "restricted": reasons.get(held.reason, held.reason) if held else "",
        "lent": why_lent(viewer, child, now=now),
        "may_restrict": may(viewer, "children.restrict"),
        "is_family": may(viewer, "children.restrict") and family_of(child).exists(),
    }


def key_rows(child: Child, today: date) -> list[SummaryRow]:
    """Return how old a child is, and who works with them."""
    rows = [
        SummaryRow("Age", age(child, today)),
        SummaryRow("Born", child.born_on),
        SummaryRow("Expected", child.expected_on if child.born_on is None else None),
        SummaryRow("Died", child.died_on),
        SummaryRow("Worker", str(child.worker) if child.worker else "Nobody yet"),
        SummaryRow("Team", str(child.team) if child.team else "None yet"),
    ]
    return [row for row in rows if row.value]


def _done(promises: list[Together], added: Added, ref: str) -> Table:
    rest = [one for one in promises if one.lead.state not in WAITING][:DONE_SHOWN]
    words = "Kept, excused or not known"
    return of_child_table(rest, words, empty="None.", added=added, ref=ref)


def _item(one: Happened, child: Child, *, may_record: bool) -> TimelineItem:
    withdrawn = "Withdrawn: it is no longer in the source's file. " if one.withdrawn else ""
    url = reverse("casework:in-error", args=[child.ref, one.by_hand]) if one.by_hand else ""
    return TimelineItem(
        one.words, one.day, text=f"{withdrawn}From: {one.source}", url=url if may_record else "",
        late_entry=one.late_entry,
    )  # fmt: skip


def _looks(child: Child) -> Table:
    return Table(
        "Who has looked at this record",
        [Column("When"), Column("Who"), Column("Page"), Column("Why")],
        [[look.at, look.name, look.page, look.why or None] for look in looks_at(child.pk)],
        empty="Nobody yet.",
    )

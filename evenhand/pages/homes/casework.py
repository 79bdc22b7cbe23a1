"""First pages of those who work with children: what is due, who to ask, whose children."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.design.charts import stacked_bars
from evenhand.design.components import Table
from evenhand.pages import promises
from evenhand.pages.figures import Figure
from evenhand.pages.homes.audits import audits_table
from evenhand.pages.homes.counts import (
    asked_table,
    charted,
    kept_in_words,
    most_missed_first,
    teams_table,
)
from evenhand.people.models import Child
from evenhand.people.queries import completeness_for
from evenhand.people.queries.access import not_reviewed
from evenhand.people.queries.worklist import entries_of, worklist_for
from evenhand.people.tables.access import lent_table
from evenhand.people.tables.lists import worklist_table
from evenhand.rules import State
from evenhand.standards.queries import (
    Promise,
    counts_by_standard,
    due_for,
    figures_as_at,
    totals_by_team,
)
from evenhand.standards.queries.listing import MOST_LISTED

FIRST_FEW = 12
FEW_TO_ASK = 6
MOST_COUNTED = 500
MOST_OF_A_TEAM = 40  # rows read: a large team has hundreds waiting, and a page shows the first few
STANDARDS_CHARTED = 8


def social_worker(viewer: User, now: datetime) -> Mapping[str, Any]:
    """What is due for my children, whom to ask who they are, and my children."""
    return _own_cases(viewer, now) | {"template": "pages/home_social_worker.html"}


def reviewing_officer(viewer: User, now: datetime) -> Mapping[str, Any]:
    """Reviews to come first, then everything else that is due for my children."""
    due = due_for(viewer, now=now)
    found = promises.together(due)
    reviews = [one for one in found if one.lead.row.subject in REVIEWED]
    others = [one for one in found if one.lead.row.subject not in REVIEWED]
    return _own_cases(viewer, now, due) | {
        "template": "pages/home_reviewing_officer.html",
        "reviews": promises.waiting_table(
            reviews,
            "Reviews and visits of children in our care, late or due in the next two weeks",
            who=True,
            empty="No review or visit of your children is late or due in the next two weeks.",
        ),
        "waiting": promises.waiting_table(
            others[:FIRST_FEW], "What else is late or due", who=True, empty="Nothing else is due."
        ),
    }


REVIEWED = frozenset({"care_period", "review"})


def team_manager(viewer: User, now: datetime) -> Mapping[str, Any]:
    """The team's clocks: what is late now, how promises were kept, who was never asked."""
    return _teams(viewer, now) | {"template": "pages/home_team_manager.html"}


def service_manager(viewer: User, now: datetime) -> Mapping[str, Any]:
    """The service's teams side by side, then what a team manager sees, of all of them."""
    return _teams(viewer, now) | {
        "template": "pages/home_service_manager.html",
        "teams": teams_table(totals_by_team(viewer, as_at=figures_as_at())),
    }


def _teams(viewer: User, now: datetime) -> dict[str, Any]:
    due = due_for(viewer, now=now, most=MOST_OF_A_TEAM)
    found = promises.together(due)
    counts = counts_by_standard(viewer)
    open_children = Child.objects.visible_to(viewer).filter(is_open=True)
    unallocated = open_children.filter(worker=None).count()
    shown = most_missed_first(counts)[:STANDARDS_CHARTED]
    return {
        "figures": [
            *_waiting_figures(due, MOST_OF_A_TEAM),
            Figure(unallocated, "children with no worker", reverse("people:children")),
            _to_ask_figure(_to_ask(viewer, now)),
        ],
        "waiting": promises.waiting_table(
            found[:FIRST_FEW],
            "Late longest, then due soonest",
            who=True,
            empty="Nothing in your teams is late or due in the next two weeks.",
        ),
        "chart": stacked_bars(
            "promises-in-the-team",
            kept_in_words(counts),
            charted(shown),
            first_column="Standard",
        ),
        "asked": asked_table(completeness_for(viewer)),
        "opened": opened(viewer, now),
        "audits": audits_table(viewer, now),
        "sees_audit_dashboard": may(viewer, "audits.report"),
    }


def _own_cases(viewer: User, now: datetime, due: list[Promise] | None = None) -> dict[str, Any]:
    due = due_for(viewer, now=now) if due is None else due
    found = promises.together(due)
    children = Child.objects.visible_to(viewer).filter(is_open=True).count()
    to_ask = _to_ask(viewer, now)
    return {
        "figures": [
            *_waiting_figures(due),
            _to_ask_figure(to_ask),
            Figure(children, "open children", reverse("people:children")),
        ],
        "waiting": promises.waiting_table(
            found[:FIRST_FEW],
            "Late, or due in the next two weeks",
            who=False,
            empty="Nothing is late or due in the next two weeks.",
        ),
        "more": max(len(found) - FIRST_FEW, 0),
        "to_ask": _to_ask_table(to_ask, now),
        "opened": opened(viewer, now),
    }


def opened(viewer: User, now: datetime) -> Table | None:
    """Return who opened the viewer's children's records for a while, until it is reviewed."""
    waiting = list(not_reviewed(viewer)[:FIRST_FEW])
    return lent_table(waiting, now, opens=may(viewer, "access.view")) if waiting else None


def _waiting_figures(due: list[Promise], most: int = MOST_LISTED) -> list[Figure]:
    """Count each event once. Of a list that was cut short, only that there are as many."""
    found = promises.together(due)
    if len(due) >= most:
        words = "late or due in the next two weeks"
        return [Figure(f"{len(found)} or more", words, "#waiting", kind="late")]
    late = sum(one.lead.state is State.LATE for one in found)
    return [
        Figure(late, "late", "#waiting", kind="late"),
        Figure(len(found) - late, "due in the next two weeks", "#waiting", kind="open"),
    ]


def _to_ask_figure(to_ask: list[int]) -> Figure:
    count = len(to_ask)
    shown = f"{MOST_COUNTED} or more" if count > MOST_COUNTED else count
    return Figure(shown, "children to ask who they are", reverse("people:worklist"))


def _to_ask(viewer: User, now: datetime) -> list[int]:
    """Return the children who are to be asked, those with most unasked first, as many as count."""
    rows = worklist_for(viewer, today=timezone.localdate(now))
    return list(rows.values_list("child_id", flat=True)[: MOST_COUNTED + 1])


def _to_ask_table(to_ask: list[int], now: datetime) -> Table:
    today = timezone.localdate(now)
    return worklist_table(entries_of(to_ask[:FEW_TO_ASK], today=today), today, who=False)

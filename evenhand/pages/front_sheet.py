"""A child's front sheet, to print: who they are, who works with them, and what is due."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.permissions import requires
from evenhand.design.components import Table
from evenhand.pages import child as page_of
from evenhand.pages.promises import WAITING, of_child_table, together
from evenhand.people.queries import child_for, identity_summary
from evenhand.people.tables.about import about_rows
from evenhand.people.views.requests import viewer_of
from evenhand.promises.queries import let_off_of
from evenhand.standards.queries import outcomes_of

PAGE = "front sheet"
FIRST_FEW = 8
"""So many promises fit one page of paper below who the child is."""


@requires("children.view")
@require_GET
def to_print(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a child's front sheet on one page of paper."""
    viewer, now = viewer_of(request), timezone.now()
    child = child_for(viewer, ref, page=PAGE, at=now)
    summary = identity_summary(child, viewer, today=timezone.localdate(now))
    promises = together(outcomes_of(child, viewer, now=now))
    waiting = [one for one in promises if one.lead.state in WAITING]
    table: Table = of_child_table(
        waiting[:FIRST_FEW], "Late or due", empty="Nothing is late or due that we can tell.",
        added=let_off_of(child, timezone.localdate(now)), ref="",
    )  # fmt: skip
    context = {
        "child": child,
        "key": page_of.key_rows(child, timezone.localdate(now)),
        "about": about_rows(child, summary, can_record=False),
        "waiting": table,
        "more": max(len(waiting) - FIRST_FEW, 0),
    }
    return render(request, "pages/front_sheet.html", context)

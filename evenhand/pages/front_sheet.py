"""A child's front sheet, to print: who they are, who works with them, and what is due."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.permissions import requires
from evenhand.design.components import Cell, SummaryRow, Table
from evenhand.pages import child as page_of
from evenhand.pages.promises import WAITING, Together, together
from evenhand.people.queries import child_for, identity_summary
from evenhand.people.tables.about import about_rows
from evenhand.people.views.requests import viewer_of
from evenhand.standards.queries import outcomes_of

PAGE = "front sheet"
FIRST_FEW = 5
"""So many promises fit one page of paper below who the child is."""


@requires("children.view")
@require_GET
def to_print(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a child's front sheet on one page of paper."""
    viewer, now = viewer_of(request), timezone.now()
    child = child_for(viewer, ref, page=PAGE, at=now)
    today = timezone.localdate(now)
    summary = identity_summary(child, viewer, today=today)
    promises = together(outcomes_of(child, viewer, now=now))
    waiting = [one for one in promises if one.lead.state in WAITING]
    about = about_rows(child, summary, can_record=False)
    context = {
        "child": child,
        "key": _key_table(page_of.key_rows(child, today)),
        "about": _about_table([one for one in about if not one.lacks]),
        "lacking": ", ".join(one.key for one in about if one.lacks),
        "waiting": _waiting_table(waiting[:FIRST_FEW]),
        "more": max(len(waiting) - FIRST_FEW, 0),
    }
    return render(request, "pages/front_sheet.html", context)


def _key_table(rows: Sequence[SummaryRow]) -> Table:
    return Table("At a glance", [one.key for one in rows], [[one.cell for one in rows]])


def _about_table(rows: Sequence[SummaryRow]) -> Table:
    """Return what is known of who they are: what is not is one sentence, to save paper."""
    told = [[one.key, Cell(one.cell.value), one.source] for one in rows]
    columns, empty = ["What", "What is known", "Who said so"], "Nothing is known yet."
    return Table("About me, and who said so", columns, told, empty=empty)


def _waiting_table(found: Sequence[Together]) -> Table:
    rows = [
        [
            one.lead.standard.title, one.lead.row.due_on,
            Cell(state=one.lead.state, law=one.lead.standard.law),
        ]
        for one in found
    ]  # fmt: skip
    empty = "Nothing is late or due that we can tell."
    return Table("Late or due", ["What was promised", "By when", "Standing"], rows, empty=empty)

"""Inspection week: one page, a copy to print, and the lists as a workbook."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.once import one_page
from evenhand.accounts.permissions import requires
from evenhand.design.paging import MOST, ON_A_PAGE, FirstRows
from evenhand.design.workbooks import XLSX
from evenhand.pages.inspection import tables
from evenhand.pages.inspection.actions import write_lists
from evenhand.pages.inspection.annex import AnnexA
from evenhand.pages.inspection.children import listed
from evenhand.pages.inspection.gaps import done_audits, gaps_for
from evenhand.pages.inspection.lists import LISTS
from evenhand.pages.inspection.workbook import workbook_of
from evenhand.people.models import Child
from evenhand.people.views.requests import viewer_of

FIRST_FEW = 25


@requires("inspection.view")
@require_GET
@one_page
def week(request: HttpRequest) -> HttpResponse:
    """Show what an inspector would find, the lists, and the children on them."""
    return render(request, "pages/inspection.html", _context(request))


@requires("inspection.view")
@require_GET
@one_page
def to_print(request: HttpRequest) -> HttpResponse:
    """The same page on paper, with every child on it."""
    return render(request, "pages/inspection_to_print.html", _context(request, on_a_page=MOST))


@requires("inspection.view")
@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    """Give the lists as a workbook, and note in the history that they left."""
    viewer, now = viewer_of(request), timezone.now()
    today = timezone.localdate(now)
    sheets = list(AnnexA(viewer, today).sheets())
    write_lists(sheets, by=viewer, at=now)
    reply = HttpResponse(workbook_of(sheets, today), content_type=XLSX)
    reply["Content-Disposition"] = f'attachment; filename="annex-a-{today:%Y-%m-%d}.xlsx"'
    return reply


def _context(request: HttpRequest, *, on_a_page: int = ON_A_PAGE) -> dict[str, Any]:
    viewer, now = viewer_of(request), timezone.now()
    today = timezone.localdate(now)
    annex = AnnexA(viewer, today)
    on = annex.on_lists()
    chosen = _chosen(request)
    keys = [pk for pk, lists in on.items() if chosen is None or chosen in lists]
    children = Child.objects.visible_to(viewer).filter(pk__in=keys)
    in_order = FirstRows(children.order_by("surname", "forename", "pk"), on_a_page, most=MOST)
    page = in_order.get_page(request.GET.get("page"))
    done = done_audits(viewer, today)
    return {
        "today": today,
        "gaps": tables.gaps_table(gaps_for(viewer, now, done)),
        "sections": tables.sections_table(done.lacking[:FIRST_FEW]),
        "more": max(len(done.lacking) - FIRST_FEW, 0),
        "lists": tables.lists_table(annex, on),
        "children": tables.children_table(listed(page.object_list, on, viewer, now)),
        "page": page,
        "chosen": chosen,
        "number": len(keys),
    }


def _chosen(request: HttpRequest) -> int | None:
    """Return the list to which the children are narrowed; None for all of them."""
    asked = request.GET.get("list", "")
    return int(asked) if asked.isdecimal() and int(asked) in LISTS else None

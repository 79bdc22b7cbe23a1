"""Inspection week: one page, a copy to print, and the lists as a workbook."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.models import User
from evenhand.accounts.once import one_page
from evenhand.accounts.permissions import requires
from evenhand.design.paging import MOST, ON_A_PAGE
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
    wanted = {pk for pk, lists in on.items() if chosen is None or chosen in lists}
    page = Paginator(_in_order(viewer, wanted), on_a_page).get_page(request.GET.get("page"))
    found = Child.objects.in_bulk(page.object_list)
    children = [found[pk] for pk in page.object_list if pk in found]
    done = done_audits(viewer, today)
    return {
        "today": today,
        "gaps": tables.gaps_table(gaps_for(viewer, now, done)),
        "sections": tables.sections_table(done.lacking[:FIRST_FEW]),
        "more": max(len(done.lacking) - FIRST_FEW, 0),
        "lists": tables.lists_table(annex, on),
        "children": tables.children_table(listed(children, on, viewer, now)),
        "page": page,
        "chosen": chosen,
    }


def _in_order(viewer: User, wanted: Collection[int]) -> list[int]:
    """Return the keys of these children by name: sorted by the database, picked here, since a
    large authority's lists hold more children than a query takes keys."""
    rows = Child.objects.visible_to(viewer).order_by("surname", "forename", "pk")
    return [pk for pk in rows.values_list("pk", flat=True) if pk in wanted]


def _chosen(request: HttpRequest) -> int | None:
    """Return the list to which the children are narrowed; None for all of them."""
    asked = request.GET.get("list", "")
    return int(asked) if asked.isdecimal() and int(asked) in LISTS else None

"""Reports of audits: those there are, one of them as a page or a file, and drawing one up."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.audits import pack
from evenhand.audits.actions import reports as actions
from evenhand.audits.forms_reports import DrawUpForm
from evenhand.audits.models import Report
from evenhand.audits.queries import reports as queries
from evenhand.audits.queries.digest import half_year_of
from evenhand.audits.queries.next_reports import next_reports
from evenhand.audits.tables import reports as tables
from evenhand.design.document_files import DOCX, docx_of, pdf_of
from evenhand.design.documents import Document, sections_shown
from evenhand.design.paging import page_of
from evenhand.people.views.forming import Page, taken
from evenhand.people.views.requests import viewer_of
from evenhand.rules.periods import Span

FILES = {"pdf": (pdf_of, "application/pdf"), "docx": (docx_of, DOCX)}


@requires("audits.read")
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports that a viewer may read, and when the next ones are due."""
    viewer = viewer_of(request)
    page = page_of(queries.reports_for(viewer), request.GET.get("page"))
    sees_all = may(viewer, "audits.report")
    context = {
        "page": page,
        "table": tables.reports_table(page.object_list),
        "next": tables.next_table(next_reports(timezone.now())) if sees_all else None,
        "sees_all": sees_all,
        "sees_programme": may(viewer, "audits.view"),
        "may_manage": may(viewer, "audits.manage") and pack.is_adopted(),
    }
    return render(request, "audits/reports.html", context)


@requires("audits.read")
@require_GET
def report(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a report in the version that a viewer gets, or give it as a file."""
    viewer, now = viewer_of(request), timezone.now()
    found = report_for(viewer, ref)
    if found.copies.filter(to=viewer, read_at=None).exists():
        actions.open_copies(found, by=viewer, at=now)
    groups = _groups(request, found, viewer)
    document = queries.document_of(found, groups)
    if request.GET.get("as") in FILES:
        return _file(found, document, request.GET["as"])
    return render(request, "audits/report.html", _context(found, document, groups, viewer))


@requires("audits.manage")
@require_http_methods(["GET", "POST"])
def draw_up(request: HttpRequest) -> HttpResponse:
    """Draw up a report from the audits of a time."""
    form = DrawUpForm(request.POST or None, span=_last_half_year(timezone.localdate()))

    def act(by: User, at: Any) -> str:
        made = actions.draw_up(**form.cleaned_data, by=by, at=at)
        return reverse("audits:report", args=[made.ref])

    before = "The audits are counted now. You can change every word before anybody gets it."
    page = Page("Draw up a report", "Draw it up", "Reports of audits", reverse("audits:reports"),
                before)  # fmt: skip
    return taken(request, form, page, act, "It is drawn up: read it, and write what it means.")


def report_for(viewer: User, ref: str) -> Report:
    """Return a report that a viewer may read; 404 otherwise."""
    return get_object_or_404(queries.reports_for(viewer), ref=ref)


def _groups(request: HttpRequest, found: Report, viewer: User) -> list[str] | None:
    """Return as which groups somebody reads; whoever sees the whole may ask for one's version."""
    groups = queries.groups_for(found, viewer)
    asked = request.GET.get("for", "")
    return [asked] if groups is None and asked in pack.recipients() else groups


def _context(
    found: Report, document: Document, groups: list[str] | None, viewer: User
) -> dict[str, Any]:
    sees_all = may(viewer, "audits.report")
    return {
        "report": found,
        "document": document,
        "sections": list(sections_shown(document)),
        "groups": groups,
        "asked": groups[0] if groups and sees_all else "",
        "versions": pack.recipients().values() if sees_all else (),
        "recommendations": tables.recommendations_table(
            queries.recommendations_of(found), is_linked=sees_all
        ) if sees_all else None,
        "readers": tables.readers_table(queries.readers_of(found, timezone.now()))
        if sees_all and found.published_at else None,
        "is_draft": may(viewer, "audits.manage") and found.published_at is None,
        "dropping": queries.recommendations_of(found),
    }  # fmt: skip


def _file(found: Report, document: Document, kind: str) -> HttpResponse:
    make, of_type = FILES[kind]
    response = HttpResponse(make(document, made_at=found.drawn_at), content_type=of_type)
    name = f"audits-{found.kind}-{found.until.isoformat()}-{found.ref}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _last_half_year(today: date) -> Span:
    """Return the half-year that ended last."""
    return half_year_of(date.fromordinal(half_year_of(today).since.toordinal() - 1))

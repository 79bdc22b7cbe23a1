"""Reports: those that were made, one of them as page, PDF or workbook, and making a new one."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.design.documents import sections_shown
from evenhand.design.paging import page_of
from evenhand.design.workbooks import XLSX
from evenhand.publications import queries, tables
from evenhand.publications.actions import make_report
from evenhand.publications.documents import document_of
from evenhand.publications.files import pdf_of, workbook_of
from evenhand.publications.forms import MakeReport
from evenhand.publications.models import Report


@requires("reports.make")
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports that were made."""
    page = page_of(queries.reports_for(_viewer(request)), request.GET.get("page"))
    context = {"page": page, "table": tables.reports_table(page.object_list)}
    return render(request, "publications/reports.html", context)


@requires("reports.make")
@require_GET
def report(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a report as it left, or give it as a file."""
    found = get_object_or_404(queries.reports_for(_viewer(request)), ref=ref)
    if request.GET.get("as") in ("pdf", "xlsx"):
        return _file(found, request.GET["as"])
    document = document_of(found.body)
    context = {
        "report": found,
        "document": document,
        "sections": list(sections_shown(document)),
    }
    return render(request, "publications/report.html", context)


@requires("reports.make")
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Show the report as it would leave now, and make it once it is said for whom."""
    viewer = _viewer(request)
    document = queries.directors_report(viewer)
    form = MakeReport(request.POST or None)
    if form.is_valid():
        made = make_report(
            document, for_whom=form.cleaned_data["for_whom"], by=viewer, at=timezone.now()
        )
        messages.success(request, "The report is made, and the record of it is kept.")
        return redirect("publications:report", ref=made.ref)
    context = {"form": form, "document": document, "sections": list(sections_shown(document))}
    return render(request, "publications/make.html", context)


def _file(found: Report, kind: str) -> HttpResponse:
    document = document_of(found.body)
    if kind == "pdf":
        data, of_type = pdf_of(document, made_at=found.made_at), "application/pdf"
    else:
        data, of_type = workbook_of(document), XLSX
    response = HttpResponse(data, content_type=of_type)
    name = f"promises-kept-{found.as_at.isoformat()}-{found.ref}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _viewer(request: HttpRequest) -> User:
    return cast(User, request.user)

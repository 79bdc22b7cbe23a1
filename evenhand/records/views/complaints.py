"""Complaints about how personal data was handled: the list, recording one, and its steps."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.people.views.forming import Page, taken
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.records import actions, queries, tables
from evenhand.records.forms import ComplaintForm
from evenhand.records.models import RecordsRequest
from evenhand.records.pack import heard_within
from evenhand.records.steps import OF_COMPLAINTS


@requires("data_complaints.manage")
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """List complaints, those whose outcome is not told yet first."""
    viewer, today = viewer_of(request), timezone.localdate()
    page = page_of(queries.complaints_for(viewer), request.GET.get("page"))
    context = {"page": page, "table": tables.complaints_table(page.object_list, today)}
    context["heard"] = heard_within(today)
    return render(request, "records/complaints.html", context)


@requires("data_complaints.record")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Record a complaint; ``?about=`` names the request that it is about."""
    viewer, today = viewer_of(request), timezone.localdate()
    about = _about(request)
    form = ComplaintForm(request.POST or None, today=today)
    if form.is_valid():
        try:
            made = actions.record_complaint(
                by=viewer, at=timezone.now(), request=about, **form.cleaned_data
            )
        except Problem as problem:
            form.add_error("received_on", str(problem))
        else:
            messages.success(
                request, f"Recorded. They are to hear {heard_within(today)} that it came."
            )
            if may(viewer, "data_complaints.manage"):
                return redirect("records:complaint", ref=made.ref)
            return redirect("pages:home")
    return render(request, "records/new_complaint.html", {"form": form, "about": about})


def _about(request: HttpRequest) -> RecordsRequest | None:
    viewer, ref = viewer_of(request), request.GET.get("about", "")
    if not ref or not may(viewer, "records.view"):
        return None
    return queries.request_for(viewer, ref)


@requires("data_complaints.manage")
@require_GET
def one(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a complaint and what can be done."""
    viewer, today = viewer_of(request), timezone.localdate()
    found = get_object_or_404(queries.complaints_for(viewer), ref=ref)
    context = {
        "found": found,
        "rows": tables.complaint_rows(found, today),
        "steps": [
            (step.title, reverse("records:complaint-step", args=[found.ref, slug]))
            for slug, step in OF_COMPLAINTS.items()
            if step.is_open(found)
        ],
        "may_view": may(viewer, "records.view"),
    }
    return render(request, "records/complaint.html", context)


@requires("data_complaints.manage")
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, ref: str, slug: str) -> HttpResponse:
    """Take one step of a complaint."""
    viewer = viewer_of(request)
    found = get_object_or_404(queries.complaints_for(viewer), ref=ref)
    chosen, back = OF_COMPLAINTS.get(slug), reverse("records:complaint", args=[found.ref])
    if chosen is None:
        raise Http404
    form = chosen.form(request.POST or None)

    def act(by: User, at: datetime) -> str:
        chosen.act(found, by=by, at=at, **form.cleaned_data)
        return back

    page = Page(chosen.title, "Save", "The complaint", back)
    return taken(request, form, page, act, chosen.done)

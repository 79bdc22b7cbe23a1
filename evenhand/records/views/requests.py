"""Requests: the list, recording one, and each of its steps."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.people.queries import child_for, find_children
from evenhand.people.views.forming import Page, taken
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.records import actions, queries, tables
from evenhand.records.forms import FindForm, RequestForm
from evenhand.records.models import RecordsRequest
from evenhand.records.steps import STEPS

MOST_FOUND = 25


@requires("records.view")
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """List requests about children the viewer may open, those to answer first."""
    viewer, today = viewer_of(request), timezone.localdate()
    page = page_of(queries.requests_for(viewer), request.GET.get("page"))
    context = {
        "page": page,
        "table": tables.requests_table(page.object_list, today),
        "may_receive": may(viewer, "records.receive"),
    }
    return render(request, "records/requests.html", context)


@requires("records.receive")
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Find whose record is asked for. The words are in no address: the answer is to the form."""
    form, table = FindForm(request.POST or None), None
    if form.is_valid():
        words = form.cleaned_data["words"]
        found = find_children(viewer_of(request), words=words, closed=True)
        table = tables.found_table(found[:MOST_FOUND])
    return render(request, "records/find.html", {"form": form, "table": table})


@requires("records.receive")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, ref: str) -> HttpResponse:
    """Record that somebody asked to see what is held about a child."""
    viewer = viewer_of(request)
    child = child_for(viewer, ref, page=queries.PAGE)
    form = RequestForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.receive(child, by=viewer, at=timezone.now(), **form.cleaned_data)
        except Problem as problem:
            form.add_error("received_on", str(problem))
        else:
            messages.success(request, "Recorded. The clock runs.")
            return redirect("records:request", ref=made.ref)
    today = timezone.localdate()
    earlier = queries.requests_of(child, viewer)
    context = {
        "form": form,
        "child": child,
        "earlier": tables.requests_table(earlier, today, child=False) if earlier else None,
    }
    return render(request, "records/new.html", context)


@requires("records.view")
@require_GET
def one(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a request: until when, what was checked, what was decided, and what can be done."""
    viewer, today = viewer_of(request), timezone.localdate()
    found = queries.request_for(viewer, ref)
    bundle = queries.bundle_of(found)
    may_manage = may(viewer, "records.manage")
    context = {
        "found": found,
        "child": found.child.merged_into or found.child,
        "rows": tables.request_rows(found, today),
        "steps": _steps(found) if may_manage else [],
        "bundle": bundle,
        "tally": queries.tally_of(bundle) if bundle else None,
        "needs_wish": queries.needs_wish(found) and queries.newest_wish(found) is None,
        "may_manage": may_manage,
        "may_approve": may(viewer, "records.approve"),
        "may_open": may(viewer, "children.view"),
        "may_complain": may(viewer, "data_complaints.record"),
    }
    return render(request, "records/request.html", context)


def _steps(found: RecordsRequest) -> list[tuple[str, str]]:
    return [
        (step.title, reverse("records:step", args=[found.ref, slug]))
        for slug, step in STEPS.items()
        if step.is_open(found)
    ]


@requires("records.manage")
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, ref: str, slug: str) -> HttpResponse:
    """Take one step of a request."""
    viewer = viewer_of(request)
    found = queries.request_for(viewer, ref)
    chosen, back = STEPS.get(slug), reverse("records:request", args=[found.ref])
    if chosen is None:
        raise Http404
    form = chosen.form(request.POST or None)

    def act(by: User, at: datetime) -> str:
        chosen.act(found, by=by, at=at, **form.cleaned_data)
        return back

    page = Page(chosen.title, "Save", "The request", back)
    return taken(request, form, page, act, chosen.done)

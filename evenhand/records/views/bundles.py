"""What is given: gathering it, going through what is marked, approving it, and its files."""

from __future__ import annotations

import base64
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.people.views.forming import Page, taken
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.records import actions, queries, tables
from evenhand.records.actions.bundles import Judged
from evenhand.records.forms import MarksForm, ReleaseForm, WordsForm
from evenhand.records.letter import letter_for

ON_A_PAGE = 20
FILES = {"pdf": ("pdf", "application/pdf"), "zip": ("archive", "application/zip")}


@requires("records.manage")
@require_http_methods(["GET", "POST"])
def gather(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what gathering does, and gather."""
    viewer = viewer_of(request)
    found = queries.request_for(viewer, ref)
    problem = None
    if request.method == "POST":
        try:
            actions.prepare(found, by=viewer, at=timezone.now())
        except Problem as refused:
            problem = refused
        else:
            messages.success(request, "Gathered. Now go through what is marked.")
            return redirect("records:marks", ref=found.ref)
    context = {"found": found, "bundle": queries.bundle_of(found), "problem": problem}
    return render(request, "records/gather.html", context)


@requires("records.manage")
@require_http_methods(["GET", "POST"])
def marks(request: HttpRequest, ref: str) -> HttpResponse:
    """Go through what is marked, a page at a time; the page's marks are decided together."""
    viewer = viewer_of(request)
    found = queries.request_for(viewer, ref)
    bundle = queries.bundle_or_404(found)
    everything = bundle.marks.order_by("number")
    page = Paginator(everything, ON_A_PAGE).get_page(request.GET.get("page"))
    form = MarksForm(request.POST or None, marks=page.object_list)
    if form.is_valid():
        try:
            judged = [Judged(*one) for one in form.judged]
            actions.judge(bundle, judged, by=viewer, at=timezone.now())
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Decided.")
            return redirect(_next(found.ref, page.number, page.paginator.num_pages))
    context = {
        "form": form, "found": found, "bundle": bundle, "page": page,
        "tally": queries.tally_of(bundle), "table": tables.marks_table(page.object_list),
    }  # fmt: skip
    return render(request, "records/marks.html", context)


def _next(ref: str, number: int, last: int) -> str:
    if number < last:
        return f"{reverse('records:marks', args=[ref])}?page={number + 1}"
    return reverse("records:request", args=[ref])


@requires("records.manage")
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, ref: str) -> HttpResponse:
    """Mark words that nothing proposed, wherever they stand."""
    viewer = viewer_of(request)
    found = queries.request_for(viewer, ref)
    bundle = queries.bundle_or_404(found)
    form = WordsForm(request.POST or None)
    back = reverse("records:marks", args=[found.ref])

    def act(by: User, at: datetime) -> str:
        given = form.cleaned_data
        actions.choose_words(bundle, words=given["words"], why=given["reason"], by=by, at=at)
        return back

    page = Page("Leave out other words", "Save", "What is marked", back)
    return taken(request, form, page, act, "They are left out wherever they stand.")


@requires("records.manage")
@require_GET
def read(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what would be given, or was, as it is: words left out are not on the page."""
    found = queries.request_for(viewer_of(request), ref)
    bundle = queries.bundle_or_404(found)
    sections = queries.released_sections(bundle)
    context = {
        "found": found, "bundle": bundle,
        "letter": bundle.letter or letter_for(found, bundle, on=timezone.localdate()),
        "sections": tables.sections_of(sections),
    }  # fmt: skip
    return render(request, "records/read.html", context)


@requires("records.approve")
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what is marked and what stands in the way, and approve what is given."""
    viewer = viewer_of(request)
    found = queries.request_for(viewer, ref)
    bundle = queries.bundle_or_404(found)
    form = ReleaseForm(request.POST or None)
    if form.is_valid():
        despite = form.cleaned_data["despite"]
        try:
            actions.release(bundle, by=viewer, at=timezone.now(), despite=despite)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Approved. It stays as it is from now on.")
            return redirect("records:request", ref=found.ref)
    page = Paginator(bundle.marks.order_by("number"), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "found": found, "bundle": bundle, "page": page,
        "table": tables.marks_table(page.object_list),
        "letter": letter_for(found, bundle, on=timezone.localdate()),
        "obstacles": list(queries.obstacles(bundle, viewer)),
    }  # fmt: skip
    return render(request, "records/release.html", context)


@requires("records.manage")
@require_GET
def file(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """Give one of the two files of what was released, as an attachment."""
    found = queries.request_for(viewer_of(request), ref)
    bundle = queries.bundle_or_404(found)
    if kind not in FILES or bundle.released_at is None:
        raise Http404
    field, of_type = FILES[kind]
    response = HttpResponse(base64.b64decode(getattr(bundle, field)), content_type=of_type)
    response["Content-Disposition"] = f'attachment; filename="records-{bundle.ref}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response

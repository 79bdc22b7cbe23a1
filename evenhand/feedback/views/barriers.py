"""The register of barriers, one of them, and each time that one was told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import may, requires
from evenhand.casework.models import Assessment
from evenhand.design.paging import page_of
from evenhand.feedback import pack, queries, wording
from evenhand.feedback.actions import act_on_barrier, complete_barrier, meet_barrier
from evenhand.feedback.forms import ActForm, BarrierForm, CompleteForm
from evenhand.feedback.models import Feedback
from evenhand.feedback.tables.barriers import (
    barrier_rows,
    met_rows,
    met_table,
    register_table,
    title_of,
)
from evenhand.feedback.views.register import PAGE, child_and_item
from evenhand.people.models import Child
from evenhand.people.queries import child_for
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem


@requires("feedback.report")
@require_GET
def barriers(request: HttpRequest) -> HttpResponse:
    """List every barrier that was told within the viewer's reach."""
    viewer, below = viewer_of(request), pack.suppress_below(timezone.localdate())
    exact = queries.is_entitled(viewer)
    table = register_table(queries.register_for(viewer), exact=exact, below=below)
    context = {"table": table, "is_exact": exact, "below": below}
    context["may_record"] = may(viewer, "feedback.record")
    return render(request, "feedback/barriers.html", context)


@requires("feedback.report")
@require_http_methods(["GET", "POST"])
def barrier(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a barrier with where it was told, and say what is done about it."""
    viewer, today = viewer_of(request), timezone.localdate()
    line = queries.barrier_for(viewer, ref)
    if line is None:
        raise Http404
    form = ActForm(request.POST or None, today=today, barrier=line.barrier)
    if form.is_valid():
        try:
            act_on_barrier(line.barrier, by=viewer, at=timezone.now(), **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Written down.")
            return redirect("feedback:barrier", ref=ref)
    exact, below = queries.is_entitled(viewer), pack.suppress_below(today)
    page = page_of(queries.met_by(viewer, line.barrier), request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "title": title_of(line.barrier),
        "rows": barrier_rows(
            line.barrier, wording.told(line.count, exact=exact, below=below)
        ),
        "met": met_table(page.object_list, "Where it was told"),
    }  # fmt: skip
    return render(request, "feedback/barrier.html", context)


@requires("feedback.record")
@require_http_methods(["GET", "POST"])
def of_item(request: HttpRequest, ref: str) -> HttpResponse:
    """Record a barrier that a piece of feedback tells of."""
    found, child = child_and_item(request, ref)
    return told(request, child, feedback=found)


@requires("feedback.record")
@require_http_methods(["GET", "POST"])
def met(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one time that a barrier was told; add what is missing, or what was answered."""
    viewer = viewer_of(request)
    found = queries.met_for(viewer, ref)
    if found is None:
        raise Http404
    child = child_for(viewer, found.child.ref, page=PAGE) if found.child else None
    form = CompleteForm(request.POST or None, today=timezone.localdate(), met=found)
    if form.is_valid():
        try:
            given = {"another_worker": found.another_worker, **form.cleaned_data}
            complete_barrier(found, by=viewer, at=timezone.now(), **given)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Written down.")
            return redirect("feedback:met", ref=ref)
    context = {
        "form": form, "child": child, "title": title_of(found.barrier), "rows": met_rows(found),
        "may_report": may(viewer, "feedback.report"), "barrier": found.barrier, "met": found,
    }  # fmt: skip
    return render(request, "feedback/met.html", context)


def told(
    request: HttpRequest,
    child: Child | None,
    *,
    feedback: Feedback | None = None,
    assessments: Sequence[Assessment] = (),
) -> HttpResponse:
    """Record a barrier of a child whom the caller found, or of feedback, or of an assessment."""
    form = BarrierForm(
        request.POST or None, today=timezone.localdate(), assessments=assessments,
        initial={"service": feedback.service if feedback else ""},
    )  # fmt: skip
    if form.is_valid():
        given = fastened(form, assessments)
        given["fastened"] = feedback or given["fastened"]
        try:
            made = meet_barrier(by=viewer_of(request), at=timezone.now(), child=child, **given)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Written down.")
            return redirect("feedback:met", ref=made.ref)
    context = {"form": form, "child": child, "item": feedback}
    return render(request, "feedback/new_barrier.html", context)


def fastened(form: Form, assessments: Sequence[Assessment]) -> dict[str, Any]:
    """Return what was answered, with the assessment that was chosen."""
    given = dict(form.cleaned_data)
    chosen = given.pop("fastened", "")
    given["fastened"] = next((each for each in assessments if str(each.pk) == chosen), None)
    return given

"""The register of feedback: the list, recording some, and what came of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.feedback import queries
from evenhand.feedback.actions import follow_feedback, record_feedback
from evenhand.feedback.forms import FeedbackForm, FollowForm
from evenhand.feedback.models import Feedback
from evenhand.feedback.tables.register import feedback_rows, feedback_table
from evenhand.people.models import Child
from evenhand.people.queries import child_for
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem

PAGE = "feedback"


@requires("feedback.record")
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """List the feedback that the viewer may read."""
    viewer = viewer_of(request)
    page = page_of(queries.feedback_for(viewer), request.GET.get("page"))
    context = {
        "page": page,
        "table": feedback_table(page.object_list),
        "may_report": may(viewer, "feedback.report"),
    }
    return render(request, "feedback/register.html", context)


@requires("feedback.record")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Record feedback that is of no one child."""
    return recorded(request, None)


def recorded(request: HttpRequest, child: Child | None) -> HttpResponse:
    """Record feedback of a child whom the caller found, or of none."""
    form = FeedbackForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        try:
            made = record_feedback(
                by=viewer_of(request), at=timezone.now(), child=child, **form.cleaned_data
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Written down. It waits for a response.")
            return redirect("feedback:item", ref=made.ref)
    return render(request, "feedback/new.html", {"form": form, "child": child})


@requires("feedback.record")
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one piece of feedback, and say what came of it."""
    viewer = viewer_of(request)
    found, child = child_and_item(request, ref)
    form = FollowForm(request.POST or None, today=timezone.localdate(), feedback=found)
    if form.is_valid():
        try:
            follow_feedback(found, by=viewer, at=timezone.now(), **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Written down.")
            return redirect("feedback:item", ref=found.ref)
    context = {"form": form, "child": child, "item": found, "rows": feedback_rows(found)}
    return render(request, "feedback/item.html", context)


def child_and_item(request: HttpRequest, ref: str) -> tuple[Feedback, Child | None]:
    """Find feedback that the viewer may read; where it is of a child, the look is logged."""
    viewer = viewer_of(request)
    found = get_object_or_404(queries.feedback_for(viewer), ref=ref)
    child = child_for(viewer, found.child.ref, page=PAGE) if found.child else None
    return found, child

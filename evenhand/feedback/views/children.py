"""With one child: what was told, and recording feedback, a barrier or discrimination met."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import may, requires
from evenhand.feedback import queries
from evenhand.feedback.actions import note_discrimination
from evenhand.feedback.forms import DiscriminationForm
from evenhand.feedback.tables.barriers import met_table
from evenhand.feedback.tables.notes import note_rows
from evenhand.feedback.tables.register import feedback_table
from evenhand.feedback.views.barriers import fastened, told
from evenhand.feedback.views.register import PAGE, recorded
from evenhand.people.queries import child_for
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem


@requires("children.view")
@require_GET
def child(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what a child and their family told us."""
    viewer = viewer_of(request)
    found = child_for(viewer, ref, page=PAGE)
    context = {
        "child": found,
        "feedback": feedback_table(
            queries.feedback_of(found), "What was said of our services", "Nothing yet."
        ),
        "barriers": met_table(queries.met_of(found), "What stood in their way"),
        "notes": [(note, note_rows(note)) for note in queries.notes_of(found, viewer)],
        "reads_notes": queries.may_read_notes(found, viewer),
        "may_record": may(viewer, "feedback.record"),
        "may_note": may(viewer, "feedback.discrimination"),
    }
    return render(request, "feedback/child.html", context)


@requires("feedback.record")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, ref: str) -> HttpResponse:
    """Record feedback of a child."""
    return recorded(request, child_for(viewer_of(request), ref, page=PAGE))


@requires("feedback.record")
@require_http_methods(["GET", "POST"])
def barrier(request: HttpRequest, ref: str) -> HttpResponse:
    """Record a barrier, fastened to one of the child's assessments or to none."""
    found = child_for(viewer_of(request), ref, page=PAGE)
    assessments = list(queries.assessments_of(found))
    return told(request, found, assessments=assessments)


@requires("feedback.discrimination")
@require_http_methods(["GET", "POST"])
def discrimination(request: HttpRequest, ref: str) -> HttpResponse:
    """Note that the child met discrimination, fastened to an assessment or to none."""
    viewer = viewer_of(request)
    found = child_for(viewer, ref, page=PAGE)
    assessments = list(queries.assessments_of(found))
    form = DiscriminationForm(
        request.POST or None, today=timezone.localdate(), assessments=assessments
    )
    if form.is_valid():
        try:
            note_discrimination(found, by=viewer, at=timezone.now(), **fastened(form, assessments))
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Written down. Only those close to the child can read it.")
            return redirect("feedback:child", ref=found.ref)
    return render(request, "feedback/discrimination.html", {"form": form, "child": found})

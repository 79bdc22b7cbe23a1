"""Recording by hand what the case system does not show yet, and taking it back."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.casework import actions, queries
from evenhand.casework.forms import InErrorForm, RecordForm
from evenhand.people.models import Child
from evenhand.people.queries import child_for
from evenhand.people.views.overtaken import Overtaken, answer_overtaken
from evenhand.problems import Problem
from evenhand.sources.models import SourceReference

PAGE = "record"


@requires("events.record")
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, ref: str) -> HttpResponse:
    """Record what happened, before the case system shows it."""
    viewer = cast(User, request.user)
    child = child_for(viewer, ref, page=PAGE)
    form = RecordForm(request.POST or None)
    if form.is_valid():
        try:
            actions.record(child, by=viewer, at=timezone.now(), **form.cleaned_data)
        except Problem as problem:
            form.add_error("held_on", str(problem))
        else:
            messages.success(request, "Recorded. It counts from now on.")
            return redirect("pages:child", ref=child.ref)
    return render(request, "casework/record.html", {"child": child, "form": form})


@requires("events.record")
@require_http_methods(["GET", "POST"])
def in_error(request: HttpRequest, ref: str, key: str) -> HttpResponse:
    """Show what was recorded by hand, and take it back with a reason."""
    viewer = cast(User, request.user)
    child = child_for(viewer, ref, page=PAGE)
    reference = queries.recorded_by_hand(child, key)
    if reference is None:
        raise Http404
    if reference.withdrawn_in_id is not None:
        return answer_overtaken(request, _taken_back(child, reference))
    form = InErrorForm(request.POST or None)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.enter_in_error(reference, by=viewer, at=timezone.now(), reason=reason)
        except Problem:  # another did it in this very moment
            return answer_overtaken(request, _taken_back(child, reference))
        else:
            messages.success(request, "Taken back. It no longer counts.")
            return redirect("pages:child", ref=child.ref)
    words = queries.by_hand_in_words(reference)
    context = {"child": child, "form": form, "words": words}
    return render(request, "casework/in_error.html", context)


def _taken_back(child: Child, reference: SourceReference) -> Overtaken:
    record = queries.record_of(reference)
    back = reverse("pages:child", args=[child.ref])
    return Overtaken(record, "event.entered_in_error", back, child.pk)

"""Leaving a child out when groups are compared, because they or a parent asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evenhand.accounts.permissions import requires
from evenhand.people.actions.objecting import object_to_monitoring, withdraw_objection
from evenhand.people.forms import COUNT_AGAIN, ObjectionForm
from evenhand.people.queries import child_for
from evenhand.people.queries.objections import objection_of
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem

DONE = {
    True: "They are counted again when groups are next compared.",
    False: "They are left out when groups are next compared. Their service stays as it is.",
}


@requires("identity.record")
@require_http_methods(["GET", "POST"])
def objection(request: HttpRequest, ref: str) -> HttpResponse:
    """Record that a child is to be left out of comparisons, or may be counted again."""
    viewer, now = viewer_of(request), timezone.now()
    child = child_for(viewer, ref, page="identity", at=now)
    held = objection_of(child)
    form = ObjectionForm(request.POST or None, held=held, today=timezone.localdate(now))
    if form.is_valid():
        given = form.cleaned_data
        again = given.pop("wish") == COUNT_AGAIN
        change = withdraw_objection if again else object_to_monitoring
        try:
            change(child, by=viewer, at=now, **given)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, DONE[again])
            return redirect("people:identity", ref=child.ref)
    return render(request, "people/objection.html", {"form": form, "child": child, "held": held})

"""The pages of requests to attend a transition review."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import requires
from evenhand.design.paging import page_of
from evenhand.design.shell import NavItem
from evenhand.people.forms import ReasonForm
from evenhand.people.models import Child
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.transitions.actions.requests import open_for_a_while
from evenhand.transitions.queries.requests import as_shown, decides, requests_for
from evenhand.transitions.tables.requests import requests_table

WHY = "A school asked us to attend a transition review."
EMPTY = {False: "No request waits.", True: "No request is closed yet."}


@requires("recording.read")
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """List requests that are still open, or those that are closed."""
    viewer, closed = viewer_of(request), request.GET.get("closed") == "yes"
    page = page_of(requests_for(viewer, closed=closed), request.GET.get("page"))
    shown = as_shown(viewer, page.object_list, timezone.localdate())
    table = requests_table(shown, "Closed requests" if closed else "Open requests", EMPTY[closed])
    context = {"table": table, "page": page, "tabs": _tabs(closed), "decides": decides(viewer)}
    return render(request, "transitions/requests.html", context)


@requires("access.borrow")
@require_http_methods(["GET", "POST"])
def request_open(request: HttpRequest, ref: str) -> HttpResponse:
    """Open the record of a request's child for a while, to whoever has to decide the request."""
    viewer, now = viewer_of(request), timezone.now()
    if not decides(viewer):
        raise PermissionDenied("access.borrow")
    found = get_object_or_404(requests_for(viewer), ref=ref)
    if Child.objects.visible_to(viewer).filter(pk=found.child_id).exists():
        return redirect("recording:one", ref=found.ref)
    label = "What do you need the record for?"
    form = ReasonForm(request.POST or None, label=label, initial={"reason": WHY})
    if form.is_valid():
        try:
            open_for_a_while(found, by=viewer, at=now, why=form.cleaned_data["reason"])
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The record is open to you for a while.")
            return redirect("recording:one", ref=found.ref)
    return render(request, "transitions/request_open.html", {"form": form})


def _tabs(closed: bool) -> list[NavItem]:
    here = reverse("transitions:requests")
    return [
        NavItem("Open", here, active=not closed),
        NavItem("Closed", f"{here}?closed=yes", active=closed),
    ]

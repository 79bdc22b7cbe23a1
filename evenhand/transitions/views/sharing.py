"""Sharing the list with an adult service, and what was shared."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import requires
from evenhand.design.paging import page_of
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.transitions import protocol
from evenhand.transitions.actions import share_list
from evenhand.transitions.forms import ShareForm
from evenhand.transitions.queries import shares as queries
from evenhand.transitions.tables import board as tables


@requires("transitions.manage")
@require_http_methods(["GET", "POST"])
def shares(request: HttpRequest) -> HttpResponse:
    """Share the list, and see what was shared before."""
    viewer, now = viewer_of(request), timezone.now()
    form = ShareForm(request.POST or None)
    if form.is_valid():
        routes = {one.id: one.route for one in protocol.recipients()}
        route = routes[form.cleaned_data["recipient"]]
        names = queries.names_for(viewer, timezone.localdate(now), route)
        try:
            made = share_list(by=viewer, at=now, names=names, route=route, **form.cleaned_data)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Shared, and written down.")
            return redirect("transitions:one-share", ref=made.ref)
    page = page_of(queries.shares_for(viewer), request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "table": tables.shares_table(page.object_list),
        "due": queries.next_due(now),
        "number": len(queries.names_for(viewer, timezone.localdate(now))),
    }
    return render(request, "transitions/shares.html", context)


@requires("transitions.manage")
@require_GET
def one_share(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one list as it was shared, to print or to copy."""
    found = get_object_or_404(queries.shares_for(viewer_of(request)), ref=ref)
    names = queries.names_on(found, viewer_of(request))
    labels = {one.id: one.label for one in protocol.recipients()}
    context = {
        "share": found,
        "recipient": labels.get(found.recipient, found.recipient),
        "table": tables.names_table(names),
        "more": found.number - len(names),
    }
    return render(request, "transitions/share.html", context)

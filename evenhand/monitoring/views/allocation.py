"""What is shared out between areas, beside need; and what was decided on looking at it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.equality.progress import value
from evenhand.equality.queries import counted_on
from evenhand.monitoring.actions import note_decision, share_out
from evenhand.monitoring.forms import DecisionForm, ResourceForm
from evenhand.monitoring.queries.allocation import allocation_of, resources_for
from evenhand.monitoring.tables import figures
from evenhand.problems import Problem


@requires("monitoring.view")
@require_GET
def resources(request: HttpRequest) -> HttpResponse:
    """List what is shared out."""
    viewer = cast(User, request.user)
    page = page_of(resources_for(viewer), request.GET.get("page"))
    context = {
        "page": page,
        "table": figures.resources_table(page.object_list),
        "may_tell": may(viewer, "monitoring.manage"),
    }
    return render(request, "monitoring/resources.html", context)


@requires("monitoring.manage")
@require_http_methods(["GET", "POST"])
def new_resource(request: HttpRequest) -> HttpResponse:
    """Tell how something is shared out between areas."""
    form = ResourceForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            made = share_out(by=cast(User, request.user), at=timezone.now(), **form.told)
        except Problem as problem:
            form.add_error("kind", str(problem))
        else:
            messages.success(request, "Recorded.")
            return redirect("monitoring:resource", ref=made.ref)
    return render(request, "monitoring/new_resource.html", {"form": form})


@requires("monitoring.view")
@require_GET
def resource(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what one area has beside its need, and what was decided."""
    viewer = cast(User, request.user)
    found = get_object_or_404(resources_for(viewer), ref=ref)
    allocation = allocation_of(viewer, found)
    context = {
        "resource": found,
        "answer": figures.allocation_answer(allocation, float(value("share-gap", counted_on()))),
        "table": figures.allocation_table(allocation),
        "may_decide": may(viewer, "monitoring.manage"),
    }
    return render(request, "monitoring/resource.html", context)


@requires("monitoring.manage")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """Note what was decided."""
    viewer = cast(User, request.user)
    found = get_object_or_404(resources_for(viewer), ref=ref)
    initial = {"decision": found.decision, "decided_on": found.decided_on}
    form = DecisionForm(request.POST or None, today=timezone.localdate(), initial=initial)
    if form.is_valid():
        note_decision(found, by=viewer, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Noted.")
        return redirect("monitoring:resource", ref=found.ref)
    return render(request, "monitoring/decide.html", {"form": form, "resource": found})

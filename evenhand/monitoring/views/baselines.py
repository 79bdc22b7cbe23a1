"""Baselines: freezing every measure under a name, and one then and now."""

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
from evenhand.equality.queries import counted_on
from evenhand.monitoring.actions import freeze
from evenhand.monitoring.forms import FreezeForm, WayForm
from evenhand.monitoring.queries import baselines as queries
from evenhand.monitoring.queries.who import sees_exactly
from evenhand.monitoring.tables.figures import baselines_table, block_table
from evenhand.problems import Problem


@requires("monitoring.view")
@require_GET
def baselines(request: HttpRequest) -> HttpResponse:
    """List the baselines."""
    viewer = cast(User, request.user)
    page = page_of(queries.baselines_for(viewer), request.GET.get("page"))
    context = {
        "page": page,
        "table": baselines_table(page.object_list),
        "may_freeze": may(viewer, "monitoring.manage"),
    }
    return render(request, "monitoring/baselines.html", context)


@requires("monitoring.manage")
@require_http_methods(["GET", "POST"])
def freeze_now(request: HttpRequest) -> HttpResponse:
    """Freeze every measure as it stands."""
    form = FreezeForm(request.POST or None)
    if form.is_valid():
        try:
            viewer = cast(User, request.user)
            made = freeze(by=viewer, at=timezone.now(), name=form.cleaned_data["name"])
        except Problem as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, "Frozen. It never changes from now on.")
            return redirect("monitoring:baseline", ref=made.ref)
    return render(request, "monitoring/freeze.html", {"form": form, "as_at": counted_on()})


@requires("monitoring.view")
@require_GET
def baseline(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a baseline by one dimension: then, and now."""
    viewer = cast(User, request.user)
    found = get_object_or_404(queries.baselines_for(viewer), ref=ref)
    ways = queries.frozen_ways(found.body)
    asked = request.GET.get("by")
    way = asked if asked in {id_ for id_, _ in ways} else ways[0][0]
    now = queries.everything_now(timezone.localdate())
    blocks = queries.then_and_now(viewer, found, way, now)
    context = {
        "baseline": found,
        "form": WayForm(request.GET or None, ways=ways),
        "tables": [block_table(block) for block in blocks],
        "as_frozen": queries.is_as_frozen(found),
        "exact": sees_exactly(viewer),
        "counted_on": counted_on(),
    }
    return render(request, "monitoring/baseline.html", context)

"""The schedule, what is due for review, one child's record, and holds."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.people.queries import child_for
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.retention import actions, queries, tables
from evenhand.retention.adoption import not_restricted
from evenhand.retention.forms import HoldForm, ReleaseForm
from evenhand.retention.kinds import schedule as adopted

PAGE = "retention"
MOST_ADOPTED = 100


def titles() -> dict[str, str]:
    """Return each type's title by its id."""
    return {id_: rule.title for id_, rule in adopted().rules.items()}


@requires("retention.view")
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """List what is due for review, and what waits for a second person."""
    viewer, today = viewer_of(request), timezone.localdate()
    page = page_of(queries.due_for(viewer, today), request.GET.get("page"))
    context = {
        "page": page,
        "due": tables.due_table(page.object_list, titles()),
        "waiting": tables.waiting_table(
            queries.waiting_for(viewer), may_decide=may(viewer, "retention.decide")
        ),
        "adopted": tables.adopted_table(not_restricted(viewer)[:MOST_ADOPTED]),
        "held": queries.holds_for(viewer).filter(child=None).first(),
        "may_decide": may(viewer, "retention.decide"),
    }
    return render(request, "retention/overview.html", context)


@requires("retention.view")
@require_GET
def schedule(request: HttpRequest) -> HttpResponse:
    """Show how long each type of record is kept."""
    table = tables.schedule_table(adopted(), timezone.localdate())
    return render(request, "retention/schedule.html", {"table": table})


@requires("retention.view")
@require_GET
def not_told(request: HttpRequest) -> HttpResponse:
    """List the closed records of which no day can be told."""
    page = page_of(queries.not_told_for(viewer_of(request)), request.GET.get("page"))
    table = tables.not_told_table(page.object_list, titles())
    return render(request, "retention/not_told.html", {"page": page, "table": table})


@requires("retention.view")
@require_GET
def child(request: HttpRequest, ref: str) -> HttpResponse:
    """Show how long one child's record is kept, what holds it, and what was decided."""
    viewer, today = viewer_of(request), timezone.localdate()
    found = child_for(viewer, ref, page=PAGE)
    keeping = queries.keeping_of(found, today)
    context = {
        "child": found,
        "kept": keeping.kept,
        "is_due": keeping.kept is not None and keeping.kept.is_due(today),
        "keeping": tables.keeping_table(keeping),
        "holds": tables.holds_table(queries.holds_on(found)),
        "decisions": tables.decisions_table(queries.decisions_on(found)),
        "may_decide": may(viewer, "retention.decide"),
        "may_file": may(viewer, "filing.record"),
        "may_open": may(viewer, "children.view"),
    }
    return render(request, "retention/child.html", context)


@requires("retention.decide")
@require_GET
def holds(request: HttpRequest) -> HttpResponse:
    """List the holds in force."""
    page = page_of(queries.holds_for(viewer_of(request)), request.GET.get("page"))
    table = tables.holds_table(page.object_list)
    return render(request, "retention/holds.html", {"page": page, "table": table})


@requires("retention.decide")
@require_http_methods(["GET", "POST"])
def hold_all(request: HttpRequest) -> HttpResponse:
    """Hold everybody's records, as for an inquiry."""
    form = HoldForm(request.POST or None)
    if form.is_valid():
        try:
            viewer = viewer_of(request)
            actions.place_hold(None, by=viewer, at=timezone.now(), **form.cleaned_data)
        except Problem as problem:
            form.add_error("review_on", str(problem))
        else:
            messages.success(request, "Held. Nothing is disposed of until it is released.")
            return redirect("retention:holds")
    return render(request, "retention/hold.html", {"form": form})


@requires("retention.decide")
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, ref: str) -> HttpResponse:
    """Hold one child's record."""
    viewer = viewer_of(request)
    found = child_for(viewer, ref, page=PAGE)
    form = HoldForm(request.POST or None)
    if form.is_valid():
        try:
            actions.place_hold(found, by=viewer, at=timezone.now(), **form.cleaned_data)
        except Problem as problem:
            form.add_error("review_on", str(problem))
        else:
            messages.success(request, "Held. Nothing of it is disposed of until it is released.")
            return redirect("retention:child", ref=found.ref)
    return render(request, "retention/hold.html", {"form": form, "child": found})


@requires("retention.decide")
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one hold, and release it."""
    viewer = viewer_of(request)
    found = get_object_or_404(queries.holds_for(viewer), ref=ref)
    child = child_for(viewer, found.child.ref, page=PAGE) if found.child else None
    form = ReleaseForm(request.POST or None)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.release_hold(found, by=viewer, at=timezone.now(), reason=reason)
        except Problem as problem:
            form.add_error("reason", str(problem))
        else:
            messages.success(request, "Released. It can be reviewed again.")
            return redirect("retention:holds")
    context = {"form": form, "hold": found, "child": child}
    return render(request, "retention/release.html", context)

"""What somebody says is wrong: asked, decided with reasons, told, and put right at its source."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.people.models import Child
from evenhand.people.queries import child_for
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.retention import actions, queries, tables
from evenhand.retention.disputing import disputables
from evenhand.retention.forms import CorrectionDecisionForm, CorrectionForm, ToldForm
from evenhand.retention.models import Correction

PAGE = "corrections"
ASKED = Correction.Standing.ASKED


@requires("corrections.record")
@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    """List what is said to be wrong of the viewer's children."""
    page = page_of(queries.corrections_for(viewer_of(request)), request.GET.get("page"))
    table = tables.corrections_table(page.object_list)
    return render(request, "retention/corrections.html", {"page": page, "table": table})


@requires("corrections.source")
@require_GET
def at_source(request: HttpRequest) -> HttpResponse:
    """List what is to be put right in the case system, by its numbers there."""
    page = page_of(queries.at_source(), request.GET.get("page"))
    table = tables.at_source_table(page.object_list)
    return render(request, "retention/at_source.html", {"page": page, "table": table})


@requires("corrections.record")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    """Record that somebody says a record is wrong."""
    viewer, now = viewer_of(request), timezone.now()
    child = child_for(viewer, ref, page=PAGE, at=now)
    offered = {one.key: one for one in disputables(child, viewer)}
    today = timezone.localdate(now)
    form = CorrectionForm(request.POST or None, offered=offered.values(), today=today)
    if form.is_valid():
        try:
            given = dict(form.cleaned_data)
            about = offered[given.pop("about")]
            made = actions.ask_correction(child, by=viewer, at=now, about=about, **given)
        except Problem as problem:
            form.add_error("about", str(problem))
        else:
            messages.success(request, "Recorded. It is shown beside the record meanwhile.")
            return redirect("retention:correction", ref=made.ref)
    return render(request, "retention/ask_correction.html", {"form": form, "child": child})


@requires("corrections.record")
@require_GET
def correction(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one: both versions, and what came of it."""
    viewer = viewer_of(request)
    found, child = _found(viewer, ref)
    context = {
        "correction": found,
        "child": child,
        "rows": tables.correction_rows(found),
        "may_decide": may(viewer, "corrections.decide") and found.standing == ASKED,
        "is_refused": found.standing == Correction.Standing.REFUSED,
        "to_tell": ToldForm() if found.standing != ASKED and found.told_on is None else None,
        "may_open": may(viewer, "children.view"),
    }
    return render(request, "retention/correction.html", context)


@requires("corrections.decide")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """Decide whether the record is wrong."""
    viewer = viewer_of(request)
    found, child = _found(viewer, ref)
    form = CorrectionDecisionForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        is_right, reason, now = given["is_right"] == "yes", given["reason"], timezone.now()
        try:
            actions.decide_correction(found, by=viewer, at=now, is_right=is_right, reason=reason)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Decided. Tell the person, and write down when.")
            return redirect("retention:correction", ref=found.ref)
    context = {
        "correction": found,
        "child": child,
        "rows": tables.correction_rows(found),
        "form": form,
    }
    return render(request, "retention/decide_correction.html", context)


def _found(viewer: User, ref: str) -> tuple[Correction, Child]:
    found = get_object_or_404(queries.corrections_for(viewer), ref=ref)
    return found, child_for(viewer, found.child.ref, page=PAGE)


@requires("corrections.record")
@require_http_methods(["POST"])
def told(request: HttpRequest, ref: str) -> HttpResponse:
    """Keep the day on which the person was told."""
    viewer = viewer_of(request)
    found, _ = _found(viewer, ref)
    form = ToldForm(request.POST)
    try:
        if form.is_valid():
            actions.tell(found, by=viewer, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Kept.")
        else:
            messages.error(request, " ".join(e for es in form.errors.values() for e in es))
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("retention:correction", ref=found.ref)

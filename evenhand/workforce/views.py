"""Supervision, absences, posts, development plans, and what people need to learn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User, Worker
from evenhand.accounts.permissions import may, requires
from evenhand.design.forms import EvenhandForm
from evenhand.design.paging import ON_A_PAGE, page_of
from evenhand.people.views.forming import Page, taken
from evenhand.people.views.requests import viewer_of
from evenhand.workforce import actions, forms
from evenhand.workforce.models import Absence, DevelopmentPlan, Supervision
from evenhand.workforce.queries import people
from evenhand.workforce.queries.months import (
    counts_by_team,
    missed,
    months_by_worker,
    months_of,
    months_shown,
)
from evenhand.workforce.queries.needs import needs_for
from evenhand.workforce.queries.told import reports_of
from evenhand.workforce.tables import months as tables
from evenhand.workforce.tables import needs as need_tables


@requires("workforce.view")
@require_GET
def supervision(request: HttpRequest) -> HttpResponse:
    """Show one's own months, one's people's with what was missed, and counts team by team."""
    viewer, now = viewer_of(request), timezone.now()
    shown, worker = months_shown(now), viewer.worker
    everybody = list(people.own_people(viewer, timezone.localdate(now)))
    months = months_by_worker([*everybody, *([worker] if worker else [])], shown[0], now)
    context: dict[str, Any] = {"now": now, "has_up": may(viewer, "performance.view")}
    if worker is not None:
        context["own"] = tables.worker_table(months[worker.pk], "My supervision, month by month")
    if may(viewer, "workforce.record"):
        page = Paginator(everybody, ON_A_PAGE).get_page(request.GET.get("page"))
        context["people"] = tables.people_table(page.object_list, months, shown)
        context["gaps"] = tables.missed_table(missed(everybody, months), "Not supervised")
        context["page"] = page
    counted = counts_by_team(viewer, shown[0], now)
    context["teams"] = tables.teams_table(counted, shown) if counted else None
    return render(request, "workforce/supervision.html", context)


@requires("workforce.view")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show the viewer's own months, supervisions and development plans, as their line sees them."""
    found = viewer_of(request).worker
    if found is None:
        return render(request, "workforce/nobody.html")
    return _page(request, found, is_managed=False)


@requires("workforce.record")
@require_GET
def worker(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one of the viewer's people: months, absences and plans."""
    return _page(request, _managed(viewer_of(request), ref), is_managed=True)


@requires("workforce.view")
@require_GET
def held(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one supervision with what was said."""
    viewer = viewer_of(request)
    found = get_object_or_404(people.supervisions_for(viewer), ref=ref)
    is_managed = people.line_of(viewer).filter(pk=found.worker_id).exists()
    report = reports_of([found]).get(found.pk)
    context = {
        "one": found, "by": tables.by_whom(found), "report": report, "is_managed": is_managed,
    }  # fmt: skip
    return render(request, "workforce/held.html", context)


@requires("workforce.record")
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down that one of the viewer's people was supervised."""
    viewer = viewer_of(request)
    found = _managed(viewer, ref)
    form = forms.SupervisionForm(request.POST or None, today=timezone.localdate())

    def act(by: User, at: datetime) -> None:
        actions.record_supervision(found, by=by, at=at, **form.given(viewer.worker))

    return _taken(request, form, found, f"Write down a supervision of {found}", act)


@requires("workforce.record")
@require_http_methods(["GET", "POST"])
def away(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down when one of the viewer's people is away."""
    found = _managed(viewer_of(request), ref)
    form = forms.AbsenceForm(request.POST or None)

    def act(by: User, at: datetime) -> None:
        actions.record_absence(found, by=by, at=at, **form.cleaned_data)

    return _taken(request, form, found, f"When {found} is away", act)


@requires("workforce.record")
@require_http_methods(["GET", "POST"])
def back(request: HttpRequest, ref: str) -> HttpResponse:
    """Say until when one of the viewer's people is away."""
    absence = get_object_or_404(Absence.objects.select_related("worker"), ref=ref)
    found = _managed(viewer_of(request), absence.worker.ref)
    form = forms.BackForm(request.POST or None, absence=absence)

    def act(by: User, at: datetime) -> None:
        actions.end_absence(absence, by=by, at=at, **form.cleaned_data)

    return _taken(request, form, found, f"When {found} is back", act)


@requires("workforce.record")
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down when one of the viewer's people began and left."""
    found = _managed(viewer_of(request), ref)
    form = forms.PostForm(request.POST or None, post=people.post_of(found))

    def act(by: User, at: datetime) -> None:
        actions.record_post(found, by=by, at=at, **form.cleaned_data)

    return _taken(request, form, found, f"The post of {found}", act)


@requires("workforce.record")
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down the development plan of one of the viewer's people."""
    found = _managed(viewer_of(request), ref)
    form = forms.PlanForm(request.POST or None, today=timezone.localdate())

    def act(by: User, at: datetime) -> None:
        actions.record_plan(found, by=by, at=at, **form.given())

    return _taken(request, form, found, f"Development plan of {found}", act)


@requires("workforce.record")
@require_http_methods(["GET", "POST"])
def in_error(request: HttpRequest, ref: str) -> HttpResponse:
    """Take back a supervision, an absence or a plan that was written down by mistake."""
    row = _row(ref)
    found = _managed(viewer_of(request), row.worker.ref)
    form = forms.ErrorForm(request.POST or None)

    def act(by: User, at: datetime) -> None:
        actions.enter_in_error(row, by=by, at=at, **form.cleaned_data)

    return _taken(request, form, found, f"Written down by mistake: {found}", act)


@requires("workforce.view")
@require_GET
def needs(request: HttpRequest) -> HttpResponse:
    """Show what people need to learn, of how many it is known, and whom a manager has to ask."""
    viewer, now = viewer_of(request), timezone.now()
    found = needs_for(viewer, now)
    leads = may(viewer, "workforce.record")
    context = {
        "now": now,
        "words": need_tables.coverage_words(found.whole) if found.whole.of else "",
        "coverage": need_tables.coverage_table(found),
        "needs": need_tables.needs_table(found.asked_for),
        "missing": need_tables.missing_table(found.missing) if leads else None,
        "worker": viewer.worker,
    }
    return render(request, "workforce/needs.html", context)


def _taken(
    request: HttpRequest, form: EvenhandForm, found: Worker, title: str,
    act: Callable[[User, datetime], None],
) -> HttpResponse:  # fmt: skip
    """Show the form; once it is whole, act on it and go back to the worker's page."""
    back = reverse("workforce:worker", args=[found.ref])

    def acted(by: User, at: datetime) -> str:
        act(by, at)
        return back

    return taken(request, form, Page(title, "Save", str(found), back), acted)


def _page(request: HttpRequest, found: Worker, *, is_managed: bool) -> HttpResponse:
    now = timezone.now()
    page = page_of(people.supervisions_of(found), request.GET.get("page"))
    plans, absences = people.plans_of(found), list(people.absences_of(found))
    held = list(page.object_list)
    context = {
        "worker": found,
        "is_managed": is_managed,
        "post": people.post_of(found),
        "months": tables.worker_table(months_of(found, months_shown(now)[0], now), "By month"),
        "held": tables.supervisions_table(held, reports_of(held), "Supervision that was held"),
        "page": page,
        "plans": need_tables.plans_table(plans, may_record=is_managed),
        "absences": need_tables.absences_table(
            absences, reports_of(absences), may_record=is_managed
        ),
    }
    return render(request, "workforce/worker.html", context)


def _managed(viewer: User, ref: str) -> Worker:
    """Return one of the viewer's people; 404 for anybody else, the viewer too."""
    found: Worker = get_object_or_404(people.line_of(viewer), ref=ref)
    return found


def _row(ref: str) -> Supervision | Absence | DevelopmentPlan:
    for model in (Supervision, Absence, DevelopmentPlan):
        found = model._default_manager.select_related("worker").filter(ref=ref).first()
        if found is not None:
            row: Supervision | Absence | DevelopmentPlan = found
            return row
    raise Http404

"""The monitoring plan, one of its data sets, and recording a look at it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.monitoring.actions.running import record_run
from evenhand.monitoring.forms_of_inspections import RunForm
from evenhand.monitoring.plan import Dataset, dataset_called
from evenhand.monitoring.queries.plan import plan_for, runs_of
from evenhand.monitoring.tables import plan as tables
from evenhand.problems import Problem


@requires("monitoring.view")
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """Show what is looked at, how often, by whom, how complete it is, and what is overdue."""
    found = plan_for(cast(User, request.user), timezone.localdate())
    context = {"answer": tables.answer(found), "table": tables.plan_table(found)}
    return render(request, "monitoring/plan.html", context)


@requires("monitoring.view")
@require_GET
def dataset(request: HttpRequest, dataset: str) -> HttpResponse:
    """Show one data set with every look at it."""
    viewer, found = cast(User, request.user), _found(dataset)
    page = page_of(runs_of(viewer, found), request.GET.get("page"))
    mine = [one for one in plan_for(viewer, timezone.localdate()) if one.dataset == found]
    context = {
        "dataset": found,
        "now": tables.plan_table(mine),
        "page": page,
        "table": tables.runs_table(page.object_list),
        "may_look": may(viewer, "monitoring.run"),
    }
    return render(request, "monitoring/dataset.html", context)


@requires("monitoring.run")
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, dataset: str) -> HttpResponse:
    """Record a look at a data set."""
    found = _found(dataset)
    form = RunForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        by = cast(User, request.user)
        try:
            record_run(by=by, at=timezone.now(), dataset=found.id, **form.cleaned_data)
        except Problem as problem:
            form.add_error("words", str(problem))
        else:
            messages.success(request, "Recorded.")
            return redirect("monitoring:dataset", dataset=found.id)
    return render(request, "monitoring/look.html", {"form": form, "dataset": found})


def _found(id_: str) -> Dataset:
    found = dataset_called(id_)
    if found is None:
        raise Http404
    return found

"""Inspectors' judgements: the register, one of them, recording one, and answering it."""

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
from evenhand.equality.queries.left_out import left_out_words
from evenhand.monitoring.actions.judging import act_on, record_judgement, take_judgement_back
from evenhand.monitoring.forms_of_inspections import AnswerForm, JudgementForm, TakeBackForm
from evenhand.monitoring.judgements import scale
from evenhand.monitoring.queries.judgements import actions_on, judgements_for
from evenhand.monitoring.queries.outcomes import outcomes_of
from evenhand.monitoring.tables import judgements as tables
from evenhand.monitoring.tables.outcomes import compared_table
from evenhand.problems import Problem
from evenhand.work.tables import tasks_table


@requires("monitoring.view")
@require_GET
def judgements(request: HttpRequest) -> HttpResponse:
    """List what inspectors judged."""
    viewer = cast(User, request.user)
    page = page_of(judgements_for(viewer), request.GET.get("page"))
    actions = actions_on(viewer, page.object_list)
    context = {
        "page": page,
        "table": tables.register_table(page.object_list, actions),
        "may_record": may(viewer, "judgements.record"),
        "whose_reading": scale().whose_reading,
    }
    return render(request, "monitoring/judgements.html", context)


@requires("monitoring.view")
@require_GET
def judgement(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one judgement, what is done about it, and how children of that area fare."""
    viewer = cast(User, request.user)
    found = get_object_or_404(judgements_for(viewer), ref=ref)
    area, actions = scale().area(found.area), actions_on(viewer, [found]).get(found.ref, [])
    outcomes = outcomes_of(viewer, area.outcomes, scale().outcomes_by)
    context = {
        "judgement": found,
        "area": area,
        "rows": tables.judgement_rows(found, actions),
        "actions": tasks_table(
            actions, timezone.localdate(), caption="Improvement actions",
            empty="Action missing: nothing is said to be done about this yet.",
        ),
        "outcomes": [compared_table(one) for one in outcomes],
        "is_suppressed": any(one.is_suppressed for one in outcomes),
        "left_out": left_out_words(viewer, None, counted_on()),
        "may_record": may(viewer, "judgements.record"),
    }  # fmt: skip
    return render(request, "monitoring/judgement.html", context)


@requires("judgements.record")
@require_http_methods(["GET", "POST"])
def new_judgement(request: HttpRequest) -> HttpResponse:
    """Record a judgement."""
    form = JudgementForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        by = cast(User, request.user)
        try:
            made = record_judgement(by=by, at=timezone.now(), **form.cleaned_data)
        except Problem as problem:
            form.add_error("area", str(problem))
        else:
            messages.success(request, "Recorded. Say now what is to be done about it.")
            return redirect("monitoring:judgement", ref=made.ref)
    return render(request, "monitoring/new_judgement.html", {"form": form})


@requires("judgements.record")
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    """Open an improvement action that answers a judgement."""
    viewer = cast(User, request.user)
    found = get_object_or_404(judgements_for(viewer), ref=ref)
    form = AnswerForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        act_on(found, by=viewer, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "The action is opened, and stands with the judgement.")
        return redirect("monitoring:judgement", ref=found.ref)
    context = {"form": form, "judgement": found, "area": scale().area(found.area)}
    return render(request, "monitoring/answer.html", context)


@requires("judgements.record")
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a judgement back that was recorded in error."""
    viewer = cast(User, request.user)
    found = get_object_or_404(judgements_for(viewer), ref=ref)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        try:
            take_judgement_back(found, by=viewer, at=timezone.now(), **form.cleaned_data)
        except Problem as problem:
            form.add_error("reason", str(problem))
        else:
            messages.success(request, "Taken back. Its history stays.")
            return redirect("monitoring:judgements")
    context = {"form": form, "judgement": found, "area": scale().area(found.area)}
    return render(request, "monitoring/take_back_judgement.html", context)

"""One slot: what is planned, what is done, its panel, and moving and closing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import may, requires
from evenhand.audits import pack
from evenhand.audits.actions import panel as panels
from evenhand.audits.actions import programme as actions
from evenhand.audits.forms_programme import CloseForm, JoinForm, LeaveForm, MoveForm, PlanForm
from evenhand.audits.models import Slot
from evenhand.audits.queries.beside import beside
from evenhand.audits.queries.panel import lacking, members_of
from evenhand.audits.queries.programme import one_slot_for, standings_of
from evenhand.audits.queries.samples import doors, samples_for
from evenhand.audits.queries.slots import audits_in, children_seen, closed_why, people_for
from evenhand.audits.queries.year import Placed
from evenhand.audits.tables import programme as tables
from evenhand.audits.tables import slots as lists
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem


@requires("audits.view")
@require_GET
def slot(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one slot with its audits, its samples and its panel."""
    viewer, now = viewer_of(request), timezone.now()
    found = _found(request, ref)
    placed = Placed(found, standings_of([found], now)[found.pk])
    audits = list(audits_in(found, viewer))
    members, line = members_of(found), pack.lines().get(found.line)
    context = {
        "slot": found,
        "title": tables.title_of_slot(found),
        "rows": tables.slot_rows(placed),
        "closed_why": closed_why(found),
        "audits": lists.audits_table(audits, children_seen(audits, viewer)),
        "samples": lists.samples_table(samples_for(viewer).filter(slot=found)),
        "panel": tables.panel_table(members) if members or (line and line.panel) else None,
        "lacking": lacking(found, members),
        "beside": beside(found, viewer, now),
        "doors": doors(found, viewer),
        "may_manage": may(viewer, "audits.manage") and found.closed_at is None,
    }
    return render(request, "audits/slot.html", context)


@requires("audits.manage")
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, ref: str) -> HttpResponse:
    """Say who coordinates a slot, and when it is held."""
    found = _found(request, ref)
    form = PlanForm(_given(request), held=found, people=list(people_for(found)))
    return _acted(request, found, form, actions.plan, "Planned.", "Plan it")


@requires("audits.manage")
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, ref: str) -> HttpResponse:
    """Move a slot to another month."""
    found, today = _found(request, ref), timezone.localdate()
    form = MoveForm(_given(request), today=today, held=found)
    return _acted(request, found, form, actions.move, "Moved.", "Move it")


@requires("audits.manage")
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a slot."""
    found = _found(request, ref)
    form = CloseForm(_given(request), held=found)
    return _acted(request, found, form, actions.close, "Closed.", "Close it")


@requires("audits.manage")
@require_http_methods(["GET", "POST"])
def panel(request: HttpRequest, ref: str) -> HttpResponse:
    """Put somebody on a slot's panel."""
    found = _found(request, ref)
    form = JoinForm(_given(request))
    return _acted(request, found, form, panels.join, "On the panel.", "Add to the panel")


@requires("audits.manage")
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, ref: str) -> HttpResponse:
    """Take somebody off a slot's panel."""
    found = _found(request, ref)
    form = LeaveForm(_given(request), members=members_of(found))
    return _acted(request, found, form, _left, "Taken off the panel.", "Take off the panel")


def _left(_slot: Slot, **told: Any) -> object:
    return panels.leave(told.pop("member"), **told)


def _acted(
    request: HttpRequest, found: Slot, form: Any, act: Callable[..., object], said: str, words: str
) -> HttpResponse:
    """Ask with the form, do what it says, and go back to the slot."""
    if form.is_valid():
        try:
            act(found, by=viewer_of(request), at=timezone.now(), **form.given)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, said)
            return redirect("audits:slot", ref=found.ref)
    title = tables.title_of_slot(found)
    context = {"slot": found, "title": title, "form": form, "words": words}
    return render(request, "audits/slot_form.html", context)


def _given(request: HttpRequest) -> Any:
    """Return what was sent; an empty form that was sent is an answer, too."""
    return request.POST if request.method == "POST" else None


def _found(request: HttpRequest, ref: str) -> Slot:
    return get_object_or_404(one_slot_for(viewer_of(request)), ref=ref)

"""Giving files to auditors: which are not done, to whom, and to whom instead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.audits.actions import giving as actions
from evenhand.audits.forms_conduct import AnotherForm, GiveForm, LeaveAuditForm
from evenhand.audits.models import Audit
from evenhand.audits.queries.fitting import could_audit, fit_for, unfit
from evenhand.audits.queries.reach import audits_for, closed_to_auditors
from evenhand.audits.tables import conduct as tables
from evenhand.audits.views.looking import looked_at
from evenhand.audits.views.samples import slot_to_draw
from evenhand.design.paging import page_of
from evenhand.people.views.forming import Page, taken
from evenhand.people.views.requests import viewer_of


@requires("audits.draw")
@require_GET
def given(request: HttpRequest) -> HttpResponse:
    """Show the audits that are not done yet, with who does them."""
    rows = audits_for(viewer_of(request)).filter(state=Audit.State.OPEN)
    page = page_of(rows.order_by("auditor__is_active", "due_on", "pk"), request.GET.get("page"))
    shown = list(page.object_list)
    table = tables.open_table(shown, closed_to_auditors(shown))
    return render(request, "audits/given.html", {"table": table, "page": page})


@requires("audits.draw")
@require_http_methods(["GET", "POST"])
def give_of_slot(request: HttpRequest, ref: str) -> HttpResponse:
    """Give an audit that is of no file to an auditor."""
    slot = slot_to_draw(viewer_of(request), ref)
    people = [
        one for one in could_audit(slot.type, slot, timezone.localdate())
        if not unfit(one, slot.type, slot, child=None, worker=None, team=slot.team)
    ]  # fmt: skip
    form = GiveForm(request.POST or None, people=people)
    back = reverse("audits:slot", args=[slot.ref])

    def act(by: User, at: datetime) -> str:
        told = form.cleaned_data
        auditor = _named(people, told["auditor"])
        actions.give_of_slot(slot, auditor, by=by, at=at, due_on=told["due_on"])
        return back

    page = Page("Give an audit to somebody", "Give it", "The slot", back)
    return taken(request, form, page, act, "Given.")


@requires("audits.draw")
@require_http_methods(["GET", "POST"])
def another(request: HttpRequest, ref: str) -> HttpResponse:
    """Give an open audit to somebody else; what is written of it goes with it."""
    found = _open(request, ref)
    people = fit_for(found, timezone.localdate())
    form = AnotherForm(request.POST or None, people=people, held=found)
    back = reverse("audits:audit", args=[found.ref])

    def act(by: User, at: datetime) -> str:
        told = form.cleaned_data
        auditor = _named(people, told["auditor"])
        actions.reallocate(found, auditor, by=by, at=at, version=form.seen, why=told["why"])
        return reverse("audits:given")

    before = f"What {found.auditor.name} wrote is kept, and goes to whoever you name."
    page = Page("Give it to somebody else", "Give it", tables.title_of(found), back, before)
    return taken(request, form, page, act, "Given.")


@requires("audits.draw")
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, ref: str) -> HttpResponse:
    """Say that an open audit is not to be done."""
    found = _open(request, ref)
    form = LeaveAuditForm(request.POST or None, held=found)
    back = reverse("audits:audit", args=[found.ref])

    def act(by: User, at: datetime) -> str:
        actions.leave(found, by=by, at=at, **form.given)
        return reverse("audits:given")

    page = Page("This audit is not to be done", "Leave it", tables.title_of(found), back)
    return taken(request, form, page, act)


def _open(request: HttpRequest, ref: str) -> Audit:
    rows = audits_for(viewer_of(request)).filter(state=Audit.State.OPEN)
    return looked_at(request, rows, ref)


def _named(people: Iterable[User], ref: str) -> User:
    return next(one for one in people if one.ref == ref)

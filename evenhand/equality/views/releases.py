"""Letting figures by group out: proposing, the second person's look, the register, the files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.accounts.references import new_reference
from evenhand.analytics.profiles import Profile
from evenhand.design.paging import page_of
from evenhand.equality import queries
from evenhand.equality.actions import propose_figures, release_figures, send_back, withdraw
from evenhand.equality.exports import KINDS, file_of
from evenhand.equality.models import Release
from evenhand.equality.pathway import step_called
from evenhand.equality.queries import Asked
from evenhand.equality.releasing.checking import checked, faults_of
from evenhand.equality.releasing.figures import Compared, Figures
from evenhand.equality.releasing.forms import (
    LET_OUT,
    DecisionForm,
    ProposalForm,
    RegisterFilter,
    WithdrawForm,
)
from evenhand.equality.releasing.profiles import profiles_on
from evenhand.equality.tables import fares as tables
from evenhand.equality.tables import releasing
from evenhand.equality.views.fares import asked_of
from evenhand.problems import Problem

State = Release.State


@requires("fares.view")
@require_GET
def releases(request: HttpRequest) -> HttpResponse:
    """List what was released, and to whoever may release what waits for a second person."""
    viewer, form = _viewer(request), RegisterFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    page = page_of(queries.register_for(viewer, **asked), request.GET.get("page"))
    waiting = list(queries.waiting_for(viewer)) if may(viewer, "fares.release") else []
    context = {
        "page": page,
        "form": form,
        "table": releasing.register_table(page.object_list),
        "waiting": releasing.register_table(waiting, caption="Waiting for a second person")
        if waiting
        else None,
    }
    return render(request, "equality/releases.html", context)


@requires("fares.view")
@require_GET
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what was released or proposed, or give what was released as a file."""
    viewer = _viewer(request)
    found = get_object_or_404(queries.any_for(viewer), ref=ref)
    kind = request.GET.get("as", "")
    if kind in KINDS and found.released_at is not None:
        return file_of(found, kind)
    may_release = may(viewer, "fares.release")
    context = {
        "release": found,
        "table": releasing.released_table(found),
        "decides": may_release and found.state == State.PROPOSED,
        "withdraws": may_release and found.state == State.RELEASED,
    }
    return render(request, "equality/release.html", context)


@requires("fares.release")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """Let a second person see what would leave, and let it out or send it back."""
    viewer = _viewer(request)
    found = get_object_or_404(queries.any_for(viewer), ref=ref)
    if found.state != State.PROPOSED:
        return redirect("equality:release", ref=ref)
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        try:
            return _decided(request, found, form)
        except Problem as fault:
            form.add_error(None, str(fault))
    context = {
        "release": found,
        "form": form,
        "table": releasing.released_table(found),
        "faults": faults_of(found),
        "is_own": found.proposed_by_id == viewer.pk,
    }
    return render(request, "equality/decide_release.html", context)


def _decided(request: HttpRequest, found: Release, form: DecisionForm) -> HttpResponse:
    viewer, now = _viewer(request), timezone.now()
    if form.cleaned_data["decision"] == LET_OUT:
        release_figures(found, by=viewer, at=now)
        messages.success(request, "The figures are released, and the record of it is kept.")
    else:
        send_back(found, by=viewer, at=now, reason=form.cleaned_data["reason"])
        messages.success(request, "The figures are sent back. They do not leave.")
    return redirect("equality:release", ref=found.ref)


@requires("fares.release")
@require_http_methods(["GET", "POST"])
def withdraw_release(request: HttpRequest, ref: str) -> HttpResponse:
    """Withdraw released figures with a reason."""
    viewer = _viewer(request)
    found = get_object_or_404(queries.releases_for(viewer), ref=ref)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            withdraw(found, by=viewer, at=timezone.now(), reason=form.cleaned_data["reason"])
        except Problem as fault:
            form.add_error(None, str(fault))
        else:
            said = "The figures are withdrawn. Whoever read them knows them still."
            messages.success(request, said)
            return redirect("equality:release", ref=ref)
    return render(request, "equality/withdraw_release.html", {"release": found, "form": form})


@requires("fares.release")
@require_http_methods(["GET", "POST"])
def release_step(request: HttpRequest, step: str) -> HttpResponse:
    """Propose to let the figures of one step of the pathway out."""
    if step_called(step) is None:
        raise Http404
    return _propose(request, step)


@requires("fares.release")
@require_http_methods(["GET", "POST"])
def release_clock(request: HttpRequest, pack: str, slug: str) -> HttpResponse:
    """Propose to let the figures of one standard out."""
    return _propose(request, f"{pack}/{slug}")


def _propose(request: HttpRequest, measure: str) -> HttpResponse:
    """Show what would leave, small numbers hidden, and propose it once it is said for whom.

    Always of the whole authority and of all children: from parts that are released beside the
    whole, a hidden number could be worked out.
    """
    viewer, asked = _viewer(request), Asked(asked_of(request).dimension)
    one = queries.counts_to_release(viewer, measure, asked)
    if one is None:
        raise Http404
    return propose(request, Compared(one), as_at=queries.counted_on(), back=tables.url_of(one))


def propose(request: HttpRequest, one: Figures, *, as_at: date, back: str) -> HttpResponse:
    """Show what would leave of figures, and propose it once it is said for whom and why.

    For the views of every room that has figures by group: nothing of them leaves otherwise.
    """
    profiles = profiles_on(as_at)
    chosen = {each.id: each for each in profiles}
    form = ProposalForm(request.POST or None, profiles=profiles)
    if form.is_valid():
        try:
            made = _proposed(_viewer(request), one, chosen, form, as_at)
        except Problem as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "The figures are proposed. Somebody else lets them out.")
            return redirect("equality:release", ref=made.ref)
    asked_for = request.POST.get("profile") or request.GET.get("profile", "")
    context = _preview(one, chosen.get(asked_for, profiles[0])) | {
        "form": form,
        "title": one.title,
        "back": back,
        "profiles": profiles,
    }
    return render(request, "equality/start_release.html", context)


def _proposed(
    viewer: User, one: Figures, profiles: Mapping[str, Profile], form: ProposalForm, as_at: date
) -> Release:
    given = form.cleaned_data
    made: Release = propose_figures(
        by=viewer, at=timezone.now(), ref=new_reference(), figures=one,
        profile=profiles[given["profile"]], for_whom=given["for_whom"], why=given["reason"],
        as_at=as_at,
    )  # fmt: skip
    return made


def _preview(one: Figures, profile: Profile) -> dict[str, object]:
    """Return the table as it would leave under a profile, or why it would not."""
    try:
        draft, _ = checked(one, profile, ref="")
    except Problem as fault:
        return {"profile": profile, "refused": fault}
    told = one.leaving(draft, profile)
    table = releasing.shown_table("What would leave", told.rows)
    return {"profile": profile, "table": table, "notes": told.notes}


def _viewer(request: HttpRequest) -> User:
    return cast(User, request.user)

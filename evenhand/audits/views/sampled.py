"""The files of a list: adding one by name, picking one, leaving one out, and giving them away."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evenhand.accounts.permissions import requires
from evenhand.audits.actions import samples as actions
from evenhand.audits.actions.sharing_out import give_all
from evenhand.audits.forms_samples import FindForm, GiveForm, LeaveOutForm, NameForm
from evenhand.audits.queries import samples as queries
from evenhand.audits.queries.fitting import could_audit
from evenhand.audits.queries.programme import one_slot_for
from evenhand.audits.queries.rights import may_draw_like, may_pick, picked_of, picks
from evenhand.audits.tables import programme as titles
from evenhand.audits.tables import samples as tables
from evenhand.audits.views.samples import file_of, sample_of
from evenhand.people.models import Child
from evenhand.people.queries.children import find_children
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem

MOST = 50  # children that a name is looked for among, on one page


@requires("audits.draw")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Add a child's file to a list by name, with the reason."""
    viewer, now = viewer_of(request), timezone.now()
    sample = sample_of(viewer, ref)
    if not may_draw_like(sample, viewer):
        raise PermissionDenied("audits.draw")
    words = request.GET.get("words", "").strip()
    found = list(find_children(viewer, words=words)[:MOST]) if words else []
    form = NameForm(request.POST or None, children=found, asks_why=True)
    if form.is_valid():
        child = _chosen(found, form.cleaned_data["child"])
        why = form.cleaned_data["why_this"]
        try:
            actions.add_named(sample, child, by=viewer, at=now, why=why)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Added, and marked as added by name.")
            return redirect("audits:sample", ref=ref)
    finder = FindForm(request.GET or None)
    context = {"sample": sample, "form": form, "finder": finder, "words": words, "found": found}
    return render(request, "audits/add_file.html", context)


@requires("audits.draw")
@require_http_methods(["GET", "POST"])
def pick(request: HttpRequest, ref: str) -> HttpResponse:
    """Pick the file that somebody else audits: nobody but the manager of the team."""
    viewer, now = viewer_of(request), timezone.now()
    if not picks(viewer):
        raise PermissionDenied("audits.draw")
    slot = get_object_or_404(one_slot_for(viewer), ref=ref)
    if not may_pick(slot, viewer):
        raise PermissionDenied("audits.draw")
    children = list(find_children(viewer, team=slot.team))
    form = NameForm(request.POST or None, children=children, asks_why=False)
    if form.is_valid():
        child = _chosen(children, form.cleaned_data["child"])
        why = form.cleaned_data["why_this"]
        try:
            actions.pick(slot, child, by=viewer, at=now, why=why)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Picked.")
            return redirect("audits:slot", ref=ref)
    context = {
        "slot": slot, "form": form, "title": titles.title_of_slot(slot),
        "outcome": queries.pick_outcome(slot, now), "picked": picked_of(slot),
    }  # fmt: skip
    return render(request, "audits/pick.html", context)


@requires("audits.draw")
@require_http_methods(["GET", "POST"])
def leave_out(request: HttpRequest, ref: str) -> HttpResponse:
    """Leave a file of a list out, and say why."""
    viewer = viewer_of(request)
    file = file_of(viewer, ref)
    if not queries.may_change(file.sample, viewer):
        raise PermissionDenied("audits.draw")
    form = LeaveOutForm(request.POST or None)
    if form.is_valid():
        try:
            why = form.cleaned_data["why_not"]
            actions.leave_out(file, by=viewer, at=timezone.now(), why=why)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Left out.")
            return redirect("audits:sample", ref=file.sample.ref)
    context = {"file": file, "words": tables.file_words(file), "form": form}
    return render(request, "audits/leave_out.html", context)


@requires("audits.draw")
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, ref: str) -> HttpResponse:
    """Give files of a list to an auditor."""
    viewer, now = viewer_of(request), timezone.now()
    sample = sample_of(viewer, ref)
    if not queries.may_change(sample, viewer):
        raise PermissionDenied("audits.draw")
    waiting = [
        (one, f"{one.position}. {tables.file_words(one)}")
        for one in queries.files_for(sample, viewer)
        if tables.is_waiting(one)
    ]
    people = could_audit(sample.type, sample.slot, timezone.localdate(now))
    form = GiveForm(request.POST or None, files=waiting, auditors=people)
    if form.is_valid():
        chosen = [one for one, _ in waiting if one.ref in form.cleaned_data["files"]]
        auditor = next(one for one in people if one.ref == form.cleaned_data["auditor"])
        try:
            give_all(chosen, auditor, by=viewer, at=now)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"Given to {auditor.name}.")
            return redirect("audits:sample", ref=ref)
    context = {"sample": sample, "form": form, "waiting": waiting, "people": people}
    return render(request, "audits/give.html", context)


def _chosen(children: Sequence[Child], ref: str) -> Child:
    return next(one for one in children if one.ref == ref)

"""Deciding on a record, answering as the second person, and certificates of what is gone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.design.paging import page_of
from evenhand.people.queries import child_for
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.retention import actions, queries, tables
from evenhand.retention.files import certificate_pdf
from evenhand.retention.forms import CONFIRM, AnswerForm, DecideForm
from evenhand.retention.grounds import TIME_IS_OVER
from evenhand.retention.models import Certificate, Decision
from evenhand.retention.views.keeping import PAGE, titles
from evenhand.retention.wording import ground


@requires("retention.decide")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """Decide that a record be disposed of, or be kept longer."""
    viewer, today = viewer_of(request), timezone.localdate()
    child = child_for(viewer, ref, page=PAGE)
    form = DecideForm(request.POST or None)
    if form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        given["ground"] = given["ground"] or TIME_IS_OVER
        try:
            actions.decide(child, by=viewer, at=timezone.now(), **given)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Decided. A disposal waits for another person to agree.")
            return redirect("retention:child", ref=child.ref)
    keeping = queries.keeping_of(child, today)
    context = {"form": form, "child": child, "keeping": tables.keeping_table(keeping)}
    return render(request, "retention/decide.html", context)


@requires("retention.decide")
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a disposal that waits, and agree to it or turn it down."""
    viewer = viewer_of(request)
    found = get_object_or_404(queries.waiting_for(viewer), ref=ref)
    child = child_for(viewer, found.child.ref, page=PAGE)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            done = _answered(found, form.cleaned_data, viewer)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            if done is not None:
                messages.success(request, "Disposed of. This certificate is the proof.")
                return redirect("retention:certificate", ref=done.ref)
            messages.success(request, "Turned down. The record stays.")
            return redirect("retention:child", ref=child.ref)
    keeping = queries.keeping_of(child, timezone.localdate())
    context = {
        "form": form,
        "child": child,
        "decision": found,
        "ground": ground(found.ground),
        "keeping": tables.keeping_table(keeping),
    }
    return render(request, "retention/answer.html", context)


def _answered(decision: Decision, given: dict[str, str], viewer: User) -> Certificate | None:
    if given["answer"] == CONFIRM:
        done: Certificate = actions.confirm(decision, by=viewer, at=timezone.now())
        return done
    actions.turn_down(decision, by=viewer, at=timezone.now(), reason=given["reason"])
    return None


@requires("retention.decide")
@require_GET
def certificates(request: HttpRequest) -> HttpResponse:
    """List the certificates of what was disposed of."""
    page = page_of(queries.certificates(), request.GET.get("page"))
    table = tables.certificates_table(page.object_list)
    return render(request, "retention/certificates.html", {"page": page, "table": table})


@requires("retention.decide")
@require_GET
def certificate(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one certificate, or give it as a PDF."""
    found = get_object_or_404(queries.certificates(), ref=ref)
    title = titles().get(found.rule, found.rule)
    if request.GET.get("as") == "pdf":
        response = HttpResponse(certificate_pdf(found, title), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="disposal-{found.ref}.pdf"'
        return response
    context = {
        "certificate": found,
        "rows": tables.certificate_rows(found, title),
        "table": tables.went_table(found),
    }
    return render(request, "retention/certificate.html", context)

"""Services that meet a child's needs: what is recorded, recording one, and ending it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.monitoring.actions import end, record_provision, take_back
from evenhand.monitoring.forms import EndForm, ProvisionForm
from evenhand.monitoring.queries.gaps import provisions_of
from evenhand.monitoring.tables.gaps import provisions_table, service_label
from evenhand.people.queries import child_for
from evenhand.problems import Problem

PAGE = "services"


@requires("provisions.record")
@require_http_methods(["GET", "POST"])
def provisions(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what is recorded of a child's needs, and record a service."""
    viewer = cast(User, request.user)
    child = child_for(viewer, ref, page=PAGE)
    form = ProvisionForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        try:
            record_provision(child, by=viewer, at=timezone.now(), **form.cleaned_data)
        except Problem as problem:
            form.add_error("starts_on", str(problem))
        else:
            messages.success(request, "Recorded. It counts from now on.")
            return redirect("monitoring:provisions", ref=child.ref)
    table = provisions_table(provisions_of(child), may_record=True)
    context = {"child": child, "form": form, "table": table}
    return render(request, "monitoring/provisions.html", context)


@requires("provisions.record")
@require_http_methods(["GET", "POST"])
def provision(request: HttpRequest, ref: str, key: str) -> HttpResponse:
    """End what was recorded, or take it back."""
    viewer = cast(User, request.user)
    child = child_for(viewer, ref, page=PAGE)
    found = get_object_or_404(provisions_of(child), ref=key)
    form = EndForm(request.POST or None)
    if form.is_valid():
        given, by = form.cleaned_data, {"by": viewer, "at": timezone.now()}
        try:
            if given["what"] == "ended":
                end(found, ends_on=given["ends_on"], **by)
            else:
                take_back(found, reason=given["reason"], **by)
        except Problem as problem:
            form.add_error("what", str(problem))
        else:
            messages.success(request, "Recorded.")
            return redirect("monitoring:provisions", ref=child.ref)
    words = service_label(found.service)
    context = {"child": child, "form": form, "found": found, "words": words}
    return render(request, "monitoring/provision.html", context)

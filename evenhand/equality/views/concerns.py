"""Pages about concerns of unfair treatment, and the report on the equality duty."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import Team, User
from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.equality.actions import record_concern
from evenhand.equality.forms import ConcernFilter, ConcernForm, PeriodForm
from evenhand.equality.grounds import aims
from evenhand.equality.priorities import priorities, whose_reading
from evenhand.equality.queries import concerns_for, duty_for, report_for
from evenhand.equality.queries.indicators import indicators_for
from evenhand.equality.tables.concerns import (
    characteristics_table,
    concern_rows,
    concerns_table,
    duty_table,
    grounds_table,
)
from evenhand.equality.tables.indicators import signs_tables
from evenhand.equality.tables.priorities import priorities_table, serving
from evenhand.problems import Problem


@requires("concerns.record")
@require_GET
def concerns(request: HttpRequest) -> HttpResponse:
    """List the concerns the viewer may read: their own, or all where they report on them."""
    viewer, form = cast(User, request.user), ConcernFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    page = page_of(concerns_for(viewer, **asked), request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "table": concerns_table(page.object_list, is_narrowed=any(asked.values())),
        "may_report": may(viewer, "concerns.report"),
        "may_tell": may(viewer, "feedback.record"),
        "may_read_quarter": may(viewer, "feedback.report"),
    }
    return render(request, "equality/concerns.html", context)


@requires("concerns.record")
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Record a concern."""
    teams = Team.objects.order_by("name")
    form = ConcernForm(request.POST or None, teams=teams, today=timezone.localdate())
    if form.is_valid():
        team = teams.filter(ref=form.cleaned_data["team"]).first()
        viewer = cast(User, request.user)
        try:
            made = record_concern(by=viewer, at=timezone.now(), team=team, **form.concern)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The concern is recorded. Nobody's own record was changed.")
            return redirect("equality:concern", ref=made.ref)
    return render(request, "equality/record.html", {"form": form})


@requires("concerns.record")
@require_GET
def concern(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one concern."""
    found = get_object_or_404(concerns_for(cast(User, request.user)), ref=ref)
    return render(request, "equality/concern.html", {"rows": concern_rows(found)})


@requires("concerns.report")
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """Count concerns by the policy's grounds and by the Act's characteristics."""
    form, since, until = _period(request)
    viewer = cast(User, request.user)
    found = report_for(viewer, since=since, until=until)
    signs = indicators_for(viewer, today=timezone.localdate())
    context = {
        "form": form,
        "report": found,
        "signs": signs_tables(signs),
        "risen": [line for line in signs.by_ground if line.rises],
        "grounds": grounds_table(found),
        "characteristics": characteristics_table(found),
    }
    return render(request, "equality/report.html", context)


@requires("concerns.report")
@require_GET
def duty(request: HttpRequest) -> HttpResponse:
    """Report on the three aims of the public sector equality duty."""
    form, since, until = _period(request)
    found = duty_for(cast(User, request.user), since=since, until=until)
    context = {
        "form": form,
        "aims": [(aim, duty_table(aim)) for aim in found],
        "serving": serving(aims(), priorities()),
        "priorities": priorities_table(priorities()) if priorities() else None,
        "whose_reading": whose_reading(),
    }
    return render(request, "equality/duty.html", context)


def _period(request: HttpRequest) -> tuple[PeriodForm, date | None, date | None]:
    form = PeriodForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    return form, given.get("since"), given.get("until")

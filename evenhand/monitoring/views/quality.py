"""Quality of our work by group, as audits grade it; and improvement actions about it."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.once import one_page
from evenhand.accounts.permissions import requires
from evenhand.monitoring.actions.improving import improve_grades, improve_work
from evenhand.monitoring.forms_of_inspections import ImproveForm
from evenhand.monitoring.queries.audited import Quality, Score, quality_for
from evenhand.monitoring.queries.identity import identity_for
from evenhand.monitoring.queries.who import sees_exactly
from evenhand.monitoring.tables import identity as of_identity
from evenhand.monitoring.tables import quality as tables
from evenhand.problems import Problem
from evenhand.work.models import Task
from evenhand.work.queries import about_it

GAP, OTHER = "identity-gap", "other"


@requires("fares.view")
@require_GET
@one_page
def quality(request: HttpRequest) -> HttpResponse:
    """Show grades of audits by group, and who children are in our work, by team and service."""
    viewer, today = cast(User, request.user), timezone.localdate()
    ways, found = quality_for(viewer, today), identity_for(viewer, today)
    groups = [tables.about(one.dimension, row.group) for one in ways for row in one.compared.rows]
    tasks = about_it(viewer, [*groups, of_identity.GAP])
    context = {
        "answer": tables.answer(ways),
        "proposed": [tables.sentence(one, score) for one in ways for score in one.proposed()],
        "grades": [tables.grades_table(one, viewer, tasks) for one in ways],
        "limit": ways[0].limit if ways else None,
        "exact": sees_exactly(viewer),
        "words": of_identity.words(found) if found else "",
        "identity": [of_identity.parts_table(found), of_identity.teams_table(found)]
        if found else [],
        "gap": of_identity.gap_words(found.gap) if found else "",
        "compared": of_identity.compared_table(found, viewer, tasks) if found else None,
        "services": of_identity.services_table(found) if found else None,
        "average": of_identity.average_words(found) if found else "",
    }  # fmt: skip
    return render(request, "monitoring/quality.html", context)


@requires("findings.look_into")
@require_http_methods(["GET", "POST"])
def improve(request: HttpRequest) -> HttpResponse:
    """Open an improvement action about what audits show of a group, or of early help."""
    viewer, now = cast(User, request.user), timezone.now()
    today = timezone.localdate(now)
    groups = _groups(viewer, today)
    offered = {key: tables.lower_words(*each) for key, each in groups.items()}
    offered |= _gap(viewer, today) | {OTHER: "Something else that audits show"}
    form = ImproveForm(
        request.POST or None, today=today, offered=offered,
        initial={"about": request.GET.get("about", OTHER)},
    )  # fmt: skip
    if form.is_valid():
        about = form.cleaned_data.pop("about")
        told = {"by": viewer, "at": now, "why": offered[about], **form.cleaned_data}
        try:
            made = _opened(groups.get(about), about, told)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The action is opened, and stands beside the figures.")
            return redirect("work:task", ref=made.ref)
    return render(request, "monitoring/improve.html", {"form": form})


def _opened(group: tuple[Quality, Score] | None, about: str, told: dict[str, Any]) -> Task:
    if group is not None:
        return improve_grades(group[0].dimension, group[1].row.group, **told)
    return improve_work(of_identity.GAP if about == GAP else "", **told)


def _groups(viewer: User, today: date) -> dict[str, tuple[Quality, Score]]:
    """Return what an action is proposed about, by a key for the form."""
    return {
        tables.about(one.dimension, score.row.group): (one, score)
        for one in quality_for(viewer, today)
        for score in one.proposed()
    }


def _gap(viewer: User, today: date) -> dict[str, str]:
    found = identity_for(viewer, today)
    if found is None or found.gap is None:
        return {}
    return {GAP: of_identity.gap_words(found.gap)}

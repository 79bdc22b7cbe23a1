"""Quality of our work by group, as audits grade it; and improvement actions about it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.once import one_page
from evenhand.accounts.permissions import requires
from evenhand.monitoring.actions.improving import improve_gap, improve_grades
from evenhand.monitoring.forms_of_inspections import AnswerForm
from evenhand.monitoring.queries.audited import Quality, Score, quality_for
from evenhand.monitoring.queries.identity import identity_for
from evenhand.monitoring.queries.who import sees_exactly
from evenhand.monitoring.tables import identity as of_identity
from evenhand.monitoring.tables import quality as tables
from evenhand.problems import Problem
from evenhand.work.models import Task
from evenhand.work.queries import about_it

GAP = "identity-gap"


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
    """Open an improvement action about a group's grades, or about early help and social care."""
    viewer, now = cast(User, request.user), timezone.now()
    why = _why(request, viewer)
    form = AnswerForm(request.POST or None, today=timezone.localdate(now))
    if form.is_valid():
        try:
            made = _opened(request, viewer, why, form.cleaned_data)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The action is opened, and stands beside the figures.")
            return redirect("work:task", ref=made.ref)
    return render(request, "monitoring/improve.html", {"form": form, "why": why})


def _opened(request: HttpRequest, viewer: User, why: str, given: dict[str, object]) -> Task:
    told = {"by": viewer, "at": timezone.now(), "why": why, **given}
    if request.GET.get("by") == GAP:
        return improve_gap(of_identity.GAP, **told)  # type: ignore[arg-type]
    one, score = _asked(request, viewer)
    return improve_grades(one.dimension, score.row.group, **told)  # type: ignore[arg-type]


def _why(request: HttpRequest, viewer: User) -> str:
    """Return what the action answers, without numbers that not everybody may see."""
    if request.GET.get("by") == GAP:
        found = identity_for(viewer, timezone.localdate())
        if found is None or found.gap is None:
            raise Http404
        return of_identity.gap_words(found.gap)
    one, score = _asked(request, viewer)
    whom = one.dimension.children_of(score.row.group)
    return f"Audits score our work with {whom} lower than with all other children."


def _asked(request: HttpRequest, viewer: User) -> tuple[Quality, Score]:
    """Return the group that an action is proposed for; 404 for any other."""
    by, group = request.GET.get("by"), request.GET.get("group")
    for one in quality_for(viewer, timezone.localdate()):
        for score in one.proposed():
            if (one.dimension.id, score.row.group) == (by, group):
                return one, score
    raise Http404

"""From a difference between groups to somebody who looks into it, or changes something."""

from __future__ import annotations

from datetime import datetime
from math import isnan
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.equality import findings, queries, wording
from evenhand.equality.comparison import Comparison, Row
from evenhand.equality.findings import Finding
from evenhand.equality.forms_of_findings import ACT, LookIntoForm
from evenhand.equality.looked_into import teams_of
from evenhand.equality.pathway import step_called
from evenhand.equality.queries import Asked
from evenhand.equality.tables.fares import url_of
from evenhand.equality.views.fares import asked_of, viewer_of
from evenhand.facts.adopted import policy
from evenhand.problems import Problem
from evenhand.work.actions import open_task
from evenhand.work.models import Task

Rows = dict[str, tuple[Comparison, Row]]


@requires("findings.look_into")
@require_http_methods(["GET", "POST"])
def look_into_step(request: HttpRequest, step: str) -> HttpResponse:
    """Ask somebody to look into a difference at one step of the pathway."""
    if step_called(step) is None:
        raise Http404
    return _look_into(request, step)


@requires("findings.look_into")
@require_http_methods(["GET", "POST"])
def look_into_clock(request: HttpRequest, pack: str, slug: str) -> HttpResponse:
    """Ask somebody to look into a difference of one standard."""
    if f"{pack}/{slug}" not in policy().standards:
        raise Http404
    return _look_into(request, f"{pack}/{slug}")


def _look_into(request: HttpRequest, measure: str) -> HttpResponse:
    viewer, asked, now = viewer_of(request), asked_of(request), timezone.now()
    rows = _rows(viewer, measure, asked)
    form = LookIntoForm(
        request.POST or None, groups=_choices(rows), today=timezone.localdate(now),
        initial={"group": _wanted(request, asked), "kind": request.GET.get("do", "finding")},
    )  # fmt: skip
    if form.is_valid():
        one, row = rows[form.cleaned_data.pop("group")]
        try:
            made = _open(viewer, asked, one, row, form.cleaned_data, now)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{made.owner.name} is asked to, and sees it first thing.")
            return redirect("work:task", ref=made.ref)
    return render(request, "equality/look_into.html", _context(form, measure, rows))


def _context(form: LookIntoForm, measure: str, rows: Rows) -> dict[str, Any]:
    kind = findings.kind_of(measure)
    back = url_of(next(iter(rows.values()))[0]) if rows else ""
    return {"form": form, "title": wording.title_of(kind, measure), "back": back, "rows": rows}


def _rows(viewer: User, measure: str, asked: Asked) -> Rows:
    """Return every group that anybody of is counted, by a key for the form."""
    return {
        f"{one.dimension.id}|{row.group}": (one, row)
        for one in queries.fares_of(viewer, measure, asked)
        for row in one.rows
        if row.is_known and row.count.of
    }


def _choices(rows: Rows) -> list[tuple[str, str]]:
    return [(key, _label(one, row)) for key, (one, row) in rows.items()]


def _label(one: Comparison, row: Row) -> str:
    """A group in words, with its share where that may be shown."""
    named = f"{one.dimension.label}: {one.dimension.label_of(row.group)}"
    if row.hidden:
        return f"{named} (numbers hidden)"
    others = "" if isnan(row.others) else f" against {wording.share(row.others)}"
    return f"{named} ({wording.share(row.rate)}{others})"


def _wanted(request: HttpRequest, asked: Asked) -> str:
    return f"{asked.dimension.id}|{request.GET.get('group', '')}"


def _open(
    viewer: User, asked: Asked, one: Comparison, row: Row, given: dict[str, Any], now: datetime
) -> Task:
    """Open the task, with what is counted now as its baseline."""
    teams = teams_of(viewer, asked)
    named = findings.finding_of(one, row, teams)
    finding = named._replace(without=asked.without_unaccompanied)
    said = findings.in_words(one, row)
    is_action = given["kind"] == ACT
    made: Task = open_task(
        by=viewer, at=now, kind=given["kind"], what=given["what"] if is_action else said,
        why=f"{said}." if is_action else _why(one, row), owner=given["owner"],
        team=teams[0] if len(teams) == 1 else None, about=_about(finding, given),
        place=findings.place_of(finding), due_on=given["due_on"],
        behind=_behind(finding, given, now),
    )  # fmt: skip
    return made


def _about(finding: Finding, given: dict[str, Any]) -> str:
    """Two actions about one finding may stand side by side; one look at it is enough."""
    return f"{finding.key}|{given['what'][:60]}" if given["kind"] == ACT else finding.key


def _why(one: Comparison, row: Row) -> str:
    return wording.strength(one, row) if row.differs else wording.flag(one, row)


def _behind(finding: Finding, given: dict[str, Any], now: datetime) -> Any:
    found = findings.behind(finding, now)
    if found is None or not given["review_on"]:
        return found
    return found._replace(review_on=given["review_on"])

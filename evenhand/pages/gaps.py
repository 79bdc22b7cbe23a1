"""What is not done for one child: late promises and unmet lines, for staff and in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.case_files.found import Read
from evenhand.case_files.found import State as Line
from evenhand.case_files.queries import case_file_of
from evenhand.casework.models import Assessment, CarePeriod, NeedPlan, ProtectionPlan
from evenhand.design.components import Cell, Table
from evenhand.people.models import Child
from evenhand.people.queries import child_for
from evenhand.people.queries.reach import of_child
from evenhand.people.views.requests import viewer_of
from evenhand.rules import State
from evenhand.standards import wording
from evenhand.standards.queries import Promise, outcomes_of
from evenhand.standards.tables import url_of

PLAN = ("IOW-2.4.26-i",)


class Gap(NamedTuple):
    """One thing that is not done: for staff, in plain words, since when, under which clauses."""

    title: str
    words: str
    due_on: date | None
    why: str
    clauses: tuple[str, ...]
    url: str


@requires("children.view")
@require_GET
def gaps(request: HttpRequest, ref: str) -> HttpResponse:
    """List what is not done for one child."""
    child, found = _read(request, ref)
    return render(request, "pages/gaps.html", {"child": child, "table": gaps_table(found)})


@requires("children.view")
@require_GET
def to_print(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what is not done for one child in plain words, to print and to give them."""
    child, found = _read(request, ref)
    context = {"child": child, "gaps": found, "today": timezone.localdate()}
    return render(request, "pages/gaps_to_print.html", context)


def gaps_table(found: list[Gap]) -> Table:
    """Return what is not done, with when it was due and what says so."""
    rows = [
        [Cell(one.title, url=one.url, note=one.why), one.due_on, ", ".join(one.clauses)]
        for one in found
    ]
    empty = "Nothing is missing that we can tell."
    return Table("What is not done", ["What", "It was due", "Clause"], rows, empty=empty)


def _read(request: HttpRequest, ref: str) -> tuple[Child, list[Gap]]:
    viewer = viewer_of(request)
    child = child_for(viewer, ref, page="gaps", at=timezone.now())
    return child, list(_gaps(child, viewer))


def _gaps(child: Child, viewer: User) -> Iterator[Gap]:
    """Yield what is late, that late longest first; then no plan; then lines of the case file."""
    now = timezone.now()
    late = [one for one in outcomes_of(child, viewer, now=now) if one.state is State.LATE]
    first = {one.standard.id: one for one in reversed(late)}
    yield from (_of_promise(one) for one in late if first[one.standard.id] is one)
    yield from _without_plan(child)
    for read in case_file_of(child, viewer, now=now):
        if read.found.state is Line.NOT_MET and first.keys().isdisjoint(read.line.standards):
            yield _of_line(read)


def _of_promise(one: Promise) -> Gap:
    standard, why = one.standard, wording.kind_of_authority(one.standard)
    return Gap(standard.title, standard.words, one.row.due_on, why, standard.clauses,
               url_of(standard))  # fmt: skip


def _of_line(read: Read) -> Gap:
    item, why = read.line.item, "; ".join(read.found.evidence)
    return Gap(item, item, None, why, (read.line.clause,), read.found.url)


def _without_plan(child: Child) -> Iterator[Gap]:
    """Say that a plan is missing where the newest assessment said to act, and no plan runs."""
    assessed = Assessment.objects.filter(of_child(child), withdrawn=False)
    newest = assessed.exclude(authorised_on=None).order_by("-authorised_on", "-pk").first()
    acts = newest is not None and newest.no_further_action is False and child.is_open
    plans = (NeedPlan, ProtectionPlan, CarePeriod)
    running = {"withdrawn": False, "ended_on": None}
    if acts and not any(plan.objects.filter(of_child(child), **running).exists() for plan in plans):
        why = "The newest assessment said to act, and no plan runs in what we have been sent"
        words = "You have a plan that says what happens next"
        yield Gap("There is a plan", words, None, why, PLAN, "")

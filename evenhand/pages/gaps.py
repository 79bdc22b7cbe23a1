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
from evenhand.design.components import Cell, Table
from evenhand.people.models import Child
from evenhand.people.queries import child_for
from evenhand.people.views.requests import viewer_of
from evenhand.rules import State
from evenhand.standards import wording
from evenhand.standards.queries import outcomes_of
from evenhand.standards.tables import url_of


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
    """Yield each standard once, that which is late longest first."""
    seen: set[str] = set()
    for one in outcomes_of(child, viewer, now=timezone.now()):
        standard = one.standard
        if one.state is State.LATE and standard.id not in seen:
            seen.add(standard.id)
            why = wording.kind_of_authority(standard)
            yield Gap(standard.title, standard.words, one.row.due_on, why, standard.clauses,
                      url_of(standard))  # fmt: skip

"""A child's case file line by line, its chronology, and the days since children were seen alone."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.once import one_page
from evenhand.accounts.permissions import may, requires
from evenhand.accounts.scope import scope_of
from evenhand.case_files import chronology as significant
from evenhand.case_files import pack, queries, tables
from evenhand.case_files.entering import by_author, entries_of
from evenhand.case_files.file import File
from evenhand.case_files.found import tally
from evenhand.case_files.reading import lines_of
from evenhand.design.paging import ON_A_PAGE, page_of
from evenhand.people.models import Child
from evenhand.people.queries import child_for
from evenhand.people.views.requests import viewer_of
from evenhand.standards.forms import TeamFilter
from evenhand.standards.queries import teams_offered, teams_within

PAGE = "case file"


@requires("recording.read")
@require_GET
@one_page
def case_file(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what a child's file must show, and how each line stands."""
    viewer = viewer_of(request)
    child = child_for(viewer, ref, page=PAGE)
    file = File(child, viewer, timezone.now())
    lines, care = lines_of(file, pack.CASE_FILE), lines_of(file, queries.LOOKED_AFTER)
    context: dict[str, Any] = {"child": child, "may_write": may(viewer, "recording.write")}
    context |= _counted("whole", pack.CASE_FILE, lines) | _counted(
        "care", queries.LOOKED_AFTER, care
    )
    return render(request, "case_files/case_file.html", context)


def _counted(name: str, id_: str, lines: Any) -> dict[str, Any]:
    found, counted = pack.checklist(id_), tally(lines)
    if found is None or not lines:
        return {}
    table = tables.lines_table(found.title, lines, id_)
    return {name: {"table": table, "tally": counted, "share": tables.share(counted)}}


@requires("recording.read")
@require_GET
def chronology(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the significant events that people chose, and when things were written down."""
    viewer = viewer_of(request)
    child = child_for(viewer, ref, page=PAGE)
    if pack.checklist(pack.CASE_FILE) is None:
        raise Http404
    file = File(child, viewer, timezone.now())
    entries = entries_of(child)
    limit = pack.value_on("late-entry", file.today)
    page = Paginator(entries, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "child": child,
        "events": tables.significant_table(significant.significant_events(file)),
        "reviewed": significant.reviewed_words(file),
        "stale": significant.stale_words(file),
        "entries": tables.entries_table(page.object_list),
        "authors": tables.authors_table(by_author(entries, limit), limit),
        "page": page,
        "event_form": pack.named("chronology", "event-form"),
        "review_form": pack.named("chronology", "review-form"),
        "may_write": may(viewer, "recording.write"),
    }
    return render(request, "case_files/chronology.html", context)


@requires("recording.read")
@require_GET
def seen_alone(request: HttpRequest) -> HttpResponse:
    """List children by the days since they were seen alone; of everybody's, one team at a time."""
    viewer, today = viewer_of(request), timezone.localdate()
    team = teams_within(viewer).filter(ref=request.GET.get("team", "")).first()
    everybody = scope_of(viewer).persons.everyone and team is None
    rows = Child.objects.none() if everybody else queries.seen_alone(viewer, team, today=today)
    page = page_of(rows, request.GET.get("page"))
    found = [(child, getattr(child, "alone_on", None)) for child in page.object_list]
    context = {
        "form": TeamFilter(request.GET or None, teams=teams_offered(viewer, team)),
        "table": tables.alone_table(found, today),
        "page": page,
        "everybody": everybody,
    }
    return render(request, "case_files/seen_alone.html", context)

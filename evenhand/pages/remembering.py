"""Pages of what is remembered: who has seen a child's record, what was changed, what to ask."""

from __future__ import annotations

import csv
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.pages import remembered
from evenhand.pages.forms import NarrowLooks
from evenhand.people.queries import child_for
from evenhand.people.queries.looking import questions
from evenhand.people.queries.remembered import Look, changes_of, in_words, lookers, views_of
from evenhand.standards.exports import safe

MOST_IN_A_FILE = 20_000


@requires("history.views")
@require_GET
def seen(request: HttpRequest, ref: str) -> HttpResponse:
    """Show who has seen a child's record, when and why; as a file with ``?as=csv``."""
    viewer = cast(User, request.user)
    child = child_for(viewer, ref, page="seen", at=timezone.now())
    form = NarrowLooks(request.GET, people=lookers(views_of(child, viewer), child))
    who, since = form.chosen()
    looks = views_of(child, viewer, by=who, since=since)
    if request.GET.get("as") == "csv":
        return _file(in_words(looks[:MOST_IN_A_FILE], child))
    page = page_of(looks, request.GET.get("page"))
    context = {
        "child": child,
        "form": form,
        "page": page,
        "people": remembered.lookers_table(lookers(looks, child)),
        "looks": remembered.looks_table(in_words(list(page.object_list), child)),
        **_ways(viewer),
    }
    return render(request, "pages/seen.html", context)


@requires("history.changes")
@require_GET
def changes(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what was changed in a child's record: before, after, by whom and why."""
    viewer = cast(User, request.user)
    child = child_for(viewer, ref, page="changes", at=timezone.now())
    page = page_of(changes_of(child, viewer), request.GET.get("page"))
    items = remembered.change_items(list(page.object_list))
    context = {"child": child, "page": page, "items": items, **_ways(viewer)}
    return render(request, "pages/changes.html", context)


@requires("history.questions")
@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Show the data protection officer what is worth asking about the last days' looks."""
    found = questions(cast(User, request.user), timezone.now())
    context = {"found": found, "tables": remembered.question_tables(found)}
    return render(request, "pages/looks.html", context)


def _ways(viewer: User) -> dict[str, bool]:
    return {
        "may_open": may(viewer, "children.view"),
        "may_views": may(viewer, "history.views"),
        "may_changes": may(viewer, "history.changes"),
    }


def _file(found: list[Look]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="who-has-seen-this-record.csv"'
    csv.writer(response).writerows(
        [safe(cell) for cell in line] for line in remembered.look_lines(found)
    )
    return response

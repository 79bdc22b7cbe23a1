"""Whether practice gets better where it is audited."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.once import one_page
from evenhand.accounts.permissions import requires
from evenhand.audits.queries.improving import FOLLOWED, improving_for
from evenhand.audits.tables import improving as tables
from evenhand.people.views.requests import viewer_of


@requires("audits.report")
@require_GET
@one_page
def improving(request: HttpRequest) -> HttpResponse:
    """Show what became of audited cases beside others, with what cannot be concluded from it."""
    found = improving_for(viewer_of(request), timezone.now())
    context = {
        "found": found,
        "promises_words": tables.promises_words(found),
        "promises": tables.promises_table(found),
        "grades_words": tables.grades_words(found),
        "grades": tables.grades_table(found.grades),
        "most": FOLLOWED,
    }
    return render(request, "audits/improving.html", context)

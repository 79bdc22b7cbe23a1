"""Figures of what children chose to tell, where they said that it may be counted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evenhand.accounts.permissions import requires
from evenhand.equality.queries.fares import counted_on
from evenhand.equality.queries.volunteered import limits_on, volunteered_for
from evenhand.equality.tables.volunteered import told_table
from evenhand.equality.views.fares import tabs_of, viewer_of


@requires("fares.view")
@require_GET
def volunteered(request: HttpRequest) -> HttpResponse:
    """Show the pathway by what children chose to tell, where enough of them agreed."""
    found, as_at = volunteered_for(viewer_of(request)), counted_on()
    context = {
        "tabs": tabs_of(request),
        "as_at": as_at,
        "limits": limits_on(as_at),
        "is_of_a_part": found is None,
        "found": [(told, told_table(told) if told.steps else None) for told in found or ()],
    }
    return render(request, "equality/volunteered.html", context)

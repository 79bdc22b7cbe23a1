"""The strategy: its priorities, and how children and families of each group fare."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.equality.priorities import priorities
from evenhand.equality.queries import counted_on
from evenhand.equality.queries.left_out import left_out_words
from evenhand.equality.tables.priorities import priorities_table
from evenhand.monitoring.queries.outcomes import outcomes_for
from evenhand.monitoring.queries.who import hidden_below
from evenhand.monitoring.tables.outcomes import tile_table


@requires("monitoring.view")
@require_GET
def strategy(request: HttpRequest) -> HttpResponse:
    """Show the chosen outcomes by group, with small numbers hidden, and the priorities."""
    viewer = cast(User, request.user)
    context = {
        "outcomes": [tile_table(one) for one in outcomes_for(viewer)],
        "as_at": counted_on(),
        "below": hidden_below(),
        "left_out": left_out_words(viewer, None, counted_on()),
        "may_survey": may(viewer, "feedback.survey"),
        "priorities": priorities_table(priorities()) if priorities() else None,
    }
    return render(request, "monitoring/strategy.html", context)

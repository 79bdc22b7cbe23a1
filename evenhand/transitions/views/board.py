"""The monitor's board: what is overdue, whose view is missing, and who watches."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.permissions import may, requires
from evenhand.people.views.requests import viewer_of
from evenhand.rules.states import State
from evenhand.transitions.queries import board as queries
from evenhand.transitions.tables import board as tables


@requires("transitions.view")
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the overdue milestones of everybody watched whom the viewer may open."""
    viewer, now = viewer_of(request), timezone.now()
    found = queries.board_for(viewer, now)
    context = {
        "board": found,
        "overdue": tables.overdue_table(found.overdue),
        "early": tables.early_table(found.early),
        "no_view": tables.plans_table(found.no_view, "Reviewed, and no view yet", "Nobody."),
        "unclear": tables.plans_table(
            found.unclear, "Unclear whether the criteria are met", "Of nobody is it unclear."
        ),
        "monitor": queries.monitor(),
        "unsigned": [one for one in queries.signed_off(now) if one.state is State.LATE],
        "may_sign_off": may(viewer, "transitions.sign_off"),
        "may_manage": may(viewer, "transitions.manage"),
    }
    return render(request, "transitions/board.html", context)

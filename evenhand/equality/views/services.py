"""Services side by side, with what each aims at and where a group is far from everyone else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.permissions import may, requires
from evenhand.equality import queries
from evenhand.equality.comparison import rules_on
from evenhand.equality.queries.services import gap_limit, services_for
from evenhand.equality.tables import services as tables
from evenhand.equality.views.fares import tabs_of, viewer_of


@requires("fares.view")
@require_GET
def services(request: HttpRequest) -> HttpResponse:
    """Show how each service stands: amber while a gap over the limit has no action."""
    viewer, limit, today = viewer_of(request), gap_limit(), timezone.localdate()
    found = services_for(viewer, limit) if limit is not None else []
    may_act = may(viewer, "findings.look_into")
    context = {
        "tabs": tabs_of(request),
        "limit": limit,
        "as_at": queries.counted_on(),
        "rules": rules_on(queries.counted_on()),
        "is_suppressed": not all(one.is_exact for one in found),
        "table": tables.services_table(found),
        "sections": tables.sections(found, limit or 0, today, may_act=may_act),
    }
    return render(request, "equality/services.html", context)

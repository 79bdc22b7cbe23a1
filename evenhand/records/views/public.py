"""For anybody, without signing in: how to see your records, and a form to print."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.facts.adopted import policy
from evenhand.records.pack import STANDARD, heard_within, time_on


@login_not_required
@require_GET
def how(request: HttpRequest) -> HttpResponse:
    """Say in plain words how to see one's records, and how to complain."""
    return render(request, "records/how.html", _told())


@login_not_required
@require_GET
def form(request: HttpRequest) -> HttpResponse:
    """Show a form to print, fill in by hand and send; nothing is asked that is not needed."""
    return render(request, "records/form.html", _told())


def _told() -> dict[str, object]:
    today = timezone.localdate()
    time, standard = time_on(today), policy().standards.get(STANDARD)
    return {
        "authority": settings.AUTHORITY,
        "heard": heard_within(today),
        "within": time.within,
        "extension": time.extension,
        "promise": standard.words if standard else "",
    }

"""The page of young people who leave care."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.permissions import requires
from evenhand.leaving_care.pack import law_on
from evenhand.leaving_care.queries import leaving_care as find
from evenhand.leaving_care.tables import leaving_care_table
from evenhand.people.views.requests import viewer_of


@requires("leaving_care.view")
@require_GET
def leaving_care(request: HttpRequest) -> HttpResponse:
    """List young people with their standing as care leavers, those that differ first."""
    today = timezone.localdate()
    law = law_on(today)
    listed = find(viewer_of(request), law=law, on=today, number=request.GET.get("page"))
    context = {
        "listed": listed,
        "law": law,
        "table": leaving_care_table(listed.page.object_list, law.values, today),
    }
    return render(request, "leaving_care/list.html", context)

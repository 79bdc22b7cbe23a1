"""The page of young people who leave care."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.facts.adopted import policy
from evenhand.leaving_care import queries, tables, wording
from evenhand.leaving_care.pack import law_on
from evenhand.leaving_care.told import FORMS
from evenhand.people.queries import child_for
from evenhand.people.views.requests import viewer_of


@requires("leaving_care.view")
@require_GET
def leaving_care(request: HttpRequest) -> HttpResponse:
    """List young people with their standing as care leavers, those that differ first."""
    today = timezone.localdate()
    law = law_on(today)
    listed = queries.leaving_care(
        viewer_of(request), law=law, on=today, number=request.GET.get("page")
    )
    context = {
        "listed": listed,
        "law": law,
        "table": tables.leaving_care_table(listed.page.object_list, law.values, today),
    }
    return render(request, "leaving_care/list.html", context)


@requires("leaving_care.view")
@require_GET
def one(request: HttpRequest, ref: str) -> HttpResponse:
    """Show how one young person stands, on which facts, and how that changed."""
    viewer, now = viewer_of(request), timezone.now()
    child = child_for(viewer, ref, page="leaving-care", at=now)
    today = timezone.localdate(now)
    law = law_on(today)
    found = queries.standing_of(child, law=law, on=today)
    context = {
        "child": child,
        "found": found,
        "law": law,
        "today": today,
        "stands": wording.stands(found.status),
        "span": wording.span(found.status),
        "why": wording.why(found.status, law.values),
        "compared": wording.COMPARED[found.compared],
        "facts": tables.facts_table(child, found, queries.written_of(child)),
        "changes": tables.changes(queries.changes_of(child)),
        "forms": _forms(viewer, child.ref),
    }
    return render(request, "leaving_care/one.html", context)


def _forms(viewer: User, ref: str) -> list[tuple[str, str]]:
    """Return the forms on which to write down what the case system does not hold."""
    found = (policy().question_set(id_, timezone.localdate()) for id_ in FORMS)
    return [
        (form.title, reverse("recording:new-of-child", args=[ref, form.id]))
        for form in found
        if form is not None and may(viewer, form.permission)
    ]

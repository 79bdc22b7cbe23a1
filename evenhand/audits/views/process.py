"""How an audit goes, and where one audit is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evenhand.accounts.permissions import requires
from evenhand.audits import pack
from evenhand.audits.queries.process import step_in_words
from evenhand.audits.queries.reach import audits_for
from evenhand.people.views.requests import chosen, viewer_of


@requires("audits.view")
@require_GET
def process(request: HttpRequest) -> HttpResponse:
    """Show the steps of an audit, and in words; of one audit, the step at which it is."""
    audit = chosen(audits_for(viewer_of(request)), request.GET.get("audit"))
    steps = pack.process()
    context = {
        "audit": audit,
        "steps": steps,
        "here": step_in_words(audit) if audit else None,
        "in_words": ", then ".join(step.title.lower() for step in steps).capitalize() + ".",
    }
    return render(request, "audits/process.html", context)

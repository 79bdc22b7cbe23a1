"""What stands beside a tool while somebody audits: the file without names, the record's answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.audits.actions import conduct as actions
from evenhand.audits.forms_conduct import RIGHT, CheckForm
from evenhand.audits.models import Audit
from evenhand.audits.queries.about import events_audited
from evenhand.audits.queries.compliance import Line, panel_of
from evenhand.audits.queries.extract import earlier_findings, extract_of
from evenhand.audits.queries.reach import audits_given, audits_to_write
from evenhand.audits.tables import compliance
from evenhand.audits.tables import conduct as tables
from evenhand.audits.views.looking import looked_at
from evenhand.people.views.forming import Page, taken
from evenhand.people.views.requests import viewer_of
from evenhand.rules.question_sets import Choice


def beside(found: Audit, viewer: User) -> dict[str, Any]:
    """What stands beside the tool: the record's own answers, and what was found the last time.

    To a partner auditor no words that another auditor wrote: names in them are not all known.
    """
    lines, is_own = panel_of(found, timezone.now()), found.auditor_id == viewer.pk
    checks = is_own and found.state == Audit.State.OPEN
    says = may(viewer, "audits.view")
    earlier = earlier_findings(found) if is_own else []
    return {
        "title": tables.title_of(found),
        "whom": tables.of_whom(found),
        "event": events_audited([found]).get(found.pk, ""),
        "panel": _panel(found, lines, viewer) if lines else None,
        "not_arising": [
            Choice(compliance.check_page(found, one), one.standard.title)
            for one in lines if not one.arises and one.check is None
        ],
        "check": compliance.check_page(found, _next(lines)) if lines and checks else "",
        "earlier": tables.earlier_table(earlier, says=says) if earlier else None,
        "may_read_file": found.child_id is not None
        and audits_to_write(viewer).filter(pk=found.pk).exists(),
    }  # fmt: skip


@requires("audits.conduct")
@require_GET
def extract(request: HttpRequest, ref: str) -> HttpResponse:
    """Show its auditor the audited child's file, without the names of other people."""
    viewer = viewer_of(request)
    found = looked_at(request, audits_to_write(viewer), ref)
    file = extract_of(found, timezone.now())
    context = {
        "audit": found,
        "whom": tables.of_whom(found),
        "events": tables.events_table(file),
        "outcomes": tables.outcomes_table(file),
    }
    return render(request, "audits/extract.html", context)


@requires("audits.conduct")
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """Confirm what the record answers to one standard, or say what is not so; then the next."""
    found = looked_at(request, audits_given(viewer_of(request)), ref)
    lines = panel_of(found, timezone.now())
    if not lines:
        raise Http404
    line = _chosen(lines, request.POST.get("standard") or request.GET.get("standard", ""))
    form = CheckForm(request.POST or None, initial={"standard": line.standard.id})

    def act(by: User, at: datetime) -> str:
        told = form.cleaned_data
        is_right = told["said"] == RIGHT
        actions.check(found, told["standard"], is_right, told["words"], by=by, at=at)
        return _after(found, lines, line)

    page = Page(
        line.standard.title, "Save", tables.title_of(found),
        reverse("audits:audit", args=[found.ref]), _before(line), tables.of_whom(found),
    )  # fmt: skip
    return taken(request, form, page, act)


def _panel(found: Audit, lines: list[Line], viewer: User) -> Any:
    return compliance.compliance_table(found, lines, viewer, timezone.localdate())


def _next(lines: list[Line]) -> Line:
    """Return the first that nobody looked at yet, of what is on the record; else the first."""
    return next((one for one in lines if one.arises and one.check is None), lines[0])


def _chosen(lines: list[Line], standard: str) -> Line:
    return next((one for one in lines if one.standard.id == standard), _next(lines))


def _after(found: Audit, lines: list[Line], done: Line) -> str:
    """Return where one goes on: at the next that nobody looked at yet, else the audit."""
    left = [one for one in lines if one.arises and one.check is None and one is not done]
    if left:
        return compliance.check_page(found, left[0])
    return reverse("audits:audit", args=[found.ref])


def _before(line: Line) -> str:
    rule = compliance.rule(line, timezone.localdate())
    return "\n".join([rule, f"It stands so: {line.words}.", *compliance.evidence(line)])

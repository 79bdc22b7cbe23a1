"""The improvement register and good practice."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.people.views.forming import Page, done, taken
from evenhand.people.views.requests import viewer_of
from evenhand.performance import actions, forms
from evenhand.performance.findings import actions_on
from evenhand.performance.models import Finding
from evenhand.performance.queries import people, registers
from evenhand.performance.tables import registers as tables
from evenhand.work.tables import tasks_table

REGISTER = "Findings and what is done about them"


@requires("performance.view")
@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    """List what inspections and reviews found, and what is done about each."""
    page = page_of(registers.findings(), request.GET.get("page"))
    context = {
        "page": page,
        "table": tables.findings_table(page.object_list, actions_on(page.object_list)),
        "may_lead": may(viewer_of(request), "performance.lead"),
    }
    return render(request, "performance/findings.html", context)


@requires("performance.lead")
@require_http_methods(["GET", "POST"])
def new_finding(request: HttpRequest) -> HttpResponse:
    """Record what was found."""
    form = forms.FindingForm(request.POST or None, today=timezone.localdate())

    def act(by: Any, at: Any) -> str:
        return _page_of(actions.record_finding(by=by, at=at, **form.cleaned_data))

    back = reverse("performance:findings")
    return taken(request, form, Page("Record a finding", "Record it", REGISTER, back), act)


@requires("performance.view")
@require_GET
def finding(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one finding, its actions with their evidence, and whether it is closed."""
    viewer, found = viewer_of(request), _finding(ref)
    tasks = actions_on([found]).get(found.ref, [])
    context = {
        "finding": found,
        "rows": tables.finding_rows(found, tasks),
        "table": tasks_table(
            tasks, timezone.localdate(), caption="Actions",
            empty="Action missing: nothing is said to be done about this yet.",
        ),
        "may_lead": may(viewer, "performance.lead") and not found.closed_on,
    }  # fmt: skip
    return render(request, "performance/finding.html", context)


@requires("performance.lead")
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    """Open an action that answers a finding."""
    found = _finding(ref)
    form = forms.ActionForm(request.POST or None, today=timezone.localdate())

    def act(by: Any, at: Any) -> str:
        actions.act_on(found, by=by, at=at, **form.cleaned_data)
        return _page_of(found)

    page = Page("What is to be done?", "Open the action", "The finding", _page_of(found),
                found.words)  # fmt: skip
    return taken(request, form, page, act)


@requires("performance.lead")
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a finding that is answered."""
    found, form = _finding(ref), forms.CloseForm(request.POST or None)

    def act(by: Any, at: Any) -> str:
        actions.close(found, by=by, at=at, **form.cleaned_data)
        return _page_of(found)

    page = Page("Close the finding", "Close it", "The finding", _page_of(found), found.words)
    return taken(request, form, page, act)


@requires("performance.view")
@require_GET
def practices(request: HttpRequest) -> HttpResponse:
    """Show the register of good practice."""
    page = page_of(people.practices(), request.GET.get("page"))
    context = {
        "page": page,
        "table": tables.practices_table(page.object_list),
        "may_manage": may(viewer_of(request), "performance.manage"),
    }
    return render(request, "performance/practices.html", context)


@requires("performance.manage")
@require_http_methods(["GET", "POST"])
def new_practice(request: HttpRequest) -> HttpResponse:
    """Note what was done well."""
    form = forms.PracticeForm(request.POST or None)

    def act(by: Any, at: Any) -> str:
        made = actions.note_practice(by=by, at=at, **form.cleaned_data)
        return reverse("performance:practice", args=[made.ref])

    back = reverse("performance:practices")
    return taken(request, form, Page("Note good practice", "Note it", "Good practice", back), act)


@requires("performance.view")
@require_GET
def practice(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one item of good practice; whoever has it can say that they read it."""
    viewer = viewer_of(request)
    found = get_object_or_404(people.practices(), ref=ref)
    context = {
        "practice": found,
        "rows": tables.practice_rows(found),
        "is_read": found.receipts.filter(reader=viewer).exists(),
        "may_manage": may(viewer, "performance.manage"),
    }
    return render(request, "performance/practice.html", context)


@requires("performance.manage")
@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, ref: str) -> HttpResponse:
    """Pass good practice on to teams."""
    found = get_object_or_404(people.practices(), ref=ref)
    form, back = forms.ShareForm(request.POST or None), _practice_page(ref)

    def act(by: Any, at: Any) -> str:
        actions.share(found, by=by, at=at, **form.cleaned_data)
        return back

    page = Page(f"Share {found} with teams", "Share it", str(found), back, found.summary)
    return taken(request, form, page, act)


@requires("performance.view")
@require_POST
def read(request: HttpRequest, ref: str) -> HttpResponse:
    """Say that one has read it."""
    found = get_object_or_404(people.practices(), ref=ref)
    return done(request, lambda by, at: actions.read(found, by=by, at=at), _practice_page(ref))


def _finding(ref: str) -> Finding:
    return get_object_or_404(registers.findings(), ref=ref)


def _page_of(one: Finding) -> str:
    return reverse("performance:finding", args=[one.ref])


def _practice_page(ref: str) -> str:
    return reverse("performance:practice", args=[ref])

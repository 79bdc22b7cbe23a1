"""What audits found: the list, one finding, and each thing that is done about it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import Team, User
from evenhand.accounts.permissions import may, requires
from evenhand.audits import forms_findings as forms
from evenhand.audits import pack
from evenhand.audits.actions import findings as actions
from evenhand.audits.actions.telling import lacking
from evenhand.audits.models import Audit, Finding
from evenhand.audits.queries import findings as queries
from evenhand.audits.queries import posts
from evenhand.audits.queries.reach import audits_for
from evenhand.audits.tables import findings as tables
from evenhand.audits.views.looking import audit_page, log_look
from evenhand.design.paging import page_of
from evenhand.design.shell import NavItem
from evenhand.people.models import Child
from evenhand.people.views.forming import Page, taken
from evenhand.people.views.requests import viewer_of
from evenhand.work.models import Task

LIST = "What audits found"
TABS = {"": "Not put right yet", "late": "Overdue", "missing": "No action", "all": "All"}


@requires("audits.view")
@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    """List what audits found: what waits, what is overdue, what nobody acts on, and all."""
    viewer, now = viewer_of(request), timezone.now()
    show = request.GET.get("show", "")
    rows, theme = queries.findings_for(viewer), request.GET.get("theme", "")
    rows = rows.filter(theme=theme) if theme else rows
    page = page_of(_narrowed(rows, show), request.GET.get("page"))
    stands = queries.standings_of(page.object_list, now)
    title = TABS.get(show, TABS[""])
    context = {
        "page": page,
        "tabs": _tabs(show, theme),
        "table": tables.findings_table(page.object_list, stands, title),
        "may_report": may(viewer, "audits.report"),
        "may_answer": may(viewer, "audits.answer"),
    }
    return render(request, "audits/findings.html", context)


def _narrowed(rows: Any, show: str) -> Any:
    today = timezone.localdate()
    if show == "late":
        return queries.overdue(rows, today)
    if show == "missing":
        return queries.without_action(rows)
    return rows if show == "all" else queries.unsettled(rows)


def _tabs(show: str, theme: str) -> list[NavItem]:
    here, also = reverse("audits:findings"), f"&theme={theme}" if theme else ""
    known = show if show in TABS else ""
    return [
        NavItem(title, f"{here}?show={key}{also}", active=key == known)
        for key, title in TABS.items()
    ]


@requires("audits.conduct")
@require_http_methods(["GET", "POST"])
def raise_(request: HttpRequest, ref: str) -> HttpResponse:
    """Raise what an audit found."""
    viewer = viewer_of(request)
    audit = get_object_or_404(audits_for(viewer), ref=ref)
    log_look(viewer, audit.child)
    form = forms.RaiseForm(request.POST or None, audit=audit, teams=_teams(viewer, audit))
    back = audit_page(audit)

    def act(by: User, at: Any) -> str:
        made = actions.raise_finding(audit, by=by, at=at, **form.cleaned_data)
        return _page(made) if may(by, "audits.view") else back

    page = Page("Raise what you found", "Raise it", "The audit", back, tables.audit_words(audit))
    return taken(request, form, page, act, "Raised. Whoever answers for it is told.")


def _teams(viewer: User, audit: Audit) -> QuerySet[Team]:
    """Return whose practice it may be: of another agency's auditor, the audited team's alone."""
    known = Team.objects.order_by("name")
    if may(viewer, "audits.view") or audit.team_id is None:
        return known
    return known.filter(pk=audit.team_id)


@requires("audits.view")
@require_GET
def finding(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one finding; that somebody who was told has read it is kept."""
    viewer, found, now = viewer_of(request), _found(request, ref), timezone.now()
    _read(found, viewer)
    stand = queries.standings_of([found], now)[found.pk]
    kind = pack.findings().get(found.kind)
    told = list(found.told.select_related("to").order_by("pk"))
    context = {
        "finding": found,
        "kind": kind,
        "title": pack.finding_words(found.kind),
        "rows": tables.finding_rows(found, stand, _sees(viewer, found.audit.child)),
        "stand": stand,
        "setup": _setup(found),
        "told": tables.told_table(told),
        "steps": _steps(viewer, found, stand),
        "to_audit": audits_for(viewer).filter(pk=found.audit_id).exists(),
    }
    return render(request, "audits/finding.html", context)


@requires("audits.answer")
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, ref: str) -> HttpResponse:
    """Say who puts a finding right, how, and by when."""
    found, today = _answered(request, ref), timezone.localdate()
    kind = pack.findings().get(found.kind)
    people = posts.holders(kind.action_of, found.team, today) if kind else ()
    initial = {"owner": people[0].username} if len(people) == 1 else {}
    form = forms.ActionForm(request.POST or None, held=found, today=today, initial=initial)
    title = "Who puts this right?"
    return _step(request, found, form, actions.act_on, Page(title, "Ask them", *_from(found)))


@requires("audits.answer")
@require_http_methods(["GET", "POST"])
def agree_plan(request: HttpRequest, ref: str) -> HttpResponse:
    """Say on which day a plan was agreed with the other team."""
    found = _answered(request, ref)
    form = forms.PlanForm(request.POST or None, held=found, today=timezone.localdate())
    page = Page("A plan is agreed", "Write it down", *_from(found))
    return _step(request, found, form, actions.agree_plan, page)


@requires("audits.answer")
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a finding, with what shows that it is put right."""
    found = _answered(request, ref)
    if found.action is not None and found.action.state == Task.State.TO_BE_CHECKED:
        form: Any = forms.CheckForm(request.POST or None, held=found)
        said = f"{_from(found)[2]} What was done: {tables.evidence_of(found)}"
        page = Page("Check that it is put right", "It is put right", *_from(found)[:2], said)
    else:
        form = forms.EvidenceForm(request.POST or None, held=found)
        page = Page("What shows that it is put right?", "Write it down", *_from(found))
    return _step(request, found, form, actions.close, page)


@requires("audits.conduct")
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, ref: str) -> HttpResponse:
    """Take back a finding that was raised by mistake: who raised it, or who manages audits."""
    viewer, found = viewer_of(request), _found(request, ref)
    if found.raised_by_id != viewer.pk and not may(viewer, "audits.manage"):
        raise Http404
    form = forms.ReasonForm(request.POST or None, held=found)
    page = Page("It was raised by mistake", "Take it back", *_from(found))
    return _step(request, found, form, actions.take_back, page)


def _step(request: HttpRequest, found: Finding, form: Any, do: Any, page: Page) -> HttpResponse:
    def act(by: User, at: Any) -> str:
        do(found, by=by, at=at, **form.given)
        return _page(found)

    return taken(request, form, page, act)


def _from(found: Finding) -> tuple[str, str, str]:
    return pack.finding_words(found.kind), _page(found), found.words


def _page(found: Finding) -> str:
    return reverse("audits:finding", args=[found.ref])


def _found(request: HttpRequest, ref: str) -> Finding:
    """Find a finding that the viewer may read; of a child they may open, the look is logged."""
    viewer = viewer_of(request)
    found = get_object_or_404(queries.findings_for(viewer), ref=ref)
    log_look(viewer, found.audit.child)
    return found


def _answered(request: HttpRequest, ref: str) -> Finding:
    found = _found(request, ref)
    if not queries.answers_for(viewer_of(request), found):
        raise Http404
    return found


def _sees(viewer: User, child: Child | None) -> bool:
    kept = None if child is None else child.merged_into_id or child.pk
    return Child.objects.visible_to(viewer).filter(pk=kept).exists()


def _read(found: Finding, viewer: User) -> None:
    if found.told.filter(to=viewer, read_at=None).exists():
        actions.note_read(found, by=viewer, at=timezone.now())


def _setup(found: Finding) -> list[str]:
    """Return who is missing of those who answer for a finding that is open."""
    is_open = found.closed_at is None and not found.entered_in_error
    return lacking(found, timezone.localdate()) if is_open else []


def _steps(viewer: User, found: Finding, stand: queries.Standing) -> list[tuple[str, str]]:
    """Return what the viewer can do about a finding: words and addresses."""
    if found.closed_at is not None or found.entered_in_error:
        return []
    steps, kind = [], pack.findings().get(found.kind)
    if queries.answers_for(viewer, found):
        if stand.plan is not None and found.plan_agreed_on is None:
            steps.append(("Say that a plan is agreed", "agree-plan"))
        if stand.key == queries.MISSING:
            steps.append(("Say who puts it right, and by when", "act"))
        if stand.key in (queries.OPEN, queries.LATE) or (kind and kind.reopens):
            steps.append(("Say what shows that it is put right", "close-finding"))
        if stand.key == queries.TO_CHECK and _is_others(found, viewer):
            steps.append(("Check that it is put right", "close-finding"))
    if found.raised_by_id == viewer.pk or may(viewer, "audits.manage"):
        steps.append(("Take it back: it was raised by mistake", "take-back"))
    return [(words, reverse(f"audits:{route}", args=[found.ref])) for words, route in steps]


def _is_others(found: Finding, viewer: User) -> bool:
    task: Task | None = found.action
    return task is not None and task.done_by_id != viewer.pk

"""Moderation: files audited twice, how far auditors agree, agreed grades, and calibration."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import may, requires
from evenhand.audits import pack
from evenhand.audits.actions.moderation import Given, draw_twice, record_session
from evenhand.audits.actions.moderation import moderate as act
from evenhand.audits.forms_moderation import DrawForm, ModerateForm, SessionForm, SpanForm
from evenhand.audits.queries import moderation as queries
from evenhand.audits.queries.reach import audits_for
from evenhand.audits.tables import moderation as tables
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.rules.periods import YEAR, Span, spans_to

MONTHS = 12
SESSIONS = 20


@requires("audits.moderation")
@require_GET
def moderation(request: HttpRequest) -> HttpResponse:
    """Show how far auditors agree on files that were audited twice, and where they differ."""
    viewer, year = viewer_of(request), _year()
    form = SpanForm(request.GET or None)
    span = form.span(year)
    agreed = queries.agreed_for(viewer, span)
    manages, reports = may(viewer, "audits.manage"), may(viewer, "audits.report")
    auditors = [one for one in agreed.auditors if manages or one.user.pk == viewer.pk]
    twice, of = queries.share_of(viewer, span)
    context = {
        "form": form, "span": span, "manages": manages, "twice": twice, "of": of,
        "share": pack.limit("audited-twice", span.until), "words": tables.agreement_words(agreed),
        "agreement": tables.agreement_table(agreed), "auditors": tables.auditors_table(auditors),
        "pairs": tables.pairs_table(agreed.pairs),
        "waiting": tables.waiting_table(queries.waiting_for(viewer)) if manages else None,
        "sessions": tables.sessions_table(queries.sessions_for(viewer)[:SESSIONS]),
        "reports": reports,
    }  # fmt: skip
    return render(request, "audits/moderation.html", context)


@requires("audits.manage")
@require_http_methods(["GET", "POST"])
def draw_second(request: HttpRequest) -> HttpResponse:
    """Draw audits that are done, and give each to somebody else, blind."""
    viewer, year = viewer_of(request), _year()
    month = {"since": year.until.replace(day=1), "until": year.until}
    form = DrawForm(request.POST or None, initial=month)
    if form.is_valid():
        try:
            given = draw_twice(form.span, by=viewer, at=timezone.now())
        except Problem as problem:
            form.refuse(problem)
        else:
            _say(request, given)
            return redirect("audits:moderation")
    share = pack.limit("audited-twice", year.until)
    return render(request, "audits/draw_second.html", {"form": form, "share": share})


@requires("audits.moderation")
@require_GET
def pair(request: HttpRequest, ref: str) -> HttpResponse:
    """Show both audits of one file side by side, once both are done."""
    viewer = viewer_of(request)
    found = queries.pair_for(viewer, ref)
    if found is None:
        raise Http404
    context = {
        "pair": found, "moderation": tables.block_of(found.first, viewer),
        "seen": set(audits_for(viewer).filter(pk__in=[one.pk for one in found])),
        "table": tables.differences_table(found, queries.differences_of(found)),
    }  # fmt: skip
    return render(request, "audits/pair.html", context)


@requires("audits.report")
@require_http_methods(["GET", "POST"])
def moderate(request: HttpRequest, ref: str) -> HttpResponse:
    """Agree on another grade of an audit: the auditor's own stays beside it."""
    viewer = viewer_of(request)
    found = get_object_or_404(audits_for(viewer), ref=ref)
    form = ModerateForm(request.POST or None, audit=found, initial={"grade": found.moderated})
    if form.is_valid():
        try:
            act(
                found, form.cleaned_data["grade"], by=viewer, at=timezone.now(),
                version=form.seen, why=form.cleaned_data["why"],
            )  # fmt: skip
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Both grades are kept; the agreed one counts.")
            return redirect("audits:audit", ref=found.ref)
    context = {"form": form, "audit": found, "grade": pack.grade_words(found.grade)}
    return render(request, "audits/moderate.html", context)


@requires("audits.manage")
@require_http_methods(["GET", "POST"])
def new_session(request: HttpRequest) -> HttpResponse:
    """Write a session of calibration down."""
    viewer, now = viewer_of(request), timezone.now()
    pairs = queries.agreed_for(viewer, _year()).pairs
    form = SessionForm(request.POST or None, pairs=pairs, today=timezone.localdate(now))
    if form.is_valid():
        given = form.cleaned_data
        try:
            record_session(
                given["held_on"], given["people"], form.looked_at, by=viewer, at=now,
                learnt=given["learnt"],
            )  # fmt: skip
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Written down.")
            return redirect("audits:moderation")
    return render(request, "audits/new_session.html", {"form": form})


def _year() -> Span:
    return spans_to(timezone.localdate(), MONTHS)[YEAR]


def _say(request: HttpRequest, given: Given) -> None:
    """Say how many were given, and which nobody else may do."""
    number = len(given.twins)
    said = "1 file is given" if number == 1 else f"{number} files are given"
    messages.success(request, f"{said} to a second auditor, drawn by chance.")
    for audit in given.left:
        messages.warning(
            request, f"Nobody else may audit the file of audit {audit.ref}: it stays as it is."
        )

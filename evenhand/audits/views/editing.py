"""Writing a report of audits: words, quotations, recommendations, and giving it to its readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.audits import pack
from evenhand.audits.actions import reports as actions
from evenhand.audits.forms_reports import (
    EditForm,
    PublishForm,
    QuoteForm,
    RecommendForm,
    ThemeFilter,
)
from evenhand.audits.models import Recommendation, Report
from evenhand.audits.queries import reports as queries
from evenhand.audits.queries.counting import audits_between
from evenhand.audits.queries.quotations import Offer, offers_of, quotations_of
from evenhand.audits.queries.reach import audits_for
from evenhand.audits.views.reports import report_for
from evenhand.design.wording import day
from evenhand.history.actions import log_view
from evenhand.people.views.forming import Page, done, taken
from evenhand.people.views.requests import viewer_of

ON_A_PAGE = 20  # quotations: as many as somebody reads at a time
LOOK = "audit comments"


@requires("audits.manage")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Change the words of a report."""
    found = _draft(request, ref)
    form = EditForm(request.POST or None, report=found)

    def act(by: User, at: Any) -> str:
        given = form.cleaned_data
        actions.edit(found, by=by, at=at, version=form.seen, title=given["title"],
                     words=form.words)  # fmt: skip
        return _page_of(found)

    before = "Name no child, nobody of a family and no worker. Each line is a paragraph."
    page = Page("Change the words", "Save", found.title, _page_of(found), before)
    return taken(request, form, page, act)


@requires("audits.manage")
@require_http_methods(["GET", "POST"])
def quotations(request: HttpRequest, ref: str) -> HttpResponse:
    """Read what auditors wrote, freed of names, and choose what goes in."""
    found, viewer = _draft(request, ref), viewer_of(request)
    kept = [one for part in found.sections for one in part["quotations"]]
    every = _offered(found, viewer)
    themes = list(dict.fromkeys((one.theme, one.title) for one in every))
    theme = request.GET.get("theme", "")
    mine = [one for one in every if theme in ("", one.theme)]
    page = Paginator(mine, ON_A_PAGE).get_page(request.GET.get("page"))
    _log_looks(viewer, page.object_list)
    offered = quotations_of(page.object_list)
    form = QuoteForm(request.POST or None, report=found, offered=offered, chosen=kept)

    def act(by: User, at: Any) -> str:
        shown = {one.ref for one in form.offered}
        chosen = [one for one in kept if one["ref"] not in shown] + form.picked
        actions.quote(found, by=by, at=at, version=form.seen, chosen=chosen)
        return _page_of(found)

    if request.method == "POST":
        return taken(request, form, _quoting(found), act)
    context = {
        "form": form, "page": page, "report": found, "up": _page_of(found),
        "filter": ThemeFilter(request.GET or None, themes=themes),
    }  # fmt: skip
    return render(request, "audits/quotations.html", context)


@requires("audits.manage")
@require_http_methods(["GET", "POST"])
def recommend(request: HttpRequest, ref: str) -> HttpResponse:
    """Add a recommendation."""
    found = _draft(request, ref)
    form = RecommendForm(request.POST or None, today=timezone.localdate())

    def act(by: User, at: Any) -> str:
        actions.recommend(found, by=by, at=at, **form.cleaned_data)
        return _page_of(found)

    page = Page("Recommend something", "Add it", found.title, _page_of(found))
    return taken(request, form, page, act)


@requires("audits.manage")
@require_POST
def drop(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a recommendation out."""
    reports = queries.reports_for(viewer_of(request))
    rows = Recommendation.objects.filter(report__in=reports.values("pk")).select_related("report")
    one = get_object_or_404(rows, ref=ref)
    return done(
        request, lambda by, at: actions.drop(one, by=by, at=at), _page_of(one.report), "Taken out."
    )


@requires("audits.manage")
@require_POST
def count_again(request: HttpRequest, ref: str) -> HttpResponse:
    """Count the audits anew."""
    found = _draft(request, ref)
    return done(
        request,
        lambda by, at: actions.count_again(found, by=by, at=at, version=found.version),
        _page_of(found), "Counted again; your words stayed.",
    )  # fmt: skip


@requires("audits.manage")
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a report to its readers."""
    found = _draft(request, ref)
    form = PublishForm(request.POST or None, report=found)

    def act(by: User, at: Any) -> str:
        given = form.cleaned_data
        actions.publish(found, by=by, at=at, version=form.seen, groups=given["groups"])
        return _page_of(found)

    return taken(request, form, _publishing(found), act, "It is published, and everybody has it.")


def _draft(request: HttpRequest, ref: str) -> Report:
    return report_for(viewer_of(request), ref)


def _page_of(found: Report) -> str:
    return reverse("audits:report", args=[found.ref])


def _quoting(found: Report) -> Page:
    return Page("Choose quotations", "Put them in", found.title, _page_of(found))


def _publishing(found: Report) -> Page:
    against = queries.standing_against(found, found.recipients, timezone.localdate())
    before = " ".join(against) or "It stays as it leaves. What it recommends becomes a task."
    before += "".join(
        f"\n“{one.title}” (from {day(one.since)} to {day(one.until)}) is of some of the same time."
        " Whoever has both can take one from the other and learn small numbers that each hides."
        for one in queries.overlapping(found)
    )
    return Page("Publish the report", "Publish it", found.title, _page_of(found), before)


def _offered(found: Report, viewer: User) -> list[Offer]:
    kinds = pack.report_kind_called(found.kind).types
    rows = audits_between(kinds, found.since, found.until)
    return offers_of(rows.filter(pk__in=audits_for(viewer).order_by().values("pk")))


def _log_looks(viewer: User, offers: Iterable[Offer]) -> None:
    """Keep whose words somebody reads: a comment of an audit is of the child's record."""
    children = (one.audit.child for one in offers if one.audit.child is not None)
    for pk in dict.fromkeys(child.merged_into_id or child.pk for child in children):
        log_view(viewer, pk, page=LOOK, at=timezone.now())

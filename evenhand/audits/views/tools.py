"""The library of tools: every edition, what people say of them, and whose agency audits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.audits import pack
from evenhand.audits.actions import tools as actions
from evenhand.audits.forms_conduct import AgencyForm, CommentForm, TakeUpForm
from evenhand.audits.queries import tools as queries
from evenhand.audits.queries.calendar import holders
from evenhand.audits.tables import tools as tables
from evenhand.people.views.forming import Page, taken
from evenhand.people.views.requests import viewer_of


@requires("audits.tools")
@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """Show every tool with its edition in force."""
    found = queries.tools(timezone.localdate())
    context = {
        "table": tables.tools_table(found),
        "may_manage": may(viewer_of(request), "audits.manage"),
    }
    return render(request, "audits/tools.html", context)


@requires("audits.tools")
@require_http_methods(["GET", "POST"])
def tool(request: HttpRequest, tool: str) -> HttpResponse:
    """Show a tool, as it is or as an edition was, and take what somebody says of it."""
    viewer, context = viewer_of(request), _context(request, tool)
    form = CommentForm(request.POST or None)
    if form.is_valid():
        page = Page("", "", "", "")

        def act(by: User, at: datetime) -> str:
            actions.comment(tool, form.cleaned_data["words"], by=by, at=at)
            return reverse("audits:tool", args=[tool])

        return taken(request, form, page, act, "Thank you: whoever changes the tool reads it.")
    context |= {"form": form, "may_manage": may(viewer, "audits.manage")}
    return render(request, "audits/tool.html", context)


@requires("audits.tools")
@require_GET
def tool_to_print(request: HttpRequest, tool: str) -> HttpResponse:
    """Show a tool on paper, to be filled in by hand."""
    return render(request, "audits/tool_print.html", _context(request, tool))


@requires("audits.manage")
@require_http_methods(["GET", "POST"])
def take_up(request: HttpRequest, tool: str) -> HttpResponse:
    """Say which edition of a tool took up which comments."""
    editions = queries.editions_of(tool, timezone.localdate())
    if not editions:
        raise Http404
    waiting = list(queries.waiting_comments(tool))
    form = TakeUpForm(request.POST or None, editions=editions, waiting=waiting)
    back = reverse("audits:tool", args=[tool])

    def act(by: User, at: datetime) -> str:
        told = form.cleaned_data
        chosen = [one for one in waiting if one.ref in told["comments"]]
        actions.take_up(tool, chosen, form.begun, by=by, at=at, answer=told["answer"])
        return back

    before = "" if waiting else "No comment is waiting."
    page = Page("Comments that an edition took up", "Save", editions[0].asked.title, back, before)
    return taken(request, form, page, act)


@requires("audits.manage")
@require_http_methods(["GET", "POST"])
def agencies(request: HttpRequest) -> HttpResponse:
    """Say which agency each partner auditor comes from."""
    today = timezone.localdate()
    people = list(holders(actions.PARTNER, today, today).order_by("name", "pk"))
    form = AgencyForm(request.POST or None, people=people)

    def act(by: User, at: datetime) -> str:
        told = form.cleaned_data
        user = next(one for one in people if one.ref == told["user"])
        actions.name_agency(user, told["name"], by=by, at=at)
        return reverse("audits:agencies")

    told = "; ".join(f"{one.user.name}: {one.name}" for one in queries.agencies())
    before = told or "No agency is written down yet."
    page = Page("Agencies that audit with us", "Save", "Tools", reverse("audits:tools"), before)
    return taken(request, form, page, act)


def _context(request: HttpRequest, tool: str) -> dict[str, Any]:
    """One edition of a tool: the one asked for, else the one in force."""
    editions = queries.editions_of(tool, timezone.localdate())
    if tool not in {one.tool for one in pack.types().values()} or not editions:
        raise Http404
    asked_for = _day(request.GET.get("from", ""))
    found = next((one for one in editions if one.asked.from_ == asked_for), None)
    found = found or next((one for one in editions if one.is_current), editions[0])
    comments = queries.comments_on(tool)
    return {
        "tool": tool,
        "edition": found,
        "asked": found.asked,
        "parts": tables.parts_of(found.asked),
        "editions": tables.editions_table(tool, editions, comments),
        "comments": tables.comments_table(comments, editions),
        "compliance": tables.compliance_names(found.asked),
        "may_read_standards": may(viewer_of(request), "standards.view"),
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

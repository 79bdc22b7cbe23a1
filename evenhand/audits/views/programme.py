"""The year's programme: its page, its printed form and calendar, and drawing it up."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.accounts.permissions import may, requires
from evenhand.audits import pack
from evenhand.audits.actions import programme as actions
from evenhand.audits.forms_programme import AddForm, YearFilter
from evenhand.audits.queries import programme as queries
from evenhand.audits.queries.calendar import teams_audited
from evenhand.audits.queries.rights import may_draw_themed
from evenhand.audits.queries.themed import themed_in
from evenhand.audits.queries.year import Year, least_of, year_of
from evenhand.audits.tables import programme as tables
from evenhand.audits.year_document import days_of, document_of
from evenhand.design.calendars import KIND, calendar
from evenhand.design.document_files import pdf_of
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem

PDF = "application/pdf"


@requires("audits.view")
@require_GET
def programme(request: HttpRequest) -> HttpResponse:
    """Show a year: months by line, team by team, what was moved, and what is least."""
    viewer, now = viewer_of(request), timezone.now()
    number = _number(request, now)
    whole = year_of(viewer, number, now)
    team = next((one for one in whole.teams() if one.ref == request.GET.get("team")), None)
    year = whole.only(team) if team else whole
    if request.GET.get("as") in ("pdf", "ics"):
        return _file(year, request.GET["as"], now)
    offered = sorted({*queries.years(), now.year, number}, reverse=True)
    given = {"year": str(number), "team": team.ref if team else ""}
    manages = may(viewer, "audits.manage")
    themed = themed_in(viewer, number, now) if team is None else ()
    context = {
        "year": year,
        "team": team,
        "form": YearFilter(given, years=offered, teams=whole.teams()),
        "tables": tables.calendar_tables(year),
        "moved": tables.moved_table(year.moved) if year.moved else None,
        "least": tables.least_words(least_of(number, now)) if team is None else [],
        "themed": tables.themed_table(themed) if themed else None,
        "may_draw_themed": may_draw_themed(viewer) and pack.is_adopted(),
        "late": len(year.late),
        "late_table": tables.late_table(year.late),
        "may_manage": manages,
        "may_read": may(viewer, "audits.read"),
        "may_moderate": may(viewer, "audits.moderation"),
        "may_draw_up": manages and pack.is_adopted() and number in (now.year, now.year + 1),
        "next_year": now.year + 1,
        "files": f"?year={number}{f'&team={team.ref}' if team else ''}",
    }
    return render(request, "audits/programme.html", context)


def _number(request: HttpRequest, now: datetime) -> int:
    """Return the year asked for: this one, where none or no such year was."""
    asked = request.GET.get("year", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else 0
    return number if date.min.year < number < date.max.year else timezone.localdate(now).year


def _file(year: Year, kind: str, now: datetime) -> HttpResponse:
    if kind == "pdf":
        reply = HttpResponse(pdf_of(document_of(year, now), made_at=now), content_type=PDF)
    else:
        name = f"Audits of {year.number}"
        reply = HttpResponse(calendar(days_of(year), made_at=now, name=name), content_type=KIND)
    named = f"audit-programme-{year.number}.{kind}"
    reply["Content-Disposition"] = f'attachment; filename="{named}"'
    return reply


@requires("audits.manage")
@require_POST
def draw_up(request: HttpRequest) -> HttpResponse:
    """Draw up a year, or add to it what is new."""
    number = _number_posted(request)
    try:
        made = actions.generate(number, by=viewer_of(request), at=timezone.now())
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        said = f"{len(made)} added" if made else "Nothing is new"
        messages.success(request, f"The programme of {number} is drawn up. {said}.")
    return redirect(f"{reverse('audits:programme')}?year={number}")


def _number_posted(request: HttpRequest) -> int:
    today = timezone.localdate()
    asked = request.POST.get("year", str(today.year))
    if asked not in (str(today.year), str(today.year + 1)):
        return today.year
    return int(asked)


@requires("audits.view")
@require_GET
def line(request: HttpRequest, line: str) -> HttpResponse:
    """Show the slots of one line in a year, or in one month of it."""
    held = pack.lines().get(line)
    if held is None:
        raise Http404
    viewer, now = viewer_of(request), timezone.now()
    number, month = _number(request, now), request.GET.get("month", "")
    placed = [
        one for one in year_of(viewer, number, now).placed
        if one.slot.line == line and month in ("", str(one.slot.month.month))
    ]  # fmt: skip
    caption = f"Slots of {number}"
    context = {"line": held, "table": tables.slots_table(placed, caption), "number": number}
    return render(request, "audits/line.html", context)


@requires("audits.manage")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Plan audits beside the year's own."""
    viewer, now = viewer_of(request), timezone.now()
    teams = list(teams_audited(now.year))
    form = AddForm(request.POST or None, today=timezone.localdate(now), teams=teams)
    if form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.add(
                told["line"], told["month"], by=viewer, at=now, why=told["why"], team=told["team"]
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Added to the year.")
            return redirect("audits:slot", ref=made.ref)
    return render(request, "audits/add.html", {"form": form})


@requires("audits.view")
@require_GET
def types(request: HttpRequest) -> HttpResponse:
    """List the kinds of audit."""
    return render(request, "audits/types.html", {"table": tables.types_table()})

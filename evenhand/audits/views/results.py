"""What audits come to: scores of teams by month and quarter, and the digest of a half-year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.permissions import may, requires
from evenhand.audits.forms_reports import DRAWN, PICKED, HalfYearFilter, ScoresFilter
from evenhand.audits.queries.digest import digest_for, half_year_of
from evenhand.audits.queries.scores import WHOLE, Scores, scores_for
from evenhand.audits.tables import reports as tables
from evenhand.design.workbooks import XLSX, new_workbook, write_table
from evenhand.people.views.requests import viewer_of
from evenhand.rules.arithmetic import add_months
from evenhand.rules.periods import HALF_YEAR, Span, first_of

OFFERED = 24  # months to choose from: as far back as a page is asked for


@requires("audits.view")
@require_GET
def scores(request: HttpRequest) -> HttpResponse:
    """Show how often each theme was met: by team, month and quarter; or give it as a workbook."""
    viewer, today = viewer_of(request), timezone.localdate()
    months = [add_months(first_of(today), -back) for back in range(OFFERED)]
    until = _chosen(months, request.GET.get("until"))
    which = PICKED if request.GET.get("which") == PICKED else DRAWN
    found = scores_for(viewer, until, is_random=which == DRAWN)
    if request.GET.get("as") == "xlsx":
        return _workbook(found, which)
    team, theme = request.GET.get("team", ""), request.GET.get("theme", WHOLE)
    team, theme = team if team in found.teams else "", theme if theme in found.themes else WHOLE
    given = {"team": team, "theme": theme, "which": which, "until": f"{until:%Y-%m}"}
    context = {
        "form": ScoresFilter(
            given, teams=found.teams, themes=found.themes.items(), months=months
        ),
        "tables": tables.scores_tables(found, team, theme),
        "file": f"?as=xlsx&which={which}&until={until:%Y-%m}",
        "sees_all": may(viewer, "audits.report"),
        "reads": may(viewer, "audits.read"),
    }  # fmt: skip
    return render(request, "audits/scores.html", context)


@requires("audits.report")
@require_GET
def digest(request: HttpRequest) -> HttpResponse:
    """Show what a half-year's audits show together: strong, and to be improved."""
    spans = list(_half_years(timezone.localdate()))
    until = _chosen([one.until for one in spans], request.GET.get("until"))
    span = next(one for one in spans if one.until == until)
    found = digest_for(viewer_of(request), span)
    context = {
        "digest": found,
        "form": HalfYearFilter({"until": f"{until:%Y-%m}"}, spans=spans),
        "tables": tables.digest_tables(found),
    }
    return render(request, "audits/digest.html", context)


def _chosen(days: Iterable[date], given: str | None) -> date:
    """Return the day whose month was chosen; of none, the first."""
    every = list(days)
    return next((one for one in every if f"{one:%Y-%m}" == given), every[0])


def _half_years(today: date) -> Iterable[Span]:
    for back in range(OFFERED // HALF_YEAR):
        yield half_year_of(add_months(first_of(today), -HALF_YEAR * back))


def _workbook(found: Scores, which: str) -> HttpResponse:
    made, months = BytesIO(), [f"{month:%b %Y}" for month in found.months]
    title = "Scores of audits"
    with new_workbook(made, title=title) as book:
        sheet, numeric = book.add_worksheet(title), (False, False, *(True for _ in months))
        heads = ("Team", "Theme", *months)
        write_table(book, sheet, heads, tables.scores_rows(found), numeric=numeric)
    response = HttpResponse(made.getvalue(), content_type=XLSX)
    name = f"audit-scores-{which}-{found.months[-1]:%Y-%m}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

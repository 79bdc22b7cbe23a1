"""My work, and why promises were not kept."""

from __future__ import annotations

from collections import Counter

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.once import one_page
from evenhand.accounts.permissions import may, requires
from evenhand.design.shell import NavItem
from evenhand.people.views.requests import viewer_of
from evenhand.promises import queries, tables
from evenhand.promises.forms import NarrowPatterns
from evenhand.promises.lines import Line, Section, has_people, my_work, work_of_my_people
from evenhand.promises.naming import records_of

ON_A_PAGE = 50
TEAM = "team"
MOST_TO_REVIEW = 20
NOTHING = "Nothing waits for you here."


@requires("tasks.view")
@require_GET
@one_page
def mine(request: HttpRequest) -> HttpResponse:
    """Show what waits for the viewer, or for their people, riskiest first."""
    viewer, now = viewer_of(request), timezone.now()
    is_team = request.GET.get("whose") == TEAM and has_people(viewer)
    lines = work_of_my_people(viewer, now=now) if is_team else my_work(viewer, now=now)
    asked = request.GET.get("section", "")
    shown = [one for one in lines if not asked or one.section == asked]
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "is_team": is_team,
        "whose": _whose(is_team=is_team) if has_people(viewer) else [],
        "sections": _sections(lines, asked, is_team=is_team),
        "page": page,
        "table": tables.lines_table(page.object_list, who=is_team, empty=NOTHING),
        "may_see_reasons": may(viewer, "promises.reasons"),
    }
    return render(request, "promises/mine.html", context)


def _whose(*, is_team: bool) -> list[NavItem]:
    here = reverse("promises:mine")
    return [
        NavItem("Mine", here, active=not is_team),
        NavItem("My people's", f"{here}?whose={TEAM}", active=is_team),
    ]


def _sections(lines: list[Line], asked: str, *, is_team: bool) -> list[NavItem]:
    here, counted = reverse("promises:mine"), Counter(one.section for one in lines)
    whose = f"&whose={TEAM}" if is_team else ""
    all_ = NavItem(f"Everything: {len(lines)}", f"{here}?section={whose}", active=not asked)
    return [all_] + [
        NavItem(
            f"{tables.SECTIONS[one]}: {counted[one]}", f"{here}?section={one}{whose}",
            active=asked == one,
        )
        for one in Section
    ]  # fmt: skip


@requires("promises.reasons")
@require_GET
def not_kept(request: HttpRequest) -> HttpResponse:
    """Show why promises were not kept, by standard and team, and what waits for a review."""
    viewer = viewer_of(request)
    form = NarrowPatterns(request.GET, found=queries.patterns(viewer))
    standard, team = form.wanted
    found = queries.patterns(viewer, standard=standard, team=team)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    may_review = may(viewer, "promises.review")
    waiting = queries.to_review(viewer, MOST_TO_REVIEW) if may_review else []
    recorded = records_of([row for _, row in waiting if row])
    context = {
        "form": form,
        "page": page,
        "table": tables.patterns_table(page.object_list),
        "waiting": tables.to_review_table(waiting, recorded),
        "may_review": may_review,
    }
    return render(request, "promises/not_kept.html", context)

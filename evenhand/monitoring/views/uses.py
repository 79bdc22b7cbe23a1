"""What monitoring is used for: the eight uses, one need, and the profile of needs."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.once import one_page
from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.equality.pathway import Dimension, dimension_called, main_dimensions
from evenhand.equality.queries import counted_on
from evenhand.equality.views.releases import propose
from evenhand.monitoring.forms import WayForm
from evenhand.monitoring.pack import need_called
from evenhand.monitoring.queries.gaps import gaps_of, without
from evenhand.monitoring.queries.groups import afresh_for, counted_for
from evenhand.monitoring.queries.profile import profile_of, to_leave
from evenhand.monitoring.queries.who import sees_everything, sees_exactly
from evenhand.monitoring.tables import figures
from evenhand.monitoring.tables import gaps as tables
from evenhand.monitoring.tables.uses import sections


@requires("fares.view")
@require_GET
@one_page
def uses(request: HttpRequest) -> HttpResponse:
    """Show the eight uses, each with its answer."""
    viewer, dimension = _viewer(request), _dimension(request)
    ways = [(one.id, one.label) for one in main_dimensions()]
    context = {
        "sections": sections(viewer, dimension, timezone.localdate()),
        "form": WayForm(request.GET or None, ways=ways),
        "dimension": dimension,
        "as_at": counted_on(),
        "exact": sees_exactly(viewer),
        "may_plan": may(viewer, "monitoring.view"),
    }
    return render(request, "monitoring/uses.html", context)


@requires("fares.view")
@require_GET
@one_page
def gap(request: HttpRequest, need: str) -> HttpResponse:
    """Show one need by area and by group; and, to those who may open them, whose is unmet."""
    if need_called(need) is None:
        raise Http404
    viewer, today = _viewer(request), timezone.localdate()
    found = gaps_of(afresh_for(viewer, today))
    one = next(each for each in found.gaps if each.need.id == need)
    way = next((each for each in found.ways if each.id == request.GET.get("by")), found.ways[0])
    context = {
        "need": one.need,
        "sentence": tables.sentence(found, one),
        "table": tables.way_table(found, one, way) if one.has else None,
        "form": WayForm(request.GET or None, ways=found.ways),
        "exact": found.exact,
        "told": one.told_unmet if found.exact else 0,
    }
    if may(viewer, "children.view"):
        page = page_of(without(viewer, one.need, today), request.GET.get("page"))
        caption = f"Whose need for {one.need.label} is unmet"
        context |= {"page": page, "children": tables.children_table(page.object_list, caption)}
    return render(request, "monitoring/gap.html", context)


@requires("fares.view")
@require_GET
@one_page
def needs(request: HttpRequest) -> HttpResponse:
    """Show who the children are, by area and every group."""
    viewer = _viewer(request)
    found = profile_of(counted_for(viewer, timezone.localdate()))
    may_release = may(viewer, "fares.release") and sees_everything(viewer)
    context = {
        "answer": figures.profile_answer(found),
        "tables": [(part, figures.profile_table(part)) for part in found.parts],
        "may_release": may_release,
        "hides": found.hides,
        "below": found.below,
        "day": found.day,
    }
    return render(request, "monitoring/needs.html", context)


@requires("fares.release")
@require_http_methods(["GET", "POST"])
def release_needs(request: HttpRequest, way: str) -> HttpResponse:
    """Propose to let the children we work with, by one way to tell them apart, out."""
    today = timezone.localdate()
    found = to_leave(way, today) if sees_everything(_viewer(request)) else None
    if found is None:
        raise Http404
    return propose(request, found, as_at=today, back=reverse("monitoring:needs"))


def _dimension(request: HttpRequest) -> Dimension:
    asked = dimension_called(request.GET.get("by", ""))
    main = main_dimensions()
    return asked if asked in main else main[0]


def _viewer(request: HttpRequest) -> User:
    return cast(User, request.user)

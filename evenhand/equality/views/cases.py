"""The children behind a figure by group, for those who may open their records."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from evenhand.accounts.once import one_page
from evenhand.accounts.permissions import requires
from evenhand.design.paging import page_of
from evenhand.equality.forms import CasesFilter
from evenhand.equality.pathway import Dimension, step_called
from evenhand.equality.queries.cases import NO, YES, Cases, cases_for
from evenhand.equality.tables.cases import cases_sentence, cases_table
from evenhand.equality.views.fares import asked_of, viewer_of
from evenhand.facts.adopted import policy

Went = Sequence[tuple[str, str]]


@requires("fares.cases")
@require_GET
@one_page
def cases_step(request: HttpRequest, step: str) -> HttpResponse:
    """List the children of a group who were counted at one step of the pathway."""
    found = step_called(step)
    if found is None:
        raise Http404
    went = ((YES, f"Those it {found.led}"), (NO, "The others"))
    return _cases(request, step, found.title, reverse("equality:step", args=[step]), went)


@requires("fares.cases")
@require_GET
@one_page
def cases_clock(request: HttpRequest, pack: str, slug: str) -> HttpResponse:
    """List the children of a group for whom something fell due under one standard."""
    found = policy().standards.get(f"{pack}/{slug}")
    if found is None:
        raise Http404
    went = ((YES, "Not in time"), (NO, "In time"))
    up = reverse("equality:clock", args=[pack, slug])
    return _cases(request, found.id, found.title, up, went)


def _cases(request: HttpRequest, measure: str, title: str, up: str, went: Went) -> HttpResponse:
    asked = asked_of(request)
    group, which = request.GET.get("group", ""), request.GET.get("went", "")
    found = cases_for(viewer_of(request), measure, asked, group, which)
    context = {
        "title": title,
        "up": up,
        "clear_url": f"?by={asked.dimension.id}",
        "dimension": asked.dimension,
        "group": asked.dimension.label_of(group) if group else "",
        "found": found,
    }
    if found is not None:
        page = page_of(found.children, request.GET.get("page"))
        context |= {
            "form": CasesFilter(
                {**request.GET.dict(), "by": asked.dimension.id},
                groups=_groups(found, asked.dimension),
                went=went,
            ),
            "page": page,
            "said": cases_sentence(found, page.paginator.count),
            "table": cases_table(page.object_list, found, title),
        }
    return render(request, "equality/cases.html", context)


def _groups(found: Cases, dimension: Dimension) -> list[tuple[str, str]]:
    return [(group, dimension.label_of(group)) for group in found.groups]

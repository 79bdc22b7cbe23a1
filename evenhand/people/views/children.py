"""The list of children, and the search that leads to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import may, requires
from evenhand.accounts.references import new_reference
from evenhand.design.paging import page_of
from evenhand.people.forms import ChildrenFilter, SearchForm
from evenhand.people.queries import find_children
from evenhand.people.queries.choices import teams_of_persons, workers_of
from evenhand.people.tables import children_table
from evenhand.people.views.requests import chosen, viewer_of

SEARCHES = "searches"
KEPT = 10


@requires("children.view")
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """List the children the viewer may see; a search is named by a token, never by its words."""
    viewer, today = viewer_of(request), timezone.localdate()
    words = request.session.get(SEARCHES, {}).get(request.GET.get("found", ""), "")
    teams = teams_of_persons(viewer)
    team = chosen(teams, request.GET.get("team"))
    workers = workers_of(team)
    show = request.GET.get("show", "")
    found = find_children(
        viewer,
        words=words,
        team=team,
        worker=chosen(workers, request.GET.get("worker")),
        to_ask=today if show == "to-ask" else None,
        closed=bool(words) or show == "all",
    )
    page = page_of(found, request.GET.get("page"))
    context = {
        "page": page,
        "table": children_table(page.object_list, words=words, today=today),
        "words": words,
        "form": ChildrenFilter(request.GET, teams=teams, workers=workers),
        "search": SearchForm(),
        "may_merge": may(viewer, "children.merge"),
        "may_borrow": may(viewer, "access.borrow"),
        "may_see_tiers": may(viewer, "eligibility.view"),
    }
    return render(request, "people/children.html", context)


@requires("children.view")
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Keep the words of a search in the session, and go to the list by a token."""
    form = SearchForm(request.POST or None)
    if not form.is_valid():
        return render(request, "people/search.html", {"form": form})
    token = new_reference()
    kept = list(request.session.get(SEARCHES, {}).items())[1 - KEPT :]
    request.session[SEARCHES] = dict([*kept, (token, form.cleaned_data["words"])])
    return redirect(f"{reverse('people:children')}?found={token}")

"""Letting figures by group out: what would leave, who let it out and for whom, and the files."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.design.components import Table
from evenhand.design.paging import page_of
from evenhand.equality import exports, queries
from evenhand.equality.actions import Leaving, release_figures
from evenhand.equality.comparison import Comparison
from evenhand.equality.forms import ReleaseForm
from evenhand.equality.hiding import suppressed
from evenhand.equality.pathway import step_called
from evenhand.equality.queries import Asked
from evenhand.equality.tables import fares as tables
from evenhand.equality.tables import releasing
from evenhand.equality.views.fares import asked_of

FILES = {"csv": exports.as_csv, "xlsx": exports.as_xlsx}


@requires("fares.view")
@require_GET
def releases(request: HttpRequest) -> HttpResponse:
    """List what was released."""
    viewer = cast(User, request.user)
    page = page_of(queries.releases_for(viewer), request.GET.get("page"))
    context = {"page": page, "table": tables.releases_table(page.object_list)}
    return render(request, "equality/releases.html", context)


@requires("fares.view")
@require_GET
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what was released, or give it as a file."""
    found = get_object_or_404(queries.releases_for(cast(User, request.user)), ref=ref)
    file = FILES.get(request.GET.get("as", ""))
    if file is not None:
        return file(found)
    context = {"release": found, "table": releasing.released_table(found)}
    return render(request, "equality/release.html", context)


@requires("fares.release")
@require_http_methods(["GET", "POST"])
def release_step(request: HttpRequest, step: str) -> HttpResponse:
    """Let the figures of one step of the pathway out."""
    if step_called(step) is None:
        raise Http404
    return _release(request, step)


@requires("fares.release")
@require_http_methods(["GET", "POST"])
def release_clock(request: HttpRequest, pack: str, slug: str) -> HttpResponse:
    """Let the figures of one standard out."""
    return _release(request, f"{pack}/{slug}")


def _release(request: HttpRequest, measure: str) -> HttpResponse:
    """Show what would leave, small numbers hidden, and let it out once it is said for whom.

    Always of the whole authority and of all children: from parts that are released beside the
    whole, a hidden number could be worked out.
    """
    viewer, asked = cast(User, request.user), Asked(asked_of(request).dimension)
    one = _comparison(viewer, measure, asked)
    leaving = Leaving(releasing.title(one), releasing.rows(one), releasing.notes(one))
    form = ReleaseForm(request.POST or None)
    if form.is_valid():
        made = release_figures(
            by=viewer, at=timezone.now(), comparison=one, leaving=leaving,
            for_whom=form.cleaned_data["for_whom"], as_at=queries.counted_on(),
        )  # fmt: skip
        messages.success(request, "The figures are released, and the record of it is kept.")
        return redirect("equality:release", ref=made.ref)
    context = {
        "form": form,
        "title": leaving.title,
        "back": tables.url_of(one),
        "notes": leaving.notes,
        "table": Table("What would leave", leaving.rows[0], leaving.rows[1:]),
    }
    return render(request, "equality/start_release.html", context)


def _comparison(viewer: User, measure: str, asked: Asked) -> Comparison:
    """Return the measure on one dimension, suppressed and rounded; 404 where nothing is counted."""
    found = queries.counts_to_release(viewer, measure, asked)
    if found is None:
        raise Http404
    return suppressed(found, round_to=found.rules.round_to)

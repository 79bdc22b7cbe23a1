"""The data officer's pages on where sources differ, and on which of them leads."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.casework.recorded import SOURCE as BY_HAND
from evenhand.design.paging import page_of
from evenhand.history.actions import log_view
from evenhand.imports import queries as rows
from evenhand.imports import ranking
from evenhand.imports.matching import choosing
from evenhand.imports.reconciling import actions, queries, tables
from evenhand.imports.reconciling.forms import (
    ALIKE,
    ANOTHER,
    SEEN,
    DifferencesFilter,
    KindForm,
    RankForm,
    SettleForm,
    WhichForm,
)
from evenhand.problems import Problem
from evenhand.sources.models import Difference, RowFinding, Source


@requires("imports.manage")
@require_GET
def differences(request: HttpRequest) -> HttpResponse:
    """List where sources differ, to settle one after another or all that are alike."""
    form = DifferencesFilter(request.GET or None, choices=queries.choices())
    chosen = form.cleaned_data if form.is_valid() else {}
    page = page_of(queries.differences(**chosen), request.GET.get("page"))
    references = queries.references_of(page.object_list, _viewer(request))
    table = tables.differences_table(page.object_list, references)
    return render(request, "imports/differences.html", {"page": page, "table": table, "form": form})


@requires("imports.manage")
@require_http_methods(["GET", "POST"])
def difference(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one difference, and settle it."""
    found = _difference(request, ref)
    form = _settle_form(request, found)
    if form is not None and form.is_valid():
        try:
            count = _settle(request, found, form.cleaned_data)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"Settled: {count:,} difference{'s' if count > 1 else ''}.")
            return redirect("imports:differences")
    context = {
        "difference": found,
        "rows": tables.difference_rows(found, queries.day_of(found)),
        "child": queries.child_of(found, _viewer(request)),
        "form": form,
        "heading": f"{queries.in_words(found.kind)}: {queries.field_in_words(found.field).lower()}",
    }
    return render(request, "imports/difference.html", context)


def _difference(request: HttpRequest, ref: str) -> Difference:
    kept = Difference.objects.select_related("source", "believed", "batch")
    found = get_object_or_404(kept, ref=ref)
    if found.child_id is not None:
        log_view(_viewer(request), found.child_id, page="imports:difference", at=timezone.now())
    return found


def _settle_form(request: HttpRequest, found: Difference) -> SettleForm | None:
    if found.standing != Difference.Standing.OPEN:
        return None
    alike = queries.alike(found).count() - 1
    return SettleForm(request.POST or None, difference=found, alike=alike)


def _settle(request: HttpRequest, found: Difference, said: dict[str, Any]) -> int:
    chosen = queries.alike(found)
    if said["where"] != ALIKE:
        chosen = chosen.filter(pk=found.pk)
    settled: int = actions.settle(
        chosen,
        decision=said["decision"],
        reason=said["reason"],
        by=_viewer(request),
        at=timezone.now(),
    )
    return settled


@requires("imports.manage")
@require_http_methods(["GET", "POST"])
def ranks(request: HttpRequest) -> HttpResponse:
    """Show which source leads for each kind of record, and change it."""
    kind_form = KindForm(request.GET or None)
    kind = kind_form.cleaned_data["kind"] if kind_form.is_valid() else ""
    sources = list(Source.objects.exclude(key=BY_HAND).order_by("rank", "pk"))
    form = _rank_form(request.POST or None, sources, kind)
    both = None
    if form.is_valid():
        places, seen = form.places, form.cleaned_data[SEEN]
        try:
            actions.rank(kind, places, seen=seen, by=_viewer(request), at=timezone.now())
        except actions.Overtaken as problem:
            both = tables.both_orders_table(sources, ranking.ranks(kind), places)
            now = {SEEN: ranking.order_shown(kind)}
            form = _rank_form(request.POST.dict() | now, sources, kind)
            form.add_error(None, str(problem))
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Saved. It holds from the next import on.")
            return redirect("imports:ranks")
    context = {
        "kind_form": kind_form,
        "form": form if sources else None,
        "kind": queries.in_words(kind) if kind else "Every kind",
        "table": tables.orders_table(queries.orders() if sources else []),
        "both": both,
    }
    return render(request, "imports/ranks.html", context)


def _rank_form(data: Any, sources: list[Source], kind: str) -> RankForm:
    seen = ranking.order_shown(kind)
    return RankForm(data, sources=sources, places=ranking.ranks(kind), seen=seen)


@requires("imports.manage")
@require_http_methods(["GET", "POST"])
def which(request: HttpRequest, ref: str) -> HttpResponse:
    """Say which record a row in doubt tells of, or that it is one of its own."""
    found = _finding(request, ref)
    records = choosing.candidates(found) if choosing.is_in_doubt(found) else []
    form = WhichForm(
        request.POST or None, records=[(str(one.target_id), one.words) for one in records]
    )
    if not choosing.is_in_doubt(found):
        if request.method == "POST":
            return redirect("imports:finding", ref=found.ref)
    elif form.is_valid():
        said = form.cleaned_data["record"]
        target = None if said == ANOTHER else int(said)
        report = choosing.choose(found, target, by=_viewer(request), at=timezone.now())
        again = report.total("quarantined")
        messages.success(
            request, "It is still in quarantine." if again else "Decided, and the row was taken."
        )
        return redirect("imports:quarantine")
    context = {"finding": found, "form": form if choosing.is_in_doubt(found) else None}
    return render(request, "imports/which.html", context)


def _finding(request: HttpRequest, ref: str) -> RowFinding:
    """Find a row and log that a child's data is seen, before the reply."""
    found = get_object_or_404(
        RowFinding.objects.select_related("file__batch__source", "mended_by"), ref=ref
    )
    child_id = rows.child_of(found)
    if child_id is not None:
        log_view(_viewer(request), child_id, page="imports:which", at=timezone.now())
    return found


def _viewer(request: HttpRequest) -> User:
    return cast(User, request.user)

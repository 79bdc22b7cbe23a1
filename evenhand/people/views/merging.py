"""Two records of one child: found, looked at side by side, merged and parted again."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import requires
from evenhand.design.paging import ON_A_PAGE
from evenhand.history.actions import log_view
from evenhand.people import actions
from evenhand.people.forms import ReasonForm
from evenhand.people.models import Child
from evenhand.people.queries import child_for
from evenhand.people.queries.merging import recorded_twice
from evenhand.people.tables.merging import side_by_side, twice_table
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem

PAGE = "merging"


@requires("children.merge")
@require_GET
def twice(request: HttpRequest) -> HttpResponse:
    """List records that may be of one child."""
    pairs = recorded_twice(viewer_of(request))
    page = Paginator(pairs, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "table": twice_table(page.object_list)}
    return render(request, "people/twice.html", context)


@requires("children.merge")
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, ref: str, other: str) -> HttpResponse:
    """Show two records side by side, and read the second as the first from now on."""
    viewer = viewer_of(request)
    kept, second = child_for(viewer, ref, page=PAGE), child_for(viewer, other, page=PAGE)
    form = ReasonForm(request.POST or None, label="How do you know that they are one child?")
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.merge_children(kept, second, by=viewer, at=timezone.now(), reason=reason)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The two records are read as one from now on.")
            return redirect("pages:child", ref=kept.ref)
    return _show(request, kept, second, form, "merge")


@requires("children.merge")
@require_http_methods(["GET", "POST"])
def unmerge(request: HttpRequest, ref: str, other: str) -> HttpResponse:
    """Show two records that are read as one, and part them again."""
    viewer = viewer_of(request)
    kept = child_for(viewer, ref, page=PAGE)
    second = get_object_or_404(Child, ref=other, merged_into=kept)
    log_view(viewer, second.pk, page=PAGE, at=timezone.now())
    form = ReasonForm(request.POST or None, label="How do you know that they are two children?")
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.unmerge(second, by=viewer, at=timezone.now(), reason=reason)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The two records are each read on their own again.")
            return redirect("pages:child", ref=kept.ref)
    return _show(request, kept, second, form, "unmerge")


def _show(
    request: HttpRequest, kept: Child, other: Child, form: ReasonForm, what: str
) -> HttpResponse:
    context = {
        "kept": kept,
        "other": other,
        "form": form,
        "is_merge": what == "merge",
        "table": side_by_side(kept, other),
    }
    return render(request, "people/merge.html", context)

"""Closing a record, opening it again, one's own family, and access for a while."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.history.actions import log_view
from evenhand.people.actions import access as actions
from evenhand.people.forms import ReasonForm
from evenhand.people.forms_of_access import (
    MINE,
    EndFamilyForm,
    LendForm,
    OwnFamilyForm,
    RestrictForm,
    ReviewForm,
)
from evenhand.people.models import Adult, Child, TemporaryAccess
from evenhand.people.queries import adult_of, child_for
from evenhand.people.queries.access import (
    family_of,
    found_to_lend,
    lent_to_others,
    restriction_of,
)
from evenhand.people.tables.access import lent_rows, lent_table, restriction_rows
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem

PAGE = "restriction"
NO_RECORD = "No record can be opened with these details. Check them with whoever gave them to you."


@requires("children.restrict")
@require_http_methods(["GET", "POST"])
def restrict(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a child's record to all but some, or to some."""
    viewer, now = viewer_of(request), timezone.now()
    child = child_for(viewer, ref, page=PAGE, at=now)
    form = RestrictForm(request.POST or None, today=timezone.localdate(now))
    if form.is_valid():
        try:
            actions.restrict(child, by=viewer, at=now, **form.cleaned_data)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The record is restricted.")
            return redirect("pages:child", ref=child.ref)
    return render(request, "people/restrict.html", {"form": form, "child": child})


@requires("children.restrict")
@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a restriction to those inside, and lift it with a reason."""
    viewer, now = viewer_of(request), timezone.now()
    child = child_for(viewer, ref, page=PAGE, at=now)
    held = restriction_of(child, now=now)
    if held is None:
        raise Http404
    form = ReasonForm(request.POST or None, label="Why may the record be open again?")
    if form.is_valid():
        actions.lift(held, by=viewer, at=now, reason=form.cleaned_data["reason"])
        messages.success(request, "The restriction is lifted.")
        return redirect("pages:child", ref=child.ref)
    context = {"form": form, "child": child, "rows": restriction_rows(held)}
    return render(request, "people/lift.html", context)


@requires("children.view")
@require_http_methods(["GET", "POST"])
def own_family(request: HttpRequest, ref: str) -> HttpResponse:
    """Declare that a record is of one's own family: it is closed to oneself at once."""
    viewer, now = viewer_of(request), timezone.now()
    child = child_for(viewer, ref, page=PAGE, at=now)
    adults = list(Adult.objects.filter(relationships__child=child).distinct().order_by("pk"))
    form = OwnFamilyForm(request.POST or None, child=child, adults=adults)
    if form.is_valid():
        person = _of_family(child, form.cleaned_data["person"])
        actions.declare_own_family(person, by=viewer, at=now, of=viewer, child_id=child.pk)
        messages.success(request, "Thank you. The record is closed to you from now on.")
        return redirect("pages:home")
    return render(request, "people/own_family.html", {"form": form, "child": child})


def _of_family(child: Child, chosen: str) -> Child | Adult:
    return child if chosen == MINE else adult_of(child, chosen)


@requires("children.restrict")
@require_http_methods(["GET", "POST"])
def family_declared(request: HttpRequest, ref: str) -> HttpResponse:
    """Show who declared a record to be of their family; say that one no longer holds."""
    viewer, now = viewer_of(request), timezone.now()
    child = child_for(viewer, ref, page=PAGE, at=now)
    form = EndFamilyForm(request.POST or None, held=family_of(child))
    if form.is_valid():
        try:
            actions.end_own_family(
                form.cleaned_data["declared"], by=viewer, at=now, child_id=child.pk,
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The record is open to them again, as far as they reach.")
            return redirect("pages:child", ref=child.ref)
    return render(request, "people/family_declared.html", {"form": form, "child": child})


@requires("access.borrow")
@require_http_methods(["GET", "POST"])
def lend(request: HttpRequest) -> HttpResponse:
    """Ask for a record that is not within reach, and open it for a while."""
    viewer, now = viewer_of(request), timezone.now()
    form = LendForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        reason, because = given.pop("reason"), given.pop("because")
        child = found_to_lend(viewer, **given)
        if child is not None:
            if not Child.objects.visible_to(viewer).filter(pk=child.pk).exists():
                actions.lend(child, by=viewer, at=now, reason=reason, because=because)
            return redirect("pages:child", ref=child.ref)
        actions.note_not_found(by=viewer, at=now, reason=reason)
        form.add_error(None, NO_RECORD)
    return render(request, "people/lend.html", {"form": form})


@requires("access.view")
@require_GET
def lent_list(request: HttpRequest) -> HttpResponse:
    """List who opened records for a while, of those within reach."""
    page = page_of(lent_to_others(viewer_of(request)), request.GET.get("page"))
    table = lent_table(page.object_list, timezone.now())
    return render(request, "people/lent_list.html", {"page": page, "table": table})


@requires("access.view")
@require_GET
def lent(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one access and how it ended."""
    viewer = viewer_of(request)
    found = _lent(viewer, ref)
    may_review = may(viewer, "access.review") and not found.verdict
    context = {"rows": lent_rows(found, timezone.now()), "found": found, "may_review": may_review}
    return render(request, "people/lent.html", context)


@requires("access.review")
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, ref: str) -> HttpResponse:
    """Say whether it was right to open a record for a while."""
    viewer, now = viewer_of(request), timezone.now()
    found = _lent(viewer, ref)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        try:
            actions.review_lending(found, by=viewer, at=now, **form.cleaned_data)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Your review is recorded.")
            return redirect("people:lent-list")
    context = {"form": form, "rows": lent_rows(found, now), "found": found}
    return render(request, "people/review_lent.html", context)


def _lent(viewer: User, ref: str) -> TemporaryAccess:
    """Find one access to a record within reach; that it was looked at is logged of the child."""
    found = get_object_or_404(lent_to_others(viewer), ref=ref)
    log_view(viewer, found.child_id, page="temporary access", at=timezone.now())
    return found

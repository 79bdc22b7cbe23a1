"""About one person: what is known, recording an answer, and taking one back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.people import actions
from evenhand.people.asking import CHILD, PARENT, Person
from evenhand.people.forms import AnswerForm, ReasonForm
from evenhand.people.models import Adult, Child, IdentityStatement
from evenhand.people.pack import item_called
from evenhand.people.queries import adult_of, child_for, identity_summary, statements_about
from evenhand.people.queries.about import parents_of
from evenhand.people.queries.objections import objection_of
from evenhand.people.tables import about_rows, statements_table
from evenhand.people.views.overtaken import Overtaken, answer_overtaken
from evenhand.people.views.requests import viewer_of
from evenhand.people.wording import told_meanwhile
from evenhand.policy import Ask
from evenhand.problems import Problem

PAGE = "identity"
NOTHING_YET = "none"


@requires("children.view")
@require_GET
def identity(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what is known of who a child is, who said so and when, and what is still to ask."""
    viewer, today = viewer_of(request), timezone.localdate()
    child = child_for(viewer, ref, page=PAGE)
    can_record = may(viewer, "identity.record")
    summary = identity_summary(child, viewer, today=today)
    context = {
        "child": child,
        "summary": summary,
        "rows": about_rows(child, summary, can_record=can_record),
        "volunteered": about_rows(child, summary, can_record=can_record, volunteered=True),
        "statements": statements_table(child, summary, can_record=can_record),
        "objection": objection_of(child),
        "can_record": can_record,
        "parents": [
            (adult, kind, found, about_rows(child, found, adult=adult, can_record=can_record))
            for adult, kind in parents_of(child)
            for found in [identity_summary(adult, viewer, today=today)]
        ],
    }
    return render(request, "people/identity.html", context)


@requires("identity.record")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, ref: str, characteristic: str, adult: str = "") -> HttpResponse:
    """Put one question, and record the answer or why there is none."""
    viewer, today = viewer_of(request), timezone.localdate()
    child = child_for(viewer, ref, page=PAGE)
    about: Child | Adult = adult_of(child, adult) if adult else child
    item, person = _item(characteristic), _person(child, adult)
    if person.kind not in item.about:
        raise Http404
    form = AnswerForm(request.POST or None, item=item, person=person, today=today)
    newest = _newest(about, viewer, characteristic)
    if newest is not None and _is_news(request, newest):
        form.add_error(None, told_meanwhile(newest))
    if form.is_valid():
        try:
            actions.answer(
                about, by=viewer, at=timezone.now(), characteristic=characteristic, **form.statement
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"Recorded: {item.label.lower()}.")
            return redirect("people:identity", ref=child.ref)
    context = {"form": form, "child": child, "about": about, "adult": adult, "item": item}
    context["newest"] = newest.ref if newest else NOTHING_YET
    return render(request, "people/ask.html", context)


def _newest(about: Child | Adult, viewer: User, characteristic: str) -> IdentityStatement | None:
    """Return the newest that the viewer may see of what was said of this."""
    said = statements_about(about, viewer)
    return next((one for one in said if one.characteristic == characteristic), None)


def _is_news(request: HttpRequest, newest: IdentityStatement) -> bool:
    """Whether something was said since the page was opened from which this form comes."""
    known = request.POST.get("newest", "")
    return bool(known) and newest.ref != known


def _person(child: Child, adult: str) -> Person:
    return Person(PARENT) if adult else Person(CHILD, child.born_on)


def _item(characteristic: str) -> Ask:
    try:
        return item_called(characteristic)
    except LookupError as unknown:
        raise Http404 from unknown


@requires("identity.record")
@require_http_methods(["GET", "POST"])
def in_error(request: HttpRequest, ref: str, said: str) -> HttpResponse:
    """Mark a statement as entered in error, with the reason."""
    viewer = viewer_of(request)
    child = child_for(viewer, ref, page=PAGE)
    statement = _statement(child, viewer, said)
    if statement.entered_in_error:
        return answer_overtaken(request, _taken_back(child, statement))
    form = ReasonForm(request.POST or None, label="What was wrong?")
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.enter_in_error(statement, by=viewer, at=timezone.now(), reason=reason)
        except Problem:  # another did it in this very moment
            return answer_overtaken(request, _taken_back(child, statement))
        else:
            messages.success(request, "Marked as entered in error. It no longer counts.")
            return redirect("people:identity", ref=child.ref)
    item = item_called(statement.characteristic)
    context = {"form": form, "child": child, "statement": statement, "item": item}
    return render(request, "people/in_error.html", context)


def _statement(child: Child, viewer: object, said: str) -> IdentityStatement:
    """Return a statement the viewer may see about this child or one of their parents."""
    people: list[Child | Adult] = [child, *(adult for adult, _ in parents_of(child))]
    for person in people:
        for statement in statements_about(person, viewer):  # type: ignore[arg-type]
            if statement.ref == said:
                return statement
    raise Http404


def _taken_back(child: Child, statement: IdentityStatement) -> Overtaken:
    back = reverse("people:identity", args=[child.ref])
    return Overtaken(statement, "identity.entered_in_error", back, child.pk)


@requires("identity.record")
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, ref: str, characteristic: str, adult: str = "") -> HttpResponse:
    """Say why answers that differ may both stand."""
    viewer = viewer_of(request)
    child = child_for(viewer, ref, page=PAGE)
    about: Child | Adult = adult_of(child, adult) if adult else child
    item = _item(characteristic)
    form = ReasonForm(request.POST or None, label="Why may both answers stand?")
    if form.is_valid():
        try:
            actions.settle_difference(
                about, by=viewer, at=timezone.now(), characteristic=characteristic,
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"Settled: {item.label.lower()}.")
            return redirect("people:identity", ref=child.ref)
    summary = identity_summary(about, viewer)
    line = next((one for one in summary.lines if one.item == item), None)
    if line is None:
        raise Http404("That is not asked of this person.")
    context = {"form": form, "child": child, "about": about, "item": item, "line": line}
    return render(request, "people/settle.html", context)

"""Recording on the packs' forms: choosing one, filling it in, and reading what it came to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import may, requires
from evenhand.design.components import Table
from evenhand.design.paging import page_of
from evenhand.people.models import Child
from evenhand.people.queries import child_for
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.recording import actions, pasting, queries, sets, tables
from evenhand.recording.answering import given_of
from evenhand.recording.choosing import offered_alone, offered_of, offered_of_events
from evenhand.recording.filling import fill_in
from evenhand.recording.forms import ErrorForm, PasteForm, RecordingForm
from evenhand.recording.lacking import missing_of
from evenhand.recording.letters import letter_of
from evenhand.recording.models import Recording
from evenhand.recording.results import result_of
from evenhand.rules.form_results import filled
from evenhand.rules.question_sets import QuestionSet
from evenhand.standards.queries import promises_of
from evenhand.standards.tables import promises_table

PAGE = "recording"
MOST_MISSING = 20


@requires("recording.read")
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Choose what to record that is of no one child, and see what is one's own to complete."""
    viewer = viewer_of(request)
    page = page_of(queries.missing_of(viewer), request.GET.get("page"))
    empty = "Nothing that you recorded lacks anything."
    context = {
        "groups": offered_alone(viewer, timezone.localdate()),
        "missing": tables.missing_table(page.object_list, "What is yours to complete", empty),
        "page": page,
    }
    return render(request, "recording/start.html", context)


@requires("recording.read")
@require_GET
def of_child(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what was recorded about a child, and what can be added."""
    viewer = viewer_of(request)
    child = child_for(viewer, ref, page=PAGE)
    page = page_of(queries.recordings_of(child), request.GET.get("page"))
    table = tables.register_table(page.object_list, "What was recorded", "Nothing yet.")
    today = timezone.localdate()
    context = {
        "child": child, "groups": offered_of(viewer, child, today), "table": table, "page": page,
        "events": offered_of_events(viewer, child, today),
        "missing": [tables.link_of(one) for one in queries.missing_about(child)[:MOST_MISSING]],
        "case_system": queries.case_system_url(child),
    }  # fmt: skip
    return render(request, "recording/of_child.html", context)


@requires("recording.read")
@require_GET
def register(request: HttpRequest, form: str) -> HttpResponse:
    """List what was recorded on one form, as far as the viewer may read."""
    asked = _asked(form)
    rows = queries.recordings_for(viewer_of(request)).filter(form=form)
    page = page_of(rows, request.GET.get("page"))
    table = tables.register_table(page.object_list, asked.title, "Nothing is recorded yet.")
    may_write = may(viewer_of(request), asked.permission)
    context = {"asked": asked, "table": table, "page": page, "may_write": may_write}
    return render(request, "recording/register.html", context)


@requires("recording.write")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, form: str) -> HttpResponse:
    """Record something that is of no one child."""
    return _recorded(request, _allowed(request, form), None, None)


@requires("recording.write")
@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest, form: str) -> HttpResponse:
    """Write a table from a spreadsheet down: every line, or none."""
    asked = _allowed(request, form)
    pasted, fates = PasteForm(request.POST or None), ()
    if pasted.is_valid():
        try:
            made = pasting.write_down(
                asked, pasted.cleaned_data["table"], by=viewer_of(request), at=timezone.now()
            )
        except pasting.Unread as problem:
            fates = problem.fates
            pasted.add_error(None, str(problem))
        else:
            messages.success(request, f"Written down: {len(made)}.")
            return redirect("recording:register", form=form)
    headings = pasting.headings_of(asked)
    context = {"form": pasted, "asked": asked, "fates": fates, "headings": headings}
    return render(request, "recording/paste.html", context)


@requires("recording.write")
@require_http_methods(["GET", "POST"])
def new_of_child(request: HttpRequest, ref: str, form: str) -> HttpResponse:
    """Record something about a child."""
    child = child_for(viewer_of(request), ref, page=PAGE)
    return _recorded(request, _allowed(request, form), child, None)


@requires("recording.write")
@require_http_methods(["GET", "POST"])
def new_about(request: HttpRequest, ref: str, form: str, event: str) -> HttpResponse:
    """Fasten something to an imported event of a child; where it is there already, change it."""
    child = child_for(viewer_of(request), ref, page=PAGE)
    asked = _allowed(request, form)
    found = queries.event_of(child, asked.subject, event)
    if found is None:
        raise Http404
    held = Recording.objects.filter(
        form=form, about_id=found.pk, is_once=True, entered_in_error=False
    ).first()
    if held is not None:
        return redirect("recording:change", ref=held.ref)
    return _recorded(request, asked, child, found)


def _recorded(
    request: HttpRequest, asked: QuestionSet, child: Child | None, event: queries.Event | None
) -> HttpResponse:
    viewer, now, about_id = viewer_of(request), timezone.now(), event.pk if event else None
    facts = sets.facts_read(asked, about_id, child.pk if child else None)
    also = queries.siblings_of(viewer, child) if child and event is None else []

    def made(data: QueryDict | None) -> RecordingForm:
        local = timezone.localtime(now)
        return RecordingForm(data, asked=asked, now=local, facts=facts, also=also)

    def save(form: RecordingForm) -> Recording:
        same: dict[str, Any] = {"by": viewer, "at": now}
        chosen = [one for one in also if one.ref in form.children_too]
        if child is None or not chosen:
            return actions.record(asked, form.given, child=child, about_id=about_id, **same)
        return actions.record_for_each(asked, form.given, [child, *chosen], **same)[0]

    return fill_in(request, made, save, {"asked": asked, "child": child, "event": event})


@requires("recording.read")
@require_GET
def one(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what was recorded, what it comes to, and what is missing of it."""
    viewer = viewer_of(request)
    found, child, asked = _found(request, ref)
    context: dict[str, Any] = {"recording": found, "child": child, "asked": asked}
    context["case_system"] = queries.case_system_url(child) if child else ""
    context["title"] = tables.title_of(found)
    context["may_change"] = may(viewer, asked.permission) if asked else False
    if asked is not None:
        given = given_of(asked, found.answers.all().order_by("row", "pk"))
        result = result_of(found, asked, given, timezone.localdate())
        close = queries.is_close(viewer, child) or found.recorded_by_id == viewer.pk
        context["rows"] = tables.rows_of(asked, given, close=close)
        context["derived"] = tables.derived_rows(asked, result)
        context["result"] = result
        context["promises"] = _promises(found)
        lacks = [] if found.entered_in_error else missing_of(found, result)
        context["missing"] = [tables.in_words(one) for one in lacks]
        context["copy"] = filled(asked.copy, result.case) if asked.copy else ""
    return render(request, "recording/one.html", context)


@requires("recording.read")
@require_GET
def letter(request: HttpRequest, ref: str, letter: str) -> HttpResponse:
    """Show a letter or notice that follows from what was recorded, to be read and sent."""
    found, child, asked = _found(request, ref)
    written = None
    if asked is not None and not found.entered_in_error:
        given, today = given_of(asked, found.answers.order_by("row", "pk")), timezone.localdate()
        result = result_of(found, asked, given, today)
        viewer = viewer_of(request)
        close = queries.is_close(viewer, child) or found.recorded_by_id == viewer.pk
        written = letter_of(found, asked, given, result, letter, close=close, today=today)
    if written is None:
        raise Http404
    context = {"recording": found, "letter": written, "title": tables.title_of(found)}
    return render(request, "recording/letter.html", {**context, "today": timezone.localdate()})


@requires("recording.write")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, ref: str) -> HttpResponse:
    """Add to what was recorded, or put it right."""
    found, child, asked = _found(request, ref)
    if asked is None or found.entered_in_error:
        raise Http404
    _check(request, asked)
    given = given_of(asked, found.answers.all().order_by("row", "pk"))
    facts = sets.facts_read(asked, found.about_id, found.child_id)

    def made(data: QueryDict | None) -> RecordingForm:
        return RecordingForm(
            data, asked=asked, now=timezone.localtime(), facts=facts, held=given,
            version=found.version,
        )  # fmt: skip

    def save(form: RecordingForm) -> Recording:
        version = form.cleaned_data.get("version") or found.version
        same: dict[str, Any] = {"by": viewer_of(request), "at": timezone.now()}
        return actions.change(found, form.given, version=version, **same)

    return fill_in(request, made, save, {"asked": asked, "child": child, "recording": found})


@requires("recording.write")
@require_http_methods(["GET", "POST"])
def in_error(request: HttpRequest, ref: str) -> HttpResponse:
    """Take back what was recorded by mistake, with a reason."""
    found, child, asked = _found(request, ref)
    if found.entered_in_error:
        raise Http404
    if asked is not None:
        _check(request, asked)
    form = ErrorForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.enter_in_error(found, by=viewer_of(request), at=timezone.now(), reason=reason)
        messages.success(request, "Taken back. It no longer counts.")
        return redirect("recording:one", ref=ref)
    context = {"form": form, "child": child, "recording": found, "title": tables.title_of(found)}
    return render(request, "recording/in_error.html", context)


def _promises(recording: Recording) -> Table:
    pk = recording.pk if recording.about_id is None else recording.about_id
    found = promises_of(recording.subject, pk, now=timezone.now())
    return promises_table(found, "What was promised")


def _found(request: HttpRequest, ref: str) -> tuple[Recording, Child | None, QuestionSet | None]:
    """Find what the viewer may read; where it is of a child, the look is logged."""
    viewer = viewer_of(request)
    found = get_object_or_404(queries.recordings_for(viewer), ref=ref)
    child = child_for(viewer, found.child.ref, page=PAGE) if found.child else None
    return found, child, sets.edition_of(found.form, found.edition)


def _allowed(request: HttpRequest, form: str) -> QuestionSet:
    asked = _asked(form)
    _check(request, asked)
    return asked


def _asked(form: str) -> QuestionSet:
    try:
        asked = sets.form_called(form, timezone.localdate())
    except Problem:
        raise Http404 from None
    if asked.room:
        raise Http404
    return asked


def _check(request: HttpRequest, asked: QuestionSet) -> None:
    if not may(viewer_of(request), asked.permission):
        raise PermissionDenied(asked.permission)

"""Lists of files: choosing and drawing them, reading one, drawing it again, and publishing it."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.accounts.models import Team, User, Worker
from evenhand.accounts.permissions import may, requires
from evenhand.accounts.scope import scope_of
from evenhand.audits import pack
from evenhand.audits.actions import samples as actions
from evenhand.audits.forms_samples import DrawForm, source_of
from evenhand.audits.list_document import document_of
from evenhand.audits.models import Sample, SampledFile, Slot
from evenhand.audits.queries import samples as queries
from evenhand.audits.queries.drawing import auditors_for, files_of, fit
from evenhand.audits.queries.programme import one_slot_for
from evenhand.audits.queries.rights import may_draw, may_draw_like
from evenhand.audits.tables import programme as titles
from evenhand.audits.tables import samples as tables
from evenhand.design.document_files import pdf_of
from evenhand.design.documents import Document
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem

LOOK = "look"


@requires("audits.draw")
@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest, ref: str) -> HttpResponse:
    """Choose from which files to draw; show how many fit, and draw them."""
    viewer, now = viewer_of(request), timezone.now()
    slot = slot_to_draw(viewer, ref)
    on = timezone.localdate(now)
    auditors = auditors_for(slot, on)
    form = DrawForm(
        request.POST or None,
        source=source_of(slot),
        teams=teams_of(viewer),
        workers=_workers(slot),
        size=files_of(slot, on),
    )
    context: dict[str, object] = {
        "slot": slot, "form": form, "title": titles.title_of_slot(slot), "auditors": auditors,
        "drawn_before": queries.waiting_list(slot), "line": pack.line_called(slot.line),
    }  # fmt: skip
    if form.is_valid():
        choice = form.choice(auditors)
        try:
            if request.POST.get("do") == LOOK:
                found = fit(slot, choice, viewer, now=now)
                context |= {
                    "of": len(found.files), "left_out": tables.fit_table(found),
                    "advice": tables.advice_words(len(found.files), choice.size, on),
                }  # fmt: skip
            else:
                made = actions.draw(slot, choice, by=viewer, at=now)
                return redirect("audits:sample", ref=made.ref)
        except Problem as problem:
            form.add_error(None, str(problem))
    return render(request, "audits/draw.html", context)


@requires("audits.view")
@require_GET
def sample(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a list: how it was drawn, what is on it, and what became of it. It can be printed."""
    viewer, now = viewer_of(request), timezone.now()
    found = sample_of(viewer, ref)
    slot, title = found.slot, titles.title_of_list(found)
    files = queries.files_for(found, viewer)
    closed_number = queries.closed_number(found, files)
    rows = tables.sample_rows(found, queries.drawn_number(found), queries.list_outcome(found, now))
    if request.GET.get("as") == "pdf":
        return _printed(document_of(title, rows, files, closed_number, now), now)
    may_change = queries.may_change(found, viewer)
    barred = queries.barred_words(files, found, now) if may_change else {}
    context = {
        "sample": found, "slot": slot, "title": title,
        "rows": rows,
        "files": tables.files_table(files, barred, opens=may(viewer, "children.view"),
                                    may_leave_out=may_change),
        "parts": tables.parts_table(found),
        "closed_number": closed_number,
        "may_change": may_change,
        "may_add": may_change and found.method != Sample.Method.PICKED,
        "may_publish": may_change and queries.is_to_publish(found),
        "may_redraw": may_draw_like(found, viewer) and found.method != Sample.Method.PICKED,
    }  # fmt: skip
    return render(request, "audits/sample.html", context)


def _printed(document: Document, now: datetime) -> HttpResponse:
    reply = HttpResponse(pdf_of(document, made_at=now), content_type="application/pdf")
    reply["Content-Disposition"] = 'attachment; filename="files-to-audit.pdf"'
    return reply


@requires("audits.draw")
@require_GET
def again(request: HttpRequest, ref: str) -> HttpResponse:
    """Draw a list again from what was kept, and show that it is the same."""
    viewer = viewer_of(request)
    found = sample_of(viewer, ref)
    drawn = queries.redrawn(found)
    context = {
        "sample": found,
        "drawn": drawn,
        "table": tables.redrawn_table(drawn, queries.files_for(found, viewer)),
    }
    return render(request, "audits/again.html", context)


@requires("audits.draw")
@require_POST
def publish(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a list to the teams whose files stand on it."""
    found = sample_of(viewer_of(request), ref)
    try:
        actions.publish(found, by=viewer_of(request), at=timezone.now())
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Published. The teams whose files stand on it can read it now.")
    return redirect("audits:sample", ref=ref)


def slot_to_draw(viewer: User, ref: str) -> Slot:
    """Return a slot for which the viewer may draw. Http404, or PermissionDenied."""
    slot = get_object_or_404(one_slot_for(viewer), ref=ref)
    if not may_draw(slot, viewer):
        raise PermissionDenied("audits.draw")
    return slot


def sample_of(viewer: User, ref: str) -> Sample:
    """Return a list that the viewer may see. Http404 for any other."""
    return get_object_or_404(queries.samples_for(viewer), ref=ref)


def file_of(viewer: User, ref: str) -> SampledFile:
    """Return a file of a list that the viewer may see. Http404 for any other."""
    named = get_object_or_404(SampledFile.objects.select_related("sample"), ref=ref)
    shown = queries.files_for(sample_of(viewer, named.sample.ref), viewer)
    return get_object_or_404(SampledFile.objects.filter(pk__in=[f.pk for f in shown]), ref=ref)


def teams_of(viewer: User) -> list[Team]:
    """Return the teams within reach that have children."""
    scope, rows = scope_of(viewer).persons, Team.objects.filter(children__is_open=True).distinct()
    return list((rows if scope.everyone else rows.filter(pk__in=scope.teams)).order_by("name"))


def _workers(slot: Slot) -> list[Worker]:
    return list(Worker.objects.filter(team=slot.team).order_by("name")) if slot.team else []

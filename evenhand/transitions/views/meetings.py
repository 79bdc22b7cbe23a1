"""Monitoring meetings: holding one, going through its agenda, and closing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.accounts.permissions import may, requires
from evenhand.design.document_files import pdf_of
from evenhand.design.paging import page_of
from evenhand.people.queries import child_for
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.transitions.actions import close_meeting, hold_meeting, note_case, write_pack
from evenhand.transitions.forms import CaseForm, MeetingForm
from evenhand.transitions.judging import steps_of
from evenhand.transitions.meeting_pack import document_of
from evenhand.transitions.models import AgendaCase
from evenhand.transitions.queries import meetings as queries
from evenhand.transitions.queries.plans import plans_for
from evenhand.transitions.tables import board as tables
from evenhand.transitions.wording import steps_words

PAGE, PDF = "transition meeting", "application/pdf"


@requires("transitions.view")
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """List the meetings, and the months in which one is to be held."""
    page = page_of(queries.meetings_for(viewer_of(request)), request.GET.get("page"))
    context = {
        "page": page,
        "table": tables.meetings_table(page.object_list),
        "slots": tables.slots_table(queries.slots(timezone.now())),
        "may_manage": may(viewer_of(request), "transitions.manage"),
    }
    return render(request, "transitions/meetings.html", context)


@requires("transitions.manage")
@require_http_methods(["GET", "POST"])
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Record a meeting: its agenda is everybody who is watched."""
    viewer, now = viewer_of(request), timezone.now()
    today = timezone.localdate(now)
    form = MeetingForm(request.POST or None, today=today, initial={"held_on": today})
    if form.is_valid():
        held_on = form.cleaned_data["held_on"]
        plans = queries.agenda_for(viewer, held_on)
        try:
            made = hold_meeting(by=viewer, at=now, held_on=held_on, posts=form.posts, plans=plans)
        except Problem as problem:
            form.add_error("held_on", str(problem))
        else:
            messages.success(request, "Written down. Its agenda is below.")
            return redirect("transitions:meeting", ref=made.ref)
    context = {"form": form, "number": len(queries.agenda_for(viewer, today))}
    return render(request, "transitions/new_meeting.html", context)


@requires("transitions.manage")
@require_GET
def pack(request: HttpRequest) -> HttpResponse:
    """Give the pack for the next meeting as PDF, and note in the history that it left."""
    viewer, now = viewer_of(request), timezone.now()
    today = timezone.localdate(now)
    plans = queries.agenda_for(viewer, today)
    made = document_of(plans, steps_of(plans, now), queries.last_cases(plans), today)
    write_pack(plans, by=viewer, at=now)
    reply = HttpResponse(pdf_of(made, made_at=now), content_type=PDF)
    named = f"transition-meeting-{today:%Y-%m-%d}.pdf"
    reply["Content-Disposition"] = f'attachment; filename="{named}"'
    return reply


@requires("transitions.view")
@require_GET
def meeting(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one meeting with its agenda: the pack to print before, and the notes after."""
    viewer, now = viewer_of(request), timezone.now()
    found = get_object_or_404(queries.meetings_for(viewer_of(request)), ref=ref)
    cases, seats = queries.cases_for(found, viewer), queries.seats(found)
    may_note = may(viewer, "transitions.manage") and found.closed_at is None
    steps = steps_of([case.plan for case in cases], now)
    told = {pk: steps_words(steps_of_one) for pk, steps_of_one in steps.items()}
    context = {
        "meeting": found,
        "seats": tables.seats_table(seats),
        "is_quorate": all(seat.is_filled for seat in seats),
        "agenda": tables.agenda_table(cases, told, may_note=may_note),
        "discussed": tables.discussed_words(found),
        "left": [case for case in cases if not case.is_discussed],
        "may_note": may_note,
    }
    return render(request, "transitions/meeting.html", context)


@requires("transitions.manage")
@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, ref: str) -> HttpResponse:
    """Note what was said of one young person."""
    viewer = viewer_of(request)
    mine = AgendaCase.objects.filter(plan__in=plans_for(viewer).order_by().values("pk"))
    found = get_object_or_404(mine.select_related("meeting", "plan__child__team"), ref=ref)
    child = child_for(viewer, found.plan.child.ref, page=PAGE)
    form = CaseForm(request.POST or None, case=found)
    if form.is_valid():
        try:
            note_case(found, by=viewer, at=timezone.now(), **form.cleaned_data)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Noted.")
            return redirect("transitions:meeting", ref=found.meeting.ref)
    return render(request, "transitions/case.html", {"form": form, "case": found, "child": child})


@requires("transitions.manage")
@require_POST
def close(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a meeting: what has no note is carried on."""
    found = get_object_or_404(queries.meetings_for(viewer_of(request)), ref=ref)
    try:
        close_meeting(found, by=viewer_of(request), at=timezone.now())
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Closed. What was not discussed goes on the next agenda.")
    return redirect("transitions:meeting", ref=ref)

"""Doing an audit: what one is asked to audit, one audit, writing on its tool, finishing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.audits import pack
from evenhand.audits.actions import conduct as actions
from evenhand.audits.forms_conduct import FinishForm
from evenhand.audits.models import Audit, Copy, PartnerAgency
from evenhand.audits.queries.conduct import given_in, lacking_of, tool_of
from evenhand.audits.queries.process import step_in_words
from evenhand.audits.queries.reach import (
    adds_until,
    audits_closed_to,
    audits_for,
    audits_given,
    audits_to_write,
)
from evenhand.audits.queries.reports import unread_by
from evenhand.audits.tables import conduct as tables
from evenhand.audits.tables.moderation import block_of
from evenhand.audits.views.beside import beside
from evenhand.audits.views.found import found_on
from evenhand.audits.views.looking import PAGE, looked_at
from evenhand.design.wording import day
from evenhand.people.models import Child
from evenhand.people.queries import child_for
from evenhand.people.queries.reach import keys_of
from evenhand.people.views.forming import Page, taken
from evenhand.people.views.requests import viewer_of
from evenhand.recording import sets
from evenhand.recording.filling import fill_in
from evenhand.recording.forms import RecordingForm
from evenhand.recording.models import Recording

MOST = 50


@requires("audits.open")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show what the viewer audits, and the copies that they have not read."""
    viewer = viewer_of(request)
    done = audits_for(viewer).filter(auditor=viewer, state=Audit.State.DONE)[:MOST]
    copies = Copy.objects.filter(
        to=viewer, read_at=None, audit__in=audits_for(viewer).order_by().values("pk")
    )
    copies = copies.select_related("audit__child", "audit__worker", "audit__team")
    context = {
        "given": tables.given_table(
            audits_given(viewer), "To audit", "You are asked to audit nothing."
        ),
        "closed": audits_closed_to(viewer),
        "lacking": tables.lacking_table(
            (one, adds_until(viewer, one.done_on)) for one in audits_to_write(viewer) if one.done_on
        ),
        "copies": tables.copies_to_read(copies.order_by("sent_at", "pk")[:MOST]),
        "done": tables.done_table(done, "What you audited", "Nothing yet."),
        "may_conduct": may(viewer, "audits.conduct"),
        "may_view": may(viewer, "audits.view"),
        "may_read": may(viewer, "audits.read"),
        "unread": unread_by(viewer),
        "may_draw": may(viewer, "audits.draw"),
    }
    return render(request, "audits/mine.html", context)


@requires("children.view")
@require_GET
def of_child(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the audits of one child."""
    viewer = viewer_of(request)
    child = child_for(viewer, ref, page=PAGE)
    found = audits_for(viewer).filter(child__in=keys_of(child))
    table = tables.done_table(found, "Audits", "This child's file was not audited yet.")
    return render(request, "audits/of_child.html", {"child": child, "table": table})


@requires("audits.open")
@require_GET
def audit(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one audit: its answers, what is missing, and what the record itself answers."""
    found, viewer = _found(request, ref), viewer_of(request)
    _mark_as_read(found, viewer)
    return render(request, "audits/audit.html", _context(found, viewer))


@requires("audits.open")
@require_GET
def to_print(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one audit on paper."""
    found = _found(request, ref)
    return render(request, "audits/audit_print.html", _context(found, viewer_of(request)))


@requires("audits.conduct")
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, ref: str) -> HttpResponse:
    """Write on an audit's tool; what is typed is kept until it is saved."""
    found, viewer = _to_write_on(request, ref), viewer_of(request)
    asked = tool_of(found)
    if asked is None or (request.method == "GET" and _is_finished(found)):
        raise Http404
    held, written = given_in(found), found.recording
    facts = sets.facts_read(asked, None, found.child_id)

    def made(data: QueryDict | None) -> RecordingForm:
        return RecordingForm(
            data, asked=asked, now=timezone.localtime(), facts=facts,
            held=held if written else None, version=written.version if written else None,
        )  # fmt: skip

    def save(form: RecordingForm) -> Recording:
        version = form.cleaned_data.get("version")
        same: dict[str, Any] = {"by": viewer, "at": timezone.now(), "version": version}
        kept: Recording = actions.answer(found, form.given, **same)
        return kept

    where = _then(found, viewer)
    context = {"audit": found, "asked": asked, "lacks": _lacks(found), **beside(found, viewer)}
    return fill_in(request, made, save, context, page="audits/write.html", then=where)


@requires("audits.conduct")
@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, ref: str) -> HttpResponse:
    """Say that an audit is done; of one that is, pressed again, say so."""
    viewer = viewer_of(request)
    found = looked_at(request, audits_for(viewer).filter(auditor=viewer), ref)
    if found.state != Audit.State.OPEN:
        messages.info(request, f"This audit is {found.get_state_display().lower()} already.")
        return redirect("audits:audit", ref=found.ref)
    form = FinishForm(_sent(request), held=found)
    back = reverse("audits:audit", args=[found.ref])

    def act(by: User, at: Any) -> str:
        actions.finish(found, by=by, at=at, version=form.seen)
        return _then(found, by)

    before = _warning(found, viewer)
    page = Page("Finish this audit", "It is done", tables.title_of(found), back, before)
    return taken(request, form, page, act, "Done. Copies are on their way.")


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _then(found: Audit, viewer: User) -> str:
    """Return where one goes from an audit that one wrote on: to it, while one may read it."""
    is_open = found.state == Audit.State.OPEN
    if is_open or may(viewer, "audits.view"):
        return reverse("audits:audit", args=[found.ref])
    return reverse("audits:mine")


def _warning(found: Audit, viewer: User) -> str:
    kept = "The worker and their managers get a copy, and what you wrote stays as it is."
    lacks = _lacks(found)
    if not lacks:
        return kept
    until = adds_until(viewer, timezone.localdate())
    later = f"until {day(until)}" if until else "later, too"
    return f"{kept}\nStill missing: {'; '.join(lacks)}.\nYou can add what is missing {later}."


def _lacks(found: Audit) -> list[str]:
    return [f"{one.section} ({one.what})" for one in lacking_of(found)]


def _context(found: Audit, viewer: User) -> dict[str, Any]:
    asked, own = tool_of(found), found.auditor_id == viewer.pk
    agency = PartnerAgency.objects.filter(user=found.auditor).values_list("name", flat=True).first()
    is_partner = not may(viewer, "audits.view")
    return {
        "audit": found,
        "asked": asked,
        "rows": tables.audit_rows(found, agency or "", is_partner=is_partner),
        "sections": tables.sections_shown(found),
        "copies": tables.copies_table(found.copies.select_related("to").order_by("sent_at", "pk")),
        "steps": pack.process(),
        "here": step_in_words(found),
        **found_on(found, viewer),
        "moderation": None if is_partner else block_of(found, viewer),
        "is_partner": is_partner,
        "is_open": found.state == Audit.State.OPEN,
        "may_write": own and may(viewer, "audits.conduct") and not _is_finished(found),
        "may_finish": own and found.state == Audit.State.OPEN,
        "may_give": may(viewer, "audits.draw") and found.state == Audit.State.OPEN,
        "may_open_child": _may_open(found, viewer),
        **beside(found, viewer),
    }


def _is_finished(found: Audit) -> bool:
    """Whether nothing can be added: it is done and whole, or not needed."""
    if found.state == Audit.State.DONE:
        return not lacking_of(found)
    return found.state == Audit.State.NOT_NEEDED


def _found(request: HttpRequest, ref: str) -> Audit:
    """Find an audit that the viewer may read; where it is of a child, the look is logged."""
    return looked_at(request, audits_for(viewer_of(request)), ref)


def _to_write_on(request: HttpRequest, ref: str) -> Audit:
    """Find one's own audit; one that was given on is still found by what its auditor sends, so
    that nothing is lost without a word."""
    viewer = viewer_of(request)
    mine = Q(auditor=viewer)
    if request.method == "POST":
        mine |= Q(recording__recorded_by=viewer)
    return looked_at(request, audits_for(viewer).filter(mine), ref)


def _mark_as_read(found: Audit, viewer: User) -> None:
    if found.copies.filter(to=viewer, read_at=None).exists():
        actions.read_copies(found, by=viewer, at=timezone.now())


def _may_open(found: Audit, viewer: User) -> bool:
    if found.child is None or not may(viewer, "children.view"):
        return False
    kept = found.child.merged_into_id or found.child_id
    return Child.objects.visible_to(viewer).filter(pk=kept).exists()

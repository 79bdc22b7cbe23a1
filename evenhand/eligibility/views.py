"""Advice and what was decided on it, the queue, what the tiers come to, and their public page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.design.forms import EvenhandForm
from evenhand.design.paging import ON_A_PAGE, page_of
from evenhand.design.wording import child_name
from evenhand.eligibility import actions, forms, letters, queries, tables
from evenhand.eligibility.escalations import diverted, escalations
from evenhand.eligibility.figure import figure
from evenhand.eligibility.gaps import answers_lack, gaps_of
from evenhand.eligibility.models import Decision, Letter
from evenhand.eligibility.pack import Decidable, Tiers, tiers
from evenhand.people.models import Child
from evenhand.people.queries import child_for
from evenhand.people.views.forming import Page, taken
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.recording.models import Recording
from evenhand.recording.queries import recordings_for

PAGE = "eligibility"


@requires("eligibility.view")
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """List open referrals by tier, the most urgent first."""
    found = _tiers()
    page = page_of(queries.queue(viewer_of(request), found), request.GET.get("page"))
    context = {"table": tables.queue_table(page.object_list, found), "page": page}
    context["may_report"] = may(viewer_of(request), "eligibility.report")
    return render(request, "eligibility/queue.html", context)


@requires("eligibility.report")
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """Show what the tiers come to: how many, diverted, departed from, and referred again."""
    viewer, found = viewer_of(request), _tiers()
    pairs = escalations(viewer, found)
    page = Paginator(pairs, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tiers": tables.tiers_table(queries.tallies(viewer, found), found),
        "diversion": tables.diversion_words(diverted(viewer, found), found),
        "departures": tables.departures_table(queries.departures(viewer)),
        "escalations": tables.escalations_table(page.object_list, found),
        "page": page,
    }
    return render(request, "eligibility/report.html", context)


@requires("eligibility.view")
@require_GET
def advice(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what is advised, and everything that was decided on it."""
    recording, child, held = _advised(request, ref)
    decisions = queries.decisions_for(viewer_of(request)).filter(recording=recording)
    context = {
        "recording": recording, "child": child, "rows": tables.advice_rows(recording),
        "table": tables.decisions_table(decisions, held),
        "may_decide": may(viewer_of(request), "eligibility.decide"),
    }  # fmt: skip
    return render(request, "eligibility/advice.html", context)


@requires("eligibility.decide")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down what a named person decided."""
    recording, child, held = _advised(request, ref)
    start = forms.today_of(timezone.localdate())
    form = forms.DecisionForm(request.POST or None, held=held, initial=start)
    if form.is_valid():
        by, at = viewer_of(request), timezone.now()
        try:
            made = actions.decide(recording, form.cleaned_data, by=by, at=at)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "The decision is written down.")
            return redirect("eligibility:decision", ref=made.ref)
    context = {"form": form, "child": child, "recording": recording, "title": "The decision"}
    context["rows"] = tables.advice_rows(recording)
    return render(request, "eligibility/decide.html", context)


@requires("eligibility.view")
@require_GET
def decision(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one decision, what it lacks, and its letters."""
    found, child, held = _decided(request, ref)
    context = {
        "decision": found, "child": child, "rows": tables.decision_rows(found, held),
        "missing": [*gaps_of(found), *answers_lack(found)],
        "table": tables.letters_table(found.letters.order_by("-pk")),
        "may_decide": may(viewer_of(request), "eligibility.decide"),
    }  # fmt: skip
    return render(request, "eligibility/decision.html", context)


@requires("eligibility.decide")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, ref: str) -> HttpResponse:
    """Add to a decision, or put it right."""
    found, child, held = _standing(request, ref)
    form = forms.DecisionForm(request.POST or None, held=held, initial=forms.of_decision(found))
    return _stepped(request, found, child, form, actions.change, "Add to the decision")


@requires("eligibility.decide")
@require_http_methods(["GET", "POST"])
def challenge(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down that somebody does not agree, and what they were answered."""
    found, child, _ = _standing(request, ref)
    form = forms.ChallengeForm(request.POST or None, initial=forms.of_decision(found))
    return _stepped(request, found, child, form, actions.challenge, "Somebody does not agree")


@requires("eligibility.decide")
@require_http_methods(["GET", "POST"])
def in_error(request: HttpRequest, ref: str) -> HttpResponse:
    """Take back a decision that was written down by mistake."""
    found, child, _ = _standing(request, ref)
    form = forms.ErrorForm(request.POST or None)

    def act(by: User, at: datetime) -> str:
        actions.enter_in_error(found, by=by, at=at, reason=form.cleaned_data["reason"])
        return _page_of(found)

    return taken(request, form, _page(found, child, "This decision was entered in error"), act)


@requires("eligibility.decide")
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, ref: str) -> HttpResponse:
    """Write a letter of reasons; it is proposed from the decision."""
    found, child, _ = _standing(request, ref)
    start = {"language": letters.language_of(child), "words": letters.proposed(found)}
    form = forms.LetterForm(request.POST or None, initial=start)

    def act(by: User, at: datetime) -> str:
        said = form.cleaned_data
        made = actions.write_letter(
            found, by=by, at=at, language=said["language"], form=said["format"], words=said["words"]
        )
        return reverse("eligibility:letter", args=[made.ref])

    page = _page(found, child, "Letter to the family")
    return taken(request, form, page, act, "The letter is written. It has not been sent.")


@requires("eligibility.view")
@require_GET
def letter(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a letter, and whether it went."""
    found, child = _letter(request, ref)
    context = {
        "letter": found, "child": child, "title": letters.title_of(found),
        "kinds": letters.kinds_of(found), "paragraphs": found.words.split("\n\n"),
        "may_decide": may(viewer_of(request), "eligibility.decide"),
    }  # fmt: skip
    return render(request, "eligibility/letter.html", context)


@requires("eligibility.view")
@require_GET
def letter_file(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """Give a letter as a tagged PDF or as plain text, as an attachment."""
    found, _ = _letter(request, ref)
    if kind not in letters.kinds_of(found):
        raise Http404
    response = HttpResponse(letters.file_of(found, kind), content_type=letters.KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="letter-{found.ref}.{kind}"'
    return response


@requires("eligibility.decide")
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, ref: str) -> HttpResponse:
    """Say that a letter goes, after looking whether it is safe to write there."""
    found, child = _letter(request, ref)
    if found.sent_on is not None:
        raise Http404
    start = {"sent_on": timezone.localdate()}
    form = forms.SendForm(request.POST or None, initial=start)

    def act(by: User, at: datetime) -> str:
        said = form.cleaned_data
        actions.send(
            found, by=by, at=at, contact_seen=said["contact_seen"], how=said["sent_how"],
            on=said["sent_on"],
        )  # fmt: skip
        return _page_of(found.decision)

    return taken(request, form, _page(found.decision, child, "Send the letter"), act)


@login_not_required
@require_GET
def public_tiers(request: HttpRequest) -> HttpResponse:
    """Show anybody how all families relate to the tiers, as a picture and in words."""
    context = {"figure": figure(_tiers(), timezone.localdate()), "authority": settings.AUTHORITY}
    return render(request, "eligibility/tiers.html", context)


def _tiers() -> Tiers:
    found = tiers()
    if found is None:
        raise Http404("No adopted pack has tiers.")
    return found


def _stepped(
    request: HttpRequest, found: Decision, child: Child | None, form: EvenhandForm,
    do: Callable[..., Any], title: str,
) -> HttpResponse:  # fmt: skip
    def act(by: User, at: datetime) -> str:
        said = form.cleaned_data
        do(found, said, by=by, at=at, version=said.get("version") or found.version)
        return _page_of(found)

    return taken(request, form, _page(found, child, title), act)


def _page(found: Decision, child: Child | None, title: str) -> Page:
    caption = child_name(child) if child else ""
    return Page(title, "Save", "The decision", _page_of(found), caption=caption)


def _page_of(found: Decision) -> str:
    return reverse("eligibility:decision", args=[found.ref])


def _advised(request: HttpRequest, ref: str) -> tuple[Recording, Child | None, Decidable]:
    """Find a recording whose form advises something; where it is of a child, the look is logged."""
    viewer = viewer_of(request)
    found = get_object_or_404(recordings_for(viewer), ref=ref)
    held = tables.held_of(found)
    if held is None:
        raise Http404
    child = child_for(viewer, found.child.ref, page=PAGE) if found.child else None
    return found, child, held


def _decided(request: HttpRequest, ref: str) -> tuple[Decision, Child | None, Decidable]:
    viewer = viewer_of(request)
    found = get_object_or_404(queries.decisions_for(viewer), ref=ref)
    held = tables.held_of(found.recording)
    if held is None:
        raise Http404
    child = child_for(viewer, found.child.ref, page=PAGE) if found.child else None
    return found, child, held


def _standing(request: HttpRequest, ref: str) -> tuple[Decision, Child | None, Decidable]:
    found = _decided(request, ref)
    if found[0].entered_in_error:
        raise Http404
    return found


def _letter(request: HttpRequest, ref: str) -> tuple[Letter, Child | None]:
    viewer = viewer_of(request)
    found = get_object_or_404(queries.letters_for(viewer), ref=ref)
    of = found.decision.child
    return found, child_for(viewer, of.ref, page=PAGE) if of else None

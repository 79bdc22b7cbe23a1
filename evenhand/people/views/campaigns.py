"""Campaigns: the list, starting one, and how far each has come."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import may, requires
from evenhand.accounts.scope import scope_of
from evenhand.design.paging import page_of
from evenhand.people import actions
from evenhand.people.forms import CampaignForm, ReasonForm
from evenhand.people.queries import campaigns_for, progress_of
from evenhand.people.queries.campaigns import waiting_in, with_progress
from evenhand.people.queries.choices import teams_of_aggregates
from evenhand.people.tables import campaigns_table, waiting_table, workers_table
from evenhand.people.views.overtaken import Overtaken, answer_overtaken
from evenhand.people.views.requests import chosen, viewer_of
from evenhand.problems import Problem

STOPPED = "identity.campaign_stopped"


@requires("identity.campaign")
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """List the campaigns over the viewer's teams."""
    viewer = viewer_of(request)
    page = page_of(campaigns_for(viewer), request.GET.get("page"))
    table = campaigns_table(with_progress(viewer, page.object_list))
    return render(request, "people/campaigns.html", {"page": page, "table": table})


@requires("identity.campaign")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Start a campaign: its list is frozen at once."""
    viewer, today = viewer_of(request), timezone.localdate()
    teams, whole = teams_of_aggregates(viewer), scope_of(viewer).aggregates.everyone
    form = CampaignForm(request.POST or None, teams=teams, whole=whole, today=today)
    if form.is_valid():
        team = chosen(teams, form.cleaned_data.pop("team"))
        try:
            started = actions.start_campaign(
                by=viewer, at=timezone.now(), team=team, **form.cleaned_data
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The campaign has started, and its list is frozen.")
            return redirect("people:campaign", ref=started.ref)
    return render(request, "people/start_campaign.html", {"form": form})


@requires("identity.campaign")
@require_GET
def campaign(request: HttpRequest, ref: str) -> HttpResponse:
    """Show how far a campaign has come, and what is left of its list."""
    viewer = viewer_of(request)
    found = get_object_or_404(campaigns_for(viewer), ref=ref)
    progress, workers = progress_of(viewer, found)
    page = page_of(waiting_in(found, viewer), request.GET.get("page"))
    context = {
        "campaign": found,
        "progress": progress,
        "workers": workers_table(workers) if may(viewer, "children.view") else None,
        "page": page,
        "waiting": waiting_table(page.object_list, may(viewer, "identity.record")),
    }
    return render(request, "people/campaign.html", context)


@requires("identity.campaign")
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, ref: str) -> HttpResponse:
    """Stop a campaign, with the reason."""
    viewer = viewer_of(request)
    found = get_object_or_404(campaigns_for(viewer), ref=ref)
    back = reverse("people:campaign", args=[found.ref])
    if found.stopped_at is not None:
        return answer_overtaken(request, Overtaken(found, STOPPED, back))
    form = ReasonForm(request.POST or None, label="Why does it stop?")
    if form.is_valid():
        reason, version = form.cleaned_data["reason"], found.version
        try:
            at = timezone.now()
            actions.stop_campaign(found, by=viewer, at=at, version=version, reason=reason)
        except Problem:  # another did it in this very moment
            return answer_overtaken(request, Overtaken(found, STOPPED, back))
        messages.success(request, "The campaign has stopped.")
        return redirect(back)
    return render(request, "people/stop_campaign.html", {"form": form, "campaign": found})

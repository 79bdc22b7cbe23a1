"""Surveys of staff: the list, opening one, its results; and answering with a link."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import requires
from evenhand.feedback import pack, queries
from evenhand.feedback.actions import close_survey, open_survey, take_answer
from evenhand.feedback.forms import AnswerForm, SurveyForm
from evenhand.feedback.models import Survey
from evenhand.feedback.tables.surveys import results_table, surveys_table, whole_table
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem

GONE = 410
LINKS = "survey_links"
"""Where a session holds the links of a new survey until they are shown."""


@requires("feedback.survey")
@require_GET
def surveys(request: HttpRequest) -> HttpResponse:
    """List every survey of staff, newest first."""
    found = Survey.objects.order_by("-opened_on", "-pk")
    return render(request, "feedback/surveys.html", {"table": surveys_table(found)})


@requires("feedback.survey")
@require_http_methods(["GET", "POST"])
@never_cache
def new_survey(request: HttpRequest) -> HttpResponse:
    """Open a survey; its links are shown once, on the page that follows."""
    form = SurveyForm(request.POST or None)
    if form.is_valid():
        try:
            made, tokens = open_survey(
                by=viewer_of(request), at=timezone.now(), **form.cleaned_data
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            request.session[LINKS] = {"ref": made.ref, "tokens": tokens}
            return redirect("feedback:survey", ref=made.ref)
    return render(request, "feedback/new_survey.html", {"form": form})


@requires("feedback.survey")
@require_http_methods(["GET", "POST"])
@never_cache
def survey(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a survey's results, or close it; until it is closed there are none."""
    found = get_object_or_404(Survey, ref=ref)
    if request.method == "POST":
        try:
            close_survey(found, by=viewer_of(request), at=timezone.now())
        except Problem as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, "Closed. Here are its results.")
        return redirect("feedback:survey", ref=found.ref)
    made = request.session.pop(LINKS, None)
    if made is not None and made["ref"] == found.ref:
        context_of_links = {"survey": found, "tokens": made["tokens"]}
        return render(request, "feedback/survey_links.html", context_of_links)
    context: dict[str, object] = {"survey": found}
    if found.closed_on is not None:
        smallest = pack.smallest_survey(found.closed_on)
        whole, results, answered = queries.results_of(found, smallest)
        context |= {
            "whole": whole_table(whole), "tables": [results_table(each) for each in results],
            "smallest": smallest, "answered": answered,
        }  # fmt: skip
    return render(request, "feedback/survey.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a survey with a link that nobody's name is on."""
    open_now = queries.survey_of(token)
    form = AnswerForm(request.POST or None)
    if open_now is None:
        return render(request, "feedback/survey_gone.html", status=GONE)
    if form.is_valid():
        try:
            take_answer(token, groups=form.groups, said=form.said)
        except Problem:  # the link was used in this very moment
            return render(request, "feedback/survey_gone.html", status=GONE)
        return render(request, "feedback/survey_thanks.html")
    return render(request, "feedback/survey_answer.html", {"form": form, "survey": open_now})

"""A form's way through its page: as it is typed, brought back, mended and saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from evenhand.accounts.models import User
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.recording import drafts
from evenhand.recording.forms import RecordingForm
from evenhand.recording.models import Recording
from evenhand.versions import Superseded

NOTHING_NEW = 204

Made = Callable[[QueryDict | None], RecordingForm]
Save = Callable[[RecordingForm], Recording]


def fill_in(
    request: HttpRequest,
    made: Made,
    save: Save,
    context: Mapping[str, Any],
    *,
    page: str = "recording/form.html",
    then: str = "",
) -> HttpResponse:
    """Ask, keep what is typed so far, or save; ``made`` makes the form of what was sent.

    ``page`` shows it; ``then`` is where a saved one leads: to the page of the record, if empty.
    """
    viewer = viewer_of(request)
    draft = drafts.typed(request, viewer)
    form = made(request.POST if request.method == "POST" else draft)
    if drafts.is_typing(request):
        return _asked_again(request, viewer, form)
    if draft is not None:
        form.quiet()
    elif form.is_valid():
        try:
            kept = save(form)
        except Problem as problem:
            drafts.keep(request, viewer)
            form = _refused(form, made, problem)
        else:
            drafts.forget(request, viewer)
            messages.success(request, "Written down.")
            return redirect(then) if then else redirect("recording:one", ref=kept.ref)
    told = {"form": form, "is_draft": draft is not None, **context}
    return render(request, page, told)


def _asked_again(request: HttpRequest, viewer: User, form: RecordingForm) -> HttpResponse:
    """Keep what is typed; the questions come anew only where an answer brought or took one."""
    drafts.keep(request, viewer)
    if request.POST.get("shown") == form.shown:
        return HttpResponse(status=NOTHING_NEW)
    form.quiet()
    return render(request, "recording/questions.html", {"form": form})


def _refused(form: RecordingForm, made: Made, problem: Problem) -> RecordingForm:
    """Say why it was not taken. Of what stands by now, an answer may bring a question after it."""
    form.refuse(problem)
    if isinstance(problem, Superseded):
        form = made(form.data)
        form.refuse(problem)
    return form

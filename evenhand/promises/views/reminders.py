"""How one is reminded, and the calendar that a secret address opens."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import may, requires
from evenhand.design.calendars import KIND, Day, calendar
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.promises import reminding
from evenhand.promises.days import days_of
from evenhand.promises.forms import RemindersForm

RENEW, END = "renew", "end"


@requires("tasks.view")
@require_http_methods(["GET", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """Choose the mail of each day, and make, renew or end a calendar's address."""
    viewer, now, address = viewer_of(request), timezone.now(), ""
    held = reminding.reminder_of(viewer)
    given = request.POST if request.method == "POST" else None
    form = RemindersForm(given, initial={"by_mail": held.by_mail})
    if RENEW in request.POST:
        secret = reminding.renew_feed(by=viewer, at=now)
        address = request.build_absolute_uri(reverse("promises:feed", args=[secret]))
        form = RemindersForm(initial={"by_mail": held.by_mail})
    elif END in request.POST:
        reminding.end_feed(by=viewer, at=now)
        messages.success(request, "The calendar's address holds no more.")
        return redirect("promises:reminders")
    elif form.is_valid():
        try:
            reminding.choose_mail(by=viewer, at=now, wanted=form.cleaned_data["by_mail"])
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Your choice is kept.")
            return redirect("promises:reminders")
    held = reminding.reminder_of(viewer)
    context = {"form": form, "held": held, "address": address}
    return render(request, "promises/reminders.html", context)


@login_not_required
@require_GET
def feed(_request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar of whoever has this secret: how many things are due on a day, no more."""
    user = reminding.whose_feed(secret)
    if user is None or not may(user, "tasks.view"):
        raise Http404
    now = timezone.now()
    days = [Day(f"{on:%Y%m%d}-due", on, _due(n)) for on, n in days_of(user, now=now).items()]
    reply = HttpResponse(calendar(days, made_at=now, name="Evenhand"), content_type=KIND)
    reply["Cache-Control"] = "private, no-store"
    return reply


def _due(count: int) -> str:
    return "Evenhand: 1 thing is due" if count == 1 else f"Evenhand: {count} things are due"

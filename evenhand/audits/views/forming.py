"""A page with one form, taken by one action; and a button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.audits.models import Audit
from evenhand.design.forms import EvenhandForm
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem


class Page(NamedTuple):
    """What stands around a form: its title, its button, where it came from, what goes before."""

    title: str
    button: str
    back_words: str
    back_url: str
    before: str = ""


Act = Callable[[User, datetime], str]


def taken(
    request: HttpRequest, form: EvenhandForm, page: Page, act: Act, said: str = "Written down."
) -> HttpResponse:
    """Show the form; once it is whole, act on it and go where ``act`` says."""
    if form.is_valid():
        try:
            where = act(viewer_of(request), timezone.now())
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, said)
            return redirect(where)
    return render(request, "audits/taken.html", {"form": form, "page": page})


def done(
    request: HttpRequest, act: Callable[[User, datetime], Any], where: str, said: str
) -> HttpResponse:
    """Act on a button; say so, or what stood against it, and go back."""
    try:
        act(viewer_of(request), timezone.now())
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, said)
    return redirect(where)


def audit_page(audit: Audit) -> str:
    """Return the address of an audit."""
    return reverse("audits:audit", args=[audit.ref])

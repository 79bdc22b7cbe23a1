"""A page with one form, taken by one action; and a button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.design.forms import EvenhandForm
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem

WRITTEN_DOWN = "Written down."


class Page(NamedTuple):
    """What stands around a form: its title, its button, where it came from.

    ``before`` is said before the form, ``caption`` stands above the title: whom it is about.
    """

    title: str
    button: str
    back_words: str
    back_url: str
    before: str = ""
    caption: str = ""


def taken(
    request: HttpRequest, form: EvenhandForm, page: Page, act: Callable[[User, datetime], str],
    said: str = WRITTEN_DOWN,
) -> HttpResponse:  # fmt: skip
    """Show the form; once it is whole, act on it and go where ``act`` says."""
    if form.is_valid():
        try:
            where = act(viewer_of(request), timezone.now())
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, said)
            return redirect(where)
    return render(request, "people/taken.html", {"form": form, "page": page})


def done(
    request: HttpRequest, act: Callable[[User, datetime], object], where: str,
    said: str = WRITTEN_DOWN,
) -> HttpResponse:  # fmt: skip
    """Act on a button; say so, or what stood against it, and go back."""
    try:
        act(viewer_of(request), timezone.now())
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, said)
    return redirect(where)

"""A page with one form, taken by one action."""

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


class Page(NamedTuple):
    """What stands around a form: its title, its button, where it came from, what goes before."""

    title: str
    button: str
    back_words: str
    back_url: str
    before: str = ""


def taken(
    request: HttpRequest, form: EvenhandForm, page: Page, act: Callable[[User, datetime], str]
) -> HttpResponse:
    """Show the form; once it is whole, act on it and go where ``act`` says."""
    if form.is_valid():
        try:
            where = act(viewer_of(request), timezone.now())
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Written down.")
            return redirect(where)
    return render(request, "performance/form.html", {"form": form, "page": page})


def done(request: HttpRequest, act: Callable[[User, datetime], object], where: str) -> HttpResponse:
    """Act on a button; say so, or what stood against it, and go back."""
    try:
        act(viewer_of(request), timezone.now())
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Written down.")
    return redirect(where)

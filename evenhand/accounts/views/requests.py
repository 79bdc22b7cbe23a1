"""What each page of this room needs of a request."""

from __future__ import annotations

from typing import Any, cast

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.accounts.models import User


def viewer_of(request: HttpRequest) -> User:
    """Return who is signed in."""
    return cast(User, request.user)


def ask(
    request: HttpRequest, form: BaseForm, heading: str, words: str, *sentences: str, **more: Any
) -> HttpResponse:
    """Return the page of one form, under a heading and sentences, sent with ``words``."""
    said = {"form": form, "heading": heading, "words": words, "sentences": sentences}
    return render(request, "accounts/asked.html", said | more)

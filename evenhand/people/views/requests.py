"""What each page needs of a request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar, cast

from django.http import HttpRequest

from evenhand.accounts.models import User

T = TypeVar("T")


def viewer_of(request: HttpRequest) -> User:
    """Return who is signed in (every page here is behind a sign-in)."""
    return cast(User, request.user)


def chosen(things: Iterable[T], ref: str | None) -> T | None:
    """Return the one of these with that reference, or None."""
    named: Any = things
    return named.filter(ref=ref).first() if ref else None

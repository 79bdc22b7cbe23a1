"""A form that is being filled in: kept as somebody types, and given back until it is saved."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from evenhand.accounts import keeping
from evenhand.accounts.models import User
from evenhand.submissions import once

ANEW = "anew"


def is_typing(request: HttpRequest) -> bool:
    """Whether the page itself sends what is typed so far, and nobody pressed a button."""
    return request.method == "POST" and request.headers.get("HX-Request") == "true"


def keep(request: HttpRequest, viewer: User) -> None:
    """Keep what is typed so far; of a form that was saved meanwhile, nothing."""
    now, token = timezone.now(), request.POST.get(once.FIELD, "")
    saved = once.has_shape(token) and once.earlier(once.Sent(token, viewer.pk, now))
    if not saved:
        keeping.keep_draft(request, at=now)


def typed(request: HttpRequest, viewer: User) -> QueryDict | None:
    """Return what the viewer typed into this form and did not save, unless they begin anew."""
    if request.method != "GET" or ANEW in request.GET:
        return None
    kept = keeping.draft_of(viewer, request.path, at=timezone.now())
    if kept is None:
        return None
    words, _ = keeping.opened(kept)
    found = QueryDict(mutable=True)
    for name, values in words.items():
        found.setlist(name, values)
    return found


def forget(request: HttpRequest, viewer: User) -> None:
    """Throw away what was typed: it is saved."""
    keeping.drop_draft(viewer, request.path)

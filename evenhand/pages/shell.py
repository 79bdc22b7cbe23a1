"""What stands around each page for this viewer: where they may go, and the day of the data."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.accounts.roles import roles
from evenhand.accounts.scope import scope_of
from evenhand.design.shell import AsAt, NavItem, Person, Shell
from evenhand.eligibility.pack import has_tiers
from evenhand.pages import rights
from evenhand.sources.queries import latest_merged

RIGHTS = "Records and rights"
PLACES: tuple[tuple[str, str, str | None], ...] = (
    ("Home", "pages:home", None),
    ("Children", "people:children", "children.view"),
    ("Who to ask", "people:worklist", "identity.worklist"),
    ("Identity", "people:completeness", "identity.completeness"),
    ("Standards", "standards:overview", "standards.view"),
    ("Leaving care", "leaving_care:list", "leaving_care.view"),
    ("Who fares worse", "equality:fares", "fares.view"),
    ("Fairness concerns", "equality:concerns", "concerns.record"),
    ("Reports", "publications:reports", "reports.make"),
    (RIGHTS, "pages:rights", "rights.view"),
    ("Imports", "imports:batches", "imports.view"),
    ("Users", "accounts:users", "users.manage"),
    ("The policy", "pages:clauses", "clauses.view"),
)

BELOW = {"monitoring:uses": "equality:fares", "feedback:register": "equality:concerns",
         "eligibility:queue": "people:children",
         "transitions:register": "leaving_care:list",
         "performance:start": "standards:overview",
         "audits:programme": "standards:overview",
         "pages:inspection": "standards:overview",
         "workforce:supervision": "standards:overview",
         "recording:start": "pages:home"}  # fmt: skip
"""Rooms whose pages are found from another's."""


def shell_for(request: HttpRequest) -> Shell:
    """Return the shell of a page: bare before sign-in, whole after."""
    viewer = getattr(request, "user", None)
    if not isinstance(viewer, User):
        return Shell(authority=settings.AUTHORITY, demo=settings.DEMO, footer=_footer())
    return Shell(
        authority=settings.AUTHORITY,
        home_url=reverse("pages:home"),
        navigation=list(_navigation(viewer, request.path)),
        person=Person(
            viewer.name,
            roles_in_words(viewer),
            reverse("accounts:sign-out"),
            reverse("accounts:account"),
        ),
        as_at=_as_at(),
        demo=settings.DEMO,
        footer=_footer(),
    )


def _footer() -> list[NavItem]:
    """Return what anybody may open, signed in or not."""
    return [
        NavItem("What you can expect from us", reverse("our_standards:standards")),
        NavItem("See what we hold about you", reverse("your_records:how")),
        *([NavItem("Who gets which help", reverse("tiers:tiers"))] if has_tiers() else []),
    ]


def roles_in_words(viewer: User) -> str:
    """Return the viewer's roles as people say them."""
    return ", ".join(roles().titles(scope_of(viewer).roles))


def places(viewer: User) -> list[tuple[str, str, str | None]]:
    """Return where the viewer may go: in words, the address, and the permission that opens it."""
    return [
        (words, reverse(route), need)
        for words, route, need in PLACES
        if need is None or may(viewer, need)
    ]


def _navigation(viewer: User, path: str) -> Iterator[NavItem]:
    allowed = places(viewer)
    here = _place_of(path, [url for _, url, _ in allowed])
    for words, url, _ in allowed:
        yield NavItem(words, url, active=url == here)


def _place_of(path: str, urls: list[str]) -> str:
    """Return which place a page belongs to; rooms that have no place of their own are under one."""
    grouped = {reverse(place.route): reverse("pages:rights") for place in rights.PLACES}
    grouped |= {reverse(room): reverse(place) for room, place in BELOW.items()}
    below = [url for url in (*urls, *grouped) if path.startswith(url)]
    here = max(below, key=len, default="")
    return grouped.get(here, here)


def _as_at() -> AsAt:
    today = timezone.localdate()
    batch = latest_merged()
    if batch is None or batch.as_at is None:
        return AsAt(today, "nothing has been imported yet")
    return AsAt(today, f"{batch.source.name} of {batch.as_at.day} {batch.as_at:%B %Y}")

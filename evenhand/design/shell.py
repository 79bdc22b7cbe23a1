"""What stands around every page: who is signed in, where one can go, and the day of the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class NavItem:
    """One place in a navigation. ``count`` is a number worth knowing before going there."""

    words: str
    url: str
    active: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Person:
    """Who is signed in, as the header names them. ``sign_out_url`` is posted to."""

    name: str
    role: str = ""
    sign_out_url: str = ""
    account_url: str = ""


@dataclass(frozen=True)
class AsAt:
    """The day that figures are true for, and in words what they rest on.

    ``AsAt(date(2026, 11, 21), "SSD extract of 20 November")`` reads
    "As at Sat 21 November 2026 · SSD extract of 20 November".
    """

    day: date
    source: str = ""
    url: str = ""


@dataclass(frozen=True)
class Shell:
    """The header, navigation and footer of a page. Every field may be left at its default."""

    product: str = "Evenhand"
    authority: str = ""
    home_url: str = "/"
    navigation: Sequence[NavItem] = ()
    person: Person | None = None
    as_at: AsAt | None = None
    search_url: str = ""
    search_words: str = "Find a child"
    demo: bool = False
    licence: str = ""
    accessibility_url: str = ""
    footer: Sequence[NavItem] = ()

    @property
    def day(self) -> date | None:
        """Return the day of the data, for ``{{ due|ago:shell.day }}``; None when there is none."""
        return self.as_at.day if self.as_at else None

"""Passwords by the National Cyber Security Centre's advice: long, not common, not about us.

No mixture of characters is asked for and no password expires. Length and the list of 20,000 common
ones are Django's own validators; here is what it has not.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError

from evenhand.accounts.models import User

SERVICE_WORDS = ("evenhand", "islehaven", "social", "worker", "children", "services", "council")
LEFT_OVER = 6
"""So many letters of a password must be something else than words that anyone here would try."""
LONGEST = 1_000


class OwnWordsValidator:
    """Refuse a password made of the authority's name, the service's or the person's own."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError, saying which word it is built on."""
        rest = re.sub(r"[^a-z]", "", password.casefold())
        found = [word for word in _words(user) if word in rest]
        for word in found:
            rest = rest.replace(word, "")
        if found and len(rest) < LEFT_OVER:
            raise ValidationError(
                f"This password is little more than “{found[0]}”, which others would try. "
                "Three words that have nothing to do with you or your work are better.",
                code="password_of_own_words",
            )

    def get_help_text(self) -> str:
        """Return what to avoid, for the page that asks."""
        return "Not your name, your username, or words of this service."


class LongestValidator:
    """Refuse what is too long to be a password, before it costs time to digest."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002
        """Raise ValidationError above 1,000 characters."""
        if len(password) > LONGEST:
            raise ValidationError(
                f"This password has {len(password):,} characters. Use {LONGEST:,} at most.",
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        """Return nothing: nobody needs to be told."""
        return ""


def _words(user: User | None) -> list[str]:
    """Return the words to avoid, the longest first; shorter than four letters are left alone."""
    told = [settings.AUTHORITY, *SERVICE_WORDS]
    if user is not None:
        told += [user.username, user.name, user.email]
    words = {word for each in told for word in re.split(r"[^a-z]+", each.casefold())}
    return sorted((word for word in words if len(word) > 3), key=len, reverse=True)

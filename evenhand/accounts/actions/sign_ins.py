"""The log of sign-ins, and the pauses that it counts out.

Each try is written before the password is looked at, so that many at once cannot slip past the
limit together. The log is no part of the sealed history: its rows say how each try ended.
"""

from __future__ import annotations

from datetime import datetime

from evenhand.accounts.models import Attempt, User
from evenhand.accounts.queries.sign_ins import pause_of
from evenhand.accounts.visitors import Visitor, name_digest
from evenhand.history.actions import Change, action

Kind = Attempt.Kind
LONGEST_USERNAME = 150


def begin(
    username: str, visitor: Visitor, *, at: datetime, kind: str = Kind.TRIED
) -> tuple[Attempt, datetime | None]:
    """Write that somebody tries to sign in; return the try, and until when signing in is paused."""
    attempt = Attempt.objects.create(
        at=at,
        kind=kind,
        user=_of_name(username.strip()),
        name_digest=name_digest(username),
        address=visitor.address,
        browser=visitor.browser,
    )
    until = pause_of(attempt, now=at)
    if until is not None:
        end(attempt, Kind.PAUSED)
    return attempt, until


def _of_name(username: str) -> User | None:
    """Return who signs in so; of what can be nobody's name the database is not asked."""
    if not username.isprintable() or not 0 < len(username) <= LONGEST_USERNAME:
        return None
    return User.objects.filter(username__iexact=username).first()


def end(attempt: Attempt, kind: str) -> None:
    """Write how a try ended."""
    attempt.kind = kind
    attempt.save(update_fields=["kind"])


def note(user: User, kind: str, visitor: Visitor, *, at: datetime) -> None:
    """Write what a known person did: signed in by the directory, signed out."""
    Attempt.objects.create(
        at=at,
        kind=kind,
        user=user,
        name_digest=name_digest(user.username),
        address=visitor.address,
        browser=visitor.browser,
    )


def note_refused(visitor: Visitor, *, at: datetime) -> None:
    """Write that the directory's answer let nobody in."""
    Attempt.objects.create(
        at=at, kind=Kind.DIRECTORY, address=visitor.address, browser=visitor.browser
    )


@action("sign_in.resumed")
def resume(user: User, *, by: User, at: datetime) -> Change:
    """Let a person try again at once whose wrong tries had paused signing in."""
    Attempt.objects.create(
        at=at, kind=Kind.RESUMED, user=user, name_digest=name_digest(user.username)
    )
    return Change(user)


@action("sign_in.resumed_at_address")
def resume_address(address: str, *, by: User, at: datetime) -> Change:
    """Let an address try again at once that had been paused."""
    attempt = Attempt.objects.create(at=at, kind=Kind.RESUMED, address=address)
    return Change(attempt, {"address": (None, address)})

"""Where sessions are kept, and when one has lasted long enough.

The setting ``SESSION_ENGINE`` names this module, as Django's own engine with a column for whose
session it is, so that a person can see theirs and end them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.crypto import salted_hmac

from evenhand.accounts.sign_in_records import Session

STARTED, USED, BROWSER = "started", "used", "browser"
NOTED_EVERY = timedelta(minutes=5)
"""How seldom the last use is written, so that reading pages does not write all the time."""
BROWSER_WORDS = 300


class SessionStore(DatabaseStore):
    """Django's sessions in the database, each with its person, its times and its browser."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the table."""
        return Session

    def create_model_instance(self, data: Mapping[str, Any]) -> Session:
        """Return the row of a session; its reference comes from its key and cannot be undone."""
        row: Session = super().create_model_instance(data)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.ref = salted_hmac("evenhand.session", row.session_key).hexdigest()[:12]
        row.started_at, row.used_at = _moment(data, STARTED), _moment(data, USED)
        row.browser = data.get(BROWSER, "")
        return row


def has_ended(session: SessionBase, now: datetime) -> bool:
    """Say whether a session has been quiet too long, or has lasted as long as any may."""
    started, used = _moment(session, STARTED), _moment(session, USED)
    if started is None or used is None:
        return False
    quiet, longest = now - used, now - started
    return (
        quiet > timedelta(minutes=settings.QUIET_MINUTES)
        or longest > timedelta(hours=settings.LONGEST_HOURS)
    )  # fmt: skip


def note_use(session: SessionBase, now: datetime, browser: str) -> None:
    """Note when a session began, when it was last used, and by what browser."""
    used = _moment(session, USED)
    if used is None:
        session[STARTED], session[BROWSER] = int(now.timestamp()), browser[:BROWSER_WORDS]
    if used is None or now - used >= NOTED_EVERY:
        session[USED] = int(now.timestamp())


def begin_again(session: SessionBase) -> None:
    """Forget when a session began: somebody signs in with it now."""
    for name in (STARTED, USED, BROWSER):
        session.pop(name, None)


def _moment(data: Any, name: str) -> datetime | None:
    seconds = data.get(name)
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None

"""Users, roles, sessions and sign-ins as tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from evenhand.accounts.forms import words_of
from evenhand.accounts.models import Attempt, RoleGrant, Session, User
from evenhand.design.components import Cell, Column, SummaryRow, Table

CHANGED_WORDS = {
    "user.created": "User made",
    "user.changed": "Details changed",
    "user.invited": "Link to choose a password made",
    "invitation.accepted": "Password chosen with a link",
    "password.changed": "Password changed",
    "second_step.set_up": "Second step set up",
    "second_step.reset": "Second step reset",
    "recovery_codes.replaced": "Recovery codes replaced",
    "recovery_code.used": "Recovery code used",
    "account.closed": "Account closed",
    "account.reopened": "Account reopened",
    "role.granted": "Role given",
    "role.ended": "Role ended",
    "sign_in.resumed": "Pause of signing in ended",
    "directory.linked": "Linked to the directory",
}


def users_table(users: Iterable[User], today: date) -> Table:
    """Return users with the roles that hold today."""
    return Table(
        "Users",
        ["Name", "Username", "Roles", "Second step", "Last sign-in"],
        [_user_row(user, today) for user in users],
        empty="There is no such user. Make one, or choose otherwise above.",
        caption_hidden=True,
    )


def _user_row(user: User, today: date) -> list[Any]:
    held = [each for each in user.grants.all() if _holds(each, today)]
    return [
        Cell(
            user.name,
            url=reverse("accounts:user", args=[user.ref]),
            note="" if user.is_active else "Account closed",
        ),
        user.username,
        ", ".join(words_of(each) for each in held) or None,
        "Set up" if _has_second_step(user) else None,
        user.last_login,
    ]


def _holds(granted: RoleGrant, today: date) -> bool:
    ends_on = granted.ends_on
    return granted.starts_on <= today and (ends_on is None or ends_on >= today)


def _has_second_step(user: User) -> bool:
    step = getattr(user, "second_step", None)
    return step is not None and step.confirmed_at is not None


def user_rows(user: User) -> list[SummaryRow]:
    """Return what there is to know of a user."""
    return [
        SummaryRow("Username", user.username),
        SummaryRow("E-mail address", user.email or None),
        SummaryRow("Worker of the roster", str(user.worker) if user.worker else None),
        SummaryRow("Account", "Open" if user.is_active else "Closed"),
        SummaryRow("Password", "Chosen" if user.has_usable_password() else "None yet"),
        SummaryRow("Second step", "Set up" if _has_second_step(user) else "Not set up"),
        SummaryRow("Directory", "Linked" if user.identities.exists() else "Not linked"),
    ]


def grants_table(grants: Iterable[RoleGrant]) -> Table:
    """Return the roles that somebody has or had."""
    return Table(
        "Roles",
        ["Role", "First day", "Last day", "Given by"],
        [
            [words_of(each), each.starts_on, each.ends_on,
             "The directory" if each.source else "An administrator"]
            for each in grants
        ],
        empty="No role was ever given: this person sees nothing.",
        caption_hidden=True,
    )  # fmt: skip


def sessions_table(sessions: Iterable[Session], here: str) -> Table:
    """Return where somebody is signed in; ``here`` is the key of the session that asks."""
    return Table(
        "Where you are signed in",
        ["Browser", "Signed in", "Last used"],
        [
            [Cell(browser_words(each.browser), note=_here(each, here)), each.started_at,
             each.used_at]
            for each in sessions
        ],
        caption_hidden=True,
    )  # fmt: skip


def _here(session: Session, here: str) -> str:
    return "This one" if session.session_key == here else ""


def log_table(attempts: Iterable[Attempt], *, whose: bool) -> Table:
    """Return sign-ins, with ``whose`` they were where the table is not of one person."""
    heads: list[Column | str] = ["When", "What happened", "Address", "Browser"]
    rows = [
        [each.at, each.get_kind_display(), each.address or None, browser_words(each.browser)]
        for each in attempts
    ]
    if whose:
        heads.insert(1, "Who")
        for row, each in zip(rows, attempts, strict=True):
            row.insert(1, _who(each))
    return Table("Sign-ins", heads, rows, empty="Nobody has signed in yet.", caption_hidden=True)


def _who(attempt: Attempt) -> Cell:
    if attempt.user is None:
        return Cell("Nobody of that name" if attempt.name_digest else None)
    return Cell(attempt.user.name, url=reverse("accounts:user", args=[attempt.user.ref]))


def history_table(entries: Iterable[Any]) -> Table:
    """Return what was changed of a user, from the history."""
    return Table(
        "What was changed",
        ["When", "What", "By", "Why"],
        [
            [each.at, _changed(each), each.actor.name if each.actor else "Evenhand itself",
             each.reason or None]
            for each in entries
        ],
        empty="Nothing yet.",
        caption_hidden=True,
    )  # fmt: skip


def _changed(entry: Any) -> str:
    return CHANGED_WORDS.get(entry.action, entry.action.replace(".", ": ").replace("_", " "))


BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
            ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip


def browser_words(told: str) -> str:
    """Return what a browser says of itself, in a word or two: "Firefox on Windows"."""
    browser = next((words for part, words in BROWSERS if part in told), "")
    system = next((words for part, words in SYSTEMS if part in told), "")
    return " on ".join(part for part in (browser or "A browser", system) if part)

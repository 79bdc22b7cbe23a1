"""Changing a password, and the link with which an administrator lets somebody choose one."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from evenhand.accounts.models import Session, User
from evenhand.history.actions import Change, action
from evenhand.problems import Problem


class InvitationTokens(PasswordResetTokenGenerator):
    """Signed tokens that end with the hours of ``PASSWORD_RESET_TIMEOUT``, or when first used.

    They rest on the password and the last sign-in: when either changes, the token opens nothing.
    """

    key_salt = "evenhand.invitation"


INVITATIONS = InvitationTokens()


@action("password.changed")
def change_password(user: User, *, by: User, at: datetime, password: str) -> Change:
    """Give a user a new password and end every session of theirs. The caller has checked it."""
    user.set_password(password)
    user.save(update_fields=["password"])
    Session.objects.filter(user=user).delete()
    return Change(user, {"password": ("withheld", "withheld")})


@action("user.invited")
def invite(user: User, *, by: User | None, at: datetime) -> Change:
    """Make a link with which this person chooses a password; the result is its token.

    Raises Problem where the account is closed.
    """
    if not user.is_active:
        raise Problem("This account is closed.", "Reopen it first.")
    return Change(user, result=INVITATIONS.make_token(user))


@action("invitation.accepted")
def accept_invitation(user: User, *, by: User, at: datetime, password: str) -> Change:
    """Take up an invitation: the password is the one just chosen, and every session ends."""
    user.set_password(password)
    user.save(update_fields=["password"])
    Session.objects.filter(user=user).delete()
    return Change(user, {"password": ("withheld", "withheld")})

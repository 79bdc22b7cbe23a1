"""Writes of this room: users and their roles, passwords, second steps, and the log of sign-ins."""

from __future__ import annotations

from evenhand.accounts.actions.passwords import accept_invitation, change_password, invite
from evenhand.accounts.actions.second_steps import (
    begin_second_step,
    confirm_second_step,
    replace_recovery_codes,
    reset_second_step,
)
from evenhand.accounts.actions.users import (
    change_user,
    close_account,
    create_user,
    end_grant,
    grant,
    reopen_account,
)

__all__ = [
    "accept_invitation", "begin_second_step", "change_password", "change_user", "close_account",
    "confirm_second_step", "create_user", "end_grant", "grant", "invite", "reopen_account",
    "replace_recovery_codes", "reset_second_step",
]  # fmt: skip

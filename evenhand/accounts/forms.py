"""The sign-in form."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Ask for a username and password; say plainly when they do not match."""

    error_messages = {
        "invalid_login": _(
            "That username and password do not match. Check both and try again. Passwords are "
            "sensitive to capital letters."
        ),
        "inactive": _("This account has been closed. Ask your data officer."),
    }

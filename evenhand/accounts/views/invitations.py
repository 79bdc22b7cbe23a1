"""The link with which a person chooses a password: made by an administrator, used once."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from evenhand.accounts import actions
from evenhand.accounts.actions.passwords import INVITATIONS
from evenhand.accounts.forms import NewPasswordForm
from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.accounts.views.requests import viewer_of
from evenhand.accounts.views.users import LINK, MAY, found_user

GONE = 410
MAIL = """{name},

with this link you choose your password for Evenhand. It works once, for {hours} hours.

{link}

If you did not expect it, leave it alone and tell the person who looks after Evenhand.
"""


@requires(MAY)
@require_POST
def invite(request: HttpRequest, ref: str) -> HttpResponse:
    """Make a link with which a person chooses a password; their page shows it once, next."""
    found, now = found_user(ref), timezone.now()
    if not found.is_active:
        raise Http404("This account is closed.")
    token = actions.invite(found, by=viewer_of(request), at=now)
    link = request.build_absolute_uri(
        reverse("accounts:welcome", kwargs={"uidb64": found.ref, "token": token})
    )
    sent = bool(found.email and settings.EMAIL_HOST) and _send(found, link)
    request.session[LINK] = {"ref": found.ref, "link": link, "sent": sent}
    return redirect("accounts:user", ref=found.ref)


def _send(found: User, link: str) -> bool:
    """Send the link; say whether that worked. The page shows it whatever happens here."""
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    words = MAIL.format(name=found.name, hours=hours, link=link)
    try:
        return send_mail("Your password for Evenhand", words, None, [found.email]) == 1
    except (OSError, SMTPException):
        return False


class Welcome(PasswordResetConfirmView):
    """Choose a password with a link. The token leaves the address before the form is shown."""

    template_name = "accounts/welcome.html"
    token_generator = INVITATIONS
    form_class = NewPasswordForm

    def get_user(self, uidb64: str) -> User | None:
        """Return whom the link is for, by their reference; None where the account is closed."""
        return User.objects.filter(ref=uidb64, is_active=True).first()

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        """Take the link up, and lead to the sign-in."""
        password, now = form.cleaned_data["new_password"], timezone.now()
        actions.accept_invitation(form.user, by=form.user, at=now, password=password)
        self.request.session.flush()
        messages.success(self.request, "Your password is chosen. Sign in with it.")
        return redirect("accounts:sign-in")

    def render_to_response(self, context: dict[str, Any], **more: Any) -> HttpResponse:
        """Return the page; 410 where the link was used, is too old, or was never one of ours."""
        status = None if self.validlink else GONE
        return super().render_to_response(context, status=status, **more)  # type: ignore[no-any-return]

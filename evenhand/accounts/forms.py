"""What is asked on the pages of this room. Nothing is decided here: actions refuse."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from evenhand.accounts.models import RoleGrant, Team, User
from evenhand.accounts.passwords import LONGEST
from evenhand.accounts.queries.users import workers_without_user
from evenhand.accounts.roles import roles, title_of
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, FilterForm
from evenhand.design.widgets import Radios

USERNAME_LONGEST = 150


class PasswordBox(forms.PasswordInput):
    """A password, with a button that shows it. Pasting and password managers are welcome."""

    template_name = "accounts/password_box.html"


class SignInForm(AuthenticationForm):
    """Ask for a username and password; say plainly when they do not match."""

    username = UsernameField(
        label=_("Username"),
        max_length=USERNAME_LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=LONGEST,
        widget=PasswordBox(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _(
            "That username and password do not match. Check both and try again. Passwords are "
            "sensitive to capital letters."
        ),
        "inactive": _(
            "This account has been closed. Ask the person who looks after Evenhand where you work."
        ),
    }


class CodeForm(EvenhandForm):
    """Ask for a code: of the authenticator app, or a recovery code."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="Six figures from your authenticator app.",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )


class RecoveryForm(EvenhandForm):
    """Ask for a recovery code instead of the app's."""

    code = forms.CharField(
        label="Recovery code",
        max_length=40,
        help_text="Ten letters and figures in two halves. Each code works once.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class NewPasswordForm(EvenhandForm):
    """Ask for a new password, once: it can be shown, and need not be typed twice."""

    new_password = forms.CharField(
        label="New password",
        strip=False,
        max_length=LONGEST,
        help_text="At least 12 characters. Three words that have nothing to do with you work well.",
        widget=PasswordBox(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new_password(self) -> str:
        """Refuse what is short, common, or made of words that others would try."""
        password: str = self.cleaned_data["new_password"]
        validate_password(password, self.user)
        return password


class ChangePasswordForm(NewPasswordForm):
    """Ask for the password there is, and a new one."""

    old_password = forms.CharField(
        label="Password that you have now",
        strip=False,
        max_length=LONGEST,
        widget=PasswordBox(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old_password", "new_password")

    def clean_old_password(self) -> str:
        """Refuse a wrong one."""
        password: str = self.cleaned_data["old_password"]
        if not self.user.check_password(password):
            raise forms.ValidationError("That is not the password you have now.")
        return password


class ByReference(forms.ModelChoiceField):
    """One of some records, by its reference. What cannot be one is not looked for."""

    def to_python(self, value: Any) -> Any:
        """Return the record; None for none."""
        if isinstance(value, str) and not value.isprintable():
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return super().to_python(value)


class UserForm(EvenhandForm):
    """Who a user is: their name, how they sign in, and whom of the workers they are."""

    name = forms.CharField(label="Name", max_length=300)
    username = forms.CharField(
        label="Username",
        max_length=USERNAME_LONGEST,
        validators=[User.username_validator],
        help_text="Letters, figures and . - _ @ +. Capitals make no difference.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    email = forms.EmailField(label="E-mail address", required=False, max_length=254)
    worker = ByReference(
        label="Worker of the roster",
        required=False,
        queryset=workers_without_user().none(),
        to_field_name="ref",
        empty_label="None: not named in the case system",
        help_text="A caseload is that of the worker chosen here.",
    )

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_worker(self, user)


class ChangeUserForm(UserForm):
    """What may be changed of a user: all but the username, by which the log knows them."""

    username = None  # type: ignore[assignment]


def choose_worker(form: forms.Form, user: User | None) -> None:
    """Offer the workers who do not sign in yet, and the one whom ``user`` is."""
    field = form.fields["worker"]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the checker of types)
    field.queryset = workers_without_user(user)


class UsersFilter(FilterForm):
    """Whom to list."""

    role = forms.ChoiceField(label="Role")
    account = forms.ChoiceField(
        label="Account", choices=[("", "Any"), ("open", "Open"), ("closed", "Closed")]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            ("", "Any"), *((key, role.title) for key, role in roles().roles.items())
        ]  # fmt: skip


class GiveRoleForm(EvenhandForm):
    """Which role, over which team, and for how long."""

    role = forms.ChoiceField(label="Role", widget=Radios)
    team = ByReference(
        label="Over which team or service?",
        required=False,
        queryset=Team.objects.none(),
        to_field_name="ref",
        empty_label="The whole authority, or the person's own caseload",
        help_text="Teams beneath it come with it.",
    )
    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (key, role.title) for key, role in roles().roles.items()
        ]
        self.fields["team"].queryset = Team.objects.order_by("name")  # type: ignore[attr-defined]


class EndRoleForm(EvenhandForm):
    """Which of a person's roles to end."""

    role = forms.ChoiceField(label="Which role ends now?", widget=Radios)

    def __init__(self, *args: Any, grants: list[RoleGrant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(str(each.pk), words_of(each)) for each in grants]  # type: ignore[attr-defined]


class WhyForm(EvenhandForm):
    """Why something is done to an account."""

    reason = forms.CharField(label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AddressForm(EvenhandForm):
    """Which address may try again."""

    address = forms.GenericIPAddressField(widget=forms.HiddenInput)


def words_of(granted: RoleGrant) -> str:
    """Return a role as people say it, with the team it is over."""
    over = f" over {granted.team}" if granted.team else ""
    return f"{title_of(granted.role)}{over}"

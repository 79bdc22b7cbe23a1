"""What is asked when figures are proposed, looked at by a second person, withdrawn or looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms

from evenhand.analytics.profiles import Profile
from evenhand.design.forms import EvenhandForm, FilterForm, Why
from evenhand.design.widgets import Radios

LET_OUT, SEND_BACK = "release", "back"
DECISIONS = (
    (LET_OUT, "Let them out"),
    (SEND_BACK, "Send them back"),
)
LATER = "So that it can be seen later what left the authority, when and why."


class ProposalForm(EvenhandForm):
    """For whom figures by group are let out, why, and how small numbers are hidden."""

    for_whom = forms.CharField(
        label="Who are they for?",
        max_length=200,
        help_text="For example: the corporate parenting board, or the public website.",
    )
    reason = forms.CharField(
        label="Why are they wanted?",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Do not name anybody.",
    )
    profile = forms.ChoiceField(label="How are small numbers hidden?", widget=Radios)
    why: ClassVar[Mapping[str, Why | str]] = {"for_whom": LATER}

    def __init__(self, *args: Any, profiles: Iterable[Profile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(profiles)
        choices = [(one.id, one.label) for one in listed]
        hints = {one.id: _hint(one) for one in listed}
        self.fields["profile"].widget = Radios(hints=hints)
        self.fields["profile"].choices = choices  # type: ignore[attr-defined]
        self.fields["profile"].initial = listed[0].id


def _hint(one: Profile) -> str:
    noughts = "noughts shown" if one.shows_zeros else "noughts hidden"
    return f"Under {one.threshold} hidden, {noughts}, the rest to the nearest {one.base}"


class DecisionForm(EvenhandForm):
    """Whether a second person lets proposed figures out."""

    decision = forms.ChoiceField(label="What do you decide?", choices=DECISIONS, widget=Radios)
    reason = forms.CharField(
        label="If you send them back: why?", required=False, max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where figures are sent back."""
        given = super().clean() or self.cleaned_data
        if given.get("decision") == SEND_BACK and not given.get("reason", "").strip():
            self.add_error("reason", "Say why, so that they can be proposed anew.")
        return given


class WithdrawForm(EvenhandForm):
    """Why released figures are withdrawn."""

    reason = forms.CharField(
        label="Why are they withdrawn?", max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text="Do not name anybody.",
    )  # fmt: skip


class RegisterFilter(FilterForm):
    """What was released, and for whom."""

    what = forms.CharField(label="What was released", required=False, max_length=100)
    whom = forms.CharField(label="For whom", required=False, max_length=100)

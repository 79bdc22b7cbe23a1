"""What is asked when a difference between groups is to be looked into, or acted on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from evenhand.accounts.models import User
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm
from evenhand.design.widgets import Radios
from evenhand.work.forms import somebody_called

LOOK, ACT = "finding", "improvement"


class LookIntoForm(EvenhandForm):
    """Which difference, what is to be done about it, by whom and by when."""

    group = forms.ChoiceField(label="Which children is it about?")
    kind = forms.ChoiceField(
        label="What is to be done?",
        widget=Radios,
        choices=[
            (LOOK, "Look at cases, to find out why"),
            (ACT, "Change something, and count again whether it helped"),
        ],
    )
    what = forms.CharField(
        label="What will change?",
        required=False,
        max_length=400,
        help_text="For example: letters go out in the family's own language. Name no child.",
    )
    owner = forms.CharField(
        label="Who is to do it?",
        max_length=300,
        help_text="Their whole name or username. It has to be somebody who signs in here.",
    )
    due_on = DayField(label="By when?", required=False)
    review_on = DayField(label="When is it counted again?", required=False)

    def __init__(
        self, *args: Any, groups: Iterable[tuple[str, str]], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = list(groups)  # type: ignore[attr-defined]
        for name in ("due_on", "review_on"):
            self.fields[name].earliest = today  # type: ignore[attr-defined]
            self.fields[name].help_text = "Leave it empty for our usual time."

    def clean_owner(self) -> User:
        """Return the one person of this name."""
        return somebody_called(self.cleaned_data["owner"])

    def clean(self) -> dict[str, Any]:
        """Ask what will change, where something is to."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("kind") == ACT and not given.get("what"):
            self.add_error("what", "Say what will change.")
        return given

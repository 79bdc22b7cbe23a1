"""What is asked to record by hand what the case system does not show yet."""

from __future__ import annotations

from django import forms

from evenhand.casework.recorded import RECORDABLE
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm
from evenhand.design.widgets import Radios

YES_NO = (("yes", "Yes"), ("no", "No"))


class RecordForm(EvenhandForm):
    """What was held, on which day, and for a visit whether the child was seen."""

    kind = forms.ChoiceField(
        label="What happened?",
        widget=Radios,
        choices=[(kind, one.words) for kind, one in RECORDABLE.items()],
    )
    held_on = DayField(label="On which day?")
    seen = forms.ChoiceField(
        label="For a visit: was the child seen?", required=False, widget=Radios, choices=YES_NO
    )
    seen_alone = forms.ChoiceField(
        label="For a visit: was the child seen alone?",
        required=False,
        widget=Radios,
        choices=YES_NO,
    )

    def clean_seen(self) -> bool | None:
        """Return yes, no, or None where it was not said."""
        return _said(self.cleaned_data["seen"])

    def clean_seen_alone(self) -> bool | None:
        """Return yes, no, or None where it was not said."""
        return _said(self.cleaned_data["seen_alone"])


def _said(answer: str) -> bool | None:
    return {"yes": True, "no": False}.get(answer)


class InErrorForm(EvenhandForm):
    """Why what was recorded is taken back."""

    reason = forms.CharField(
        label="What was wrong?", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

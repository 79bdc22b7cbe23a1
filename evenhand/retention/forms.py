"""What is asked on the pages of this room. Nothing is decided here: actions refuse."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm
from evenhand.design.widgets import Checkboxes, Radios
from evenhand.design.wording import day
from evenhand.retention.deletions import Withdrawn
from evenhand.retention.disputing import Disputable
from evenhand.retention.grounds import GROUNDS
from evenhand.retention.native import Native

LONGEST_REASON = 2_000
DISPOSE, KEEP = "dispose", "keep"
CONFIRM, TURN_DOWN = "confirm", "turn-down"


def _words(label: str, *, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST_REASON, help_text=hint,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class HoldForm(EvenhandForm):
    """Why something is held, and when that is looked at again."""

    reason = _words("What must it be kept for?", hint="For example: a claim, a complaint.")
    review_on = DayField(label="When is the hold to be looked at again?")


class ReleaseForm(EvenhandForm):
    """Why a hold ends."""

    reason = _words("Why need it not be held any longer?")


class DecideForm(EvenhandForm):
    """What comes of a review: disposal on a ground, or to be kept until a day."""

    what = forms.ChoiceField(
        label="What do you decide?",
        widget=Radios,
        choices=[
            (DISPOSE, "Dispose of the record, once another person agrees"),
            (KEEP, "Keep it, and look again on a later day"),
        ],
    )
    ground = forms.ChoiceField(
        label="If it is disposed of, on what ground?",
        widget=Radios,
        choices=list(GROUNDS.items()),
        required=False,
    )
    review_on = DayField(label="If it is kept, when is it to be looked at again?", required=False)
    reason = _words("Why?", hint="This goes with the record, and is not on the certificate.")

    def clean(self) -> dict[str, Any]:
        """Ask for what the decision needs."""
        given = super().clean() or {}
        if given.get("what") == DISPOSE and not given.get("ground"):
            self.add_error("ground", "Choose on what ground it is disposed of")
        if given.get("what") == KEEP and not given.get("review_on") and not self.errors:
            self.add_error("review_on", "Enter when it is to be looked at again")
        return given


class AnswerForm(EvenhandForm):
    """What the second person says to a disposal."""

    answer = forms.ChoiceField(
        label="Do you agree?",
        widget=Radios,
        choices=[
            (CONFIRM, "Yes: dispose of the record now. It cannot be undone"),
            (TURN_DOWN, "No: the record stays"),
        ],
    )
    reason = _words("If not, why should it stay?", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask why, of who says no."""
        given = super().clean() or {}
        if given.get("answer") == TURN_DOWN and not given.get("reason"):
            self.add_error("reason", "Say why it should stay")
        return given


class FilingForm(EvenhandForm):
    """What was filed, when, and where; or why it is not."""

    keys = forms.MultipleChoiceField(label="What was filed?", widget=Checkboxes)
    filed_on = DayField(label="When?")
    reference = forms.CharField(
        label="The case system's own number of the document", max_length=120, required=False
    )
    not_filed_because = _words("If it is not filed, why?", required=False)

    def __init__(self, *args: Any, waiting: Iterable[Native], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.key, f"{one.of}: {one.what}, {day(one.day)}") for one in waiting]
        self.fields["keys"].choices = offered  # type: ignore[attr-defined]
        self.fields["keys"].initial = [key for key, _ in offered]
        self.fields["filed_on"].initial = today
        self.fields["filed_on"].latest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a number or a reason."""
        given = super().clean() or {}
        if not given.get("reference") and not given.get("not_filed_because"):
            self.add_error("reference", "Enter the number, or say below why it is not filed")
        return given


class CorrectionForm(EvenhandForm):
    """What somebody says is wrong, and what is right."""

    about = forms.ChoiceField(label="What is said to be wrong?")
    what_is_wrong = _words("What is wrong about it?")
    what_is_right = _words("What is right?")
    asked_by = forms.CharField(label="Who says so?", max_length=200)
    received_on = DayField(label="When did they say so?")

    def __init__(
        self, *args: Any, offered: Iterable[Disputable], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, one.words) for one in offered]
        self.fields["about"].choices = choices  # type: ignore[attr-defined]
        self.fields["received_on"].initial = today
        self.fields["received_on"].latest = today  # type: ignore[attr-defined]


class CorrectionDecisionForm(EvenhandForm):
    """Whether they are right, and why."""

    is_right = forms.ChoiceField(
        label="What do you decide?",
        widget=Radios,
        choices=[("yes", "They are right: put it right"), ("no", "It stays as it is")],
    )
    reason = _words("Why?", hint="They are told this.")


class ToldForm(EvenhandForm):
    """When the person was told."""

    told_on = DayField(label="When were they told what was decided?")


class WithdrawnForm(EvenhandForm):
    """What becomes of a row that its source deleted."""

    row = forms.ChoiceField(label="Which row?", widget=Radios)
    what = forms.ChoiceField(
        label="What becomes of it?",
        widget=Radios,
        choices=[(KEEP, "Keep it"), (DISPOSE, "Dispose of it. It cannot be undone")],
    )
    reason = _words("Why?")

    def __init__(self, *args: Any, offered: Iterable[Withdrawn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, f"{one.words}, {day(one.day)}") for one in offered]
        self.fields["row"].choices = choices  # type: ignore[attr-defined]

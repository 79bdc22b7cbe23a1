"""What is asked when advice is decided on, challenged, or told in a letter. Nothing is decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, FilterForm, Why
from evenhand.design.widgets import Checkboxes, Radios
from evenhand.eligibility.models import Decision
from evenhand.eligibility.pack import Decidable, listed, stays_open

MOST_WORDS, MOST_LETTER = 10_000, 20_000


def _words(label: str, *, help_text: str = "", required: bool = False, rows: int = 4) -> Any:
    return forms.CharField(
        label=label, required=required, max_length=MOST_WORDS, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def _name(label: str, *, help_text: str = "") -> Any:
    return forms.CharField(label=label, required=False, max_length=200, help_text=help_text)


class DecisionForm(EvenhandForm):
    """What was decided, by whom and why, and how the family was told."""

    decided = forms.ChoiceField(label="What was decided?", required=False, widget=Radios)
    decided_by = _name("Who decided it?", help_text="The name of the person")
    decided_on = DayField(label="When was it decided?")
    why_departs = _words(
        "Why not as advised?",
        help_text="Only where it was decided otherwise. You may; the reasons are kept and counted.",
    )
    reasons = _words(
        "What are the reasons, in words for the family?",
        help_text="They stand in the letter just as you write them here.",
    )
    told_on = DayField(label="When was the family told?", required=False)
    told_how = forms.ChoiceField(label="How were they told?", required=False)
    stays_open = forms.MultipleChoiceField(
        label="If help was refused: what stays open to the child?", required=False,
        widget=Checkboxes,
    )  # fmt: skip
    goes_next = _words("If help was refused: where does the child go next, and who sees to it?")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why: ClassVar[Mapping[str, Why | str]] = {
        "decided": "Evenhand advises. A named person decides, and may decide otherwise.",
    }

    def __init__(self, *args: Any, held: Decidable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided"].choices = [(one.id, one.words) for one in held.choices]  # type: ignore[attr-defined]
        told = [(one, one) for one in listed("told")]
        self.fields["told_how"].choices = [("", "Not told yet"), *told]  # type: ignore[attr-defined]
        self.fields["stays_open"].choices = stays_open()  # type: ignore[attr-defined]


class ChallengeForm(EvenhandForm):
    """That somebody does not agree with a decision, and what they were answered."""

    challenged_on = DayField(label="When did they say that they do not agree?")
    challenged_by = _name("Who?")
    challenge = _words("What did they say?")
    answered_on = DayField(label="When were they answered?", required=False)
    answered_by = _name("Who answered?")
    answer = _words("What was the answer, and why?")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LetterForm(EvenhandForm):
    """A letter of reasons, in the family's language and format."""

    language = forms.CharField(label="In which language?", max_length=100)
    format = forms.ChoiceField(label="In which form?", widget=Radios)
    words = forms.CharField(
        label="The letter", max_length=MOST_LETTER, widget=forms.Textarea(attrs={"rows": 20}),
        help_text="Proposed in English from the decision. Change it, or put in its translation.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [(one, one) for one in listed("formats")]  # type: ignore[attr-defined]


class SendForm(EvenhandForm):
    """That a letter went: only after somebody looked whether it is safe to write there."""

    contact_seen = _words(
        "What does the case system say about safe contact with this family?", required=True, rows=3,
        help_text="Look now. Write what it says, or that nothing speaks against writing.",
    )  # fmt: skip
    sent_how = forms.CharField(
        label="How does it go, and where to?", max_length=60,
        help_text="As by post to the mother, or by hand at the next visit",
    )  # fmt: skip
    sent_on = DayField(label="When does it go?")


class ErrorForm(EvenhandForm):
    """Why a decision is taken back."""

    reason = forms.CharField(
        label="What was wrong?", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class SpanForm(FilterForm):
    """From which day to which day is counted."""

    since = DayField(label="From")
    until = DayField(label="To")


def of_decision(decision: Decision) -> Mapping[str, Any]:
    """Return what a form about a decision begins with."""
    names = (*DecisionForm.base_fields, *ChallengeForm.base_fields)
    return {name: getattr(decision, name) for name in names}


def today_of(today: date, name: str = "") -> Mapping[str, Any]:
    """Return what the form of a new decision begins with: today, and who is signed in."""
    return {"decided_on": today, "decided_by": name}

"""What is asked of auditors, and of those who give them files. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from evenhand.accounts.models import User
from evenhand.audits.models import ToolComment
from evenhand.audits.queries.tools import Edition
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, HeldForm
from evenhand.design.widgets import Checkboxes, Radios
from evenhand.design.wording import day

LONGEST, LONGEST_NAME, LONGEST_WORDS = 500, 200, 10_000
RIGHT, WRONG = "right", "wrong"


def _words(label: str, *, most: int = LONGEST, required: bool = True) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=most, required=required, widget=box)


class GiveForm(EvenhandForm):
    """Who audits a file, and by when."""

    auditor = forms.ChoiceField(label="Who audits it?")
    due_on = DayField(label="By which day?", required=False)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["auditor"].choices = [(one.ref, one.name) for one in people]  # type: ignore[attr-defined]


class AnotherForm(HeldForm):
    """Who audits it instead, and why."""

    auditor = forms.ChoiceField(label="Who audits it from now on?")
    why = _words("Why?")

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["auditor"].choices = [(one.ref, one.name) for one in people]  # type: ignore[attr-defined]


class LeaveAuditForm(HeldForm):
    """Why an audit is not to be done."""

    why = _words("Why is it not to be done?")


class FinishForm(HeldForm):
    """That an audit is done: there is nothing to fill in."""


class CheckForm(EvenhandForm):
    """Whether the record's own answer to one standard is right."""

    standard = forms.CharField(widget=forms.HiddenInput)
    said = forms.ChoiceField(
        label="Is it right?", widget=Radios,
        choices=[(RIGHT, "Yes: the file says so, too"), (WRONG, "No")],
    )  # fmt: skip
    words = _words("If not: what is not so, and what shows it?", most=LONGEST_WORDS, required=False)


class CommentForm(EvenhandForm):
    """What somebody says of a tool."""

    words = _words("What would make this tool better?", most=LONGEST_WORDS)


class TakeUpForm(EvenhandForm):
    """Which comments an edition of a tool took up, and how."""

    edition = forms.ChoiceField(label="Which edition took them up?", widget=Radios)
    comments = forms.MultipleChoiceField(label="Which comments?", widget=Checkboxes)
    answer = _words("What was done about them?", required=False)

    def __init__(
        self, *args: Any, editions: Sequence[Edition], waiting: Iterable[ToolComment], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (one.asked.from_.isoformat(), f"Edition {one.number}, from {day(one.asked.from_)}")
            for one in editions
        ]
        said = [(one.ref, f"{one.words} ({one.by.name}, {day(one.at)})") for one in waiting]
        self.fields["edition"].choices = offered  # type: ignore[attr-defined]
        self.fields["comments"].choices = said  # type: ignore[attr-defined]

    @property
    def begun(self) -> date:
        """Return the day from which the chosen edition is in force."""
        return date.fromisoformat(self.cleaned_data["edition"])


class AgencyForm(EvenhandForm):
    """Which agency a partner auditor comes from."""

    user = forms.ChoiceField(label="Who?")
    name = forms.CharField(label="Which agency do they come from?", max_length=LONGEST_NAME)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = [(one.ref, one.name) for one in people]  # type: ignore[attr-defined]

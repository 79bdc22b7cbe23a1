"""What is asked when a task is done, passed on, put off, left, checked or added to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from evenhand.accounts.models import User
from evenhand.design.fields import DayField
from evenhand.design.forms import HeldForm
from evenhand.design.widgets import Radios
from evenhand.people.queries.access import people_called
from evenhand.work.models import Task
from evenhand.work.pack import Kind

MOST_WORDS = 5_000
AGREED, NOT_YET = "done", "not yet"


def words(label: str, *, required: bool = True, rows: int = 4, help_text: str = "") -> forms.Field:
    """Return a question that is answered in a few lines."""
    return forms.CharField(
        label=label, required=required, max_length=MOST_WORDS, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class StepForm(HeldForm):
    """One thing done to a task, as it was when the page was opened."""

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, held=task, **kwargs)


class DoneForm(StepForm):
    """What was found or done."""

    reason = words("What you saw and did, in your own words", help_text="Name no child here.")

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {}
        if kind.outcomes:
            asked["outcome"] = forms.ChoiceField(
                label="What did you find?", choices=list(kind.outcomes.items()), widget=Radios
            )
        if kind.counts:
            asked["looked_at"] = forms.IntegerField(
                label=f"Number of {kind.counts}", min_value=0, max_value=100_000, required=False
            )
        self.fields = {**asked, **self.fields}


class ReasonForm(StepForm):
    """Why a task need not be done, or words to add to it."""

    reason = words("Why?")

    def __init__(self, *args: Any, label: str = "Why?", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class PassOnForm(StepForm):
    """To whom a task goes."""

    owner = forms.CharField(
        label="Who does it from now on?",
        max_length=300,
        help_text="Their whole name or username. It has to be somebody who signs in here.",
    )
    reason = words("Anything they should know", required=False, rows=3)

    def clean_owner(self) -> User:
        """Return the one person of this name."""
        return somebody_called(self.cleaned_data["owner"])


class PutOffForm(StepForm):
    """Until when a task is left."""

    until = DayField(label="Leave it until")
    reason = words("Why?", rows=3)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].earliest = today + timedelta(1)  # type: ignore[attr-defined]
        self.fields["until"].help_text = "The day on which it is due stays as it is."


class CheckForm(StepForm):
    """Whether a task that somebody else did is done."""

    verdict = forms.ChoiceField(
        label="Is it done?",
        choices=[(AGREED, "Yes, it is done"), (NOT_YET, "Not yet")],
        widget=Radios,
    )
    reason = words("What is still missing?", required=False, rows=3, help_text="If it is not done.")

    def clean(self) -> dict[str, Any]:
        """Ask for words where it is not done."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("verdict") == NOT_YET and not given.get("reason"):
            self.add_error("reason", "Say what is still missing.")
        return given


def somebody_called(name: str) -> User:
    """Return the one person who signs in by this name; ValidationError, saying so, otherwise."""
    found, unknown = people_called([name])
    people = [one for one in found if isinstance(one, User)]
    if unknown or len(people) != 1:
        raise forms.ValidationError(
            f"Nobody alone who signs in is called “{name}”. Write the whole name, or the username."
        )
    return people[0]

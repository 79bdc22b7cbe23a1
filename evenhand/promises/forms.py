"""What is asked where a promise is explained, reviewed, let off, put off or passed on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms

from evenhand.accounts.models import Team, User
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, FilterForm, HeldForm
from evenhand.design.widgets import Radios
from evenhand.facts.adopted import policy
from evenhand.promises.models import Explanation
from evenhand.promises.pack import allowances, reasons
from evenhand.promises.queries import Pattern
from evenhand.work.forms import somebody_called
from evenhand.work.forms import words as in_words

ALL = [("", "All")]


class StepForm(EvenhandForm):
    """One thing done to a promise."""

    def __init__(self, *args: Any, today: date, explanation: Explanation | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today, self.explanation = today, explanation


class ReasonForm(StepForm):
    """Why a promise was not kept."""

    reason = forms.ChoiceField(label="What was the main reason?", widget=Radios)
    words = in_words("Anything else that helps to understand it", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = list(reasons().items())  # type: ignore[attr-defined]


class ReviewForm(HeldForm, StepForm):
    """What a manager makes of a reason."""

    words = in_words("What do you make of it?")
    done = in_words("What was done, or will be?", required=False)

    def __init__(self, *args: Any, explanation: Explanation, **kwargs: Any) -> None:
        super().__init__(*args, held=explanation, explanation=explanation, **kwargs)


class AllowanceForm(StepForm):
    """What a promise is let off, and until when."""

    kind = forms.ChoiceField(label="What is agreed?", widget=Radios)
    starts_on = DayField(label="From")
    until = DayField(label="Until, or by when it is to be done")
    reason = in_words("Why?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(allowances().items())  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = self.today


class EndForm(StepForm):
    """Why something that a promise is let off ends."""

    reason = in_words("Why does it end?")


class PutOffForm(StepForm):
    """Until when a promise is left."""

    until = DayField(label="Leave it until")
    reason = in_words("Why?", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].earliest = self.today + timedelta(1)  # type: ignore[attr-defined]
        self.fields["until"].help_text = "The day on which it is due stays as it is."


class PassOnForm(StepForm):
    """To whom a promise goes."""

    owner = forms.CharField(
        label="Who sees to it from now on?",
        max_length=300,
        help_text="Their whole name or username. It has to be somebody who signs in here.",
    )
    reason = in_words("Anything they should know", required=False, rows=3)

    def clean_owner(self) -> User:
        """Return the one person of this name."""
        return somebody_called(self.cleaned_data["owner"])


class NarrowPatterns(FilterForm):
    """By which standard and team."""

    standard = forms.ChoiceField(label="Standard", required=False)
    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, *args: Any, found: Iterable[Pattern], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found, standards = list(found), policy().standards
        self.teams = {one.team.ref: one.team for one in found if one.team}
        known = {one.standard for one in found if one.standard in standards}
        titles = sorted((standards[id_].title, id_) for id_ in known)
        self.fields["standard"].choices = [*ALL, *((id_, title) for title, id_ in titles)]  # type: ignore[attr-defined]
        self.fields["team"].choices = [*ALL, *((ref, t.name) for ref, t in self.teams.items())]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> tuple[str, Team | None]:
        """Return the standard and the team asked for; empty for all."""
        given = self.cleaned_data if self.is_valid() else {}
        return str(given.get("standard") or ""), self.teams.get(given.get("team") or "")


class RemindersForm(EvenhandForm):
    """How one is reminded."""

    by_mail = forms.BooleanField(
        label="Send me a mail each working morning", required=False,
        help_text="It says how many things are late and due. It names no child.",
    )  # fmt: skip

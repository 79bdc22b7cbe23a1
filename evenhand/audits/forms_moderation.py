"""What is asked on the pages of moderation. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from evenhand.accounts.models import User
from evenhand.audits import pack
from evenhand.audits.models import Audit
from evenhand.audits.queries.moderation import Pair
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, FilterForm, HeldForm
from evenhand.design.widgets import Checkboxes, Radios
from evenhand.rules.periods import Span
from evenhand.work.forms import somebody_called

MOST_WORDS = 5_000
PEOPLE = 20


class SpanForm(FilterForm):
    """From which day to which."""

    since = DayField(label="From", required=False)
    until = DayField(label="To", required=False)

    def span(self, otherwise: Span) -> Span:
        """Return the days asked for; what was not answered is that of ``otherwise``."""
        given = self.cleaned_data if self.is_valid() else {}
        since, until = given.get("since") or otherwise.since, given.get("until") or otherwise.until
        return Span(since, until) if since <= until else otherwise


class DrawForm(EvenhandForm):
    """Of which days' audits some are to be done twice."""

    since = DayField(label="From which day?")
    until = DayField(label="To which day?")

    def clean(self) -> dict[str, Any]:
        """Ask for days in their order."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day is before the first. Mend one of the two.")
        return given

    @property
    def span(self) -> Span:
        """Return the days."""
        return Span(self.cleaned_data["since"], self.cleaned_data["until"])


class ModerateForm(HeldForm):
    """The grade that was agreed, and why."""

    grade = forms.ChoiceField(label="Which grade was agreed?", widget=Radios)
    why = forms.CharField(
        label="Why?", max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What in the file decided it. The auditor reads this.",
    )  # fmt: skip

    def __init__(self, *args: Any, audit: Audit, **kwargs: Any) -> None:
        super().__init__(*args, held=audit, **kwargs)
        grades = [(one.id, one.label) for one in pack.scale()]
        self.fields["grade"].choices = grades  # type: ignore[attr-defined]


class SessionForm(EvenhandForm):
    """A session: when, who, which audits, and what was learnt."""

    held_on = DayField(label="When was it held?")
    people = forms.CharField(
        label="Who was there?", max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One a line: the whole name, or the username. They all sign in here.",
    )  # fmt: skip
    audits = forms.MultipleChoiceField(
        label="Which files did you look at together?", required=False, widget=Checkboxes
    )
    learnt = forms.CharField(
        label="What did you learn?", max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}), help_text="Name no child.",
    )  # fmt: skip

    def __init__(self, *args: Any, pairs: Sequence[Pair], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].latest = today  # type: ignore[attr-defined]
        self._audits = {pair.first.ref: pair.first for pair in pairs}
        if not pairs:
            del self.fields["audits"]
        else:
            offered = [(pair.first.ref, _words(pair)) for pair in pairs]
            self.fields["audits"].choices = offered  # type: ignore[attr-defined]

    def clean_people(self) -> list[User]:
        """Return the people of these names; ValidationError, naming who is not one."""
        names = [name.strip() for name in self.cleaned_data["people"].splitlines()]
        named = list(dict.fromkeys(name for name in names if name))
        if len(named) > PEOPLE:
            raise forms.ValidationError(f"{len(named)} people are named; name {PEOPLE} at most.")
        return [somebody_called(name) for name in named]

    @property
    def looked_at(self) -> list[Audit]:
        """Return the audits that were ticked."""
        return [self._audits[ref] for ref in self.cleaned_data.get("audits", ())]


def _words(pair: Pair) -> str:
    team = f", {pair.first.team.name}" if pair.first.team else ""
    first, second = (pack.grade_words(one.grade) or "no grade" for one in pair)
    return f"Audit {pair.first.ref}{team}: {first} and {second}"

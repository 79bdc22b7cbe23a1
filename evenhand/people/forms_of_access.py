"""What is asked when a record is closed or opened for a while, and when that is reviewed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from evenhand.accounts.models import Team, User
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm
from evenhand.design.widgets import DayBoxes, Radios
from evenhand.people.access_rules import lending_reasons, restriction_reasons
from evenhand.people.models import Adult, Child, OwnFamily, TemporaryAccess
from evenhand.people.queries.access import people_called

NAMES = {"rows": 3}
MINE = "child"


class RestrictForm(EvenhandForm):
    """Why a record is closed, to whom it stays open or who is kept out, and until when."""

    reason = forms.ChoiceField(label="Why is the record restricted?", widget=Radios)
    because = forms.CharField(
        label="What those who may open it should know",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs=NAMES),
    )
    let_in = forms.CharField(
        label="Who alone may open it?",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs=NAMES),
        help_text="People or teams, one on each line. You stay able to open it. A name opens "
        "nothing to those whose role does not reach the child. Left empty, it is closed only to "
        "those named below.",
    )
    shut_out = forms.CharField(
        label="Who must not see it at all?",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs=NAMES),
        help_text="People, one on each line. They will find nothing, in no list and no count.",
    )
    ends_on = DayField(label="Until which day?", required=False)
    review_on = DayField(label="When is this looked at again?", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = list(restriction_reasons().items())  # type: ignore[attr-defined]
        for name in ("ends_on", "review_on"):
            self.fields[name].earliest = today  # type: ignore[attr-defined]

    def clean_let_in(self) -> list[User | Team]:
        """Return the people and teams named."""
        return self._named("let_in")

    def clean_shut_out(self) -> list[User]:
        """Return the people named; a team cannot be shut out."""
        found = self._named("shut_out")
        if teams := [str(one) for one in found if isinstance(one, Team)]:
            raise forms.ValidationError(f"{teams[0]} is a team. Name each person.")
        return [one for one in found if isinstance(one, User)]

    def _named(self, field: str) -> list[User | Team]:
        found, unknown = people_called(self.cleaned_data[field].splitlines())
        if unknown:
            raise forms.ValidationError(
                f"Nobody alone is called “{unknown[0]}”. Write their username, or their whole name."
            )
        return found


class OwnFamilyForm(EvenhandForm):
    """Who of the record is of one's own family."""

    person = forms.ChoiceField(label="Who is of your family?", widget=Radios)

    def __init__(self, *args: Any, child: Child, adults: list[Adult], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(MINE, str(child)), *((adult.ref, str(adult)) for adult in adults)]
        self.fields["person"].choices = offered  # type: ignore[attr-defined]


class EndFamilyForm(EvenhandForm):
    """Whose declaration no longer holds, and why."""

    declared = forms.ModelChoiceField(
        label="To whom may the record be open again?",
        queryset=OwnFamily.objects.none(),
        empty_label=None,
        widget=Radios,
    )
    reason = forms.CharField(
        label="Why?", max_length=1_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, held: QuerySet[OwnFamily], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["declared"].queryset = held  # type: ignore[attr-defined]


class LendForm(EvenhandForm):
    """Exactly which record, and why it is needed now."""

    mark_optional = False
    number = forms.CharField(
        label="Number in the case system", required=False, max_length=100,
        help_text="Or else the whole name and the day of birth, as the case system has them.",
    )  # fmt: skip
    forename = forms.CharField(label="First name", required=False, max_length=100)
    surname = forms.CharField(label="Last name", required=False, max_length=255)
    born_on = DayField(label="Day of birth", required=False, widget=DayBoxes)
    reason = forms.ChoiceField(label="Why do you need this record?", widget=Radios)
    because = forms.CharField(
        label="Say what you need it for",
        max_length=1_000,
        widget=forms.Textarea(attrs=NAMES),
        help_text="The child's worker and their manager will read this.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = list(lending_reasons().items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the number, or for the whole name with the day of birth."""
        given = super().clean() or self.cleaned_data
        whole = given.get("forename") and given.get("surname") and given.get("born_on")
        if not given.get("number") and not whole and "born_on" not in self.errors:
            self.add_error("number", "Give the number, or the whole name with the day of birth")
        return given


class ReviewForm(EvenhandForm):
    """Whether it was right to open the record."""

    verdict = forms.ChoiceField(
        label="Was it right to open this record?",
        widget=Radios,
        choices=[
            (TemporaryAccess.Verdict.APPROPRIATE, "Yes, it was appropriate"),
            (TemporaryAccess.Verdict.NOT_APPROPRIATE, "No, it was not"),
        ],
    )
    because = forms.CharField(
        label="What do you know of it?",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs=NAMES),
        help_text="Where it was not appropriate, say why.",
    )

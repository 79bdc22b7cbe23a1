"""What is asked of findings, copies and management reviews. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms

from evenhand.accounts.models import Team, User
from evenhand.audits import pack
from evenhand.audits.models import Audit, ManagementReview
from evenhand.audits.queries.copies import supervisions_of
from evenhand.audits.queries.themes import themes_of
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, HeldForm, Why
from evenhand.design.widgets import Radios
from evenhand.design.wording import day
from evenhand.work.forms import somebody_called

LONGEST, LONGEST_NAME, LINE = 5_000, 300, 500
NAMED = "Their whole name or username. It has to be somebody who signs in here."


def words(label: str, *, required: bool = True, help_text: str = "") -> Any:
    """Return a question that is answered in a few lines."""
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


def somebody(label: str) -> Any:
    """Return a question for the name of somebody who signs in."""
    return forms.CharField(label=label, max_length=LONGEST_NAME, help_text=NAMED)


class RaiseForm(EvenhandForm):
    """What an audit found."""

    why: ClassVar = {"kind": Why("Whoever answers for it is told at once.", "IOW-2.4.49-a")}
    kind = forms.ChoiceField(label="What did you find?", widget=Radios)
    team = forms.ChoiceField(label="Whose practice is it?")
    theme = forms.ChoiceField(label="Which part of the tool does it belong to?", required=False)
    words = words(
        "What exactly, and where does the file show it?",
        help_text="About the work, never about a person. Good practice is read by others: name no "
        "child there.",
    )

    def __init__(self, *args: Any, audit: Audit, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {one.ref: one for one in teams}
        themes = themes_of(audit)
        self._offer("kind", [(one.id, one.label) for one in pack.findings().values()])
        named = [(ref, one.name) for ref, one in self.teams.items()]
        self._offer("team", named if audit.team else [("", "Choose a team"), *named])
        self._offer("theme", [("", "None of them"), *themes])
        self.fields["team"].initial = audit.team.ref if audit.team else ""
        if not themes:
            del self.fields["theme"]

    def _offer(self, field: str, pairs: list[tuple[str, str]]) -> None:
        self.fields[field].choices = pairs  # type: ignore[attr-defined]

    def clean_team(self) -> Team:
        """Return the team."""
        return self.teams[self.cleaned_data["team"]]


class ActionForm(HeldForm):
    """Who puts it right, how, and by when."""

    what = forms.CharField(
        label="What is to be done?", max_length=LINE, help_text="Name no child here."
    )
    owner = somebody("Who does it?")
    due_on = DayField(label="By which day?")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].earliest = today  # type: ignore[attr-defined]

    def clean_owner(self) -> User:
        """Return the one person of this name."""
        return somebody_called(self.cleaned_data["owner"])


class PlanForm(HeldForm):
    """On which day it was agreed how to put it right."""

    on = DayField(label="On which day was a plan agreed?")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = today  # type: ignore[attr-defined]
        self.fields["on"].initial = today


class EvidenceForm(HeldForm):
    """What shows that it is put right. The action refuses none, in words of its own."""

    mark_optional = False
    evidence = words(
        "What shows that it is put right?", required=False,
        help_text="What you saw, and where. Name no child. Nothing is closed without this.",
    )  # fmt: skip


class CheckForm(EvidenceForm):
    """What somebody else saw who looked whether it is put right."""

    evidence = words(
        "What did you look at?", required=False,
        help_text="Where it is not right, send it back from the page of the task.",
    )  # fmt: skip


class ReasonForm(HeldForm):
    """Why a finding is taken back."""

    reason = words("What was wrong with it?")


class HandOverForm(HeldForm):
    """In which supervision a copy was handed over."""

    supervision = forms.ChoiceField(label="In which supervision was it handed over?", widget=Radios)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {one.ref: one for one in supervisions_of(self.held)}
        pairs = [(ref, f"{one.worker}, {day(one.held_on)}") for ref, one in self.found.items()]
        self.fields["supervision"].choices = pairs  # type: ignore[attr-defined]

    def clean_supervision(self) -> Any:
        """Return the supervision."""
        return self.found[self.cleaned_data["supervision"]]


class ReviewForm(EvenhandForm):
    """What is to be reviewed, and by whom."""

    why: ClassVar = {"reviewer": Why("They should not be of the team.", "IOW-2.4.50-b")}
    reason = words("What is to be looked into, and why?")
    reviewer = somebody("Who reviews it?")

    def clean_reviewer(self) -> User:
        """Return the one person of this name."""
        return somebody_called(self.cleaned_data["reviewer"])


class WriteForm(HeldForm):
    """What a review found, and what is learnt."""

    findings = words("What did you find?", required=False)
    learning = words("What do we learn from it?", required=False)

    def __init__(self, *args: Any, held: ManagementReview, **kwargs: Any) -> None:
        kwargs["initial"] = {"findings": held.findings, "learning": held.learning}
        super().__init__(*args, held=held, **kwargs)

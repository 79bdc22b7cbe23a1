"""What narrows the figures and lists of this room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from evenhand.accounts.models import Team, User
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, FilterForm
from evenhand.rules import State
from evenhand.work.forms import somebody_called

LISTED = (
    State.LATE,
    State.OPEN,
    State.KEPT_LATE,
    State.NOT_KNOWN,
    State.EXCUSED,
    State.KEPT,
    State.NOT_RECORDED,
)


class TeamFilter(FilterForm):
    """Whose figures to show."""

    team = forms.ChoiceField(label="Team or service")

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(team.ref, team.name) for team in teams]
        if len(choices) > 1 or self.data.get("team"):
            self.fields["team"].choices = [("", "All"), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["team"]


class ListFilter(TeamFilter):
    """Which children to list."""

    state = forms.ChoiceField(
        label="How it stands",
        choices=[(str(state), str(state).capitalize()) for state in LISTED],
    )
    field_order = ("state", "team")


class ActionForm(EvenhandForm):
    """What is to be done about a standard under its target, by whom and by when."""

    what = forms.CharField(label="What is to be done?", max_length=300, help_text="Name no child.")
    owner = forms.CharField(
        label="Who is to do it?",
        required=False,
        max_length=300,
        help_text="Their whole name or username. Leave it empty for quality assurance.",
    )
    due_on = DayField(
        label="By when?", required=False, help_text="Leave it empty for our usual time."
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].earliest = today  # type: ignore[attr-defined]

    def clean_owner(self) -> User | None:
        """Return the one person of this name; None where nobody is named."""
        name = self.cleaned_data["owner"]
        return somebody_called(name) if name else None

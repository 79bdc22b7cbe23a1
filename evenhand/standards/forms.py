"""What narrows the figures and lists of this room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from evenhand.accounts.models import Team
from evenhand.design.forms import FilterForm
from evenhand.rules import State

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

"""What is asked about the programme. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from evenhand.accounts.models import Team, User
from evenhand.audits import pack
from evenhand.audits.models import Member, Slot
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, FilterForm, HeldForm
from evenhand.rules.arithmetic import add_months

LONGEST, LONGEST_NAME = 500, 200
MONTHS_OFFERED = 12
NOBODY = ("", "Nobody")


def _why(label: str, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=LONGEST)


def _offer(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]


def _months(since: date) -> list[tuple[str, str]]:
    days = [add_months(since.replace(day=1), number) for number in range(MONTHS_OFFERED)]
    return [(day.isoformat(), f"{day:%B %Y}") for day in days]


class YearFilter(FilterForm):
    """Which year, and whose slots of it."""

    year = forms.ChoiceField(label="Year")
    team = forms.ChoiceField(label="Team")

    def __init__(
        self, *args: Any, years: Iterable[int], teams: Iterable[Team], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "year", [(str(each), str(each)) for each in years])
        _offer(self, "team", [("", "All"), *((team.ref, team.name) for team in teams)])


class MonthForm(EvenhandForm):
    """A form that asks for a month: this one, or one of those to come."""

    month = forms.ChoiceField(label="Which month?")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "month", _months(today))

    def clean_month(self) -> date:
        """Return the first day of the month."""
        return date.fromisoformat(self.cleaned_data["month"])


class MoveForm(HeldForm, MonthForm):
    """To which month a slot is moved, and why."""

    why = _why("Why is it moved?")

    field_order = ("month", "why")


class CloseForm(HeldForm):
    """That nothing more is done in a slot."""

    why = _why("If something was not done, why?", required=False)


class PlanForm(HeldForm):
    """Who coordinates a slot, when it is held, and from which days its files are."""

    coordinator = forms.ChoiceField(label="Coordinator", required=False)
    audit_on = DayField(label="Day of the audit", required=False)
    since = DayField(label="Files from", required=False)
    until = DayField(label="Files to", required=False)

    def __init__(self, *args: Any, held: Slot, people: Sequence[User], **kwargs: Any) -> None:
        kwargs["initial"] = {
            "coordinator": held.coordinator.ref if held.coordinator else "",
            "audit_on": held.audit_on, "since": held.since, "until": held.until,
        }  # fmt: skip
        super().__init__(*args, held=held, **kwargs)
        self._people = {user.ref: user for user in people}
        _offer(self, "coordinator", [NOBODY, *((user.ref, user.name) for user in people)])

    def clean_coordinator(self) -> User | None:
        """Return who was chosen."""
        return self._people.get(self.cleaned_data["coordinator"])


class JoinForm(EvenhandForm):
    """Who joins a panel, and as what."""

    name = forms.CharField(label="Name", max_length=LONGEST_NAME)
    part = forms.ChoiceField(label="Part")
    agency = forms.CharField(
        label="Agency", max_length=LONGEST_NAME, required=False,
        help_text="Where they work, if not for this authority",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "part", [(one.id, one.label) for one in pack.panel_parts()])


class LeaveForm(EvenhandForm):
    """Who leaves a panel."""

    member = forms.ChoiceField(label="Who leaves the panel?")

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(place): one for place, one in enumerate(members, start=1)}
        _offer(self, "member", [(place, one.name) for place, one in self._members.items()])

    def clean_member(self) -> Member:
        """Return who was chosen."""
        return self._members[self.cleaned_data["member"]]


class AddForm(MonthForm):
    """Which audits are added to the year, for whom, and why."""

    line = forms.ChoiceField(
        label="Type of audit", error_messages={"required": "Choose a type of audit"}
    )
    team = forms.ChoiceField(
        label="Team", required=False, help_text="For audits that each team has"
    )
    why = _why("Why are they added?")

    field_order = ("line", "month", "team", "why")

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._teams = {team.ref: team for team in teams}
        named = [(one.id, one.title) for one in pack.lines().values()]
        _offer(self, "line", [("", "Choose one"), *named])
        _offer(self, "team", [("", "No team"), *((team.ref, team.name) for team in teams)])

    def clean_line(self) -> pack.Line:
        """Return the line that was chosen."""
        return pack.line_called(self.cleaned_data["line"])

    def clean_team(self) -> Team | None:
        """Return the team that was chosen."""
        return self._teams.get(self.cleaned_data["team"])

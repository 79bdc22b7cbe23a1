"""What is asked when a concern is recorded, and for which days it is reported."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from evenhand.accounts.models import Team, Worker
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, FilterForm, Why
from evenhand.design.widgets import Radios
from evenhand.equality.grounds import NONE, characteristics, grounds
from evenhand.equality.pathway import Dimension
from evenhand.equality.routing import workers_called

DIRECT = (
    ("yes", "Yes, to the person themselves"),
    ("no", "No, a rule or a practice was worse for them"),
    ("", "Not clear"),
)
WITHOUT = "without"
ANSWERS = {"yes": True, "no": False}


class ConcernForm(EvenhandForm):
    """A concern: the ground, what happened, when, and where."""

    ground = forms.ChoiceField(
        label="What was the unfair treatment about?",
        widget=Radios,
        help_text="One ground. Do not name the person's condition, politics or convictions.",
    )
    what_happened = forms.CharField(
        label="What happened?",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5_000,
        help_text="Leave out names where you can. This is not part of anybody's record.",
    )
    received_on = DayField(label="When was it raised?")
    team = forms.ChoiceField(label="Which team is it about?", required=False)
    subjects = forms.CharField(
        label="Who works here and did this?",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Whole names, one on each line; nobody, if you would rather not say. Whoever you "
        "name never sees this. It goes to a manager above them, even if they are your own manager.",
    )
    direct = forms.ChoiceField(
        label="Was somebody treated worse directly?", required=False, choices=DIRECT, widget=Radios
    )
    characteristic = forms.ChoiceField(
        label="Does it count under a characteristic that the Equality Act protects?",
        required=False,
        help_text="Leave this as it is, unless you judge otherwise.",
    )

    def __init__(self, *args: Any, teams: Iterable[Team], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.id, each.label) for each in grounds()]
        hints = {each.id: each.note for each in grounds() if each.note}
        self.fields["ground"].widget = Radios(hints=hints)
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]
        offered = [("", "Not about one team"), *((team.ref, str(team)) for team in teams)]
        self.fields["team"].choices = offered  # type: ignore[attr-defined]
        named = [(each.id, each.label) for each in characteristics()]
        self.fields["characteristic"].choices = [  # type: ignore[attr-defined]
            ("", "As the ground says"), (NONE, "Under none of them"), *named,
        ]  # fmt: skip
        self.fields["received_on"].initial = today
        self.fields["received_on"].latest = today  # type: ignore[attr-defined]
        self.why = {"ground": Why("So that we see whether anybody is treated worse than others.")}

    def clean_subjects(self) -> list[Worker]:
        """Return the people named."""
        found, unknown = workers_called(self.cleaned_data["subjects"].splitlines())
        if unknown:
            raise forms.ValidationError(
                f"Nobody alone is called “{unknown[0]}” here. Write the whole name, as in the "
                "case system, or leave it out."
            )
        return found

    @property
    def concern(self) -> dict[str, Any]:
        """Return the answers as ``record_concern`` takes them, but for the team."""
        given = dict(self.cleaned_data)
        given.pop("team")
        return {**given, "direct": ANSWERS.get(given["direct"])}


class PeriodForm(FilterForm):
    """From which day to which."""

    since = DayField(label="From")
    until = DayField(label="To")


class ConcernFilter(PeriodForm):
    """Which concerns: on which ground, and raised from which day to which."""

    ground = forms.ChoiceField(label="Ground")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", "All"), *((each.id, each.label) for each in grounds())]
        self.fields["ground"].choices = offered  # type: ignore[attr-defined]
        self.order_fields(["ground", "since", "until"])


class FaresFilter(FilterForm):
    """Which groups to compare, of which service, and whether with unaccompanied children."""

    by = forms.ChoiceField(label="Compare by")
    service = forms.ChoiceField(label="Service")
    children = forms.ChoiceField(
        label="Children",
        choices=[("", "All children"), (WITHOUT, "Without unaccompanied children")],
    )

    def __init__(
        self, *args: Any, by: Iterable[Dimension] = (), services: Iterable[Team], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        ways = [(each.id, each.label) for each in by]
        offered = [(team.ref, team.name) for team in services]
        self.fields["by"].choices = ways  # type: ignore[attr-defined]
        self.fields["service"].choices = [  # type: ignore[attr-defined]
            ("", "All"), *offered,
        ]  # fmt: skip
        for name, choices in (("by", ways), ("service", offered)):
            if not choices:
                del self.fields[name]


class CasesFilter(FilterForm):
    """Which group's children to list, and whether those who went on or the others."""

    by = forms.CharField(widget=forms.HiddenInput)
    service = forms.CharField(widget=forms.HiddenInput)
    children = forms.CharField(widget=forms.HiddenInput)
    group = forms.ChoiceField(label="Group")
    went = forms.ChoiceField(label="Which")

    def __init__(
        self, *args: Any, groups: Iterable[tuple[str, str]], went: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", "All"), *groups]  # type: ignore[attr-defined]
        self.fields["went"].choices = [("", "All"), *went]  # type: ignore[attr-defined]


class CloserFilter(FaresFilter):
    """Which groups to look at closely, and by what else at once."""

    also = forms.ChoiceField(label="And by")
    field_order = ("by", "also", "service", "children")

    def __init__(self, *args: Any, also: Iterable[Dimension], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.id, each.label) for each in also]
        self.fields["also"].choices = choices  # type: ignore[attr-defined]

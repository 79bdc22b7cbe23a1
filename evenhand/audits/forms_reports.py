"""What is asked of reports of audits. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from evenhand.accounts.models import Team, User
from evenhand.audits import pack
from evenhand.audits.models import Report
from evenhand.audits.queries.quotations import Quotation
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, FilterForm, HeldForm
from evenhand.design.widgets import Checkboxes, Radios
from evenhand.rules.periods import Span
from evenhand.work.forms import somebody_called

LONGEST, QUOTED, LINE, NAME = 10_000, 20_000, 500, 300
NAMED = "Their whole name or username. It has to be somebody who signs in here."
DRAWN, PICKED = "drawn", "picked"


def long_words(label: str, *, most: int = LONGEST, rows: int = 6, required: bool = False) -> Any:
    """Return a question that is answered in some lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=required, widget=widget)


class DrawUpForm(EvenhandForm):
    """Which report, about which time."""

    kind = forms.ChoiceField(label="Which report?", widget=Radios)
    since = DayField(label="From which day?")
    until = DayField(label="To which day?")

    def __init__(self, *args: Any, span: Span, **kwargs: Any) -> None:
        kwargs["initial"] = {"since": span.since, "until": span.until}
        super().__init__(*args, **kwargs)
        kinds = [(one.id, one.title) for one in pack.report_kinds().values()]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class EditForm(HeldForm):
    """What people write in a report, part by part."""

    title = forms.CharField(label="Title", max_length=200)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, held=report, initial={"title": report.title}, **kwargs)
        for one in report.sections:
            field = long_words(one["heading"])
            field.initial = one["words"]
            self.fields[f"words_{one['id']}"] = field

    @property
    def words(self) -> dict[str, str]:
        """Return what was written, by part."""
        written = self.cleaned_data.items()
        return {
            name.removeprefix("words_"): value
            for name, value in written if name.startswith("words_")
        }  # fmt: skip


class QuoteForm(HeldForm):
    """Which of some quotations go into a report, each as somebody who read it leaves it.

    None is too long to be shown: whoever reads it shortens it.
    """

    mark_optional = False

    def __init__(
        self, *args: Any, report: Report, offered: Sequence[Quotation],
        chosen: Sequence[dict[str, str]], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, held=report, **kwargs)
        self.offered, held = offered, {one["ref"]: one["words"] for one in chosen}
        for one in offered:
            field = long_words(one.title, most=QUOTED, rows=3)
            field.initial = held.get(one.ref, one.words)
            if one.look_again:
                field.help_text = f"Is it a name? {', '.join(one.look_again)}"
            self.fields[f"words_{one.ref}"] = field
            self.fields[f"pick_{one.ref}"] = forms.BooleanField(
                label="I have read it, and it goes in", required=False, initial=one.ref in held
            )

    @property
    def picked(self) -> list[dict[str, str]]:
        """Return those that were ticked, with their words."""
        data = self.cleaned_data
        return [
            {"ref": one.ref, "title": one.title, "words": data[f"words_{one.ref}"]}
            for one in self.offered if data[f"pick_{one.ref}"]
        ]  # fmt: skip


class RecommendForm(EvenhandForm):
    """What is recommended, and who answers for it by when."""

    words = forms.CharField(
        label="What is to be done?", max_length=LINE, help_text="Name no child and no worker."
    )
    owner = forms.CharField(
        label="Who answers for it?", max_length=NAME, required=False, help_text=NAMED
    )
    team = forms.ChoiceField(label="Which team is it about?", required=False)
    due_on = DayField(label="By when?", required=False, help_text="Empty: our usual time.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [(one.ref, one.name) for one in Team.objects.order_by("name")]
        self.fields["team"].choices = [("", "No one team"), *teams]  # type: ignore[attr-defined]
        self.fields["due_on"].earliest = today  # type: ignore[attr-defined]

    def clean_owner(self) -> User | None:
        """Return the one person of this name, or None."""
        name = self.cleaned_data["owner"]
        return somebody_called(name) if name else None

    def clean_team(self) -> Team | None:
        """Return the team, or None."""
        return Team.objects.filter(ref=self.cleaned_data["team"] or None).first()


class PublishForm(HeldForm):
    """Whom a report is given to."""

    groups = forms.MultipleChoiceField(
        label="Who gets it?", widget=Checkboxes, required=False,
        help_text="Each gets its own version: the packs say which parts.",
    )  # fmt: skip

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        initial = {"groups": report.recipients}
        super().__init__(*args, held=report, initial=initial, **kwargs)
        groups = [(one.id, one.label) for one in pack.recipients().values()]
        self.fields["groups"].choices = groups  # type: ignore[attr-defined]


class ThemeFilter(FilterForm):
    """Of which theme to read what auditors wrote."""

    theme = forms.ChoiceField(label="Theme")

    def __init__(self, *args: Any, themes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [("", "All"), *themes]  # type: ignore[attr-defined]


class ScoresFilter(FilterForm):
    """Which scores to show: one theme by team, or one team by theme."""

    team = forms.ChoiceField(label="Team")
    theme = forms.ChoiceField(label="Theme")
    which = forms.ChoiceField(
        label="Files", choices=[(DRAWN, "Drawn by chance"), (PICKED, "Picked by somebody")]
    )
    until = forms.ChoiceField(label="Year up to")

    def __init__(
        self, *args: Any, teams: Iterable[str], themes: Iterable[tuple[str, str]],
        months: Iterable[date], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        choices = {
            "team": [("", "All"), *((name, name) for name in teams)], "theme": list(themes),
            "until": [(f"{one:%Y-%m}", f"{one:%B %Y}") for one in months],
        }  # fmt: skip
        for name, pairs in choices.items():
            self.fields[name].choices = pairs  # type: ignore[attr-defined]


class HalfYearFilter(FilterForm):
    """Which half-year to show."""

    until = forms.ChoiceField(label="Half-year")

    def __init__(self, *args: Any, spans: Iterable[Span], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = [(f"{one.until:%Y-%m}", f"{one.since:%B} to {one.until:%B %Y}") for one in spans]
        self.fields["until"].choices = pairs  # type: ignore[attr-defined]

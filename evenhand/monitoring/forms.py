"""What is asked: services supplied, a baseline's name, shares, decisions, comparators' values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, FilterForm, Why
from evenhand.design.widgets import Radios
from evenhand.monitoring.actions.allocating import Share, shares_in
from evenhand.monitoring.actions.benchmarking import Value, values_in
from evenhand.monitoring.models import Provision
from evenhand.monitoring.pack import uses
from evenhand.monitoring.queries.groups import Way
from evenhand.monitoring.reading import decoded
from evenhand.problems import Problem

MOST_BYTES = 4 * 1024**2
"""A file of comparators' values is small; what is larger is no such file."""
LONGEST_TABLE = 200_000


class ProvisionForm(EvenhandForm):
    """Which service, how it stands, and from which day."""

    service = forms.ChoiceField(label="What helps?", widget=Radios)
    outcome = forms.ChoiceField(
        label="How does it stand?", widget=Radios, choices=Provision.Outcome.choices,
        initial=Provision.Outcome.SUPPLIED,
    )  # fmt: skip
    starts_on = DayField(label="From which day?")
    why: ClassVar[Mapping[str, Why | str]] = {
        "service": Why("So that a need that nothing meets is seen, for this child and for all.")
    }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.id, one.label) for need in uses().needs for one in need.services]
        hints = {one.id: f"For: {need.label}" for need in uses().needs for one in need.services}
        self.fields["service"].widget = Radios(hints=hints)
        self.fields["service"].choices = choices  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = today
        self.fields["starts_on"].latest = today  # type: ignore[attr-defined]


class EndForm(EvenhandForm):
    """The last day, or that it was recorded in error and why."""

    what = forms.ChoiceField(
        label="What happened?", widget=Radios,
        choices=[("ended", "It came to an end"), ("error", "It was recorded in error")],
    )  # fmt: skip
    ends_on = DayField(label="If it ended: on which day was it last there?", required=False)
    reason = forms.CharField(
        label="If it was an error: what was wrong?", required=False, max_length=500
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the day of an end, and for the reason of an error."""
        given = super().clean() or {}
        if given.get("what") == "ended" and not given.get("ends_on") and not self.errors:
            self.add_error("ends_on", "Enter the day on which it was last there")
        if given.get("what") == "error" and not (given.get("reason") or "").strip():
            self.add_error("reason", "Say in a few words what was wrong")
        return given


class WayForm(FilterForm):
    """By which groups a table is laid out."""

    by = forms.ChoiceField(label="Show by")

    def __init__(self, *args: Any, ways: list[Way] | list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].choices = [(one[0], one[1]) for one in ways]  # type: ignore[attr-defined]


class FreezeForm(EvenhandForm):
    """The name of a baseline."""

    name = forms.CharField(
        label="What shall it be called?", max_length=100,
        help_text="For example: 1 April 2026. Plans cite it by this name and its address.",
    )  # fmt: skip


class TableForm(EvenhandForm):
    """A table that is pasted, or sent as a CSV file."""

    table = forms.CharField(
        label="Paste the table", required=False, max_length=LONGEST_TABLE, strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    file = forms.FileField(label="Or choose a CSV file", required=False)

    def text(self) -> str:
        """Return the table's text; ValidationError for neither, both, or what is no text."""
        pasted, file = self.cleaned_data.get("table") or "", self.cleaned_data.get("file")
        if bool(pasted.strip()) == bool(file):
            raise forms.ValidationError("Paste the table, or choose a file: one of the two")
        if file is None:
            return pasted
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 4 MB. Bring it in by parts")
        try:
            return decoded(file.read())
        except Problem as problem:
            raise forms.ValidationError(str(problem)) from problem


class BenchmarkForm(TableForm):
    """Comparators' values, with where they are from."""

    source = forms.CharField(label="Where are they from?", max_length=300)
    licence = forms.CharField(
        label="Under which licence or agreement?", max_length=200,
        help_text="For example: Open Government Licence v3.0, or the regional data agreement.",
    )  # fmt: skip
    field_order = ("source", "licence", "table", "file")
    why: ClassVar[Mapping[str, Why | str]] = {
        "source": Why("So that whoever reads a comparison can look up what it rests on.")
    }

    def clean(self) -> dict[str, Any]:
        """Read the values, all or none."""
        given = super().clean() or {}
        if not self.errors:
            given["values"] = _read(self, values_in)
        return given

    @property
    def values(self) -> list[Value]:
        """Return the values read."""
        return list(self.cleaned_data["values"])


class ResourceForm(TableForm):
    """How a resource is shared out between areas."""

    kind = forms.CharField(label="What is shared out?", max_length=100,
                           help_text="For example: places in family support groups.")  # fmt: skip
    starts_on = DayField(label="From")
    ends_on = DayField(label="To")
    told_by = forms.CharField(label="Who or what says so?", max_length=200)
    field_order = ("kind", "starts_on", "ends_on", "told_by", "table", "file")

    def clean(self) -> dict[str, Any]:
        """Read the shares, all or none."""
        given = super().clean() or {}
        if not self.errors:
            given["shares"] = _read(self, shares_in)
        return given

    @property
    def told(self) -> dict[str, Any]:
        """Return the answers as ``share_out`` takes them."""
        names = ("kind", "starts_on", "ends_on", "told_by", "shares")
        return {name: self.cleaned_data[name] for name in names}


class DecisionForm(EvenhandForm):
    """What was decided on looking at need beside what is shared out."""

    decision = forms.CharField(
        label="What was decided, and why?", max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    decided_on = DayField(label="On which day?")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].latest = today  # type: ignore[attr-defined]


def _read(form: TableForm, read: Any) -> list[Share] | list[Value]:
    try:
        return list(read(form.text()))
    except Problem as problem:
        raise forms.ValidationError({"table": str(problem)}) from problem
    except forms.ValidationError as fault:
        raise forms.ValidationError({"table": fault.messages}) from fault

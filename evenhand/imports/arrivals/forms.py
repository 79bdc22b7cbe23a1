"""What is asked of a folder that is to be watched."""

from __future__ import annotations

from typing import Any

from django import forms

from evenhand.design.forms import EvenhandForm
from evenhand.design.widgets import Checkboxes
from evenhand.imports.arrivals.expecting import DAYS

WORKING_DAYS = [str(number) for number in range(5)]


class WatchForm(EvenhandForm):
    """Whose files come into which folder, on which days, by what time."""

    folder = forms.CharField(
        label="Which folder?",
        max_length=255,
        help_text="Its name below the inbox, such as case-system.",
    )
    source = forms.ChoiceField(label="Whose files come into it?")
    weekdays = forms.MultipleChoiceField(
        label="On which days is a file expected?",
        choices=[(str(number), name) for number, name in enumerate(DAYS)],
        initial=WORKING_DAYS,
        widget=Checkboxes,
    )
    by_time = forms.TimeField(
        label="By what time?",
        initial="07:00",
        input_formats=["%H:%M", "%H.%M", "%H"],
        help_text="By the clock of 24 hours, such as 07:00.",
        error_messages={"invalid": "Write the time as 07:00."},
    )

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", "Choose a source"), *sources]  # type: ignore[attr-defined]

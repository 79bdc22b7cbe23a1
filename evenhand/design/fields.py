"""Questions that Django has not: a day or a moment as people write it, and several files."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File

from evenhand.design.days import DayParts, NoSuchDay, day_from, read_day
from evenhand.design.times import NoSuchTime, read_time
from evenhand.design.widgets import DayBoxes, DayText, Files, MomentText
from evenhand.design.wording import LONDON


class DayField(forms.Field):
    """A day. Give ``widget=DayBoxes`` for a day that is remembered (a birthday), else one box.

    ``earliest`` and ``latest`` bound what is possible; they are days passed in by the form.
    """

    widget = DayText

    def __init__(
        self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.earliest = earliest
        self.latest = latest

    def to_python(self, value: Any) -> date | None:
        """Return the day, or None for no answer; raise ValidationError in one sentence."""
        if value is None or value == "" or isinstance(value, date):
            return value or None
        try:
            return day_from(value) if isinstance(value, DayParts) else read_day(str(value))
        except NoSuchDay as fault:
            message = f"{self.named} must {fault.fault}"
            raise ValidationError(message, "invalid", {"boxes": fault.boxes}) from None

    def validate(self, value: Any) -> None:
        """Refuse no answer to a required question, and a day outside the bounds."""
        super().validate(value)
        if value and self.latest and value > self.latest:
            bound = f"on or before {_typed(self.latest)}"
            raise ValidationError(f"{self.named} must be {bound}", "late")
        if value and self.earliest and value < self.earliest:
            bound = f"on or after {_typed(self.earliest)}"
            raise ValidationError(f"{self.named} must be {bound}", "early")

    @property
    def named(self) -> str:
        """Return how an error names this date: its label, unless that is a question."""
        label = str(self.label or "")
        return label if label and not label.endswith("?") else "The date"

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether the answer differs from what was there; an unreadable one does."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class MomentField(forms.Field):
    """A day and a time of day, by the clock in London; the answer is an aware moment."""

    widget = MomentText

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment, or None for no answer; raise ValidationError in one sentence."""
        if value is None or isinstance(value, datetime):
            return value
        day, hour = (str(part or "").strip() for part in (*value, "", "")[:2])
        if not day and not hour:
            return None
        if not day or not hour:
            raise ValidationError("Give both the day and the time", "invalid")
        return datetime.combine(_day(day), _time(hour), LONDON)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether the answer differs from what was there; an unreadable one does."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


def _day(text: str) -> date:
    try:
        return read_day(text)
    except NoSuchDay as fault:
        raise ValidationError(f"The date must {fault.fault}", "invalid") from None


def _time(text: str) -> time:
    try:
        return read_time(text)
    except NoSuchTime as fault:
        raise ValidationError(f"The time must {fault.fault}", "invalid") from None


def _typed(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


class FilesField(forms.FileField):
    """One or more files; the answer is a list."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[File[bytes]]:
        """Return every file, each checked as a single one would be."""
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given or [None]]


__all__ = ["DayBoxes", "DayField", "DayText", "FilesField", "MomentField"]

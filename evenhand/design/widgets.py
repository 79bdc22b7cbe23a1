"""Ways to answer that Django has not: a day in three boxes or one, and options with hints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms

from evenhand.design.days import BOXES, DayParts
from evenhand.design.wording import LONDON


class DayText(forms.TextInput):
    """One box for a day, as people write it: 27/3/2026."""

    template_name = "design/forms/day_text.html"

    def format_value(self, value: Any) -> str | None:
        """Return a stored day as it would be typed, and what was typed as it was."""
        if isinstance(value, date):
            return f"{value.day}/{value.month}/{value.year}"
        return str(value) if value else None


class DayBoxes(forms.Widget):
    """Three boxes: day, month, year. They are posted as ``name_day`` and so on.

    One value under the bare name is taken too, so that a link or a script may send 27/3/2026.
    """

    template_name = "design/forms/day_boxes.html"
    use_fieldset = True

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: Any,  # noqa: ARG002 (Django passes it)
        name: str,
    ) -> Any:
        """Return the three parts as written, or the one text, or None when nothing came."""
        parts = DayParts(*(str(data.get(f"{name}_{box}", "")).strip() for box in BOXES))
        return parts if any(parts) else data.get(name)

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: Any,  # noqa: ARG002 (Django passes it)
        name: str,
    ) -> bool:
        """Return whether the form did not hold this question at all."""
        return not any(f"{name}_{box}" in data for box in BOXES) and name not in data

    def id_for_label(self, id_: str) -> str:
        """Return the id of the first box."""
        return f"{id_}_day" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the widget's context, with ``widget.boxes`` for the template."""
        context = super().get_context(name, value, attrs)
        at_fault = context["widget"]["attrs"].pop("data-at-fault", "").split()
        parts = _parts(value)
        context["widget"]["boxes"] = [
            {
                "name": box,
                "value": part,
                "wrong": box in at_fault,
                "width": 4 if box == "year" else 2,
            }
            for box, part in zip(BOXES, parts, strict=True)
        ]
        return context


def _parts(value: Any) -> DayParts:
    if isinstance(value, DayParts):
        return value
    if isinstance(value, date):
        return DayParts(str(value.day), str(value.month), str(value.year))
    written = str(value or "").split("/")
    return DayParts(*written) if len(written) == len(BOXES) else DayParts(str(value or ""), "", "")


class MomentText(forms.MultiWidget):
    """A box for the day and one for the time. They are posted as ``name_day`` and ``name_time``.

    One value under the bare name is taken too: ``27/3/2026 14:30``.
    """

    template_name = "design/forms/moment_text.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"day": forms.TextInput, "time": forms.TextInput}, attrs)

    def decompress(self, value: Any) -> list[str]:
        """Return a stored moment as a day and a time would be typed, by the clock in London."""
        if isinstance(value, datetime):
            there = value.astimezone(LONDON) if value.tzinfo else value
            return [f"{there.day}/{there.month}/{there.year}", f"{there:%H:%M}"]
        return str(value).split(" ", 1) if value else ["", ""]

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: Any,
        name: str,
    ) -> Any:
        """Return the two parts as written."""
        parts = super().value_from_datadict(data, files, name)
        return parts if any(parts) else self.decompress(data.get(name))

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: Any,
        name: str,
    ) -> bool:
        """Return whether the form did not hold this question at all."""
        return super().value_omitted_from_data(data, files, name) and name not in data


class _Hinted(forms.widgets.ChoiceWidget):
    """Options that may each have a hint, and one that stands apart below "or"."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Iterable[Any] = (),
        *,
        hints: Mapping[str, str] | None = None,
        apart: str = "",
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})
        self.apart = apart

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return an option with ``hint`` and ``apart`` besides Django's own keys."""
        option = super().create_option(name, value, *args, **kwargs)
        is_apart = bool(self.apart) and str(value) == self.apart
        return option | {"hint": self.hints.get(str(value), ""), "apart": is_apart}


class Radios(_Hinted, forms.RadioSelect):
    """One answer of several. ``hints`` is {value: words}; ``apart`` the value below "or"."""


class Checkboxes(_Hinted, forms.CheckboxSelectMultiple):
    """Any of several. ``apart`` unticks the others ("None of these")."""


class Files(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True

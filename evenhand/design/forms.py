"""Forms in the design system's markup, each question able to say why it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.forms.renderers import TemplatesSetting

from evenhand.design.wording import day, moment
from evenhand.problems import Problem
from evenhand.versions import Superseded

VERSION = "version"
EMPTY = (None, "", [], ())
STILL_HERE = "What you wrote is still here. Save it again if it is right."
BESIDE = "What you wrote is still here, beside what it says now. Save it again if it is right."


@dataclass(frozen=True)
class Why:
    """Why a question is asked: in plain words, and the clause it comes from."""

    words: str
    clause: str = ""
    url: str = ""


class Question(forms.BoundField):
    """A field on a form, with what the design system's markup needs besides Django's own."""

    @property
    def why(self) -> Why | None:
        """Return why it is asked, from the form's ``why``: a ``Why`` or plain words."""
        found = getattr(self.form, "why", {}).get(self.name)
        return Why(found) if isinstance(found, str) else found

    @property
    def stands_now(self) -> str:
        """Return the answer that stands by now, where it is another than the one that was sent."""
        found: str = getattr(self.form, "stands_now", {}).get(self.name, "")
        return found

    @property
    def aria_describedby(self) -> str | None:
        """Return Django's, and where the answer that stands by now is read out."""
        found: str | None = super().aria_describedby
        return f"{found or ''} {self.auto_id}_now".strip() if self.stands_now else found

    @property
    def is_optional(self) -> bool:
        """Return whether to write "(optional)" after the label."""
        says_so = getattr(self.form, "mark_optional", True)
        return bool(says_so and not self.field.required and not self.is_tick)

    @property
    def is_tick(self) -> bool:
        """Return whether this is one box to tick, its label beside it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_file(self) -> bool:
        """Return whether files are asked for."""
        return isinstance(self.field.widget, forms.FileInput)

    @property
    def counted_to(self) -> int | None:
        """Return how many characters may be written, for a long answer that is bounded."""
        is_long = isinstance(self.field.widget, forms.Textarea)
        return getattr(self.field, "max_length", None) if is_long else None

    @property
    def boxes_at_fault(self) -> tuple[str, ...]:
        """Return which of day, month and year to mend; empty where the widget has no boxes."""
        from_error: tuple[str, ...] = ()
        if not hasattr(self.field.widget, "use_fieldset") or not self.errors:
            return from_error
        if self.field.widget.template_name != "design/forms/day_boxes.html":
            return from_error
        params = self.errors.as_data()[0].params or {}
        return tuple(params.get("boxes", ("day", "month", "year")))

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Return Django's attributes, with errors and counts told to those who cannot see them.

        ``required`` is left out: the server's own sentences say what is missing.
        """
        built = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        if self.boxes_at_fault:
            built["data-at-fault"] = " ".join(self.boxes_at_fault)
        if self.counted_to:
            described = f"{built.get('aria-describedby', '')} {self.auto_id}-info"
            built["aria-describedby"] = described.strip()
        return built


class EvenhandFormRenderer(TemplatesSetting):
    """Django's FORM_RENDERER: our templates, found by the project's own template engine."""

    form_template_name = "design/forms/form.html"
    formset_template_name = "design/forms/formset.html"
    field_template_name = "design/forms/field.html"
    bound_field_class = Question


class EvenhandForm(forms.Form):
    """A form whose missing answers are asked for in words, and that can say why it asks.

    ``why`` is {field name: Why or plain words}, from the clause that wants the answer.
    """

    why: ClassVar[Mapping[str, Why | str]] = {}
    mark_optional: ClassVar[bool] = True
    stands_now: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            ask_in_words(field, name)

    @property
    def given(self) -> Any:
        """Return the answers as the action takes them."""
        return dict(self.cleaned_data)

    def refuse(self, problem: Problem) -> None:
        """Say on the form why what was sent was not taken; nothing that was typed is lost.

        Where it was superseded, each answer that stands by now is shown beside what was typed, and
        the form is of now: who sends it again has seen both.
        """
        if VERSION not in self.fields or not isinstance(problem, Superseded):
            self.add_error(None, str(problem))
            return
        self.stands_now = dict(self._standing())
        self.add_error(None, f"{problem.sentence} {BESIDE if self.stands_now else STILL_HERE}")
        self.data = self.data.copy()  # what was posted cannot be changed
        self.data[self.add_prefix(VERSION)] = self[VERSION].initial

    def _standing(self) -> Iterable[tuple[str, str]]:
        for name in self.changed_data:
            if not self.fields[name].widget.is_hidden and self[name].initial not in EMPTY:
                yield name, _in_words(self.fields[name], self[name].initial)

    @property
    def can_be_answered(self) -> bool:
        """Whether each question with a list to choose from has anything in it."""
        ticked = (forms.RadioSelect, forms.CheckboxSelectMultiple)
        asked = [each for each in self.fields.values() if isinstance(each.widget, ticked)]
        return all(list(each.choices) for each in asked)  # type: ignore[attr-defined]


class HeldForm(EvenhandForm):
    """A form on a row as it was when its page was opened (``evenhand.versions``)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, held: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        self.fields[VERSION].initial = held.version

    @property
    def seen(self) -> int:
        """Return the version that the page showed; of a form without one, the one there is."""
        found = self.cleaned_data.get(VERSION)
        return int(self.held.version if found is None else found)

    @property
    def given(self) -> dict[str, Any]:
        """Return the answers as the action takes them, with the version that the page showed."""
        return {**super().given, VERSION: self.seen}


class FilterForm(EvenhandForm):
    """A form that narrows a list: nothing is required, and nothing is marked optional."""

    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


def ask_in_words(field: forms.Field, name: str) -> None:
    """Replace Django's "This field is required." by what to do."""
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        label = str(field.label or name.replace("_", " "))
        field.error_messages["required"] = _please(label, isinstance(field, forms.ChoiceField))


def _in_words(field: forms.Field, value: Any) -> str:
    """Return an answer as somebody would read it: of a choice, its own words."""
    if isinstance(value, list | tuple | set):
        return ", ".join(_in_words(field, one) for one in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    chosen = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    return chosen.get(str(value), str(value))


def _please(label: str, choosing: bool) -> str:
    if label.endswith("?"):
        return f"Answer the question: {label}"
    return f"{'Choose' if choosing else 'Enter'} {label[:1].lower()}{label[1:]}"

"""A form of the packs as it is asked: one field a question, and one line for each of several."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.urls import reverse

from evenhand.design.fields import DayField, MomentField
from evenhand.design.forms import EvenhandForm, Why, ask_in_words
from evenhand.design.widgets import Checkboxes, Radios
from evenhand.design.wording import child_name
from evenhand.facts.adopted import policy
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.recording.answering import Answers, as_case
from evenhand.rules.form_parts import Section
from evenhand.rules.form_results import is_asked, spans_of
from evenhand.rules.question_sets import Question, QuestionSet
from evenhand.rules.values import Case

MOST_WORDS, MOST_TEXT, MOST_NUMBER = 10_000, 200, 1_000_000
MOST_PASTED = 100_000
SPARE_ROWS = 3
ALSO = "also"
ROW = re.compile(r"row-(\d{1,4})-")
YES_NO = (("yes", "Yes"), ("no", "No"))


class RecordingForm(EvenhandForm):
    """One form: its questions as far as they are asked, then its rows with some to spare.

    ``facts`` are what the record already says, which may decide what is asked.
    """

    template_name = "recording/fields.html"
    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        asked: QuestionSet,
        now: datetime,
        facts: Case,
        held: Answers | None = None,
        version: int | None = None,
        also: Sequence[Child] = (),
        **kwargs: Any,
    ) -> None:
        self.asked, self.facts, self.now = asked, facts, now
        self.held = held or Answers(_starts(asked, now))
        kwargs["initial"] = {**_initial(self.held), "version": version, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.why = {one.id: _why(one) for one in asked.all_questions() if one.clause}  # type: ignore[misc]
        self._add_questions()
        self._add_rows()
        self._add_also(also)
        for name, field in self.fields.items():
            ask_in_words(field, name)

    def quiet(self) -> None:
        """Show what is typed so far as it is: nothing is wrong with a form not yet sent."""
        self._errors = ErrorDict()

    def refuse(self, problem: Problem) -> None:
        """Say why it was not taken; where it was superseded, what was left empty is as it stands.

        So two windows on one record, each with a part of it, come together at the second press.
        """
        super().refuse(problem)
        for name in [name for name in self.stands_now if not self._is_typed(name)]:
            value = self[name].initial
            self.data.setlist(self.add_prefix(name), value if isinstance(value, list) else [value])
        told = self.stands_now.items()
        self.stands_now = {name: now for name, now in told if name in self.changed_data}

    def _is_typed(self, name: str) -> bool:
        """Whether something was sent for a question, or it is a day, which has several boxes."""
        is_day = not isinstance(self[name].initial, str | int | list)
        return is_day or any(self.data.getlist(self.add_prefix(name)))

    @property
    def shown(self) -> str:
        """Return which questions are asked: an answer that brings another one changes this."""
        return ",".join(self.fields)

    @property
    def children_too(self) -> list[str]:
        """Return the references of the other children of whom the same is written down."""
        found: list[str] = self.cleaned_data.get(ALSO) or []
        return found

    def _add_also(self, also: Sequence[Child]) -> None:
        if also:
            choices = [(one.ref, child_name(one)) for one in also]
            self.fields[ALSO] = forms.MultipleChoiceField(
                label="For which brothers and sisters is the same to be written down?",
                choices=choices, widget=Checkboxes, required=False,
            )  # fmt: skip

    def _add_questions(self) -> None:
        """Add what is asked of the answers so far: an answer may bring a question after it."""
        case = {**self.facts, **as_case(self.asked, {} if self.is_bound else self.held.form)}
        sections = {name: one for one in self.asked.sections for name in one.questions}
        before: Section | None = None
        for question in self.asked.questions:
            case |= spans_of(self.asked, case) | self.asked.metered(case)
            if not is_asked(question, case, self.now.date()):
                continue
            self.fields[question.id] = field_of(question)
            section = sections.get(question.id)
            if section is not before:
                self.fields[question.id].opens = before = section  # type: ignore[attr-defined]
            if self.is_bound:
                value = self._value(question.id)
                case |= as_case(self.asked, {question.id: value})

    def _value(self, name: str) -> Any:
        """What was posted for a question, or None where it cannot be read."""
        field = self.fields[name]
        raw = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        try:
            return field.clean(raw)
        except forms.ValidationError:
            return None

    def _add_rows(self) -> None:
        for number in self.row_numbers():
            for question in self.asked.rows.questions if self.asked.rows else ():
                made = field_of(question)
                made.required = False
                made.label = f"{self.asked.rows.label} {number}: {made.label}"  # type: ignore[union-attr]
                self.fields[row_name(number, question)] = made

    def row_numbers(self) -> range:
        """The numbers of the rows that are asked: those there are, and some to spare."""
        if self.asked.rows is None:
            return range(0)
        posted = [int(found[1]) for found in map(ROW.match, self.data) if found]
        most = max([len(self.held.rows) + SPARE_ROWS, *posted])
        return range(1, min(most, self.asked.rows.most) + 1)

    @property
    def given(self) -> Answers:
        """Return the answers as the action takes them; a row without any is left out."""
        answers = {one.id: self.cleaned_data.get(one.id) for one in self.asked.questions}
        rows = [
            {q.id: self.cleaned_data.get(row_name(number, q)) for q in self.asked.rows.questions}
            for number in self.row_numbers()
            if self.asked.rows
        ]
        return Answers(answers, [row for row in rows if any(_is_given(v) for v in row.values())])


class ErrorForm(EvenhandForm):
    """Why what was recorded is taken back."""

    reason = forms.CharField(
        label="What was wrong?", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class PasteForm(EvenhandForm):
    """A table copied from a spreadsheet."""

    table = forms.CharField(
        label="The table", max_length=MOST_PASTED, strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )  # fmt: skip


def field_of(question: Question) -> forms.Field:
    """Return the field that asks a question."""
    same: dict[str, Any] = {
        "label": question.label, "required": question.needed, "help_text": question.hint,
    }  # fmt: skip
    return FIELDS[question.kind](question, same)


def _choice(question: Question, same: dict[str, Any]) -> forms.Field:
    choices, hints = _choices(question)
    return forms.ChoiceField(choices=choices, widget=Radios(hints=hints), **same)


def _several(question: Question, same: dict[str, Any]) -> forms.Field:
    choices, hints = _choices(question)
    return forms.MultipleChoiceField(choices=choices, widget=Checkboxes(hints=hints), **same)


def _choices(question: Question) -> tuple[list[tuple[str, str]], dict[str, str]]:
    choices = [(one.id, one.label) for one in question.choices]
    return choices, {one.id: one.hint for one in question.choices if one.hint}


def _yes_no(_: Question, same: dict[str, Any]) -> forms.Field:
    return forms.TypedChoiceField(
        choices=YES_NO, widget=Radios, coerce=lambda said: said == "yes", empty_value=None, **same
    )


def _words(_: Question, same: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 3}), **same)


def _text(_: Question, same: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=MOST_TEXT, **same)


FIELDS: Mapping[str, Callable[[Question, dict[str, Any]], forms.Field]] = {
    "date": lambda _, same: DayField(**same),
    "moment": lambda _, same: MomentField(**same),
    "number": lambda _, same: forms.IntegerField(min_value=0, max_value=MOST_NUMBER, **same),
    "yes_no": _yes_no,
    "choice": _choice,
    "several": _several,
    "words": _words,
    "text": _text,
    "person": _text,
}


def row_name(number: int, question: Question) -> str:
    """Return the name of a question's field in a row."""
    return f"row-{number}-{question.id}"


def _why(question: Question) -> Why:
    clause = policy().clauses.get(question.clause)
    words = clause.summary if clause else ""
    return Why(words, question.clause, reverse("pages:clause", args=[question.clause]))


def _starts(asked: QuestionSet, now: datetime) -> Mapping[str, date | datetime]:
    values = {"now": now, "today": now.date()}
    return {one.id: values[one.starts] for one in asked.questions if one.starts}


def _initial(held: Answers) -> dict[str, Any]:
    found = {name: _as_asked(value) for name, value in held.form.items()}
    for number, row in enumerate(held.rows, start=1):
        found |= {f"row-{number}-{name}": _as_asked(value) for name, value in row.items()}
    return found


def _as_asked(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _is_given(value: Any) -> bool:
    return value not in (None, "", [])

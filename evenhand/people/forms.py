"""What is asked on the pages of this room. Nothing is decided here: actions refuse."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from evenhand.accounts.models import Team, Worker
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, FilterForm
from evenhand.design.widgets import Checkboxes, Radios
from evenhand.people import wording
from evenhand.people.asking import CHILD, PARENT, Person, whom_to_ask
from evenhand.people.models import MonitoringObjection
from evenhand.people.pack import answers_to, ask_set
from evenhand.policy import Ask

SHORT_LIST = 13
NOTHING = "none"
COUNT_AGAIN, LEAVE_OUT = "count again", "leave out"
HOW = (
    "Face to face",
    "By telephone or video",
    "In writing",
    "With an interpreter",
    "Read in the referral",
    "Read in the assessment",
    "Seen or known by the worker",
)
TAKEN_BACK = (("declined", "They want to take back what they told us"),)
INSTEAD = (
    ("declined", "They would rather not say"),
    ("awaiting", "They will tell us later"),
    ("not known", "They do not know"),
)


class AnswerForm(EvenhandForm):
    """One question of the ask set, put to a child or a parent, with every way of not answering."""

    mark_optional = False
    answer = forms.CharField(required=False)
    own_words = forms.CharField(
        label="In their own words",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    instead = forms.ChoiceField(
        label="If there is no answer yet",
        required=False,
        choices=INSTEAD,
        widget=Radios,
    )
    said_by = forms.ChoiceField(label="Who said this?", widget=Radios)
    asked_on = DayField(label="When was it said, or asked?")
    how = forms.ChoiceField(label="How?", required=False, choices=[("", "Choose")])
    may_see = forms.MultipleChoiceField(
        label="Who may see this?",
        required=False,
        choices=list(wording.AUDIENCE.items()),
        widget=Checkboxes,
        help_text="Ask the child. With nothing ticked, only you will see it. It is not counted.",
    )

    def __init__(self, *args: Any, item: Ask, person: Person, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        voices = _voices(item, person)
        self.fields["answer"] = _answers(item, person, today)
        self.fields["said_by"].choices = voices  # type: ignore[attr-defined]
        self.fields["said_by"].initial = voices[0][0] if len(voices) == 1 else None
        self.fields["how"].choices = [("", "Choose"), *((way, way) for way in HOW)]  # type: ignore[attr-defined]
        self.fields["asked_on"].initial = today
        if item.chased:
            del self.fields["may_see"]
        else:
            self.fields["instead"].choices = TAKEN_BACK  # type: ignore[attr-defined]
            self.fields["instead"].label = "If they have changed their mind"
        self.order_fields(["answer", "own_words", "instead", "said_by", "asked_on", "how"])

    def clean(self) -> dict[str, Any]:
        """Say which is meant, where both an answer and "no answer" came."""
        given = super().clean() or self.cleaned_data
        told = given.get("answer") or given.get("own_words")
        if told and given.get("instead"):
            self.add_error("instead", "Give the answer, or say why there is none, not both")
        if not told and not given.get("instead") and "answer" not in self.errors:
            self.add_error("answer", "Give an answer, or say below why there is none")
        return given

    @property
    def statement(self) -> dict[str, Any]:
        """Return what was said as ``people.actions.answer`` takes it."""
        given = self.cleaned_data
        chosen = given["answer"]
        return {
            "status": given["instead"] or "answered",
            "answer": " ".join(chosen) if isinstance(chosen, list) else chosen,
            "own_words": given["own_words"],
            "said_by": given["said_by"],
            "asked_on": given["asked_on"],
            "how": given["how"],
            "may_see": " ".join(given.get("may_see", ())),
        }


def _answers(item: Ask, person: Person, today: date) -> forms.Field:
    asked = whom_to_ask(item, person, today) if person.kind == CHILD else "carer"
    usual = {"label": item.question(asked), "help_text": item.hint, "required": False}
    choices = list(answers_to(item).items())
    if item.multiple:
        apart = next((code for code, _ in choices if code.lower() == NOTHING), "")
        return forms.MultipleChoiceField(choices=choices, widget=Checkboxes(apart=apart), **usual)
    if len(choices) > SHORT_LIST:
        return forms.ChoiceField(choices=[("", "Choose"), *choices], **usual)
    return forms.ChoiceField(choices=choices, widget=Radios, **usual)


def _voices(item: Ask, person: Person) -> list[tuple[str, str]]:
    if person.kind == PARENT:
        return [("adult", "The parent or carer themselves"), ("worker", "A worker")]
    if not item.chased:
        return [("child", "The child")]
    return [("child", "The child"), ("parent", "A parent or carer"), ("worker", "A worker")]


class ReasonForm(EvenhandForm):
    """Why something recorded is taken back, or two answers may both stand."""

    reason = forms.CharField(max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class ObjectionForm(EvenhandForm):
    """Who asked that a child is left out when groups are compared, or may be counted, and when.

    ``wish`` is that of the page as it was opened, whatever was recorded meanwhile.
    """

    wish = forms.CharField(widget=forms.HiddenInput)
    said_by = forms.ChoiceField(
        label="Who said so?",
        choices=MonitoringObjection.SaidBy.choices,
        widget=Radios,
        help_text="A parent may say it for a child who is too young to decide.",
    )
    said_on = DayField(label="When did they say so?")

    def __init__(
        self, *args: Any, held: MonitoringObjection | None, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wish"].initial = COUNT_AGAIN if held else LEAVE_OUT
        self.fields["said_on"].latest = today  # type: ignore[attr-defined]

    def clean_wish(self) -> str:
        """Return the wish; refuse any other word."""
        wish: str = self.cleaned_data["wish"]
        if wish not in (COUNT_AGAIN, LEAVE_OUT):
            raise forms.ValidationError("Open the page again, and send it from there.")
        return wish


class SearchForm(EvenhandForm):
    """A name, or the case system's own number."""

    words = forms.CharField(label="Name, or number in the case system", max_length=100)


class LongSelect(forms.Select):
    """A choice among very many, written without a template for each: a tenth of the time."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the whole list, as the design system marks it up."""
        choices = [(str(key), words) for key, words in self.choices]
        selected = {value: SafeString(" selected")}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, selected.get(key, ""), words) for key, words in choices),
        )
        built = {**self.build_attrs(self.attrs, attrs), "name": name, "class": "govuk-select"}
        return format_html("<select{}>{}</select>", flatatt(built), options)


class ChildrenFilter(FilterForm):
    """Which children to list."""

    show = forms.ChoiceField(
        label="Show",
        choices=[("", "Open to us"), ("to-ask", "With something to ask"), ("all", "Closed too")],
    )
    team = forms.ChoiceField(label="Team", widget=LongSelect)
    worker = forms.ChoiceField(label="Worker", widget=LongSelect)

    def __init__(
        self, *args: Any, teams: Iterable[Team], workers: Iterable[Worker], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "team", teams, "Every team")
        _offer(self, "worker", workers, "Every worker")


class WorklistFilter(FilterForm):
    """Which questions to list."""

    item = forms.ChoiceField(label="Question")
    team = forms.ChoiceField(label="Team", widget=LongSelect)
    worker = forms.ChoiceField(label="Worker", widget=LongSelect)

    def __init__(
        self, *args: Any, teams: Iterable[Team], workers: Iterable[Worker], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        items = [(item.characteristic, item.label) for item in ask_set() if item.chased]
        self.fields["item"].choices = [("", "Every question"), *items]  # type: ignore[attr-defined]
        _offer(self, "team", teams, "Every team")
        _offer(self, "worker", workers, "Every worker")


def _offer(form: forms.Form, name: str, things: Iterable[Any], every: str) -> None:
    """Offer each thing by its reference; leave the question out where there is no choice."""
    choices = [(thing.ref, str(thing)) for thing in things]
    if len(choices) > 1 or form.data.get(name):
        form.fields[name].choices = [("", every), *choices]  # type: ignore[attr-defined]
    else:
        del form.fields[name]


class CampaignForm(EvenhandForm):
    """What to ask, in which team, and by when."""

    title = forms.CharField(label="What to call it", max_length=120)
    team = forms.ChoiceField(label="Team", required=False)
    characteristics = forms.MultipleChoiceField(
        label="What is to be asked", widget=Checkboxes, help_text="Choose all that matter."
    )
    target_on = DayField(label="To be done by")

    def __init__(
        self, *args: Any, teams: Iterable[Team], whole: bool, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", "The whole authority")] if whole else []
        offered += [(team.ref, str(team)) for team in teams]
        self.fields["team"].choices = offered  # type: ignore[attr-defined]
        self.fields["team"].required = not whole
        items = [(item.characteristic, item.label) for item in ask_set() if item.chased]
        self.fields["characteristics"].choices = items  # type: ignore[attr-defined]
        self.fields["target_on"].earliest = today  # type: ignore[attr-defined]

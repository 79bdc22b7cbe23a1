"""What is asked: a judgement, an action that answers it, and a look at a data set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, Why
from evenhand.design.widgets import Radios
from evenhand.monitoring.actions.judging import LONGEST_ACTION
from evenhand.monitoring.judgements import scale

LONGEST_WORDS = 2_000


class JudgementForm(EvenhandForm):
    """The area, the word, the day and where it stands written."""

    area = forms.ChoiceField(label="Which area?", widget=Radios)
    given = forms.ChoiceField(label="What did they judge it?", widget=Radios)
    judged_on = DayField(label="On which day?")
    source = forms.CharField(
        label="Where does it stand?", max_length=300,
        help_text="For example: the inspection report and its paragraph.",
    )  # fmt: skip
    why: ClassVar[Mapping[str, Why | str]] = {
        "given": Why("The word they used is kept, whatever it is called today.")
    }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(one.id, one.label) for one in scale().areas]  # type: ignore[attr-defined]
        words = [(id_, word.capitalize()) for id_, word in scale().words.items()]
        self.fields["given"].choices = words  # type: ignore[attr-defined]
        self.fields["judged_on"].latest = today  # type: ignore[attr-defined]


class AnswerForm(EvenhandForm):
    """An improvement action, and by when."""

    what = forms.CharField(
        label="What is to be done?", max_length=LONGEST_ACTION,
        help_text="No child's name: many people can read it.",
    )  # fmt: skip
    due_on = DayField(label="By when?", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].earliest = today  # type: ignore[attr-defined]


class ImproveForm(AnswerForm):
    """An improvement action about what audits show: which of it, what, and by when."""

    about = forms.ChoiceField(label="What is it about?", widget=Radios)

    field_order = ("about", "what", "due_on")

    def __init__(self, *args: Any, offered: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = list(offered.items())  # type: ignore[attr-defined]


class TakeBackForm(EvenhandForm):
    """Why a judgement was recorded in error."""

    reason = forms.CharField(label="What was wrong?", max_length=500)


class RunForm(EvenhandForm):
    """When a data set was looked at, and what was seen."""

    done_on = DayField(label="On which day did you look?")
    words = forms.CharField(
        label="What did you see?", max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For example: we looked, and 6 children of two teams are still to be asked.",
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].initial = today
        self.fields["done_on"].latest = today  # type: ignore[attr-defined]

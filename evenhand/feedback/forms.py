"""What is asked on the pages of this room. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from evenhand.casework.models import Assessment
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, FilterForm, Why
from evenhand.design.widgets import Radios
from evenhand.design.wording import quarter as quarter_words
from evenhand.feedback import pack, surveys
from evenhand.feedback.fastening import words_of
from evenhand.feedback.models import Barrier, BarrierMet, Feedback
from evenhand.feedback.pack import Choice
from evenhand.rules.periods import Span

LONGEST = 5_000
WORDS = {"yes": True, "no": False}
WANTED = (("yes", "Yes"), ("no", "No"), ("", "Nobody asked"))


def _words(label: str, *, help_text: str = "", rows: int = 3) -> Any:
    return forms.CharField(
        label=label, required=False, max_length=LONGEST, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def _one_of(
    label: str, *, required: bool = False, radios: bool = False, help_text: str = ""
) -> Any:
    widget = Radios if radios else forms.Select
    return forms.ChoiceField(label=label, required=required, widget=widget, help_text=help_text)


def _pairs(found: Iterable[Choice], nothing: str = "") -> list[tuple[str, str]]:
    first = [("", nothing)] if nothing else []
    return [*first, *((each.id, each.label) for each in found)]


class PackForm(EvenhandForm):
    """A form some of whose choices are the pack's: {field: (list, words for none)}."""

    lists: ClassVar[Mapping[str, tuple[str, str]]] = {}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, (name, nothing) in self.lists.items():
            self._offer(field, _pairs(pack.choices(name), nothing))
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.latest = today

    def _offer(self, field: str, pairs: Sequence[tuple[str, str]]) -> None:
        self.fields[field].choices = pairs  # type: ignore[attr-defined]


class FeedbackForm(PackForm):
    """What somebody said."""

    lists = {
        "respondent": ("respondents", ""), "service": ("services", "Not said"),
        "theme": ("themes", "Not said"),
    }  # fmt: skip
    respondent = _one_of("Who said it?", required=True, radios=True)
    words = _words("What did they say?", help_text="In their own words.", rows=5)
    confidence = _one_of("", radios=True)
    service = _one_of("Which service is it about?")
    theme = _one_of("What is it about?")
    received_on = DayField(label="When did they say it?")
    why: ClassVar[Mapping[str, Why | str]] = {
        "confidence": Why("So that we see whose trust grows.", "NOR-att-f")
    }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self._offer("confidence", [*_pairs(pack.answers()), ("", "They were not asked")])
        self.fields["confidence"].label = f"They were asked: {pack.question()}"
        self.fields["received_on"].initial = today


class FollowForm(PackForm):
    """What came of feedback; ``version`` is that of the feedback as the page showed it."""

    lists = {"told_how": ("ways-told", "They were not told yet")}
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    considered_on = DayField(label="When was it considered?", required=False)
    action_words = _words("What was done?", help_text="Leave it empty if nothing needed doing.")
    action_on = DayField(label="When was that?", required=False)
    told_how = _one_of("How were they told what came of it?")
    answered_on = DayField(label="When were they told?", required=False)

    def __init__(self, *args: Any, today: date, feedback: Feedback, **kwargs: Any) -> None:
        names = ("version", "considered_on", "action_words", "action_on", "told_how", "answered_on")
        initial = {name: getattr(feedback, name) for name in names}
        super().__init__(*args, today=today, initial=initial, **kwargs)

    def clean_version(self) -> int:
        """Return the version seen; of none, one that is never held."""
        seen = self.cleaned_data["version"]
        return -1 if seen is None else int(seen)


class BarrierForm(PackForm):
    """A barrier that somebody told; what its code asks for may be left out, and then is missing."""

    lists = {
        "service": ("services", "Not said"), "group": ("groups", "No one group"),
        "cause": ("causes", "Not known"),
    }  # fmt: skip
    code = _one_of("What stood in their way?", required=True, radios=True)
    fastened = _one_of("Where was it told?")
    service = _one_of("Which service is it about?")
    words = _words("What did they say?", help_text="In their own words.")
    would_help = _words("What would help?", rows=2)
    contact = forms.CharField(
        label="Whom would they rather speak to?",
        required=False,
        max_length=200,
        help_text="A person or a way to reach them. It is shown on the child's page.",
    )
    another_worker = _one_of("Do they want another worker?", radios=True)
    group = _one_of("Which families meet it?")
    cause = _one_of("What causes it?")
    met_on = DayField(label="When did they say it?")
    why: ClassVar[Mapping[str, Why | str]] = {
        "another_worker": "A yes goes to the team manager as a task at once."
    }

    def __init__(
        self, *args: Any, today: date, assessments: Iterable[Assessment] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, today=today, **kwargs)
        self._offer("code", [(each.id, each.words) for each in pack.codes()])
        self._offer("another_worker", WANTED)
        self.fields["met_on"].initial = today
        _offer_assessments(self, assessments)

    def clean_another_worker(self) -> bool | None:
        """Return yes, no, or None while nobody asked."""
        return WORDS.get(self.cleaned_data["another_worker"])


class CompleteForm(BarrierForm):
    """What was missing of a barrier, and what its family was answered."""

    reply = _words("What were they answered?", rows=2)
    replied_on = DayField(label="When were they answered?", required=False)

    def __init__(self, *args: Any, today: date, met: BarrierMet, **kwargs: Any) -> None:
        held = {
            name: getattr(met, name) for name in ("would_help", "contact", "reply", "replied_on")
        }
        told = {name: getattr(met.barrier, name) for name in ("service", "group", "cause")}
        wanted = {True: "yes", False: "no"}.get(met.another_worker, "")  # type: ignore[call-overload]
        initial = {**held, **told, "another_worker": wanted}
        super().__init__(*args, today=today, initial=initial, **kwargs)
        for name in ("code", "words", "met_on"):
            del self.fields[name]
        asks = code.asks_for if (code := pack.code_called(met.barrier.code)) else frozenset()
        if pack.ANOTHER_WORKER not in asks:
            del self.fields["another_worker"]


class ActForm(PackForm):
    """What is done about a barrier."""

    lists = {"status": ("barrier-states", "")}
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    status = _one_of("How far is it?", required=True, radios=True)
    action_words = _words("What is done about it, or why does it stay?")

    def __init__(self, *args: Any, today: date, barrier: Barrier, **kwargs: Any) -> None:
        initial = {name: getattr(barrier, name) for name in ("version", "status", "action_words")}
        super().__init__(*args, today=today, initial=initial, **kwargs)

    clean_version = FollowForm.clean_version


class DiscriminationForm(PackForm):
    """Discrimination that a child met. Who did it is not asked."""

    ground = _one_of("What was it about?", required=True, radios=True)
    form = _one_of("What form did it take?")
    fastened = _one_of("Where was it told?")
    happened = _words("What happened?", help_text="Do not name who did it.")
    impact = _words("What did it do to the child?")
    response = _words("What did we do?")
    noted_on = DayField(label="When did they tell it?")
    why: ClassVar[Mapping[str, Why | str]] = {
        "ground": Why("So that what children meet is seen and answered.", "IOW-2.1.2-b")
    }

    def __init__(
        self, *args: Any, today: date, assessments: Iterable[Assessment] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, today=today, **kwargs)
        self._offer("ground", _pairs(pack.grounds()))
        self._offer("form", _pairs(pack.forms(), "Not said"))
        self.fields["noted_on"].initial = today
        _offer_assessments(self, assessments)


class QuarterFilter(FilterForm):
    """Which quarter a page is about."""

    quarter = forms.ChoiceField(label="Quarter")

    def __init__(self, *args: Any, quarters: Iterable[Span], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quarter"].choices = [  # type: ignore[attr-defined]
            (f"{each.since:%Y-%m-%d}", quarter_words(each.since, full=True)) for each in quarters
        ]


def _offer_assessments(form: PackForm, assessments: Iterable[Assessment]) -> None:
    """Ask which assessment, or leave the question out where the child has none."""
    pairs = [(str(each.pk), words_of(each)) for each in assessments]
    if pairs:
        form.fields["fastened"].initial = pairs[0][0]
        form._offer("fastened", [*pairs, ("", "Outside of any record")])
    else:
        del form.fields["fastened"]


class ErrorForm(EvenhandForm):
    """Why something was taken back."""

    reason = forms.CharField(label="What was wrong?", max_length=500)


class SurveyForm(EvenhandForm):
    """A new survey of staff."""

    title = forms.CharField(
        label="What is it called?", max_length=200, help_text="For example: Inclusion, autumn 2026."
    )
    invited = forms.IntegerField(
        label="How many people are asked?", min_value=1, max_value=5_000,
        help_text="So many links are made. Each lets one answer in.",
    )  # fmt: skip


class AnswerForm(EvenhandForm):
    """What a member of staff says, and of which groups they are, where they say so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in surveys.statements():
            self._ask(f"said-{each.id}", each.label, surveys.replies(), "I would rather not say")
        for grouping in surveys.groupings():
            name = f"group-{grouping.id}"
            self._ask(name, grouping.label, grouping.options, "I would rather not say")

    def _ask(self, name: str, label: str, options: Iterable[Choice], nothing: str) -> None:
        choices = [*_pairs(options), ("", nothing)]
        self.fields[name] = forms.ChoiceField(
            label=label, choices=choices, required=False, widget=Radios
        )

    @property
    def said(self) -> dict[str, str]:
        """Return what was said of each statement."""
        return self._of("said-")

    @property
    def groups(self) -> dict[str, str]:
        """Return of which groups they are."""
        return self._of("group-")

    def _of(self, begins: str) -> dict[str, str]:
        found = self.cleaned_data.items()
        return {name.removeprefix(begins): v for name, v in found if name.startswith(begins)}

"""What is asked on the pages of requests and of complaints. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, Why
from evenhand.design.widgets import Radios
from evenhand.records.models import LONGEST, ChildsWish, Mark, RecordsRequest
from evenhand.records.pack import askers, choices, exemptions, heard_within, others

YES_NO = (("yes", "Yes"), ("no", "No"), ("", "Not known"))
KNOWN = {"yes": True, "no": False}
LEAVE_OUT, KEEP = "leave out", "keep"


def _words(label: str, *, required: bool = True, help_text: str = "", rows: int = 3) -> Any:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def _one_of(label: str, *, required: bool = True, help_text: str = "") -> Any:
    return forms.ChoiceField(label=label, required=required, widget=Radios, help_text=help_text)


class PackForm(EvenhandForm):
    """A form some of whose choices are the pack's: field name to list name."""

    lists: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, name in self.lists.items():
            self.fields[field].choices = [(one, one) for one in choices(name)]  # type: ignore[attr-defined]


class FindForm(EvenhandForm):
    """Whose record is asked for."""

    words = forms.CharField(
        label="Name, or number in the case system",
        max_length=200,
        help_text="Forename and surname, or the number. What you type is in no address and no log.",
    )


class RequestForm(PackForm):
    """A request as it came."""

    lists = {"came_by": "came_by"}
    received_on = DayField(label="When did it come?")
    came_by = _one_of("How did it come?")
    asked_by = _one_of("Who asks?")
    asker_name = forms.CharField(
        label="Their name, where it is not the child", required=False, max_length=200
    )
    wanted = _words(
        "What do they want to see?",
        help_text="In their words. “Everything” is enough: nobody has to say why they ask.",
    )
    why: ClassVar[Mapping[str, Why | str]] = {
        "received_on": "The month begins on this day, wherever in the authority it came in."
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_by"].choices = [(one.id, one.label) for one in askers().values()]  # type: ignore[attr-defined]


class AuthorityForm(EvenhandForm):
    """What shows that who asked may ask for the child."""

    authority = forms.CharField(
        label="What shows that they may ask?",
        max_length=300,
        help_text="For example: birth certificate seen; order of the court of 3 March seen. "
        "Look at it and give it back: keep no copy.",
    )
    authority_on = DayField(label="When was it seen?")


class AskIdentityForm(EvenhandForm):
    """Proof of identity was asked for."""

    asked_on = DayField(
        label="When was it asked for?",
        help_text="Only where there is real doubt. The month begins when it is shown.",
    )


class IdentityForm(PackForm):
    """Identity was checked."""

    lists = {"identity_by": "identity_by"}
    shown_on = DayField(label="When was identity checked?")
    identity_by = _one_of(
        "How was it checked?", help_text="Look at it and give it back: keep no copy."
    )


class AskDetailForm(EvenhandForm):
    """More detail was asked for."""

    asked_on = DayField(label="When were they asked?")
    asked = _words(
        "What were they asked?",
        help_text="Only where much is held and you need it. The clock stands still until the "
        "answer. If they do not narrow it, all of it is given.",
    )


class DetailForm(EvenhandForm):
    """The answer came."""

    answered_on = DayField(label="When did the answer come?")
    answer = _words("What did they answer?")


class ExtendForm(EvenhandForm):
    """The time was extended."""

    extension_told_on = DayField(
        label="When were they told?",
        help_text="It counts only if they were told within the month.",
    )
    extension_why = _words("Why is more time needed?", help_text="As they were told.")


class WishForm(EvenhandForm):
    """The child's own view when somebody else asks."""

    asked_on = DayField(label="When was the child asked?")
    understands = forms.ChoiceField(
        label="Does the child understand what is asked for, and what it would mean?",
        required=False, choices=YES_NO, widget=Radios,
    )  # fmt: skip
    wish = forms.ChoiceField(
        label="What does the child want?", choices=ChildsWish.Wish.choices, widget=Radios
    )
    words = _words("In their own words", required=False)
    own_answers = forms.BooleanField(
        label="They let whoever asks see what they volunteered about themselves", required=False
    )

    def clean_understands(self) -> bool | None:
        """Return yes, no, or None where it is not known."""
        return KNOWN.get(self.cleaned_data["understands"])


class WithholdForm(EvenhandForm):
    """Something is not given, and why."""

    exemption = _one_of("What does the law let you withhold it for?")
    what = _words("What is withheld?", help_text="For us: not in the letter.", rows=2)
    why = _words("Why? Your reasons, for whoever looks at this again", rows=4)
    opinion_of = forms.CharField(
        label="Health professional who was asked",
        required=False, max_length=200,
        help_text="For health data: the one responsible for the person's care now, or last.",
    )  # fmt: skip
    opinion_on = DayField(label="When did they give their opinion?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = exemptions().values()
        self.fields["exemption"].widget = Radios(hints={one.id: one.citation for one in known})
        self.fields["exemption"].choices = [(one.id, one.label) for one in known]  # type: ignore[attr-defined]


class AnswerForm(PackForm):
    """What was decided, and when the person had the answer."""

    decision = forms.ChoiceField(
        label="What was decided?",
        choices=[one for one in RecordsRequest.Decision.choices if one[0]],
        widget=Radios,
    )
    decision_why = _words(
        "Why, in words for the person",
        required=False,
        help_text="Needed where something is refused or left out under an exemption.",
    )
    answered_on = DayField(label="When did they have the answer?")
    given_by = _one_of("How was it given?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = [(one, one) for one in choices("given_by")]
        self.fields["given_by"].choices = given  # type: ignore[attr-defined]


class WordsForm(EvenhandForm):
    """Words to leave out wherever they stand."""

    words = forms.CharField(
        label="Which words?",
        max_length=300,
        help_text="As they are written. They are left out everywhere, in any letters.",
    )
    reason = _words("Why?", rows=2)


class MarksForm(EvenhandForm):
    """What to do with each mark of one page; what is proposed is chosen beforehand."""

    mark_optional = False

    def __init__(self, *args: Any, marks: Iterable[Mark], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.marks, kinds = list(marks), others()
        for mark in self.marks:
            decided = mark.proposed if mark.leave_out is None else mark.leave_out
            kind = kinds.get(mark.kind)
            told = f"{kind.label.capitalize()}. {kind.why}. " if kind else ""
            self.fields[f"mark-{mark.number}"] = forms.ChoiceField(
                label=f"{mark.number}. {mark.words}",
                help_text=f"{told}First under “{mark.where}”; places: {mark.places}.",
                choices=[(LEAVE_OUT, "Leave out"), (KEEP, "Keep")],
                widget=Radios, initial=LEAVE_OUT if decided else KEEP,
            )  # fmt: skip
            self.fields[f"why-{mark.number}"] = forms.CharField(
                label=f"Why, for {mark.number}", required=False, max_length=LONGEST,
                initial=mark.why if mark.leave_out is not None else "",
            )  # fmt: skip

    @property
    def judged(self) -> list[tuple[int, bool, str]]:
        """Return the number, whether it is left out, and the reason, of each mark."""
        return [
            (
                mark.number,
                self.cleaned_data[f"mark-{mark.number}"] == LEAVE_OUT,
                self.cleaned_data[f"why-{mark.number}"],
            )
            for mark in self.marks
        ]


class ReleaseForm(EvenhandForm):
    """Another person approves what is given."""

    despite = _words(
        "Why is it given although the child does not want it?",
        required=False,
        help_text="Only where the child has said so.",
    )
    approved = forms.BooleanField(
        label="I have read what is left out and what is kept, and it may be given"
    )


class ComplaintForm(PackForm):
    """A complaint as it came."""

    lists = {"came_by": "came_by"}
    received_on = DayField(label="When did it come?")
    came_by = _one_of("How did it come?")
    from_name = forms.CharField(label="Who complains?", required=False, max_length=200)
    about = _words("What is it about?", help_text="In their words.", rows=5)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.why = {"received_on": f"They are to hear {heard_within(today)} that it has come."}
        super().__init__(*args, **kwargs)


class AcknowledgeForm(EvenhandForm):
    """The complaint was acknowledged."""

    acknowledged_on = DayField(label="When were they told that it has come?")


class ProgressForm(EvenhandForm):
    """How far it is was told."""

    told_on = DayField(label="When were they told?")
    words = _words("What were they told?")


class OutcomeForm(EvenhandForm):
    """The outcome was told."""

    outcome_told_on = DayField(label="When were they told the outcome?")
    outcome = _words("What is the outcome, as they were told?", rows=5)

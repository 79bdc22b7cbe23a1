"""What is asked on the pages of this room. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, Why
from evenhand.design.widgets import Radios
from evenhand.transitions import protocol
from evenhand.transitions.models import AgendaCase
from evenhand.transitions.queries.meetings import APOLOGIES, DEPUTY, PRESENT

LONGEST, LONGEST_NAME = 5_000, 200
PRESENCES = (
    (PRESENT, "Present"), (DEPUTY, "Apologies, with a deputy"), (APOLOGIES, "Apologies, no deputy"),
    ("", "Not there"),
)  # fmt: skip


def _words(label: str, *, required: bool = False, help_text: str = "") -> Any:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class BeginForm(EvenhandForm):
    """To which adult service."""

    route = forms.ChoiceField(label="Which adult service?", widget=Radios)

    def __init__(self, *args: Any, taken: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = [one for one in protocol.routes().values() if one.id not in set(taken)]
        self.fields["route"].choices = [(one.id, one.name) for one in left]  # type: ignore[attr-defined]


class ShareForm(EvenhandForm):
    """With whom the list is shared, and why."""

    why: ClassVar[Mapping[str, Why | str]] = {
        "purpose": Why("Nothing is shared without a purpose.", "IOW-2.3.5-b")
    }
    recipient = forms.ChoiceField(label="With whom?", widget=Radios)
    purpose = _words("What is it for?", required=True)
    lawful_basis = _words(
        "What allows it?", required=True,
        help_text="The law or the agreement that lets us share these names",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.id, one.label) for one in protocol.recipients()]
        self.fields["recipient"].choices = choices  # type: ignore[attr-defined]


class MeetingForm(EvenhandForm):
    """When the meeting was, and which of the posts were there."""

    held_on = DayField(label="When was the meeting held?")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].latest = today  # type: ignore[attr-defined]
        for post in protocol.posts():
            self.fields[f"post_{post.id}"] = forms.ChoiceField(
                label=post.label, choices=PRESENCES, widget=Radios, required=False
            )
            self.fields[f"deputy_{post.id}"] = forms.CharField(
                label=f"Who stood in for the {post.label}?", required=False,
                max_length=LONGEST_NAME,
            )  # fmt: skip

    @property
    def posts(self) -> Mapping[str, list[str]]:
        """Return who came: {post: [presence, deputy]}."""
        told = self.cleaned_data
        return {
            post.id: [told[f"post_{post.id}"], told[f"deputy_{post.id}"].strip()]
            for post in protocol.posts()
        }


class CaseForm(EvenhandForm):
    """What was said of one young person at the meeting."""

    note = _words("How are they getting on?", required=True)
    difficulty = _words(
        "What stands in the way?", help_text="Opens a task for the manager of their team"
    )

    def __init__(self, *args: Any, case: AgendaCase, **kwargs: Any) -> None:
        kwargs["initial"] = {"note": case.note, "difficulty": case.difficulty}
        super().__init__(*args, **kwargs)

"""What is asked on the pages of this room. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from evenhand.accounts.models import Worker
from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, Why
from evenhand.workforce.models import Absence, Post

LONGEST, LONGEST_NAME = 10_000, 200


def _words(label: str, *, required: bool = False, help_text: str = "", rows: int = 4) -> Any:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class SupervisionForm(EvenhandForm):
    """When they were supervised, by whom, and what was said."""

    why: ClassVar[Mapping[str, Why | str]] = {
        "held_on": Why("Everybody is to be supervised in each month.", "IOW-2.4.39-b")
    }
    held_on = DayField(label="When were they supervised?")
    by_name = forms.CharField(
        label="Who supervised them?", required=False, max_length=LONGEST_NAME,
        help_text="Leave it blank if it was you",
    )  # fmt: skip
    notes = _words(
        "What was said and agreed", rows=8,
        help_text="Kept sealed. They, you and your line can read it. Name no child here.",
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].latest = today  # type: ignore[attr-defined]

    def given(self, own: Worker | None) -> Mapping[str, Any]:
        """Return the answers as the action takes them; ``own`` is the viewer as a worker."""
        told = self.cleaned_data
        name = told["by_name"].strip()
        named = Worker.objects.filter(name__iexact=name)[:2] if name else []
        known = named[0] if len(named) == 1 else None
        return {
            "held_on": told["held_on"], "notes": told["notes"], "supervisor_name": name,
            "supervisor": known if name else own,
        }  # fmt: skip


class AbsenceForm(EvenhandForm):
    """From when to when somebody is away."""

    since = DayField(label="What is the first day away?")
    until = DayField(
        label="What is the last day away?", required=False,
        help_text="Leave it blank while nobody knows",
    )  # fmt: skip


class BackForm(EvenhandForm):
    """Until when somebody is away."""

    until = DayField(
        label="What is the last day away?", required=False,
        help_text="Leave it blank while nobody knows",
    )  # fmt: skip

    def __init__(self, *args: Any, absence: Absence, **kwargs: Any) -> None:
        super().__init__(*args, initial={"until": absence.until}, **kwargs)


class PostForm(EvenhandForm):
    """When somebody began and left."""

    started_on = DayField(label="When did they begin?", required=False)
    left_on = DayField(label="When do they leave, or when did they?", required=False)

    def __init__(self, *args: Any, post: Post | None, **kwargs: Any) -> None:
        told = {"started_on": post.started_on, "left_on": post.left_on} if post else {}
        super().__init__(*args, initial=told, **kwargs)


class PlanForm(EvenhandForm):
    """What somebody plans to learn."""

    why: ClassVar[Mapping[str, Why | str]] = {
        "needs": Why("What everybody needs to learn is looked at once a year.", "IOW-2.4.48")
    }
    agreed_on = DayField(label="When was the development plan agreed?")
    needs = _words("What do they need to learn?", help_text="One thing on each line")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_on"].latest = today  # type: ignore[attr-defined]

    def given(self) -> Mapping[str, Any]:
        """Return the answers as the action takes them."""
        told = self.cleaned_data
        return {"agreed_on": told["agreed_on"], "needs": told["needs"].splitlines()}


class ErrorForm(EvenhandForm):
    """Why something is taken back."""

    reason = _words("What was wrong?", required=True, rows=3)

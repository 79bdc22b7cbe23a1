"""Drawing files for an audit beside the year, of a theme that somebody asked for."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.audits.actions.samples import keep_drawn, remedy_of
from evenhand.audits.queries.drawing import Choice, fit_of
from evenhand.audits.queries.populations import CHILDREN
from evenhand.audits.queries.rights import may_draw_themed
from evenhand.history.actions import Change, action
from evenhand.problems import Problem


class Theme(NamedTuple):
    """What a themed audit is about, who asked for it and why, its kind, and by when it is done."""

    title: str
    why: str
    type: str
    due_on: date


@action("audit.themed_sample_drawn")
def draw_themed(theme: Theme, choice: Choice, *, by: User, at: datetime) -> Change:
    """Draw files for an audit beside the year, of a theme; returns the Sample.

    Raises Problem without a theme, a reason or a number, for a day that is over, and where nothing
    fits; PermissionDenied for anybody but who may draw for every slot.
    """
    if not may_draw_themed(by):
        raise PermissionDenied("audits.draw")
    _refuse_theme(theme, choice, at)
    found = fit_of(CHILDREN, choice, by, now=at)
    if not found.files:
        raise Problem("No file fits what you asked for.", remedy_of(found))
    of = {"theme": theme.title.strip(), "theme_why": theme.why.strip(), "due_on": theme.due_on,
          "type": theme.type, "population": CHILDREN}  # fmt: skip
    return keep_drawn(choice, found, by=by, at=at, **of)


def _refuse_theme(theme: Theme, choice: Choice, at: datetime) -> None:
    if not theme.title.strip() or not theme.why.strip():
        raise Problem("It is not said what is audited and why.", "Say both in a few words.")
    if theme.due_on < timezone.localdate(at):
        raise Problem(f"{theme.due_on:%d/%m/%Y} is over.", "Choose today, or a later day.")
    if choice.size < 1:
        raise Problem("No number of files was given.", "Say how many to draw.")

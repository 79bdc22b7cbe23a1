"""What was added to a promise, in plain words that blame nobody."""

from __future__ import annotations

from datetime import date

from evenhand.design.wording import day
from evenhand.promises.models import Allowance, Aside
from evenhand.promises.pack import allowances
from evenhand.rules.pauses import Pause
from evenhand.rules.question_sets import QuestionSet
from evenhand.standards.models import Standing


def let_off(one: Allowance, row: Standing) -> str:
    """Return what a promise is let off, by whom, until when, and what would follow for its day."""
    kind = allowances().get(one.kind, one.kind)
    said = f"{kind} until {day(one.until)}, agreed by {one.agreed_by.name}"
    shifted = day_with(one, row)
    return f"{said}; with it the day would be {day(shifted)}" if shifted else said


def day_with(one: Allowance, row: Standing) -> date | None:
    """Return the day due with a pause or more time counted in; None where there is none."""
    if row.due_on is None or one.kind == "exemption":
        return None
    if one.kind == "extension":
        return one.until
    if one.starts_on > row.due_on:
        return None
    paused = Pause(one.starts_on, one.ended_on or one.until, both_ends=False).days()
    return date.fromordinal(row.due_on.toordinal() + len(paused))


def put_off(one: Aside) -> str:
    """Return until when a promise was left, and that its day stays."""
    until = day(one.later_until) if one.later_until else ""
    return f"Put off until {until} by {one.by.name}; it is due on the same day"


def passed_on(one: Aside) -> str:
    """Return to whom a promise was passed."""
    return f"Passed on to {one.owner.name} by {one.by.name}" if one.owner else ""


def missing_of(form: QuestionSet | None, on: date) -> str:
    """Return of which record something is missing."""
    return f"{form.title}, {day(on)}" if form else f"Written down for {day(on)}"


def more_than(most: int, what: str) -> str:
    """Return that more waits than a list holds."""
    return f"More than {most} {what}: the rest stands on a page of its own"


def to_ask(count: int, most: int) -> str:
    """Return how many children are to be asked."""
    if count == 1:
        return "Ask 1 child who they are"
    return (
        f"Ask {most} or more children who they are"
        if count > most
        else (f"Ask {count} children who they are")
    )

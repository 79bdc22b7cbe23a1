"""Standards, values and states in plain words: what, by when, and why; never whose fault."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from evenhand.design.wording import day, moment, month
from evenhand.facts.adopted import policy
from evenhand.facts.registry import vocabulary
from evenhand.rules import Deadline, Horizon, Offset, PerPeriod, Recurrence, Standard, State
from evenhand.rules.arithmetic import add_offset
from evenhand.rules.values import Dated, Entry
from evenhand.standards.models import Standing

AUTHORITY: Mapping[str, str] = {
    "law": "The law's limit",
    "text": "Our promise",
    "default": "Our default, change it",
    "reconstruction": "Our reading of a text that is incomplete",
}
PERIODS = {"month": "month", "half-year": "half-year", "year": "year"}


def kind_of_authority(standard: Standard) -> str:
    """The law's limit, our promise, or our default: a breach of law is worded apart."""
    return AUTHORITY[standard.basis]


def state_explained(state: State) -> str:
    """What a state means, in the adopted pack's own words."""
    return policy().word(str(state), section="state_help")


def category_in_words(category: str) -> str:
    """A category of standards, in the adopted pack's own words."""
    return policy().word(category or "other", section="categories").capitalize()


def meaning(fact: str) -> str:
    """A fact's meaning, to stand inside a sentence."""
    found = vocabulary().facts[fact].meaning.rstrip(".") if fact in vocabulary().facts else fact
    return found[:1].lower() + found[1:]


def value_in_words(standard: Standard, on: date) -> str:
    """What the value in force on a day asks, in words; that no rule is in force."""
    if isinstance(standard, Deadline):
        return _deadline(standard, on)
    if isinstance(standard, Recurrence):
        stages = [_value(stage, on) for stage in standard.stages]
        return _stages([str(stage.value) for stage in stages if stage])
    if isinstance(standard, PerPeriod):
        entry = standard.at_least.entry_on(on)
        return f"At least {entry.value} {_period(standard)}" if entry else NO_RULE
    return "A check that is answered yes, no or not known"


NO_RULE = "No rule is in force"


def _value(dated: Dated[Offset], on: date) -> Entry[Offset] | None:
    return dated.entry_on(on)


def _deadline(standard: Deadline, on: date) -> str:
    if isinstance(standard.within, str):
        return f"By {meaning(standard.within)}"
    entry = standard.within.entry_on(on)
    if entry is None:
        return NO_RULE
    if standard.direction == "before" and not entry.value.value:
        return f"By {meaning(standard.starts)}"
    if standard.direction == "at":
        return f"At {meaning(standard.starts)}"
    if standard.direction == "before":
        return f"At least {entry.value} before {meaning(standard.starts)}"
    return f"Within {entry.value} of {meaning(standard.starts)}"


def _stages(values: list[str]) -> str:
    if not values:
        return NO_RULE
    if len(values) == 1:
        return f"Every {values[0]}"
    middle = "".join(f", then within {value}" for value in values[1:-1])
    return f"First within {values[0]}{middle}, then every {values[-1]}"


def _period(standard: PerPeriod) -> str:
    if isinstance(standard.period, str):
        return f"in each {PERIODS[standard.period]}"
    months = [f"{date(2000, number, 1):%B}" for number in standard.period]
    return f"in {' and '.join(months)}"


def when_due(row: Standing) -> str:
    """Due by Fri 20 November 2026; with the hour where hours count."""
    return f"Due by {due_in_words(row)}"


def due_in_words(row: Standing) -> str:
    """The day due; with the hour where hours count, and a word where the day may yet move."""
    due = moment(row.due_at) if row.due_at else day(row.due_on) if row.due_on else "no day"
    return f"{due} (may move: bank holidays are not yet proclaimed)" if row.provisional else due


def why_due(row: Standing, standard: Standard) -> str:
    """What the due day was counted from, and how long was allowed."""
    if row.anchor_on is None or isinstance(standard, PerPeriod):
        return f"For {month(row.due_on)}." if row.due_on else ""
    since = day(row.anchor_on)
    if isinstance(standard, Recurrence):
        return _why_again(row, standard, since)
    if isinstance(standard, Deadline):
        return f"{value_in_words(standard, row.anchor_on)} ({since})."
    return f"Judged on {since}."


def _why_again(row: Standing, standard: Recurrence, since: str) -> str:
    entry = _entry_used(row, standard)
    allowed = f"Within {entry.value} of " if entry else "After "
    if row.cycle == 1:
        return f"{allowed}{meaning(standard.starts)} ({since})."
    return f"{allowed}the one before ({since})."


def _entry_used(row: Standing, standard: Recurrence) -> Entry[Offset] | None:
    """The value that gave the due day: of the cycle's stage, or of the last where earlier cycles
    are not in the data."""
    if row.anchor_on is None:
        return None
    usual, last = standard.stages[min(row.cycle, len(standard.stages)) - 1], standard.stages[-1]
    entry = last.entry_on(row.anchor_on)
    if entry and add_offset(row.anchor_on, entry.value, policy().calendar) == row.due_on:
        return entry
    return usual.entry_on(row.anchor_on)


def how_it_stands(row: Standing, state: State, horizon: Horizon | None) -> str:
    """What is known of it today, in one sentence that blames nobody."""
    if state in (State.KEPT, State.KEPT_LATE):
        return _when_done(row, state)
    if state is State.LATE:
        return "Not yet done in what we have been sent."
    if state is State.OPEN:
        return "Not due yet."
    if state is State.EXCUSED:
        return f"Excused: {meaning(row.excused_by)}."
    if state is State.NOT_RECORDED:
        return _not_recorded(row)
    return _not_known(row, horizon)


def _when_done(row: Standing, state: State) -> str:
    done: date | datetime | None = row.done_at or row.done_on
    words = moment(done) if isinstance(done, datetime) else day(done) if done else ""
    if state is State.KEPT or row.due_on is None or row.done_on is None:
        return f"Done on {words}."
    days = (row.done_on - row.due_on).days
    return f"Done on {words}, {_days(days)} later." if days else f"Done on {words}, later that day."


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _not_recorded(row: Standing) -> str:
    if row.not_recorded:
        return "What decides whether this applies is not on record."
    return "No source we hold records when this is done."


def _not_known(row: Standing, horizon: Horizon | None) -> str:
    if row.kind == Standing.Kind.DAY_ONLY:
        return "Done on the day it was due; the hour, which would settle it, is not on record."
    if horizon and horizon.complete_to and row.due_on and row.due_on > horizon.complete_to:
        return f"Not known: our data ends on {day(horizon.complete_to)}."
    if horizon and horizon.complete_from:
        return f"Not known: our data begins on {day(horizon.complete_from)}."
    return "Not known from what we have been sent."


def holds(horizon: Horizon | None) -> str:
    """For which days we know what would show a standard kept."""
    if horizon is None:
        return "No source we hold records what would show this done."
    first = f"from {day(horizon.complete_from)} " if horizon.complete_from else ""
    last = f"to {day(horizon.complete_to)}" if horizon.complete_to else "to today"
    return f"What shows it done is known {first}{last}."

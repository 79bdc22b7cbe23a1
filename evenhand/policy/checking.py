"""Running every standard's cases, through both engines, and saying what does not come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from evenhand.policy.examples import Example
from evenhand.policy.vocabulary import Vocabulary
from evenhand.rules.agreement import differences
from evenhand.rules.calendar import Calendar
from evenhand.rules.london import london_day
from evenhand.rules.outcomes import Outcome
from evenhand.rules.reference import evaluate
from evenhand.rules.standards import Standard


class Problem(NamedTuple):
    """One thing wrong with a policy that could be read: where, what was found, what to do."""

    standard: str
    file: str
    line: int
    found: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}: " if self.file else ""
        return f"{place}{self.standard}: {self.found}. {self.remedy}"


def problems_of(
    standards: Mapping[str, Standard],
    examples: Mapping[str, tuple[Example, ...]],
    calendar: Calendar,
    vocabulary: Vocabulary,
) -> tuple[Problem, ...]:
    """Every case that does not come out as written, in either engine, and standards without any."""
    found: list[Problem] = []
    for id_, standard in standards.items():
        cases = examples.get(id_, ())
        if not cases:
            remedy = "Write cases: the day before, the day, and the day after."
            found.append(Problem(id_, "", 0, "it has no cases", remedy))
        for example in cases:
            found += _reference_problems(standard, example, calendar)
            found += _column_problems(standard, example, calendar, vocabulary)
    return tuple(found)


def outcomes_of(standard: Standard, example: Example, calendar: Calendar) -> tuple[Outcome, ...]:
    """The outcomes of one case by the reference engine."""
    horizons = dict.fromkeys(standard.facts(), example.horizon)
    return evaluate(standard, example.facts, calendar, example.now, horizons)


def _reference_problems(
    standard: Standard, example: Example, calendar: Calendar
) -> Iterator[Problem]:
    outcomes = outcomes_of(standard, example, calendar)
    states = tuple(outcome.state for outcome in outcomes)
    if states != example.expect:
        found = f"the case gives {_words(states)}, where {_words(example.expect)} is expected"
        yield _problem(standard, example, found + _dues_in_words(outcomes))
    dues = tuple(outcome.due for outcome in outcomes)
    wanted = example.dues if example.dues is not None else _last_only(example, dues)
    if wanted is not None and not _same_dues(dues, wanted):
        found = f"the case is due {_words(dues)}, where {_words(wanted)} is expected"
        yield _problem(standard, example, found)


def _column_problems(
    standard: Standard, example: Example, calendar: Calendar, vocabulary: Vocabulary
) -> Iterator[Problem]:
    facts = [vocabulary.facts[name] for name in standard.facts()]
    kinds = {fact.name: (fact.type, fact.many) for fact in facts}
    horizons = dict.fromkeys(kinds, example.horizon)
    for one in differences(standard, [example.facts], kinds, calendar, example.now, horizons):
        slow, fast = (
            _words(turn.state for turn in turns) for turns in (one.reference, one.columns)
        )
        found = f"the engines differ: the reference gives {slow}, the columns {fast}"
        yield _problem(standard, example, found)._replace(remedy="Report it: this is our fault.")


def _last_only(
    example: Example, dues: tuple[date | datetime | None, ...]
) -> tuple[date | datetime | None, ...] | None:
    return (*dues[:-1], example.last_due) if example.last_due is not None else None


def _same_dues(
    dues: tuple[date | datetime | None, ...], wanted: tuple[date | datetime | None, ...]
) -> bool:
    return len(dues) == len(wanted) and all(map(_same_due, dues, wanted))


def _same_due(due: date | datetime | None, wanted: date | datetime | None) -> bool:
    """Whether a due is the one wanted; a day wanted is met by any moment of it."""
    if due is None or wanted is None or isinstance(wanted, datetime):
        return due == wanted
    return london_day(due) == wanted


def _problem(standard: Standard, example: Example, found: str) -> Problem:
    remedy = "Mend the case, or the value that it tests."
    return Problem(standard.id, example.file, example.line, found, remedy)


def _words(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values) or "nothing"


def _dues_in_words(outcomes: tuple[Outcome, ...]) -> str:
    dues = [str(outcome.due) for outcome in outcomes if outcome.due]
    return f" (due {', '.join(dues)})" if dues else ""

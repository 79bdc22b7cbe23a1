"""Gates: a yes, no or unknown for one subject, with reasons, worked out on the spot.

A gate advises; a named person decides. Later rooms ask before a step is taken.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from evenhand.facts.adopted import policy
from evenhand.facts.horizons import horizons
from evenhand.facts.reading import case
from evenhand.rules import Answer, Outcome, Reason, Standard, State, evaluate

OPENS = frozenset({State.KEPT, State.KEPT_LATE, State.EXCUSED, State.NOT_APPLICABLE})
SHUTS = frozenset({State.LATE, State.OPEN})


class Gate(NamedTuple):
    """What a gate answers, and for each standard that does not open it, why."""

    answer: Answer
    reasons: tuple[tuple[Standard, tuple[Reason, ...]], ...]


def gate(name: str, subject: str, pk: int, *, now: datetime) -> Gate:
    """Answer the gate ``name`` for one subject; LookupError where no standard makes it.

    Yes where every standard of the gate is kept, excused or does not apply; no where one is open or
    late; unknown where it hangs on what is not recorded.
    """
    standards = [
        one for one in policy().standards.values() if one.gate == name and one.subject == subject
    ]
    if not standards:
        raise LookupError(f"no standard of {subject} makes the gate {name!r}")
    judged = [(one, _judged(one, pk, now)) for one in standards]
    answers = [_answer(outcomes) for _, outcomes in judged]
    reasons = tuple(
        (one, tuple(reason for outcome in outcomes for reason in outcome.reasons))
        for (one, outcomes), answer in zip(judged, answers, strict=True)
        if answer is not Answer.YES
    )
    return Gate(_all(answers), reasons)


def _judged(standard: Standard, pk: int, now: datetime) -> tuple[Outcome, ...]:
    names = standard.facts()
    facts = case(standard.subject, pk, names)
    return evaluate(standard, facts, policy().calendar, now, horizons(names))


def _answer(outcomes: tuple[Outcome, ...]) -> Answer:
    states = {outcome.state for outcome in outcomes}
    if states & SHUTS:
        return Answer.NO
    return Answer.YES if states <= OPENS else Answer.UNKNOWN


def _all(answers: list[Answer]) -> Answer:
    if Answer.NO in answers:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.YES

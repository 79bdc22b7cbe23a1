"""What a decision lacks, in words, whose it is and of which day. It is not refused for it."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.design.wording import day
from evenhand.eligibility.models import Decision
from evenhand.eligibility.pack import Decidable, decidable

NOBODY = "nobody named"


def gaps_of(decision: Decision) -> list[str]:
    """Return what is missing: ``Tier missing: Ana Quay, Mon 2 February 2026``."""
    if decision.entered_in_error:
        return []
    held = decidable(decision.form, decision.edition)
    whose = f"{decision.decided_by or NOBODY}, {day(decision.decided_on)}"
    return [f"{words[:1].upper()}{words[1:]}: {whose}" for words in _lacking(decision, held)]


def _lacking(decision: Decision, held: Decidable | None) -> Iterator[str]:
    choice = held.choice(decision.decided) if held else None
    if not decision.decided:
        yield f"{held.word if held else 'decision'} missing"
    if not decision.decided_by:
        yield "decision-maker missing"
    if decision.departs and not decision.why_departs:
        yield "reasons for deciding otherwise missing"
    if not decision.reasons:
        yield "reasons in words for the family missing"
    if choice is not None and choice.refusal:
        if not decision.stays_open:
            yield "what stays open missing"
        if not decision.goes_next:
            yield "where the child goes next missing"
    if decision.challenged_on and not decision.answered_on:
        yield f"answer to the challenge of {day(decision.challenged_on)} missing"

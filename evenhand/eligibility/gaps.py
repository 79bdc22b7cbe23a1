"""What a decision lacks, in words, whose it is and of which day. It is not refused for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone

from evenhand.design.wording import day
from evenhand.eligibility.models import Decision
from evenhand.eligibility.pack import Decidable, decidable
from evenhand.recording.answering import given_of
from evenhand.recording.results import result_of
from evenhand.recording.sets import edition_of

NOBODY = "nobody named"


def gaps_of(decision: Decision) -> list[str]:
    """Return what is missing: ``Tier missing: Ana Quay, Mon 2 February 2026``."""
    if decision.entered_in_error:
        return []
    held = decidable(decision.form, decision.edition)
    return _said(_lacking(decision, held), decision)


def answers_lack(decision: Decision) -> list[str]:
    """Return what the answers lack on which it was decided, in the same way: as of now."""
    recording = decision.recording
    asked = edition_of(recording.form, recording.edition)
    if decision.entered_in_error or recording.entered_in_error or asked is None:
        return []
    given = given_of(asked, recording.answers.order_by("row", "pk"))
    result = result_of(recording, asked, given, timezone.localdate())
    return _said((one.words for one in result.said), decision)


def _said(lacking: Iterable[str], decision: Decision) -> list[str]:
    whose = f"{decision.decided_by or NOBODY}, {day(decision.decided_on)}"
    return [f"{words[:1].upper()}{words[1:]}: {whose}" for words in lacking]


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

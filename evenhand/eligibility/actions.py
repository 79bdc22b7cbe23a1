"""Deciding on advice, putting a decision right, its challenge and its letters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.eligibility.models import Decision, Letter
from evenhand.eligibility.pack import Decidable, decidable
from evenhand.history.actions import Change, action
from evenhand.people.days import refuse_before_birth, refuse_to_come
from evenhand.problems import Problem
from evenhand.recording.answering import person_called
from evenhand.recording.models import Recording
from evenhand.versions import take_on

WORDS = "words, sealed"
SEALED = ("why_departs", "reasons", "goes_next", "challenge", "answer")
GIVEN = (
    "decided", "decided_by", "decided_on", "why_departs", "reasons", "told_on", "told_how",
    "stays_open", "goes_next",
)  # fmt: skip


@action("advice.decided")
def decide(recording: Recording, given: Mapping[str, Any], *, by: User, at: datetime) -> Change:
    """Write down what was decided on a recording's advice. ``given`` holds the fields of ``GIVEN``.

    Nothing true is refused: what is missing shows. Raises Problem where the form advises nothing,
    for a choice that the packs have not, and for a day that is impossible.
    """
    held = _decidable(recording.form, recording.edition)
    if recording.entered_in_error:
        raise Problem("What this rests on was entered in error.", "Write it down anew first.")
    made = Decision(
        ref=new_reference(), recording=recording, form=recording.form, edition=recording.edition,
        advised=recording.advice, child=recording.child, team=recording.team, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    _fill(made, given, held, at)
    made.save()
    return Change(made, _told({}, made, GIVEN), child_id=made.child_id)


@action("advice.decision_changed")
def change(
    decision: Decision, given: Mapping[str, Any], *, by: User, at: datetime, version: int
) -> Change:
    """Add to a decision or put it right. Raises Problem as ``decide``, and Superseded."""
    was = _plain(decision, GIVEN)
    _hold(decision, version)
    _fill(decision, given, _decidable(decision.form, decision.edition), at)
    decision.save()
    return Change(decision, _told(was, decision, GIVEN), child_id=decision.child_id)


CHALLENGE = (
    "challenged_on", "challenged_by", "challenge", "answered_on", "answered_by", "answer",
)  # fmt: skip


@action("advice.challenged")
def challenge(
    decision: Decision, given: Mapping[str, Any], *, by: User, at: datetime, version: int
) -> Change:
    """Write down that somebody does not agree, and what they were answered.

    Raises Problem for a day that is impossible, an answer before the challenge; Superseded.
    """
    was = _plain(decision, CHALLENGE)
    came, answered = given.get("challenged_on"), given.get("answered_on")
    for on in (came, answered):
        refuse_to_come(on, at)
    if came and came < decision.decided_on:
        raise Problem("The challenge is before the decision.", "Check the day.")
    if answered and came and answered < came:
        raise Problem("The answer is before the challenge.", "Check the day.")
    _hold(decision, version)
    _set(decision, given, CHALLENGE)
    decision.save()
    return Change(decision, _told(was, decision, CHALLENGE), child_id=decision.child_id)


@action("advice.decision_in_error")
def enter_in_error(decision: Decision, *, by: User, at: datetime, reason: str) -> Change:
    """Take back a decision that was written down by mistake: it stays, and counts no more."""
    if not reason.strip():
        raise Problem("No reason was given.", "Say in a few words what was wrong.")
    _hold(decision, decision.version)
    decision.entered_in_error = True
    decision.save(update_fields=["entered_in_error"])
    told = {"entered_in_error": (False, True)}
    return Change(decision, told, child_id=decision.child_id, reason=reason.strip())


@action("advice.letter_written")
def write_letter(
    decision: Decision, *, by: User, at: datetime, language: str, form: str, words: str
) -> Change:
    """Write a letter of reasons. It goes nowhere until ``send``. Raises Problem without words."""
    if not words.strip():
        raise Problem("The letter has no words.", "Write them, or take what is proposed.")
    if decision.entered_in_error:
        raise Problem("This decision was entered in error.", "Write the letter of another one.")
    made = Letter.objects.create(
        ref=new_reference(), decision=decision, language=language, format=form,
        words="\n".join(words.strip().splitlines()), written_by=by, written_at=at,
    )  # fmt: skip
    told = {"language": (None, language), "format": (None, form), "words": (None, WORDS)}
    return Change(made, told, child_id=decision.child_id)


@action("advice.letter_sent")
def send(
    letter: Letter, *, by: User, at: datetime, contact_seen: str, how: str, on: date
) -> Change:
    """Say that a letter went, how, and what was seen of whether it is safe to write there.

    Raises Problem where nobody looked, where it went before, and for a day that is impossible.
    """
    if not contact_seen.strip():
        raise Problem(
            "It is not said whether it is safe to write to this family.",
            "Look in the case system, then write what you saw.",
        )
    refuse_to_come(on, at)
    if on < timezone.localdate(letter.written_at):
        raise Problem("That is before the letter was written.", "Check the day.")
    held = Letter.objects.filter(pk=letter.pk, sent_on=None)
    if not held.update(sent_on=on, sent_how=how, sent_by=by):
        raise Problem("This letter went before.", "Write another one if it has to go again.")
    letter.refresh_from_db()
    letter.contact_seen = contact_seen.strip()
    letter.save(update_fields=["contact_seen"])
    decision = letter.decision
    if decision.told_on is None:
        Decision.objects.filter(pk=decision.pk).update(
            told_on=on, told_how=how[:60], version=F("version") + 1
        )
    told = {"sent_on": (None, on), "sent_how": (None, how), "contact_seen": (None, WORDS)}
    return Change(letter, told, child_id=decision.child_id)


def _decidable(form: str, edition: date) -> Decidable:
    held = decidable(form, edition)
    if held is None:
        raise Problem(
            f'The form "{form}" advises nothing that can be decided.', "Add advice: to it."
        )
    return held


def _hold(decision: Decision, version: int) -> None:
    take_on(decision, version, still={"entered_in_error": False})


def _fill(decision: Decision, given: Mapping[str, Any], held: Decidable, at: datetime) -> None:
    chosen = given.get("decided") or ""
    if chosen and held.choice(chosen) is None:
        raise Problem(f'"{chosen}" cannot be decided here.', "Choose one of the list.")
    _set(decision, given, GIVEN)
    decision.stays_open = list(given.get("stays_open") or [])
    decision.decided_on = given.get("decided_on") or timezone.localdate(at)
    for on in (decision.decided_on, decision.told_on):
        refuse_to_come(on, at)
    if decision.child is not None:
        refuse_before_birth(decision.child, decision.decided_on)
    decision.decider = person_called(decision.decided_by) if decision.decided_by else None
    decision.departs = bool(chosen and decision.advised and chosen != decision.advised)


def _set(decision: Decision, given: Mapping[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        value = given.get(name)
        setattr(decision, name, value if value or name.endswith("_on") else "")


def _plain(decision: Decision, names: tuple[str, ...]) -> Mapping[str, Any]:
    return {name: _shown(name, getattr(decision, name)) for name in names}


def _shown(name: str, value: Any) -> Any:
    return WORDS if name in SEALED and value else value or None


def _told(
    was: Mapping[str, Any], decision: Decision, names: tuple[str, ...]
) -> Mapping[str, tuple[Any, Any]]:
    now = _plain(decision, names)
    return {name: (was.get(name), now[name]) for name in names if was.get(name) != now[name]}

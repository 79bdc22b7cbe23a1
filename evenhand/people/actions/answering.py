"""Recording what somebody said of who they are, taking back what was recorded wrongly."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.people import questions, sealing, standings
from evenhand.people.days import refuse_to_come
from evenhand.people.models import Adult, Child, IdentityStatement, Relationship, SettledDifference
from evenhand.people.pack import answers_to, item_called
from evenhand.policy import Ask
from evenhand.problems import Problem

Status, SaidBy = IdentityStatement.Status, IdentityStatement.SaidBy


@action("identity.answered")
def answer(  # noqa: PLR0913 (what was said, by whom, when and how belong together)
    person: Child | Adult,
    *,
    by: User,
    at: datetime,
    characteristic: str,
    status: str,
    answer: str = "",
    own_words: str = "",
    said_by: str,
    asked_on: date,
    how: str = "",
    may_see: str = "",
) -> Change:
    """Add a statement about a child or adult; nothing said before is overwritten.

    ``answer`` holds codes of the characteristic's list, space separated. ``may_see`` is for what
    is volunteered. Raises Problem for what cannot be: an answer that says nothing, a code that is
    not in the list, a day to come, or what only the child can say from anybody else.
    """
    item = item_called(characteristic)
    _refuse(item, status, answer, own_words, said_by, asked_on, at)
    answered = status == Status.ANSWERED
    statement = IdentityStatement.objects.create(
        ref=new_reference(),
        **_about(person),
        characteristic=characteristic,
        status=status,
        answer=sealing.to_keep(characteristic, answer) if answered else "",
        own_words=own_words,
        said_by=said_by,
        asked_by=by,
        asked_on=asked_on,
        how=how,
        may_see=may_see if item.chased is False else "",
        recorded_at=at,
    )
    child_id = _follow(person, characteristic, at)
    changes = {
        "characteristic": (None, characteristic),
        "status": (None, status),
        "answer": (None, sealing.for_history(characteristic, statement.answer)),
    }
    return Change(statement, changes, child_id=child_id)


def _refuse(
    item: Ask, status: str, answer: str, own_words: str, said_by: str, asked_on: date, at: datetime
) -> None:
    if status == Status.ANSWERED and not (answer or own_words):
        raise Problem("The answer is empty.", "Choose an answer, or write their own words.")
    unknown = [code for code in answer.split() if code not in answers_to(item)]
    if unknown:
        raise Problem(
            f"{unknown[0]!r} is not an answer to {item.label}.", "Choose one from the list."
        )
    if len(answer.split()) > 1 and not item.multiple:
        raise Problem(f"{item.label} takes one answer.", "Choose one, and keep their own words.")
    refuse_to_come(asked_on, at, "Give the day on which it was said.")
    if not item.chased and said_by != SaidBy.CHILD:
        raise Problem(
            f"Only the child says this: {item.label}.", "Record it when they choose to tell you."
        )


def _about(person: Child | Adult) -> dict[str, Child | Adult]:
    return {"child" if isinstance(person, Child) else "adult": person}


def _key(person: Child | Adult) -> standings.About:
    return (person.pk, None) if isinstance(person, Child) else (None, person.pk)


def _follow(person: Child | Adult, characteristic: str, at: datetime) -> int | None:
    """Bring what is derived up to date; return the child to whose history this belongs."""
    standings.restate({_key(person)}, {characteristic})
    children = _children_of(person)
    questions.settle(children, timezone.localdate(at))
    return min(children, default=None)


def _children_of(person: Child | Adult) -> list[int]:
    if isinstance(person, Child):
        return [person.pk]
    theirs = Relationship.objects.filter(adult=person).values_list("child_id", flat=True)
    return list(theirs.distinct())


@action("identity.entered_in_error")
def enter_in_error(statement: IdentityStatement, *, by: User, at: datetime, reason: str) -> Change:
    """Take a statement out of what is known; it stays listed, with the reason in its history.

    Raises Problem without a reason, or when it is already taken out.
    """
    if not reason.strip():
        raise Problem("No reason was given.", "Say in a few words what was wrong.")
    held = IdentityStatement.objects.select_for_update().get(pk=statement.pk)
    if held.entered_in_error:
        raise Problem("This was already marked as entered in error.", "Nothing more is needed.")
    held.entered_in_error = True
    held.save(update_fields=["entered_in_error"])
    person = held.child or held.adult
    assert person is not None  # noqa: S101 (the database refuses a statement about nobody)
    child_id = _follow(person, held.characteristic, at)
    return Change(held, {"entered_in_error": (False, True)}, child_id=child_id, reason=reason)


@action("identity.difference_settled")
def settle_difference(
    person: Child | Adult, *, by: User, at: datetime, characteristic: str, reason: str
) -> Change:
    """Say why sources that differ may both stand; it holds while the same answers differ."""
    if not reason.strip():
        raise Problem("No reason was given.", "Say in a few words why both may stand.")
    found = standings.leading_statements([_key(person)], {characteristic} - sealing.volunteered())
    lead = found.get((_key(person), characteristic))
    if lead is None or not lead.differing:
        raise Problem("The sources no longer differ.", "Nothing more is needed.")
    answers = standings.difference(lead.differing)
    settled = SettledDifference.objects.create(
        **_about(person),
        characteristic=characteristic,
        answers=answers,
        reason=reason,
        by=by,
        at=at,
    )
    child_id = _follow(person, characteristic, at)
    return Change(settled, {"answers": (None, answers)}, child_id=child_id, reason=reason)

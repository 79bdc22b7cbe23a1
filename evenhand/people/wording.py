"""How identity is put into words: what is known, who said it, and whom to ask."""

from __future__ import annotations

from collections.abc import Sequence

from evenhand.design.wording import as_day, day
from evenhand.people.asking import CHILD
from evenhand.people.identity import Knowledge
from evenhand.people.models import IdentityStatement
from evenhand.people.pack import in_words
from evenhand.policy import Ask
from evenhand.secrecy.keys import WrongKey

KNOWLEDGE = {
    Knowledge.KNOWN: "Known",
    Knowledge.NO_RECORD: "Nobody has recorded asking yet",
    Knowledge.AWAITING: "Asked, and the answer is awaited",
    Knowledge.DECLINED: "Asked, and would rather not say",
    Knowledge.NOT_KNOWN: "Asked, and not known",
    Knowledge.NOT_YET: "Not asked at this age",
}
STATUS = {
    "declined": "Would rather not say",
    "awaiting": "Asked: will tell us later",
    "not known": "Asked: does not know",
}
SAID_BY = {
    "child": "Said by the child",
    "parent": "Said by a parent or carer",
    "adult": "Said by the parent or carer themselves",
    "worker": "Recorded by a worker",
    "import": "From the case system",
}
AUDIENCE = {
    "worker": "My social worker",
    "manager": "My social worker's manager",
    "reviewing_officer": "My reviewing officer",
    "parent": "My parents or carers",
    "figures": "Nobody more, but it may be counted with many others, without my name",
}
COUNTED = "figures"
UNREADABLE = "This cannot be shown: the key it was sealed with is not in use"
RELATIONSHIP = "Parent or carer"


def knowledge(state: str) -> str:
    """Return a state of knowledge in plain words."""
    return KNOWLEDGE[Knowledge(state)]


def answer(item: Ask, row: IdentityStatement) -> str:
    """Return what a statement says: the answer's labels, or that none was given."""
    if row.status != IdentityStatement.Status.ANSWERED:
        return STATUS[row.status]
    try:
        return in_words(item, row.answer) or f"“{row.own_words}”"
    except WrongKey:
        return UNREADABLE


def own_words(row: IdentityStatement) -> str:
    """Return the words as they were said, where they stand beside an answer."""
    try:
        return f"“{row.own_words}”" if row.own_words and row.answer else ""
    except WrongKey:
        return ""


def who_said(row: IdentityStatement) -> str:
    """Return who said it, when and how: "Said by the child on Fri 20 November 2026, in writing"."""
    said = f"{SAID_BY[row.said_by]} on {day(row.asked_on or as_day(row.recorded_at))}"
    noted = f"noted by {row.asked_by.name}" if row.asked_by else ""
    return ", ".join(part for part in (said, row.how.lower(), noted) if part)


def audience(row: IdentityStatement) -> str:
    """Return who else may see what was volunteered, in the child's own terms."""
    wished = row.may_see.split()
    named = [AUDIENCE[key] for key in wished if key != COUNTED]
    seen = f"May be seen by: {'; '.join(named)}" if named else "Only for whoever wrote it down"
    return f"{seen}. May be counted, without a name" if COUNTED in wished else seen


def whom(who: str, is_about_an_adult: bool) -> str:
    """Return whom to ask."""
    if is_about_an_adult:
        return "the parent or carer"
    return "the child" if who == CHILD else "a parent, or the child"


def together(labels: Sequence[str]) -> str:
    """Return labels as a sentence says them: "Religion, first language and interpreter"."""
    first, *rest = labels or [""]
    words = [first, *(label[:1].lower() + label[1:] for label in rest)]
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def told_meanwhile(newest: IdentityStatement) -> str:
    """Say that an answer was recorded since a page was opened; never what it was."""
    who = newest.asked_by.name if newest.asked_by else "An import"
    return (
        f"{who} recorded an answer to this since you opened the page. Yours is still here: save "
        "it again to keep it beside theirs."
    )

"""The forms of the adopted packs, and what of the record each of them reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from evenhand.facts import reading
from evenhand.facts.adopted import policy
from evenhand.facts.registry import is_bound
from evenhand.problems import Problem
from evenhand.rules.question_sets import QuestionSet
from evenhand.rules.trees import Tree, facts_of
from evenhand.rules.values import Case

CHILD = "child"
NAMED = re.compile(r"{(\w+)}")


def form_called(id_: str, day: date) -> QuestionSet:
    """Return the edition of a form in force on a day. Problem where no adopted pack has it."""
    found = policy().question_set(id_, day)
    if found is None:
        raise Problem(
            f'No adopted pack has a form called "{id_}".', "Add it to the forms of your pack."
        )
    return found


def edition_of(id_: str, from_: date) -> QuestionSet | None:
    """Return the edition under which something was recorded; None: the packs have it no more.

    An edition that a later pack's form stands instead of is still the one that was answered.
    """
    editions = policy().question_sets.get(id_, ())
    written = (*editions, *(one for one in reversed(policy().written_forms) if one.id == id_))
    exact = next((one for one in written if one.from_ == from_), None)
    return exact or next(reversed(editions), None)


def forms_on(day: date) -> list[QuestionSet]:
    """Return the edition in force of every form."""
    found = (policy().question_set(id_, day) for id_ in policy().question_sets)
    return [one for one in found if one is not None]


def forms_of_other_rooms() -> frozenset[str]:
    """Return the forms that a room asks on pages of its own, by id."""
    return frozenset(id_ for id_, found in policy().question_sets.items() if found[-1].room)


def forms_about(subject: str, day: date) -> list[QuestionSet]:
    """Return the forms that are fastened to imported events of a subject."""
    return [one for one in forms_on(day) if one.subject == subject and not one.is_own]


def facts_read(asked: QuestionSet, about_id: int | None, child_id: int | None) -> Case:
    """Return the facts of the event and of the child that the form's conditions name."""
    names = _named(policy().digest)[asked.id]
    found: dict[str, object] = {}
    for subject, pk in ((asked.subject, about_id), (CHILD, child_id)):
        mine = [name for name in names if name.startswith(f"{subject}.") and is_bound(name)]
        if pk is not None and mine:
            found |= reading.case(subject, pk, mine)
    return found  # type: ignore[return-value]


def names_read() -> Mapping[str, frozenset[str]]:
    """Return the facts that the conditions and the words of each form name, in any edition."""
    return _named(policy().digest)


@cache
def _named(_digest: str) -> Mapping[str, frozenset[str]]:
    """The facts that the conditions and the words of each form name, in any edition."""
    return {
        id_: frozenset(name for one in editions for name in _names(one))
        for id_, editions in policy().question_sets.items()
    }


def _names(asked: QuestionSet) -> Iterator[str]:
    for tree in trees_of(asked):
        yield from (name for name in facts_of(tree) if "." in name)
    known = {name.replace(".", "_"): name for name in policy().vocabulary.facts}
    for words in _words(asked):
        yield from (known[name] for name in NAMED.findall(words) if name in known)
    own = [notice.on for notice in asked.notices] + [step.from_ for step in asked.steps]
    ends = [end for span in asked.spans for end in (span.starts, span.stops)]
    yield from (name for name in (asked.on, *own, *ends) if "." in name)


def trees_of(asked: QuestionSet) -> Iterator[Tree]:
    """Yield every condition of a form."""
    for question in asked.all_questions():
        yield from (t for t in (question.asked_when, question.looked_for_when) if t is not None)
    for derived in asked.derived:
        yield from (level.when for level in derived.levels)
    parts: Iterable[tuple[object, ...]] = (
        asked.notices, asked.advice, asked.steps, asked.refusals, asked.letters,
    )  # fmt: skip
    for part in parts:
        yield from (one.when for one in part)  # type: ignore[attr-defined]


def _words(asked: QuestionSet) -> Iterator[str]:
    yield asked.copy
    yield from (question.missing for question in asked.all_questions())
    yield from (notice.words for notice in asked.notices)
    yield from (advice.words for advice in asked.advice)
    yield from (step.what for step in asked.steps)
    yield from (refusal.words for refusal in asked.refusals)
    yield from (words for letter in asked.letters for words in letter.paragraphs)

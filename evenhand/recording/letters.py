"""Letters and notices that follow from what was recorded: words of the packs with answers in them.

Evenhand sends nothing by itself: somebody reads the letter, sends it, and writes down when.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.conf import settings

from evenhand.accounts.models import Worker
from evenhand.design.wording import child_name
from evenhand.facts.adopted import policy
from evenhand.recording.answering import Answers
from evenhand.recording.models import Recording
from evenhand.recording.tables import HIDDEN, shown
from evenhand.rules.form_results import Result, filled
from evenhand.rules.question_sets import QuestionSet


class Written(NamedTuple):
    """A letter ready to be read and sent."""

    title: str
    to: str
    paragraphs: tuple[str, ...]


def letter_of(
    recording: Recording, asked: QuestionSet, given: Answers, result: Result, id_: str,
    *, close: bool, today: date,
) -> Written | None:  # fmt: skip
    """Return one letter in full; None where what was recorded does not ask for it.

    What is restricted stays out of it for those who are not close to the child.
    """
    letter = next((one for one in result.letters if one.id == id_), None)
    if letter is None:
        return None
    case = {**result.case, **_named(recording, today), **_said(asked, given, close)}
    return Written(
        filled(letter.title, case), filled(letter.to, case),
        tuple(filled(words, case) for words in letter.paragraphs),
    )  # fmt: skip


def _named(recording: Recording, today: date) -> dict[str, Any]:
    return {
        "child": child_name(recording.child) if recording.child else "the young person",
        "authority": settings.AUTHORITY, "today": today,
        "childs_worker": str(recording.worker) if recording.worker else None,
        **_reached(recording.worker),
    }  # fmt: skip


def _reached(worker: Worker | None) -> dict[str, Any]:
    """How a family reaches the child's worker and their manager, and who is there at night."""
    manager = worker.manager if worker else None
    return {
        "worker_email": (worker.email if worker else "") or None,
        "manager": str(manager) if manager else None,
        "manager_email": (manager.email if manager else "") or None,
        "out_of_hours": policy().word("out_of_hours"),
    }


def _said(asked: QuestionSet, given: Answers, close: bool) -> dict[str, Any]:
    """The answers as people read them, by question: days are left to the words."""
    found: dict[str, Any] = {}
    for question in asked.questions:
        value = given.form.get(question.id)
        if value in (None, "", []) or question.kind in ("date", "moment"):
            continue
        hidden = question.restricted and not close
        found[question.id] = HIDDEN if hidden else shown(question, value)
    return found

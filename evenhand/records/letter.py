"""The letter that goes with a bundle: what is here, what was left out and why, and what to do."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

from django.conf import settings

from evenhand.design.wording import day
from evenhand.records.models import Bundle, RecordsRequest
from evenhand.records.pack import askers, exemptions, heard_within, others

ALONE = (
    "It may bring up hard things. You need not read it alone: tell us, and somebody you trust "
    "or a worker will go through it with you."
)
WRONG = (
    "If something is wrong, tell us. We put it right, or we write down that you see it differently."
)
UNHAPPY = (
    "If you are not happy with how we did this, tell us first: we answer that we have your "
    "complaint {within}. You can also complain to the Information Commissioner at "
    "ico.org.uk or on 0303 123 1113, or go to a court."
)
OWN, FOR_CHILD = ("your record", "you"), ("the child's record", "the child")


class Person(NamedTuple):
    """How a letter speaks of the record, and of whom it is about."""

    record: str
    whom: str


def letter_for(request: RecordsRequest, bundle: Bundle, *, on: date) -> list[str]:
    """Return the paragraphs of a letter of a day, in plain words."""
    asker = askers().get(request.asked_by)
    person = Person(*(OWN if asker and asker.own else FOR_CHILD))
    what = (
        f"It holds everything that {settings.AUTHORITY} keeps about {person.whom} in Evenhand: "
        "what was said, what happened, who looked, and what was changed. Each part begins with a "
        "line that says what it is. What other systems of ours hold comes apart from this."
    )
    return [
        f"On {day(request.received_on)} you asked to see {person.record}. Here it is.",
        what,
        *_left_out(bundle),
        *_withheld(request),
        ALONE,
        WRONG,
        UNHAPPY.format(within=heard_within(on)),
    ]


def _left_out(bundle: Bundle) -> list[str]:
    kinds, counts = others(), Counter[str]()
    for mark in bundle.marks.filter(leave_out=True):
        counts[kinds[mark.kind].label if mark.kind in kinds else "somebody else"] += mark.places
    if not counts:
        return ["Nothing was left out because it is about other people."]
    listed = "; ".join(f"{label} ({number})" for label, number in sorted(counts.items()))
    words = (
        "Some words are left out because they are about other people, who have a right to their "
        f"privacy too. Where words are missing it says so. How often, and about whom: {listed}."
    )
    return [words]


def _withheld(request: RecordsRequest) -> list[str]:
    known = exemptions()
    told = [one for one in request.withholdings.filter(tell=True) if one.exemption in known]
    reasons = dict.fromkeys(
        f"{known[one.exemption].words} ({known[one.exemption].citation})." for one in told
    )
    if not reasons:
        return []
    return ["Something else is left out, because the law lets us: " + " ".join(reasons)]

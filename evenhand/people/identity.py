"""Which statement leads, where sources differ, and what is known of a person. Pure.

The newest answer or refusal in a person's own voice leads. Where they have said neither, the
newest answer of a parent leads, then of a worker, then of an import. A refusal, an answer awaited
and a "not known" by anybody else never displace an answer. Statements entered in error count for
nothing. (DESIGN, Identity; clause NOR-known-d.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from evenhand.people.asking import (
    CHILD,
    Person,
    applicable,
    asked_from,
    child_asked_again_from,
    child_asked_from,
)
from evenhand.policy import Ask

ANSWERED, DECLINED, AWAITING, NOT_KNOWN = "answered", "declined", "awaiting", "not known"
VOICES = {"child": 0, "adult": 0, "parent": 1, "worker": 2, "import": 3}
VOICES_ABOUT_AN_ADULT = VOICES | {"parent": 0, "child": 1}


class Knowledge(StrEnum):
    """What is known of one item: never folded together, and never "Other"."""

    KNOWN = "known"
    NO_RECORD = "no record that we asked"
    AWAITING = "asked, awaiting"
    DECLINED = "declined"
    NOT_KNOWN = "asked, not known"
    NOT_YET = "not applicable yet"


ASKED = frozenset({Knowledge.KNOWN, Knowledge.AWAITING, Knowledge.DECLINED, Knowledge.NOT_KNOWN})
KNOWLEDGE_OF_STATUS = {
    ANSWERED: Knowledge.KNOWN,
    AWAITING: Knowledge.AWAITING,
    DECLINED: Knowledge.DECLINED,
    NOT_KNOWN: Knowledge.NOT_KNOWN,
}


class Statement(NamedTuple):
    """A statement as the rules read it. ``key`` is handed back; ``asked_on`` may be unknown."""

    key: int
    status: str
    answer: str
    said_by: str
    asked_on: date | None
    recorded_at: datetime
    source: str = ""
    how: str = ""
    entered_in_error: bool = False

    @property
    def said_on(self) -> tuple[date, datetime]:
        """Return when it was said, as far as is known: the later of two is the newer."""
        return (self.asked_on or self.recorded_at.date(), self.recorded_at)

    @property
    def voice(self) -> tuple[str, str]:
        """Return whose word this is: each import source, and each record a worker read, apart."""
        apart = {"import": self.source, "worker": self.how}
        return (self.said_by, apart.get(self.said_by, ""))


class Leading(NamedTuple):
    """The statement that leads, the earlier answer shown beside a refusal, and what differs.

    ``differing`` holds the answers (in order, each once) of sources that disagree; empty if none.
    """

    statement: Statement
    beside: Statement | None
    differing: tuple[str, ...]


def leading(statements: Iterable[Statement], about: str = CHILD) -> Leading | None:
    """Return what leads among statements about one characteristic of a child or parent."""
    standing = [each for each in statements if not each.entered_in_error]
    if not standing:
        return None
    ranks = VOICES if about == CHILD else VOICES_ABOUT_AN_ADULT
    lead = _own_word(standing, ranks) or _best_answer(standing, ranks) or _newest(standing)
    beside = None if lead.status == ANSWERED else _best_answer(standing, ranks)
    return Leading(lead, beside, _differing(standing) if lead.status == ANSWERED else ())


def _own_word(standing: Sequence[Statement], ranks: dict[str, int]) -> Statement | None:
    own = [s for s in standing if ranks[s.said_by] == 0 and s.status in {ANSWERED, DECLINED}]
    return _newest(own) if own else None


def _best_answer(standing: Sequence[Statement], ranks: dict[str, int]) -> Statement | None:
    answers = [s for s in standing if s.status == ANSWERED]
    if not answers:
        return None
    best = min(ranks[s.said_by] for s in answers)
    return _newest([s for s in answers if ranks[s.said_by] == best])


def _newest(standing: Sequence[Statement]) -> Statement:
    return max(standing, key=lambda s: (s.said_on, s.key))


def _differing(standing: Sequence[Statement]) -> tuple[str, ...]:
    """Return the current answers of the sources where they are not all the same.

    An answer in own words alone carries no code, so that no code can be said to differ from it.
    """
    newest: dict[tuple[str, str], Statement] = {}
    for each in sorted(standing, key=lambda s: (s.said_on, s.key)):
        if each.status == ANSWERED and each.answer:
            newest[each.voice] = each
    answers = sorted({" ".join(sorted(s.answer.split())) for s in newest.values()})
    return tuple(answers) if len(answers) > 1 else ()


class Question(NamedTuple):
    """One item of the ask set for one person: what is known, and from when to ask (None: never)."""

    item: Ask
    state: Knowledge
    ask_from: date | None
    lead: Statement | None = None

    def is_due(self, today: date) -> bool:
        """Say whether somebody should ask today."""
        return self.ask_from is not None and self.ask_from <= today


def question(item: Ask, person: Person, lead: Statement | None, today: date) -> Question:
    """Return what is known of one item that applies to this person, and from when to ask."""
    if lead is None:
        start = asked_from(item, person)
        state = Knowledge.NO_RECORD if start <= today else Knowledge.NOT_YET
        return Question(item, state, start)
    state = KNOWLEDGE_OF_STATUS[lead.status]
    return Question(item, state, _ask_from(item, person, lead), lead)


def _ask_from(item: Ask, person: Person, lead: Statement) -> date | None:
    said_on = lead.said_on[0]
    if lead.status == AWAITING:
        return said_on
    if lead.said_by in {CHILD, "adult"} or person.kind != CHILD:
        return None
    if lead.status == DECLINED:
        return child_asked_again_from(item, person, said_on)
    if lead.status == NOT_KNOWN:
        return child_asked_from(item, person)
    return None


def questions(
    items: Collection[Ask], person: Person, leads: dict[str, Statement], today: date
) -> list[Question]:
    """Return every item that is counted for this person, with what is known of it."""
    return [
        question(item, person, leads.get(item.characteristic), today)
        for item in applicable(items, person)
    ]


class Completeness(NamedTuple):
    """How many of the items that count for somebody were asked, and are known; and which not."""

    asked: int
    known: int
    counted: int
    missing: tuple[str, ...]

    @property
    def percent(self) -> int:
        """Return the whole per cent known, rounded down: 100 only when everything is known."""
        return 100 * self.known // self.counted if self.counted else 100


def completeness(found: Sequence[Question]) -> Completeness:
    """Return the completeness of one person's items; what does not apply yet is not counted."""
    counted = [each for each in found if each.state is not Knowledge.NOT_YET]
    return Completeness(
        asked=sum(each.state in ASKED for each in counted),
        known=sum(each.state is Knowledge.KNOWN for each in counted),
        counted=len(counted),
        missing=tuple(e.item.label for e in counted if e.state is not Knowledge.KNOWN),
    )

"""The tools with which audits are done: every edition, and what people say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from evenhand.audits import pack
from evenhand.audits.models import PartnerAgency, ToolComment
from evenhand.facts.adopted import policy
from evenhand.rules.question_sets import QuestionSet


class Edition(NamedTuple):
    """One edition of a tool: the how manyth it is, and whether it is in force."""

    number: int
    asked: QuestionSet
    is_current: bool

    @property
    def words(self) -> str:
        """Return how it is called: edition 2."""
        return f"edition {self.number}"


def tools(today: date) -> Mapping[str, QuestionSet]:
    """Return the edition in force of every tool, by id, in the order of the types of audit."""
    found = {}
    for one in pack.types().values():
        asked = policy().question_set(one.tool, today)
        if asked is not None:
            found[one.tool] = asked
    return found


def editions_of(tool: str, today: date) -> Sequence[Edition]:
    """Return every edition of a tool, the newest first; those of packs it was taken over from,
    too."""
    written = {one.from_: one for one in policy().written_forms if one.id == tool}
    written |= {one.from_: one for one in policy().question_sets.get(tool, ())}
    current = policy().question_set(tool, today)
    return [
        Edition(number, written[day], written[day] is current)
        for number, day in enumerate(sorted(written), start=1)
    ][::-1]


def edition_number(tool: str, from_: date, today: date) -> int:
    """Return the how manyth edition of a tool began on a day; 0: the packs have it no more."""
    found = (one.number for one in editions_of(tool, today) if one.asked.from_ == from_)
    return next(found, 0)


def comments_on(tool: str) -> QuerySet[ToolComment]:
    """Return what people say of a tool, the newest first."""
    return ToolComment.objects.filter(tool=tool).select_related("by").order_by("-at", "-pk")


def waiting_comments(tool: str) -> QuerySet[ToolComment]:
    """Return the comments that no edition took up yet, the oldest first."""
    return comments_on(tool).filter(answered_in=None).order_by("at", "pk")


def agencies() -> QuerySet[PartnerAgency]:
    """Return which agency each partner auditor comes from, by agency."""
    return PartnerAgency.objects.select_related("user").order_by("name", "user__name")

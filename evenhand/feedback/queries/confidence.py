"""How many trust that their needs will be met: by who answered, and by group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models.functions import Coalesce

from evenhand.accounts.models import User
from evenhand.feedback import pack
from evenhand.feedback.groups import Dimension, dimensions, groups_of
from evenhand.feedback.queries.register import feedback_on
from evenhand.people.queries.objections import children_left_out
from evenhand.rules.periods import Span


class Confidence(NamedTuple):
    """How many answered and were confident, and how many gave feedback and were not asked."""

    confident: int = 0
    answered: int = 0
    unanswered: int = 0

    def plus(self, other: Confidence) -> Confidence:
        """Return both together."""
        return Confidence(*(a + b for a, b in zip(self, other, strict=True)))


class Read(NamedTuple):
    """The answers of one quarter: all, by who answered, and by group on each dimension."""

    whole: Confidence
    by_respondent: Mapping[str, Confidence]
    by_group: Mapping[Dimension, Mapping[str, Confidence]]


def confidence_for(viewer: User, quarter: Span) -> Read:
    """Return a quarter's answers to the confidence question, within the viewer's counts.

    By group it leaves out the children who asked not to be compared; in the whole they count.
    """
    kept = Coalesce("child__merged_into_id", "child_id")
    rows = list(
        feedback_on(viewer, quarter).annotate(kept=kept)
        .values_list("respondent", "kept", "confidence")
    )  # fmt: skip
    marks = [(respondent, child, _mark(answer)) for respondent, child, answer in rows]
    children = {child for _, child, _ in marks if child is not None} - set(children_left_out())
    of_groups = {}
    for dimension in dimensions():
        found = groups_of(dimension, children)
        of_groups[dimension] = _added(
            (found.get(child, ""), mark) for _, child, mark in marks if child in children
        )
    whole = _added(("", mark) for *_, mark in marks).get("", Confidence())
    by_respondent = _added((respondent, mark) for respondent, _, mark in marks)
    return Read(whole, by_respondent, of_groups)


def _mark(answer: str) -> Confidence:
    if not answer:
        return Confidence(unanswered=1)
    return Confidence(int(answer in pack.confident()), 1, 0)


def _added(marks: Iterable[tuple[str, Confidence]]) -> dict[str, Confidence]:
    found: dict[str, Confidence] = defaultdict(Confidence)
    for key, mark in marks:
        found[key] = found[key].plus(mark)
    return dict(found)

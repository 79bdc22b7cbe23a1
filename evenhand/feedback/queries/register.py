"""The register of feedback: lists, one item, and how many of a quarter wait for a reply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import QuerySet

from evenhand.accounts.models import User
from evenhand.casework.models import Assessment
from evenhand.feedback.models import Feedback
from evenhand.people.models import Child
from evenhand.people.queries.reach import counted, of_child, readable
from evenhand.rules.periods import Span

Pair = tuple[int, int]


class Received(NamedTuple):
    """Feedback of a quarter: answered and awaiting a reply, by service and by theme."""

    answered: int
    awaiting: int
    by_service: Mapping[str, Pair]
    by_theme: Mapping[str, Pair]

    @property
    def received(self) -> int:
        """Return how many came."""
        return self.answered + self.awaiting


def feedback_for(viewer: User) -> QuerySet[Feedback]:
    """Return the feedback that the viewer may read, the newest first."""
    rows = Feedback.objects.select_related("child", "team", "recorded_by")
    return readable(viewer, rows).order_by("-received_on", "-pk")


def feedback_of(child: Child) -> QuerySet[Feedback]:
    """Return a child's feedback, newest first; the caller found the child by ``child_for``."""
    rows = Feedback.objects.filter(of_child(child)).select_related("recorded_by")
    return rows.order_by("-received_on", "-pk")


def feedback_on(viewer: User, quarter: Span) -> QuerySet[Feedback]:
    """Return what may be counted for the viewer of one quarter."""
    rows = Feedback.objects.filter(received_on__range=quarter)
    return counted(viewer, rows)


def awaiting_for(viewer: User, quarter: Span) -> QuerySet[Feedback]:
    """Return a quarter's feedback that waits for a reply and that the viewer may read."""
    rows = feedback_for(viewer).filter(answered_on=None, entered_in_error=False)
    return rows.filter(received_on__range=quarter).order_by("received_on", "pk")


def received_for(viewer: User, quarter: Span) -> Received:
    """Return how much of a quarter came and waits, as far as the viewer's counts reach."""
    rows = feedback_on(viewer, quarter).values_list("service", "theme", "answered_on")
    marks = [(service, theme, day is None) for service, theme, day in rows]
    waiting = sum(waits for *_, waits in marks)
    return Received(
        len(marks) - waiting, waiting,
        _pairs((service, waits) for service, _, waits in marks),
        _pairs((theme, waits) for _, theme, waits in marks),
    )  # fmt: skip


def assessments_of(child: Child) -> QuerySet[Assessment]:
    """Return a child's assessments, newest first, to fasten something to."""
    return Assessment.objects.filter(of_child(child)).order_by("-started_on", "-pk")


def _pairs(marks: object) -> dict[str, Pair]:
    found = Counter(marks)  # type: ignore[call-overload]
    keys = {key for key, _ in found}
    return {key: (found[key, False], found[key, True]) for key in keys}

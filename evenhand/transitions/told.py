"""What monitoring meetings noted of a young person, told to who asks to see the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evenhand.design.wording import day
from evenhand.transitions.models import AgendaCase

WHAT = "Transition monitoring meeting"
ASKED = (("note", "How are they getting on?"), ("difficulty", "What stands in the way?"))


def told_of(children: Iterable[int]) -> Iterator[tuple[str, str, str, str]]:
    """Yield every note about these young people, by their keys: what, when, question, answer."""
    keys = list(children)
    rows = AgendaCase.objects.filter(plan__child__in=keys).select_related("meeting")
    for case in rows.order_by("meeting__held_on", "pk"):
        for field, question in ASKED:
            if getattr(case, field):
                yield WHAT, day(case.meeting.held_on), question, getattr(case, field)

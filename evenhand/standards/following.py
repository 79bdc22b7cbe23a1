"""What happens elsewhere and moves standings: called from the table of reactions."""

from __future__ import annotations

from evenhand.history.actions import Happening
from evenhand.standards import standing


def follow_merge(happening: Happening) -> None:
    """Work out anew what stands of two children who were merged, or parted."""
    pair = (happening.subject.pk, happening.child_id)
    standing.restate([pk for pk in pair if pk is not None], happening.at)

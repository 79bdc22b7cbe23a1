"""Who belongs to a group that the ask set names, read from the fact of the same name."""

from __future__ import annotations

from collections.abc import Collection

from evenhand.facts.reading import as_integer
from evenhand.facts.registry import BINDINGS
from evenhand.people.models import Child


def members(group: str, children: Collection[int] | None = None) -> frozenset[int]:
    """Return the ids of open children (or of these children) for whom ``child.<group>`` is yes.

    Where nothing holds the fact, nobody is known to belong.
    """
    binding = BINDINGS.get(f"child.{group}")
    if binding is None:
        return frozenset()
    among = Child.objects.filter(is_open=True)
    if children is not None:
        among = Child.objects.filter(pk__in=children)
    yes = among.alias(belongs=as_integer(binding)).filter(belongs=1)
    return frozenset(yes.values_list("pk", flat=True))

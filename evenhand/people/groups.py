"""Who belongs to a group that the ask set names, read from the fact of the same name."""

from __future__ import annotations

from collections.abc import Collection

from evenhand.facts.reading import columns


def members(group: str, children: Collection[int]) -> frozenset[int]:
    """Return which of these children the fact ``child.<group>`` says yes of.

    Where nothing holds the fact, nobody is known to belong.
    """
    name = f"child.{group}"
    found = columns("child", [name], ids=sorted(children))
    column = found.facts.get(name)
    if column is None:
        return frozenset()
    yes = column.valid & (column.values == 1)
    return frozenset(found.ids[yes].tolist())

"""Who else may be named in what is held of a child, and finding their names in free text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

from evenhand.people.models import Adult, Child, FamilyMember, Relationship
from evenhand.records.contents import Cell, Part, Piece

SHORTEST = 3
PARENT, OTHER_CHILD, UNREAD = "parent", "other-child", "unread"


class Named(NamedTuple):
    """Names to look for, and the kind of person that each is of."""

    kinds: Mapping[str, str]
    pattern: re.Pattern[str] | None

    def told(self, text: str) -> Cell:
        """Return a short text with the names in it as pieces."""
        return tuple(self._parts(text, None))

    def prose(self, text: str) -> Cell:
        """Return free text: names as pieces, and the rest as words that somebody must read."""
        return tuple(self._parts(text, UNREAD))

    def _parts(self, text: str, rest: str | None) -> Iterator[Part]:
        start = 0
        for found in self.pattern.finditer(text) if self.pattern else ():
            yield from _rest(text[start : found.start()], rest)
            yield Piece(self.kinds[found[0].casefold()], found[0])
            start = found.end()
        yield from _rest(text[start:], rest)


def _rest(text: str, kind: str | None) -> Iterator[Part]:
    if text:
        yield Piece(kind, text) if kind and text.strip() else text


def named_around(kin: Sequence[int]) -> Named:
    """Return the names of the adults and children around a child, other than the child's own.

    ``kin`` are the keys of the child and of those merged into it. A name that the child bears too
    is looked for only in full.
    """
    own = {
        part.casefold()
        for one in Child.objects.filter(pk__in=kin)
        for part in (one.forename, one.surname, f"{one.forename} {one.surname}")
    }
    everybody = [*_of(adults_of(kin), PARENT), *_of(children_around(kin), OTHER_CHILD)]
    kinds: dict[str, str] = {}
    for name, kind in everybody:
        if len(name) >= SHORTEST and name.casefold() not in own:
            kinds.setdefault(name.casefold(), kind)
    return Named(kinds, _pattern(kinds))


def adults_of(kin: Sequence[int]) -> list[Adult]:
    """Return the parents and carers of a child, each once."""
    ids = Relationship.objects.filter(child__in=kin).values("adult")
    return list(Adult.objects.filter(pk__in=ids).order_by("pk"))


def children_around(kin: Sequence[int]) -> list[Child]:
    """Return the other children of a child's families and parents."""
    families = FamilyMember.objects.filter(child__in=kin).values("family")
    together = FamilyMember.objects.filter(family__in=families).values("child")
    adults = Relationship.objects.filter(child__in=kin).values("adult")
    shared = Relationship.objects.filter(adult__in=adults).values("child")
    found = Child.objects.filter(pk__in=together.union(shared))
    return list(found.exclude(pk__in=kin).order_by("pk"))


def _of(people: Iterable[Adult | Child], kind: str) -> Iterator[tuple[str, str]]:
    for one in people:
        whole = f"{one.forename} {one.surname}".strip()
        for name in (whole, one.forename, one.surname):
            yield name.strip(), kind


def _pattern(kinds: Iterable[str]) -> re.Pattern[str] | None:
    """The longest name first, so that a whole name is one piece."""
    names = sorted(kinds, key=len, reverse=True)
    if not names:
        return None
    either = reduce(lambda all_, one: f"{all_}|{one}", map(re.escape, names))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)

"""Clause by clause: what each promises, how Evenhand answers for it, and how it stands now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from enum import StrEnum
from typing import NamedTuple

from django.urls import resolve, reverse

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.facts.adopted import policy
from evenhand.pages.law import both_names
from evenhand.policy import Clause, Policy
from evenhand.rules.standards import Standard
from evenhand.standards.queries import Counts, counts_by_standard
from evenhand.standards.standing import is_recorded
from evenhand.standards.states import horizons_by_standard


class Standing(StrEnum):
    """How far Evenhand answers for a clause today."""

    TIMED = "timed"
    ASKED = "asked or counted"
    READY = "rule written"
    LATER = "later"


WORDS: Mapping[Standing, str] = {
    Standing.TIMED: "Timed from what we are sent",
    Standing.ASKED: "Asked, recorded or counted here",
    Standing.READY: "Rule written; nothing records it yet",
    Standing.LATER: "Comes with a later room",
}
PAGES_OF_DOCUMENTS: Mapping[str, str] = {
    "grounds": "equality:concerns",
    "characteristics": "equality:duty",
    "measures": "people:completeness",
    "judgements": "monitoring:judgements",
    "monitoring": "monitoring:plan",
}


class Line(NamedTuple):
    """One clause with where it stands, the standards that time it, and where to look."""

    clause: Clause
    standing: Standing
    standards: tuple[Standard, ...]
    kept: int
    due: int
    url: str

    @property
    def words(self) -> str:
        """Return where it stands, in words."""
        return WORDS[self.standing]

    @property
    def is_elsewhere(self) -> bool:
        """Whether a page answers for it, perhaps one that is not open to the viewer."""
        return self.standing == Standing.ASKED


def lines(viewer: User) -> Iterator[Line]:
    """Yield every clause of the adopted packs, in the order of the packs and their files."""
    adopted = policy()
    counts = counts_by_standard(viewer)
    elsewhere = _pages_by_clause(adopted)
    by_clause = _standards_by_clause(adopted)
    judged = {id_ for id_, horizon in horizons_by_standard().items() if horizon is not None}
    for clause in adopted.clauses.values():
        yield _line(viewer, clause, by_clause.get(clause.id, ()), counts, elsewhere, judged)


def line(viewer: User, clause_id: str) -> Line:
    """Return one clause; LookupError where no adopted pack has it."""
    for one in lines(viewer):
        if one.clause.id == clause_id:
            return one
    raise LookupError(clause_id)


def chosen(wanted: Mapping[str, str]) -> Callable[[Line], bool]:
    """Return a filter of lines by pack, area, standing and words; empty values choose all.

    Words are found by the name that the source gives a thing and by that of today.
    """
    names = both_names(wanted.get("words", ""))
    others = {name: value for name, value in wanted.items() if name != "words"}

    def fits(one: Line) -> bool:
        clause = one.clause
        has = {"pack": clause.pack, "area": clause.area, "standing": str(one.standing)}
        said = f"{clause.id} {clause.ref} {clause.summary} {clause.shows}".casefold()
        found = not names or any(name in said for name in names)
        return found and all(not value or has[name] == value for name, value in others.items())

    return fits


def _may_open(viewer: User, url: str) -> str:
    """Return an address of ours if the viewer may open its page; empty otherwise."""
    needed = getattr(resolve(url).func, "permission", None)
    return url if needed is None or may(viewer, needed) else ""


def _line(
    viewer: User,
    clause: Clause,
    standards: tuple[Standard, ...],
    counts: Mapping[str, Counts],
    elsewhere: Mapping[str, str],
    judged: Set[str],
) -> Line:
    recorded = tuple(one for one in standards if is_recorded(one) and one.id in judged)
    if recorded:
        kept = sum(counts[one.id].kept for one in recorded if one.id in counts)
        due = sum(counts[one.id].due for one in recorded if one.id in counts)
        return Line(clause, Standing.TIMED, standards, kept, due, "")
    if clause.id in elsewhere:
        url = _may_open(viewer, reverse(elsewhere[clause.id]))
        return Line(clause, Standing.ASKED, standards, 0, 0, url)
    standing = Standing.READY if standards else Standing.LATER
    return Line(clause, standing, standards, 0, 0, "")


def _standards_by_clause(adopted: Policy) -> dict[str, tuple[Standard, ...]]:
    found: dict[str, tuple[Standard, ...]] = {}
    for standard in adopted.standards.values():
        for clause in standard.clauses:
            found[clause] = (*found.get(clause, ()), standard)
    return found


def _pages_by_clause(adopted: Policy) -> dict[str, str]:
    """Which page answers for a clause that the ask set or another document of a pack names."""
    found: dict[str, str] = {}
    for (_, name), document in adopted.documents.items():
        if name in PAGES_OF_DOCUMENTS:
            found |= dict.fromkeys(_clauses_in(document), PAGES_OF_DOCUMENTS[name])
    for ask in adopted.ask_set:
        found |= dict.fromkeys(ask.clauses, "people:completeness")
    return found


def _clauses_in(document: object) -> Iterator[str]:
    if isinstance(document, dict):
        named = document.get("clauses", ())
        yield from (str(one) for one in named)
        for value in document.values():
            yield from _clauses_in(value)
    elif isinstance(document, list):
        for value in document:
            yield from _clauses_in(value)

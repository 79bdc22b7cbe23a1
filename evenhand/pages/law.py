"""The law of today beside the policies: what runs a clock and what does not; words then and now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from evenhand.design.components import Cell, Table
from evenhand.design.wording import day
from evenhand.facts.adopted import policy


class Term(NamedTuple):
    """A word of the source, and what it is called today."""

    then: str
    now: str


def terms() -> list[Term]:
    """Return the words of the sources that have another name today, in order."""
    found: Any = policy().document("terms") or ()
    return sorted(Term(str(one["then"]), str(one["now"])) for one in found)


def both_names(words: str) -> list[str]:
    """Return what was asked for, and by what other names it goes: today's, and those before."""
    asked = words.strip().casefold()
    if not asked:
        return []
    names = [asked]
    for one in terms():
        then, now = one.then.casefold(), one.now.casefold()
        if asked in then or then in asked:
            names.append(now)
        elif asked in now or now in asked:
            names.append(then)
    return list(dict.fromkeys(names))


def terms_in(words: str) -> list[Term]:
    """Return the terms of which either name stands in some words."""
    said = words.casefold()
    return [one for one in terms() if one.then.casefold() in said or one.now.casefold() in said]


def law_table(today: date, *, links: bool) -> Table:
    """Return each part of the law: since when it is in force, and which clock runs from it.

    ``links``: each clock leads to its standard, for those who may open it.
    """
    return Table(
        "What the law asks today",
        ["Law", "What it asks", "In force", "Clock"],
        [_row(one, today, links=links) for one in policy().document("law") or ()],
        empty="No adopted pack lists the law.",
    )


def _row(one: Mapping[str, Any], today: date, *, links: bool) -> list[Cell]:
    asks = "A solicitor reads this before anybody relies on it" if one.get("check") else ""
    return [
        Cell(one["law"]), Cell(one["what"], note=asks), Cell(_in_force(one, today)),
        _clock(one, links=links),
    ]  # fmt: skip


def _in_force(one: Mapping[str, Any], today: date) -> str:
    first = one.get("from")
    if first is None:
        return "Not known"
    return f"Since {day(first)}" if first <= today else f"From {day(first)}"


def _clock(one: Mapping[str, Any], *, links: bool) -> Cell:
    timed = [
        policy().standards[id_] for id_ in one.get("timed_by", ()) if id_ in policy().standards
    ]
    if not timed or one.get("from") is None:
        return Cell("No clock runs", note=str(one.get("why_not", "")))
    pack, _, name = timed[0].id.partition("/")
    url = reverse("standards:standard", args=[pack, name]) if links else ""
    others = "; ".join(standard.title for standard in timed[1:])
    said = ". ".join(each for each in (others, str(one.get("why_not", ""))) if each)
    return Cell(timed[0].title, url=url, note=said)


def terms_table(found: list[Term]) -> Table:
    """Return words then and now."""
    return Table(
        "Words of the policies, and of today",
        ["In the policy", "Today"],
        [[one.then, one.now] for one in found],
        empty="No word of the policies has another name today.",
    )


def said_today(words: str) -> Iterator[str]:
    """Yield, for a clause's words, each term that has another name."""
    for one in terms_in(words):
        yield f"“{one.then}” of the policy is “{one.now}” today"

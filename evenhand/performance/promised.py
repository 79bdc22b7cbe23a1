"""What people can expect of us, in plain words, from the catalogue as it holds on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from evenhand.design.wording import day
from evenhand.facts.adopted import policy
from evenhand.rules import Standard
from evenhand.standards import indicators, wording
from evenhand.standards.wording import NO_RULE

LAW, OURS = "The law asks it", "It is our promise"


class Expected(NamedTuple):
    """One promise: in plain words, its limit, since when, and what it will be next."""

    words: str
    limit: str
    whose: str
    since: date | None
    changes: str


class Area(NamedTuple):
    """One area of the policy and what is promised in it."""

    name: str
    promises: tuple[Expected, ...]


def areas_on(today: date) -> list[Area]:
    """Return the policy's areas in its order, each with what holds today or will; none empty."""
    found = [Area(wording.category_in_words(one), tuple(_of(one, today)))
             for one in indicators.areas()]  # fmt: skip
    return [area for area in found if area.promises]


def _of(category: str, today: date) -> Iterator[Expected]:
    for standard in policy().standards.values():
        if standard.category == category and standard.words:
            one = _expected(standard, today)
            if one.limit != NO_RULE or one.changes:
                yield one


def _expected(standard: Standard, today: date) -> Expected:
    begun, ahead = _days(standard, today)
    changes = [
        f"From {day(each)}: {_lower(wording.value_in_words(standard, each))}." for each in ahead
    ]
    limit = wording.value_in_words(standard, today)
    return Expected(
        standard.words, limit, LAW if standard.law else OURS, max(begun, default=None),
        " ".join(changes),
    )  # fmt: skip


def _days(standard: Standard, today: date) -> tuple[list[date], list[date]]:
    """Return the days from which its values hold: those that have come, and those ahead."""
    entries = [entry for dated in standard.dated for entry in dated.entries]
    days = sorted({entry.from_ for entry in entries if entry.from_ is not None})
    return [one for one in days if one <= today], [one for one in days if one > today]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]

"""The values of law on which a care leaver's standing turns, from the adopted packs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy
from evenhand.policy.entries import needed
from evenhand.rules.leaving_care import Values

DOCUMENTS = ("ages", "leaving-care")
DAYS = {"weeks": 7, "days": 1}


class Law(NamedTuple):
    """What is in force on a day: the values, the codes of short breaks and of a return home, those
    ways of being accommodated that count from some months on, and the law."""

    values: Values
    short_breaks: frozenset[str]
    returned_home: frozenset[str]
    for_months: frozenset[str]
    citations: tuple[str, ...]


def law_on(day: date) -> Law:
    """Return what is in force on a day. Problem, naming it, where a value is missing."""
    return _law(policy().digest, day)


@cache
def _law(_digest: str, day: date) -> Law:
    long_enough = _entry("looked-after-for", day)
    accommodated = _entry("accommodated-for", day)
    values = Values(
        counts_from=_age("eligible-days-from", day),
        eligible_from=_age("eligible-child-from", day),
        child_until=_age("former-relevant-from", day),
        duties_until=_age("former-relevant-until", day),
        support_until=_age("care-leaver-support-until", day),
        qualifying_until=_age("qualifying-until", day),
        qualifying_in_education_until=_age("qualifying-in-education-until", day),
        nights=int(long_enough["value"]) * DAYS[str(long_enough["unit"])],
        months_at_home=int(_entry("returned-home-for", day)["value"]),
        months_accommodated=int(accommodated["value"]),
        scheme_from=_entry("scheme-from", day)["value"],
    )
    named = ("looked-after-for", "former-relevant-from", "former-relevant-until",
             "care-leaver-support-until", "qualifying-until", "returned-home-for",
             "accommodated-for")  # fmt: skip
    citations = tuple(dict.fromkeys(str(_entry(id_, day)["citation"]) for id_ in named))
    return Law(
        values, _codes("short-breaks", day), _codes("returned-home", day),
        frozenset(map(str, accommodated["kinds"])), citations,
    )  # fmt: skip


def _codes(id_: str, day: date) -> frozenset[str]:
    return frozenset(map(str, _entry(id_, day)["value"]))


def _age(id_: str, day: date) -> int:
    entry = _entry(id_, day)
    return int(entry["years"] if "years" in entry else entry["value"])


def _entry(id_: str, day: date) -> Mapping[str, Any]:
    return needed(_entries(), id_, day, "leaving-care.yaml or ages.yaml")


def _entries() -> Iterator[Mapping[str, Any]]:
    for name in DOCUMENTS:
        document: Any = policy().document(name) or ()
        yield from document

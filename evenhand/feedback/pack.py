"""What the adopted packs say of feedback, barriers and discrimination that is met.

``feedback.yaml``, ``barriers.yaml``, ``grounds.yaml`` and ``forms-of-discrimination.yaml``: a list
that no adopted pack has is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy
from evenhand.policy.entries import needed

SERVICE, WOULD_HELP, CONTACT = "service", "what would help", "person to contact"
ANOTHER_WORKER = "another worker wanted"
TRAINING = "training"


class Choice(NamedTuple):
    """One thing to choose: its key and its words, with a note where the pack has one."""

    id: str
    label: str
    note: str = ""


class Code(NamedTuple):
    """One barrier as families named it: what is then asked (``asks_for``), and what follows."""

    id: str
    number: int
    label: str
    clause: str
    asks_for: frozenset[str]
    then: frozenset[str]

    @property
    def words(self) -> str:
        """Return ``1 Discrimination and prejudice``."""
        return f"{self.number} {self.label}"


def choices(name: str) -> tuple[Choice, ...]:
    """Return a list of feedback.yaml, in its order: respondents, services, themes and so on."""
    return _choices(_feedback().get(name, ()))


def label_of(name: str, id_: str) -> str:
    """Return the words of one choice; of one that no list has, its key; of none, nothing."""
    return next((each.label for each in choices(name) if each.id == id_), id_)


def question() -> str:
    """Return the confidence question."""
    return str(_feedback().get("confidence", {}).get("question", ""))


def answers() -> tuple[Choice, ...]:
    """Return the answers to the confidence question."""
    return _choices(_feedback().get("confidence", {}).get("answers", ()))


def confident() -> frozenset[str]:
    """Return which of the answers count as confident."""
    found = _feedback().get("confidence", {}).get("answers", ())
    return frozenset(str(each["id"]) for each in found if each.get("confident"))


def read_by() -> tuple[str, ...]:
    """Return the dimensions by which answers of confidence are read."""
    return tuple(_feedback().get("confidence", {}).get("by", ()))


def shown_to() -> frozenset[str]:
    """Return who, by closeness to a child, may read what discrimination they met."""
    return frozenset(_feedback().get("discrimination", {}).get("shown_to", ()))


def grounds() -> tuple[Choice, ...]:
    """Return the policy's grounds (grounds.yaml)."""
    return _choices((_document("grounds") or {}).get("grounds", ()))


def forms() -> tuple[Choice, ...]:
    """Return the forms in which discrimination is met: everyday ones, then the Act's."""
    mine = _feedback().get("discrimination", {}).get("forms", ())
    of_act: Iterable[Mapping[str, Any]] = (_document("forms-of-discrimination") or {}).get(
        "forms", ()
    )
    named = [{"note": each.get("meaning", ""), **each} for each in of_act]
    return (*_choices(mine), *_choices(named))


def codes() -> tuple[Code, ...]:
    """Return the barriers as families named them (barriers.yaml), by number."""
    return _codes(policy().digest)


def code_called(id_: str) -> Code | None:
    """Return one barrier's code, or None."""
    return next((each for each in codes() if each.id == id_), None)


def value_on(id_: str, day: date) -> int:
    """Return a value of feedback.yaml in force on a day. Problem, naming it, where none is."""
    return int(needed(_feedback().get("values", ()), id_, day, "feedback.yaml")["value"])


def smallest_survey(day: date) -> int:
    """Return how many people of a group must have answered for their answers to be shown."""
    entries = _document("thresholds") or ()
    return int(needed(entries, "smallest-survey", day, "thresholds.yaml")["at_least"])


def suppress_below(day: date) -> int:
    """Return below which number a count is hidden from those who may not open the records."""
    entries = (_document("disparity") or {}).get("values", ())
    return int(needed(entries, "suppress-below", day, "disparity.yaml")["value"])


@cache
def _codes(_digest: str) -> tuple[Code, ...]:
    found: Iterable[Mapping[str, Any]] = (_document("barriers") or {}).get("barriers", ())
    made = [
        Code(
            each["id"], int(each["number"]), each["label"], each.get("clause", ""),
            frozenset(each.get("asks_for", ())), frozenset(each.get("then", ())),
        )
        for each in found
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda each: each.number))


def _choices(found: Iterable[Mapping[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(str(e["id"]), str(e["label"]), str(e.get("note", ""))) for e in found)


def _feedback() -> Mapping[str, Any]:
    return _document("feedback") or {}


def _document(name: str) -> Any:
    return policy().document(name)

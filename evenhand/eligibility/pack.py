"""What may be decided on a form's advice, and what the tiers are: the packs' decisions.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy
from evenhand.recording.sets import edition_of
from evenhand.rules.question_sets import QuestionSet

DOCUMENT = "decisions"


class Choice(NamedTuple):
    """What may be decided. ``priority`` of a tier, 1 first; 0: it has none."""

    id: str
    label: str
    refusal: bool = False
    priority: int = 0
    level: str = ""

    @property
    def words(self) -> str:
        """Return it as it is offered: a tier with its priority."""
        return f"{self.label}, priority {self.priority}" if self.priority else self.label


class Decidable(NamedTuple):
    """What may be decided on the advice of one form; ``word`` is what lacks where nothing was."""

    form: str
    word: str
    choices: tuple[Choice, ...]

    def choice(self, id_: str) -> Choice | None:
        """Return the choice of an id."""
        return next((one for one in self.choices if one.id == id_), None)

    def label_of(self, id_: str) -> str:
        """Return a choice in words; of one that the packs have no more, its id; "" as "Nothing"."""
        found = self.choice(id_)
        return found.label if found else id_ or "Nothing"


def decidable(form: str, edition: date) -> Decidable | None:
    """Return what may be decided on a form of an edition; None where it advises nothing.

    Where decisions.yaml has no entry for the form, its own advice may be decided.
    """
    asked = edition_of(form, edition)
    if asked is None or not asked.advice:
        return None
    entry = next((one for one in _document().get("forms", ()) if one["form"] == form), None)
    if entry is None:
        return Decidable(form, "decision", _advised(asked))
    choices = tuple(_choice(one) for one in entry["choices"])
    return Decidable(form, str(entry.get("word", "decision")), choices)


def _advised(asked: QuestionSet) -> tuple[Choice, ...]:
    return tuple(Choice(one.id, one.label) for one in asked.advice)


def _choice(one: Mapping[str, Any]) -> Choice:
    return Choice(
        str(one["id"]), str(one["label"]), bool(one.get("refusal")), int(one.get("priority", 0)),
        str(one.get("level", "")),
    )  # fmt: skip


def stays_open() -> list[tuple[str, str]]:
    """Return what a refusal can leave open: id and words."""
    return [(str(one["id"]), str(one["label"])) for one in _document().get("stays_open", ())]


def listed(name: str) -> list[str]:
    """Return a list of words: told, formats, letter."""
    return [str(one) for one in _document().get(name, ())]


class Diversion(NamedTuple):
    """Which answer of which form says whether a child was diverted."""

    form: str
    question: str
    achieved: str
    choices: Mapping[str, str]


class Tiers(NamedTuple):
    """The form that advises a tier, the tiers with the highest priority first, and the forms
    whose answers the report counts."""

    form: str
    choices: tuple[Choice, ...]
    deficits: str
    diversion: Diversion


def tiers() -> Tiers | None:
    """Return the tiers; None where no adopted pack has any."""
    found = _document().get("tiers")
    if not found:
        return None
    form = str(found["form"])
    held = decidable(form, date.max)
    choices = sorted(held.choices if held else (), key=lambda one: one.priority)
    return Tiers(form, tuple(choices), str(found["deficits"]), _diversion(found["diversion"]))


def has_tiers() -> bool:
    """Whether an adopted pack has tiers: there is a page of them then."""
    return tiers() is not None


def _diversion(one: Mapping[str, Any]) -> Diversion:
    choices = {str(key): str(label) for key, label in one["choices"].items()}
    return Diversion(str(one["form"]), str(one["question"]), str(one["achieved"]), choices)


def criteria(form: str, day: date) -> Mapping[str, str]:
    """Return the words of what each advice of a form stands for, on a day, by its id."""
    asked = policy().question_set(form, day)
    return {one.id: one.words for one in asked.advice} if asked else {}


def _document() -> Mapping[str, Any]:
    found: Any = policy().document(DOCUMENT)
    return found or {}


def words_of(codes: Sequence[str]) -> list[str]:
    """Return what stays open, in words."""
    known = dict(stays_open())
    return [known.get(one, one) for one in codes]

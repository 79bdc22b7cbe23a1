"""Parts of a form of the packs around its questions: meters, sections, letters and more. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from evenhand.rules.trees import Tree, recorded
from evenhand.rules.values import Case, FactValue


@dataclass(frozen=True)
class Meter:
    """How much of a list of questions is answered. Trees name its id: the number answered.

    Words may name ``{<id>_empty}``: the labels of those that are not.
    """

    id: str
    label: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Refusal:
    """What Evenhand itself is not to do while ``when`` is met, as closing a request undecided.

    It never stands in the way of writing down what happened.
    """

    id: str
    when: Tree
    words: str


@dataclass(frozen=True)
class Letter:
    """Something to send while ``when`` is met: to whom, and its paragraphs with {names}."""

    id: str
    title: str
    to: str
    when: Tree
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A part of a form with a heading of its own: which questions stand in it, in their order.

    ``grade`` is the choice that grades it, and ``evidence`` what that grade rests on; both are
    among its questions. ``overall``: it grades the whole, and is no part of it.
    """

    id: str
    title: str
    questions: tuple[str, ...]
    clause: str = ""
    words: str = ""
    grade: str = ""
    evidence: str = ""
    overall: bool = False


@dataclass(frozen=True)
class Compliance:
    """A standard whose own outcome for the child is shown beside the form, to be looked at."""

    standard: str
    clause: str = ""


class Read(NamedTuple):
    """What a meter says: how many of how many are answered, and the labels of the others."""

    answered: int
    of: int
    empty: tuple[str, ...]


def read_meter(meter: Meter, labels: Mapping[str, str], case: Case) -> Read:
    """Read one meter, with the labels of questions; one that the pack leaves out counts not."""
    there = [id_ for id_ in meter.questions if id_ in labels]
    empty = tuple(labels[id_] for id_ in there if not recorded(case.get(id_)))
    return Read(len(there) - len(empty), len(there), empty)


def metered(meters: Iterable[Meter], labels: Mapping[str, str], case: Case) -> dict[str, FactValue]:
    """Return what trees and words see of the meters: the numbers, and what is empty."""
    found: dict[str, FactValue] = {}
    for meter in meters:
        read = read_meter(meter, labels, case)
        found |= {meter.id: read.answered, f"{meter.id}.empty": ", ".join(read.empty)}
    return found

"""How one line of a case file stands, with the evidence for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from evenhand.case_files.pack import Line


class State(StrEnum):
    """Whether a line is met. What cannot be told is never counted as either."""

    MET = "Met"
    NOT_MET = "Not met"
    NOT_KNOWN = "Cannot be told yet"


class Found(NamedTuple):
    """How a line stands, what says so, and where that can be opened."""

    state: State
    evidence: tuple[str, ...] = ()
    url: str = ""


class Read(NamedTuple):
    """One line that applies to a child, and how it stands."""

    line: Line
    found: Found


class Tally(NamedTuple):
    """How many lines are met, of those that can be told; and how many cannot."""

    met: int
    told: int
    unknown: int


def tally(lines: Iterable[Read]) -> Tally:
    """Count lines. What does not apply is not among them."""
    states = [one.found.state for one in lines]
    unknown = states.count(State.NOT_KNOWN)
    return Tally(states.count(State.MET), len(states) - unknown, unknown)


def together(parts: Sequence[Found | None]) -> Found | None:
    """Several readings of one line: unmet where one is; met where one is and none is unmet.

    None: no reading applies. The link is that of the reading that decides.
    """
    found = [part for part in parts if part is not None]
    for state in (State.NOT_MET, State.MET, State.NOT_KNOWN):
        decides = [part for part in found if part.state is state]
        if decides:
            evidence = tuple(words for part in decides for words in part.evidence)
            return Found(state, evidence, decides[0].url)
    return None

"""What children chose to tell, as the pack lets it be counted (disparity.yaml), and how many.

These are not among the dimensions: nothing that reads those meets them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np

from evenhand.equality.pack import codes, document
from evenhand.facts.adopted import policy
from evenhand.facts.holding import Integers, integers

REST = "Everybody else, and whoever did not say that it may be counted"


class Chosen(NamedTuple):
    """One thing that children chose to tell: its groups by code, and why it may be counted."""

    characteristic: str
    label: str
    lawful_condition: str
    used_for: str
    groups: Mapping[str, str]


class Part(NamedTuple):
    """One group: how many children were counted, and how many of them went on; both rounded."""

    label: str
    of: int
    reached: int


class Limits(NamedTuple):
    """The smallest number of children that is shown, and to what the rest is rounded."""

    least: int
    base: int

    def shows(self, *numbers: int) -> bool:
        """Whether each number is none at all, or enough."""
        return all(number == 0 or number >= self.least for number in numbers)

    def rounded(self, number: int) -> int:
        """Return a number to the nearest base, halves up."""
        return (2 * number + self.base) // (2 * self.base) * self.base


def chosen() -> list[Chosen]:
    """Return what the adopted packs let be counted of what children chose to tell."""
    asked = {item.characteristic: item for item in policy().ask_set if not item.chased}
    listed = [each for each in document("disparity").get("volunteered", ())
              if each["characteristic"] in asked]  # fmt: skip
    return [
        Chosen(
            each["characteristic"], each["label"], each["lawful_condition"].strip().rstrip("."),
            each["used_for"], _labels(asked[each["characteristic"]].answers),
        )
        for each in listed
    ]  # fmt: skip


def _labels(name: str) -> dict[str, str]:
    return {code: str(each["label"]) for code, each in codes(name).items()}


def parts(
    one: Chosen, answers: Mapping[int, str], counted: Integers, reached: Integers, limits: Limits
) -> list[Part]:
    """Return the groups that may be shown and last all others; nothing where none may.

    ``answers`` are those that may be counted, by child; ``counted`` and ``reached`` the children,
    each once. A group is shown where those counted are enough, and those who went on and those
    who did not are enough or none. The others come together with who told nothing; of them there
    must be enough wherever there is anybody, for else all who went on would be known to be of a
    group.
    """
    found = []
    for code, label in one.groups.items():
        whose = integers([child for child, answer in answers.items() if answer == code])
        of, went_on = _among(whose, counted), _among(whose, reached)
        if of and limits.shows(of, went_on, of - went_on):
            found.append(Part(label, of, went_on))
    rest = Part(REST, len(counted) - _sum(found, 1), len(reached) - _sum(found, 2))
    if not found or not _hides_among(rest, len(counted), len(reached), limits):
        return []
    return [
        Part(each.label, limits.rounded(each.of), limits.rounded(each.reached))
        for each in (*found, rest)
    ]


def _hides_among(rest: Part, counted: int, reached: int, limits: Limits) -> bool:
    """Whether enough others were counted, went on and did not, wherever anybody did."""
    others = (rest.of, rest.reached, rest.of - rest.reached)
    everybody = (counted, reached, counted - reached)
    pairs = zip(others, everybody, strict=True)
    return all(there >= limits.least for there, whole in pairs if whole)


def _among(whose: Integers, children: Integers) -> int:
    return int(np.isin(whose, children).sum())


def _sum(found: Collection[Part], place: int) -> int:
    return sum(int(each[place]) for each in found)

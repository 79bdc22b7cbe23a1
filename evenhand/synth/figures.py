"""The figures that Islehaven is made from, read once from the four YAML files beside this module.

A figure is named by its path: ``assessment.late`` is the key ``late`` of the section
``assessment`` of proportions.yaml; ``office:``, ``planted:`` and
``dirt:`` lead into the other files. KeyError names a path
that is not there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Any

import yaml

FILES = {
    "": "proportions.yaml",
    "office": "authority.yaml",
    "planted": "planted.yaml",
    "dirt": "dirt.yaml",
}


class Shares:
    """Weighted values; ``at(u)`` gives the one that a fraction ``u`` from 0 to 1 falls in."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.values = tuple(weights)
        self._ends = tuple(accumulate(weights.values()))

    def at(self, fraction: float) -> str:
        """Return the value whose share of the whole holds this fraction."""
        return self.values[bisect_right(self._ends, fraction * self._ends[-1])]


class Bands:
    """Weighted bands of whole numbers, each from its least to its most, both included."""

    def __init__(self, bands: Sequence[Sequence[int]]) -> None:
        self._ends = tuple(accumulate(weight for weight, _, _ in bands))
        self._ranges = tuple((least, most - least + 1) for _, least, most in bands)

    def at(self, fraction: float) -> int:
        """Return the number at this fraction of the whole: the bands laid end to end."""
        point = fraction * self._ends[-1]
        place = bisect_right(self._ends, point)
        start = self._ends[place - 1] if place else 0
        least, width = self._ranges[place]
        return least + int((point - start) / (self._ends[place] - start) * width)


@cache
def _read(name: str) -> dict[str, Any]:
    text = resources.files("evenhand.synth").joinpath(name).read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@cache
def figure(path: str) -> Any:
    """Return what stands at a path, as YAML gives it."""
    file, _, rest = path.rpartition(":")
    found: Any = _read(FILES[file])
    for key in rest.split("."):
        found = found[key]
    return found


@cache
def shares(path: str) -> Shares:
    """Return the weighted values at a path; keys are read as text."""
    return Shares({str(key): weight for key, weight in figure(path).items()})


@cache
def bands(path: str) -> Bands:
    """Return the bands of whole numbers at a path."""
    return Bands(figure(path))


@cache
def share(path: str) -> float:
    """Return one rate, from 0 to 1."""
    return float(figure(path))


@cache
def whole(path: str) -> int:
    """Return one whole number."""
    return int(figure(path))


@cache
def words(path: str) -> dict[str, str]:
    """Return a table from code to word."""
    return {str(key): str(value) for key, value in figure(path).items()}


def sources() -> dict[str, str]:
    """Return where each section's figures come from, for the manifest."""
    return {name: section["source"] for name, section in _read("proportions.yaml").items()}

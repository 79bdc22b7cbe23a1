"""Drawing by chance, so that anybody can draw the same list again. Pure.

A key's rank is the first eight bytes, as an unsigned number, of SHA-256 over "seed:key"; the
smallest ranks are drawn. So the list depends on nothing but the seed and the keys: not on their
order, the machine, or what sorts them. All is done in whole numbers, but for the advice on sizes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from math import ceil, sqrt
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ranks = NDArray[np.uint64]
Places = NDArray[np.int64]
RANK_BYTES = 8
AT_ONCE = 1 << 16  # keys whose bytes wait in memory together
HALF = 0.5


class Drawn(NamedTuple):
    """One key that was drawn, the part of the whole that it was drawn from, and its rank."""

    key: str
    part: str
    rank: int


class DrawnTwice(ValueError):
    """A key stands twice among those drawn from: it would have had two chances."""


def rank_of(key: str, seed: str) -> int:
    """Return a key's rank under a seed."""
    return int.from_bytes(sha256(f"{seed}:{key}".encode()).digest()[:RANK_BYTES], "big")


def ranks_of(keys: Iterable[str], seed: str) -> Ranks:
    """Return the rank of each key, in their order: eight bytes a key."""
    begun, found, rest = f"{seed}:", [], iter(keys)
    while bunch := list(islice(rest, AT_ONCE)):
        spelt = b"".join([sha256((begun + key).encode()).digest()[:RANK_BYTES] for key in bunch])
        found.append(np.frombuffer(spelt, ">u8").astype(np.uint64))
    return np.concatenate(found) if found else np.zeros(0, np.uint64)


def digest_of(keys: Iterable[str]) -> str:
    """Return the digest of a population: SHA-256 of its keys, sorted, one a line."""
    return sha256("\n".join(sorted(keys)).encode()).hexdigest()


def draw(keys: Iterable[str], size: int, seed: str) -> list[Drawn]:
    """Draw ``size`` keys by chance alone, each as likely as another; all where there are fewer."""
    return _first((Drawn(key, "", rank_of(key, seed)) for key in keys), size)


def draw_stratified(
    parts: Mapping[str, Sequence[str]], size: int, seed: str, *, least: int = 0
) -> list[Drawn]:
    """Draw from each part its share of ``size`` (``shares``); ``parts`` holds each part's keys."""
    due = shares({part: len(keys) for part, keys in parts.items()}, size, least=least)
    found = [
        one
        for part, keys in parts.items()
        for one in _first((Drawn(key, part, rank_of(key, seed)) for key in keys), due[part])
    ]
    return _first(found, len(found))


def draw_weighted(weights: Mapping[str, int], size: int, seed: str) -> list[Drawn]:
    """Draw ``size`` keys, each as much likelier as it weighs more. ValueError below a weight of 1.

    A key has as many tickets as it weighs; its rank is the smallest of "key:1", "key:2", ...
    """
    if any(weight < 1 for weight in weights.values()):
        raise ValueError("A key weighs at least 1: leave out what is not to be drawn.")
    return _first((Drawn(k, str(w), _luckiest(k, w, seed)) for k, w in weights.items()), size)


def drawn_places(ranks: Ranks, parts: Places, due: Sequence[int]) -> Places:
    """Return the places drawn from columns: of part ``n`` the ``due[n]`` smallest ranks, in order.

    For populations too large for ``draw_stratified``; ``parts`` numbers each key's part from 0.
    Two keys of one rank at the border are drawn by place: callers sort keys first, or accept it.
    """
    held = np.bincount(parts, minlength=len(due))
    by_part = np.argsort(parts, kind="stable")
    ends = np.cumsum(held)
    found = [
        _smallest(by_part[end - of : end], ranks, number)
        for end, of, number in zip(ends, held, due, strict=True)
    ]
    places = np.concatenate(found)
    return places[np.argsort(ranks[places], kind="stable")]


def shares(counts: Mapping[str, int], size: int, *, least: int = 0) -> dict[str, int]:
    """Return how many of ``size`` fall to each part: in proportion, by largest remainder.

    No part has fewer than ``least`` (or all that it holds), as far as ``size`` goes round; where
    it does not, the floor is lowered. Of equal remainders the larger part is served, then by name.
    """
    size = min(size, sum(counts.values()))
    floors = _floors(counts, size, least)
    small: set[str] = set()
    while True:
        rest = {part: of for part, of in counts.items() if part not in small}
        left = size - sum(floors[part] for part in small)
        below = {part for part in rest if left * counts[part] < floors[part] * sum(rest.values())}
        if not below:
            return {part: floors[part] for part in small} | _in_proportion(rest, left)
        small |= below


def size_for(of: int, margin: float, confidence: float) -> int:
    """Return how many of ``of`` to draw, so that a share is known to within ``margin`` (0 to 1).

    The least sure share, a half, is supposed; with correction for a finite population (Cochran,
    Sampling Techniques, 3rd edition, 4.2).
    """
    if of <= 1:
        return of
    spread = (_deviations(confidence) * HALF) ** 2
    return ceil(of * spread / (margin**2 * (of - 1) + spread) - 1e-9)


def margin_of(size: int, of: int, confidence: float) -> float:
    """Return to within what a share is known (0 to 1) from ``size`` of ``of``; 0 where all are."""
    if size >= of:
        return 0.0
    if size < 1:
        return 1.0
    return min(1.0, _deviations(confidence) * HALF * sqrt((of - size) / (size * (of - 1))))


def _first(found: Iterable[Drawn], size: int) -> list[Drawn]:
    in_order = sorted(found, key=lambda one: (one.rank, one.key))
    if len({one.key for one in in_order}) < len(in_order):
        raise DrawnTwice("A key stands twice among those drawn from.")
    return in_order[:size]


def _luckiest(key: str, weight: int, seed: str) -> int:
    return min(rank_of(f"{key}:{ticket}", seed) for ticket in range(1, weight + 1))


def _smallest(places: Places, ranks: Ranks, number: int) -> Places:
    """Return the ``number`` places of the smallest ranks; of equal ones the first."""
    if number <= 0:
        return places[:0]
    if number >= len(places):
        return places
    theirs = ranks[places]
    border = np.partition(theirs, number - 1)[number - 1]
    surely = places[theirs < border]
    return np.concatenate([surely, places[theirs == border][: number - len(surely)]])


def _floors(counts: Mapping[str, int], size: int, least: int) -> dict[str, int]:
    for floor in range(least, 0, -1):
        floors = {part: min(floor, of) for part, of in counts.items()}
        if sum(floors.values()) <= size:
            return floors
    return dict.fromkeys(counts, 0)


def _in_proportion(counts: Mapping[str, int], size: int) -> dict[str, int]:
    whole = sum(counts.values())
    if not whole:
        return dict.fromkeys(counts, 0)
    due = {part: size * of // whole for part, of in counts.items()}

    def order(part: str) -> tuple[int, int, str]:
        return (-(size * counts[part] % whole), -counts[part], part)

    for part in sorted(counts, key=order)[: size - sum(due.values())]:
        due[part] += 1
    return due


def _deviations(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)

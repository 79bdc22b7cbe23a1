"""A stratified draw from ten million keys, against computing the hashes of these keys alone.

Keys are the numbers from 0, as text; fifty parts of uneven size. The yardstick hashes each key and
keeps nothing but the eight bytes. What the draw holds at its most is told beside.
"""

from __future__ import annotations

import resource
from hashlib import sha256

import numpy as np

from benchmarks.timing import Row, pairs, row
from evenhand.rules import sampling

KEYS, PARTS, SIZE = 10_000_000, 50, 5_000
BOUND = 1.5
COUNT = 3  # pairs: each takes half a minute
SEED, AT_ONCE = "autumn", 1 << 16


def hashes() -> int:
    """The yardstick: the first eight bytes of each key's hash, in the quickest loop there is."""
    begun, found = f"{SEED}:", 0
    for at in range(0, KEYS, AT_ONCE):
        bunch = map(str, range(at, min(at + AT_ONCE, KEYS)))
        found += len(b"".join([sha256((begun + key).encode()).digest()[:8] for key in bunch]))
    return found


def drawn(parts: np.ndarray) -> np.ndarray:
    """Our draw: ranks, shares by part with a floor, and the smallest of each."""
    ranks = sampling.ranks_of(map(str, range(KEYS)), SEED)
    held = np.bincount(parts, minlength=PARTS)
    due = sampling.shares({f"{n:02}": int(of) for n, of in enumerate(held)}, SIZE, least=1)
    return sampling.drawn_places(ranks, parts, [due[f"{n:02}"] for n in range(PARTS)])


def run() -> list[Row]:
    """The bound's row."""
    parts = (np.random.default_rng(7).beta(1, 3, KEYS) * PARTS).astype(np.int64)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert len(drawn(parts)) == SIZE
    held = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    ours, floor = pairs(lambda: drawn(parts), hashes, COUNT)
    name = "stratified draw from 10 M keys / computing their hashes"
    return [row(name, ours, floor, BOUND, f"{SIZE} of {PARTS} parts; {held} MiB at its most")]

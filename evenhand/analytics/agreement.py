"""How far two people agree who grade the same things, beyond what chance would give."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics import special
from evenhand.analytics.arrays import Floats, Ints, ints
from evenhand.analytics.reasons import Reason

LEAST = 2  # of one pair nothing can be said about how far pairs differ


class Weights(StrEnum):
    """How much a near miss counts: not at all, by how far apart, or by the square of that."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


class Agreement(NamedTuple):
    """A coefficient of agreement, 1 where all agree and 0 where no more than by chance.

    ``low`` and ``high`` are the ends of its interval, nan where all pairs are alike or there is one
    pair only. ``agreed`` of ``of`` pairs are exactly the same. ``value`` is nan where ``reason`` is
    not `ANSWERED`.
    """

    value: float
    error: float
    low: float
    high: float
    agreed: int
    of: int
    reason: Reason


def table_of(pairs: ArrayLike, grades: int) -> Ints:
    """Return how often the first gave each grade (row) and the second each (column).

    ``pairs`` are pairs of places on a scale of ``grades``. ValueError for a place that is not on
    the scale.
    """
    held = ints(pairs).reshape(-1, 2)
    if len(held) and (held.min() < 0 or held.max() >= grades):
        raise ValueError(f"A pair has a grade that is none of the {grades} of the scale.")
    counted = np.bincount(held[:, 0] * grades + held[:, 1], minlength=grades * grades)
    return ints(counted).reshape(grades, grades)


def kappa(table: ArrayLike, weights: Weights, confidence: float) -> Agreement:
    """Return Cohen's weighted kappa of a square table of pairs.

    Chance is what both would agree by, each giving the grades as often as they do. It falls low
    where nearly everything has one grade; see ``gwet``. Cohen (1968), Psychological Bulletin
    70:213-220; its error by Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72:323-327.
    No answer where both gave one and the same grade to all.
    """
    counts, share = _shares(table)
    closeness = _closeness(len(share), weights)
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    by_chance = float(rows @ closeness @ columns)
    pull = (closeness @ columns)[:, None] + (rows @ closeness)[None, :]
    return _of(counts, share, closeness, by_chance, pull, confidence)


def gwet(table: ArrayLike, weights: Weights, confidence: float) -> Agreement:
    """Return Gwet's AC1 (no weights) or AC2 of a square table of pairs.

    Chance is what those would agree by who cannot tell; it stays low where nearly everything has
    one grade. Gwet (2008), British Journal of Mathematical and Statistical Psychology 61:29-48;
    (2014), Handbook of Inter-Rater Reliability, fourth edition, 4.3 and 6.2.
    """
    counts, share = _shares(table)
    grades = len(share)
    closeness = _closeness(grades, weights)
    usual = (share.sum(axis=1) + share.sum(axis=0)) / 2
    scale = float(closeness.sum()) / (grades * (grades - 1))
    by_chance = scale * float((usual * (1 - usual)).sum())
    pull = scale * (2 - usual[:, None] - usual[None, :])
    return _of(counts, share, closeness, by_chance, pull, confidence)


def _shares(table: ArrayLike) -> tuple[Ints, Floats]:
    counts = ints(table)
    if counts.ndim != LEAST or counts.shape[0] != counts.shape[1] or len(counts) < LEAST:
        raise ValueError("A table of pairs has as many rows as columns: at least two grades.")
    if (counts < 0).any():
        raise ValueError("A table of pairs has a count below nought.")
    return counts, counts / max(int(counts.sum()), 1)


def _closeness(grades: int, weights: Weights) -> Floats:
    """How much each pair of grades agrees, from 1 (the same) to 0."""
    if weights == Weights.NONE:
        return np.eye(grades)
    apart = np.abs(np.subtract.outer(np.arange(grades), np.arange(grades))) / (grades - 1)
    closeness: Floats = 1.0 - (apart if weights == Weights.LINEAR else apart**2)
    return closeness


def _of(
    counts: Ints, share: Floats, closeness: Floats, by_chance: float, pull: Floats, sure: float
) -> Agreement:
    """The coefficient and its error: both kinds differ in what chance gives, and its slope."""
    of, agreed = int(counts.sum()), int(np.trace(counts))
    if of == 0:
        return _none(agreed, of, Reason.NOBODY)
    if by_chance >= 1:
        return _none(agreed, of, Reason.ALL_ALIKE)
    seen = float((closeness * share).sum())
    value = (seen - by_chance) / (1 - by_chance)
    pulled = closeness - (1 - value) * pull
    spread = float((share * (pulled - (share * pulled).sum()) ** 2).sum())
    error = float(np.sqrt(spread / of)) / (1 - by_chance)
    low, high = _ends(value, error, of, sure)
    return Agreement(value, error, low, high, agreed, of, Reason.ANSWERED)


def _ends(value: float, error: float, of: int, sure: float) -> tuple[float, float]:
    """The interval by Student's t. Where no pair differs from another there is none."""
    if of < LEAST or error < np.finfo(float).eps * 8:
        return float("nan"), float("nan")
    reach = error * special.student_quantile(sure, of - 1)
    return max(value - reach, -1.0), min(value + reach, 1.0)


def _none(agreed: int, of: int, reason: Reason) -> Agreement:
    nan = float("nan")
    return Agreement(nan, nan, nan, nan, agreed, of, reason)

"""The few special functions that the rest rests on, typed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special  # type: ignore[import-untyped]

from evenhand.analytics.arrays import Floats, floats


def normal_quantile(confidence: float) -> float:
    """The z within which a share `confidence` of the standard normal lies: 0.95 gives 1.95996."""
    if not 0 < confidence < 1:
        raise ValueError(f"The confidence is {confidence}; it must lie between 0 and 1.")
    return float(special.ndtri(0.5 + confidence / 2))


def student_quantile(confidence: float, degrees: int) -> float:
    """The t within which a share `confidence` of Student's distribution lies; near z for many."""
    normal_quantile(confidence)
    return float(special.stdtrit(degrees, 0.5 + confidence / 2))


def normal_two_sided(z: ArrayLike, out: Floats | None = None) -> Floats:
    """The probability that a standard normal is at least as far from 0 as `z`."""
    below = np.negative(np.abs(floats(z), out=out), out=out)
    return floats(np.multiply(special.ndtr(below, out=out), 2, out=out))


def poisson_mean_low(events: ArrayLike, tail: float) -> Floats:
    """The mean for which `events` or more have probability `tail`; nan where there are none."""
    return floats(special.gammaincinv(floats(events), tail))


def poisson_mean_high(events: ArrayLike, tail: float) -> Floats:
    """The mean for which `events` or fewer have probability `tail`."""
    return floats(special.gammainccinv(floats(events) + 1, tail))


def chi_squared_upper(statistic: ArrayLike, degrees: ArrayLike) -> Floats:
    """The probability that chi-squared of so many degrees of freedom is at least `statistic`."""
    return floats(special.chdtrc(floats(degrees), floats(statistic)))


def gamma_low(shape: ArrayLike, tail: float) -> Floats:
    """The value below which a gamma of scale 1 has probability `tail`; nan where shape is 0."""
    return floats(special.gammaincinv(floats(shape), tail))


def gamma_high(shape: ArrayLike, tail: float) -> Floats:
    """The value above which a gamma of scale 1 has probability `tail`."""
    return floats(special.gammainccinv(floats(shape), tail))


def binomial_at_most(events: ArrayLike, of: ArrayLike, rate: ArrayLike) -> Floats:
    """The probability of `events` or fewer of `of`, each of probability `rate`."""
    k, n = np.broadcast_arrays(floats(events), floats(of))
    inner = special.betainc(np.maximum(n - k, 1), np.maximum(k, 0) + 1, 1 - floats(rate))
    return np.where(k >= n, 1.0, np.where(k < 0, 0.0, inner))


def binomial_at_least(events: ArrayLike, of: ArrayLike, rate: ArrayLike) -> Floats:
    """The probability of `events` or more of `of`, each of probability `rate`."""
    k, n = np.broadcast_arrays(floats(events), floats(of))
    inner = special.betainc(np.maximum(k, 1), np.maximum(n - k, 0) + 1, floats(rate))
    return np.where(k <= 0, 1.0, np.where(k > n, 0.0, inner))

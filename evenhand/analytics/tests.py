"""How likely a difference is by chance alone, and what is left after many comparisons."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics import special
from evenhand.analytics.arrays import Floats, Ints, Mask, divide, floats, in_blocks, ints
from evenhand.analytics.exact import Exact, hypergeometric
from evenhand.analytics.reasons import impossible


class Test(NamedTuple):
    """A statistic and its two-sided probability; nan where there is nothing to test."""

    statistic: Floats
    p: Floats


def two_proportion_z(
    events: ArrayLike, of: ArrayLike, events_ref: ArrayLike, of_ref: ArrayLike
) -> Test:
    """The difference of two proportions over its pooled standard error.

    z = (p1 - p2) / sqrt(p(1-p)(1/n + 1/m)), p the two groups' together. z is 0 and p 1 where all
    or none of both had the event; nan where a group has no one. Fleiss (1981), section 2.
    """
    return Test(*in_blocks(_z_block, events, of, events_ref, of_ref))


def _z_block(x: Floats, n: Floats, y: Floats, m: Floats) -> tuple[Floats, Floats]:
    with np.errstate(invalid="ignore", divide="ignore"):
        pooled = (x + y) / (n + m)
        error = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
        gap = x / n - y / m
        z = gap / error
    if min(each.min(initial=1) for each in (x, y, n - x, m - y)) > 0:
        return z, special.normal_two_sided(z)
    z[(pooled == 0) | (pooled == 1)] = 0.0
    z[(n <= 0) | (m <= 0) | impossible(x, n) | impossible(y, m)] = np.nan
    return z, special.normal_two_sided(z)


def chi_squared(events: ArrayLike, of: ArrayLike, events_ref: ArrayLike, of_ref: ArrayLike) -> Test:
    """Pearson's chi-squared of the two by two table, one degree of freedom, uncorrected.

    The square of `two_proportion_z`. Pearson (1900), Philosophical Magazine 50:157-175.
    """
    z, p = two_proportion_z(events, of, events_ref, of_ref)
    return Test(z * z, p)


def fisher_exact(
    events: ArrayLike, of: ArrayLike, events_ref: ArrayLike, of_ref: ArrayLike
) -> Floats:
    """The two-sided probability of Fisher's exact test: that of all tables no likelier.

    nan where a group has no one or the counts contradict each other. See `exact.hypergeometric`.
    """
    return _exact(events, of, events_ref, of_ref).two_sided


def mid_p(events: ArrayLike, of: ArrayLike, events_ref: ArrayLike, of_ref: ArrayLike) -> Floats:
    """Fisher's probability less half that of the table itself: less cautious than Fisher's.

    Lydersen, Fagerland and Laake (2009), Statistics in Medicine 28:1159-1175.
    """
    found = _exact(events, of, events_ref, of_ref)
    return floats(found.two_sided - found.itself / 2)


def smallest_expected(
    events: ArrayLike, of: ArrayLike, events_ref: ArrayLike, of_ref: ArrayLike
) -> Floats:
    """The least of the four counts that one would expect were there no difference.

    Under five, chi-squared is a poor guide and the exact test is wanted. Cochran (1954),
    Biometrics 10:417-451. nan where both groups have no one.
    """
    x, n, y, m = (floats(part) for part in (events, of, events_ref, of_ref))
    happened = x + y
    return divide(np.minimum(n, m) * np.minimum(happened, n + m - happened), n + m)


def holm(p: ArrayLike, families: ArrayLike | None = None) -> Floats:
    """The probabilities after Holm's correction within each family: for a short published list.

    The i-th smallest of m is multiplied by m - i + 1, and none falls below a smaller one; at most
    1. The chance of any false finding in a family stays below the level. nan stays nan and counts
    as no comparison. Holm (1979), Scandinavian Journal of Statistics 6:65-70.
    """
    return _stepped(p, families, downwards=False)


def benjamini_hochberg(p: ArrayLike, families: ArrayLike | None = None) -> Floats:
    """The probabilities after Benjamini and Hochberg's correction: for screening a long list.

    The i-th smallest of m is multiplied by m / i, and none exceeds a larger one; at most 1. The
    share of false findings among those found stays below the level. nan stays nan and counts as
    no comparison. Benjamini and Hochberg (1995), J. R. Statist. Soc. B 57:289-300.
    """
    return _stepped(p, families, downwards=True)


def _exact(events: ArrayLike, of: ArrayLike, events_ref: ArrayLike, of_ref: ArrayLike) -> Exact:
    x, n, y, m = np.broadcast_arrays(*(ints(part) for part in (events, of, events_ref, of_ref)))
    shape = x.shape
    usable = (n > 0) & (m > 0) & ~impossible(x, n) & ~impossible(y, m)
    found = hypergeometric(x[usable], n[usable], y[usable], m[usable])
    answer = Exact(np.full(shape, np.nan), np.full(shape, np.nan))
    answer.two_sided[usable], answer.itself[usable] = found
    return answer


def _stepped(p: ArrayLike, families: ArrayLike | None, *, downwards: bool) -> Floats:
    """Multiply each by what its rank in its family asks, and hold the order of the smaller."""
    values = np.ravel(floats(p))
    family = None if families is None else np.ravel(ints(families))
    missing = np.isnan(values)
    if not missing.any():
        return _corrected(values, family, downwards).reshape(np.shape(p))
    asked = np.flatnonzero(~missing)
    answer = np.full(len(values), np.nan)
    if len(asked):
        some = None if family is None else family[asked]
        answer[asked] = _corrected(values[asked], some, downwards)
    return answer.reshape(np.shape(p))


def _corrected(values: Floats, family: Ints | None, downwards: bool) -> Floats:
    """The values corrected, in the order given; none is missing."""
    order = np.argsort(values) if family is None else np.lexsort((values, family))
    answer = values[order]
    if family is None:
        held = _one_family(answer, downwards)
    else:
        held = _many(answer, family[order], downwards)
    answer[order] = np.minimum(held, 1.0, out=held)
    return answer


def _one_family(ordered: Floats, downwards: bool) -> Floats:
    """The values, smallest first, as the correction leaves them.

    Works in place where it can: at tens of thousands of cells, new arrays cost more than sums.
    """
    size = len(ordered)
    steps = np.arange(1, size + 1, dtype=np.float64)
    if downwards:
        np.divide(size, steps, out=steps)
        steps *= ordered
        backwards = steps[::-1]
        np.minimum.accumulate(backwards, out=backwards)
        return steps
    np.subtract(size + 1, steps, out=steps)
    steps *= ordered
    return np.maximum.accumulate(steps, out=steps)


def _many(ordered: Floats, family: Ints, downwards: bool) -> Floats:
    """As `_one_family`, each family for itself; families one after another."""
    first, size = _places(family)
    rank = np.arange(len(ordered)) - first
    stepped = ordered * (size / (rank + 1) if downwards else size - rank)
    return _running_least(stepped, first) if downwards else _running_most(stepped, first)


def _places(family: Ints) -> tuple[Ints, Ints]:
    """For each place its family's first place, and its size; families one after another."""
    starts: Mask = np.append(True, np.diff(family) != 0)
    places = np.flatnonzero(starts)
    sizes = np.diff(np.append(places, len(family)))
    return np.repeat(places, sizes), np.repeat(sizes, sizes)


def _running_most(values: Floats, first: Ints) -> Floats:
    """The greatest so far, from each family's first place on."""
    ranks = _dense(values) + first * (len(values) + 1)
    best = np.maximum.accumulate(ranks) - first * (len(values) + 1)
    return floats(np.sort(values)[best])


def _running_least(values: Floats, first: Ints) -> Floats:
    """The least from each place to the last of its family."""
    back = -values[::-1]
    starts = (len(values) - 1) - _last(first)[::-1]
    return -_running_most(back, starts)[::-1]


def _last(first: Ints) -> Ints:
    """For each place, the last place of its family."""
    places = np.flatnonzero(np.append(np.diff(first) != 0, True))
    sizes = np.diff(np.append(-1, places))
    return np.repeat(places, sizes)


def _dense(values: Floats) -> Ints:
    """The place of each value among all: whole numbers, so that families can be held apart."""
    ranks = np.empty(len(values), np.int64)
    ranks[np.argsort(values, kind="stable")] = np.arange(len(values))
    return ranks

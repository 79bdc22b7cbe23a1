"""How likely a difference is by chance alone, and what is left after many comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics import special
from evenhand.analytics.arrays import Floats, Ints, Mask, blocks_of, divide, floats, in_blocks, ints
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
    return Test(*in_blocks(_z, [np.float64] * 2, events, of, events_ref, of_ref))


def _z(counts: Sequence[Floats], answers: Sequence[Floats]) -> None:
    """Write z and its probability. Both sides of the fraction times nm: so its top is exact."""
    (x, n, y, m), (z, p) = counts, answers
    happened, everyone = x + y, n + m
    others = everyone - happened
    error = np.multiply(happened, others, out=p)
    error /= everyone
    error *= n
    error *= m
    np.sqrt(error, out=error)
    np.multiply(x, m, out=z)
    z -= np.multiply(y, n, out=everyone)
    z /= error
    least = np.minimum(np.minimum(x, n - x), np.minimum(y, m - y)).min()
    if not least > 0:  # So too where it is nan.
        z[(happened == 0) | (others == 0)] = 0.0
        z[(n <= 0) | (m <= 0) | impossible(x, n) | impossible(y, m)] = np.nan
    special.normal_two_sided(z, out=p)


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
    if family is None:
        order, held = _ordered(values)
        _correct_one_family(held, downwards)
    else:
        order = np.lexsort((values, family))
        held = np.minimum(_many(values[order], family[order], downwards), 1.0)
    answer = np.empty_like(held)
    answer[order] = held
    return answer


def _ordered(values: Floats) -> tuple[Ints, Floats]:
    """The places of the values, smallest first, and the values so: argsort in half its time.

    Floats that are not negative sort as the whole numbers that their bits spell. The last of those
    bits give way to the place, so that numbers are sorted which carry their own place. Where two
    values differ in those last bits alone, or one is negative, argsort it is.
    """
    mask = (1 << len(values).bit_length()) - 1
    places = values.view(np.int64) & ~mask
    for block in blocks_of(len(places)):
        places[block] |= np.arange(block.start, block.stop)
    places.sort()
    places &= mask
    ordered = values[places]
    if not (ordered[1:] >= ordered[:-1]).all():
        places = np.argsort(values)
        ordered = values[places]
    return places, ordered


def _correct_one_family(ordered: Floats, downwards: bool) -> None:
    """Correct the values of one family, smallest first, where they stand."""
    blocks = blocks_of(len(ordered))
    if downwards:
        _downwards(ordered, blocks)
    else:
        _upwards(ordered, blocks)


def _downwards(ordered: Floats, blocks: list[slice]) -> None:
    """Times m / i, and the least from each place on; at most 1."""
    least = 1.0
    for block in reversed(blocks):
        part = ordered[block]
        ranks = np.arange(block.start + 1, block.stop + 1, dtype=np.float64)
        np.multiply(part, len(ordered) / ranks, out=part)
        np.minimum.accumulate(part[::-1], out=part[::-1])
        least = np.minimum(part, least, out=part)[0]


def _upwards(ordered: Floats, blocks: list[slice]) -> None:
    """Times m - i + 1, and the most up to each place; at most 1."""
    most = 0.0
    for block in blocks:
        part = ordered[block]
        ranks = np.arange(block.start + 1, block.stop + 1, dtype=np.float64)
        np.multiply(part, len(ordered) + 1 - ranks, out=part)
        np.maximum.accumulate(part, out=part)
        np.clip(part, most, 1.0, out=part)
        most = part[-1]


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

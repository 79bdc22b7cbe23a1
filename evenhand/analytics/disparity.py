"""Groups compared at one or many decision points: the whole of what a page shows, in one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics import bounds, ratios, tests
from evenhand.analytics.arrays import Floats, Ints, Mask, divide, ints, numbered, sum_by
from evenhand.analytics.intervals import Difference, Interval, newcombe, wilson
from evenhand.analytics.rates import Against, against
from evenhand.analytics.ratios import Ratio
from evenhand.analytics.reasons import Reason, Reasons, impossible, of_rate
from evenhand.analytics.shares import Shares, suppress_shares

Correction = Literal["holm", "benjamini-hochberg"]
_CORRECTIONS = {"holm": tests.holm, "benjamini-hochberg": tests.benjamini_hochberg}


@dataclass(frozen=True)
class Settings:
    """How to compare; every number comes from the pack, so none has a default.

    `confidence` of the intervals; `correction` for many comparisons and the `significance` that
    what is left must not exceed; `band` of relative rates near enough to parity, as a fraction
    (4, 5); `exact_under` expected people, below which Fisher's test takes chi-squared's place;
    `score_under` events, below which Koopman's interval takes Katz's place; `threshold`, the least
    count that may be published.
    """

    confidence: float
    correction: Correction
    significance: float
    band: tuple[int, int]
    exact_under: int
    score_under: int
    threshold: int


class Cells(NamedTuple):
    """All that is known of each group at each point, one cell a place; every array as long.

    `rate` with its `interval`, and why there is none (`rate_reason`, codes of `Reason`); whom it
    is compared `with_`; their `ratio` and `difference`; `p`, and `corrected` for its family.
    `beyond_chance`: corrected is at most the significance. `inside`: the ratio lies in the band.
    `flag`: beyond chance and not inside. `bounds` and `ratio_bounds`: what the not known could
    change. `suppression`: what a release must hide.
    """

    events: Ints
    of: Ints
    rate: Floats
    interval: Interval
    rate_reason: Reasons
    with_: Against
    ratio: Ratio
    difference: Difference
    p: Floats
    corrected: Floats
    beyond_chance: Mask
    inside: Mask
    flag: Mask
    bounds: Interval
    ratio_bounds: Interval
    suppression: Shares


def compare(
    events: ArrayLike,
    of: ArrayLike,
    groups: ArrayLike,
    settings: Settings,
    *,
    sets: ArrayLike | None = None,
    known: ArrayLike | None = None,
    reference: int | None = None,
    families: ArrayLike | None = None,
) -> Cells:
    """Compare every group of every set, of one dimension at one point each, all at once.

    `events` of `of` happened in the group numbered `groups`; `sets` says which cells belong to one
    comparison (all to one when not given). `known` is False for cells such as *not known*: they
    have a rate, but are in no comparison. Compared with all others of the set, or with the group
    `reference`. `families` says which tests are corrected together: each set when not given.
    """
    x, n, group = ints(events), ints(of), ints(groups)
    which = np.zeros_like(group) if sets is None else numbered(sets)
    taken = np.ones(len(group), bool) if known is None else np.asarray(known, bool)
    other = against(x, n, group, reference, sets=which, known=taken)
    other = Against(np.where(taken, other.events, 0), np.where(taken, other.of, 0))
    p = chance(x, n, *other, settings.exact_under)
    corrected = _CORRECTIONS[settings.correction](p, which if families is None else families)
    ratio = _ratio(x, n, other, taken, settings)
    inside = ratios.four_fifths(x, n, *other, *settings.band)
    beyond = np.nan_to_num(corrected, nan=1.0) <= settings.significance
    return Cells(
        events=x,
        of=n,
        rate=np.where(impossible(x, n), np.nan, divide(x, n)),
        interval=wilson(x, n, settings.confidence),
        rate_reason=of_rate(x, n),
        with_=other,
        ratio=ratio,
        difference=newcombe(x, n, *other, settings.confidence),
        p=p,
        corrected=corrected,
        beyond_chance=beyond,
        inside=inside,
        flag=beyond & ~inside,
        bounds=_bounds(x, n, which, taken),
        ratio_bounds=_ratio_bounds(x, n, other, which, taken),
        suppression=suppress_shares(x, n, which, settings.threshold),
    )


def chance(
    events: ArrayLike, of: ArrayLike, events_ref: ArrayLike, of_ref: ArrayLike, exact_under: int
) -> Floats:
    """How likely so great a difference is by chance: chi-squared, or Fisher's test where few.

    Fisher's takes its place where fewer than `exact_under` people are expected in any of the four
    counts; see `tests.smallest_expected`. nan where there is nothing to compare.
    """
    x, n, y, m = (ints(part) for part in (events, of, events_ref, of_ref))
    p = tests.chi_squared(x, n, y, m).p
    few = tests.smallest_expected(x, n, y, m) < exact_under
    if few.any():
        p[few] = tests.fisher_exact(x[few], n[few], y[few], m[few])
    return p


def _ratio(x: Ints, n: Ints, other: Against, known: Mask, settings: Settings) -> Ratio:
    found = ratios.relative_rate(x, n, *other, settings.confidence, settings.score_under)
    reason = np.where(known, found.reason, Reason.NOT_COMPARED).astype(np.int8)
    return found._replace(reason=reason)


def _unknown(x: Ints, n: Ints, sets: Ints, known: Mask) -> Against:
    """For each known cell the not known of its set; for a cell that is not known, nobody."""
    happened = sum_by(np.where(known, 0, x), sets)[sets]
    people = sum_by(np.where(known, 0, n), sets)[sets]
    return Against(np.where(known, happened, 0), np.where(known, people, 0))


def _bounds(x: Ints, n: Ints, sets: Ints, known: Mask) -> Interval:
    return bounds.of_rate(x, n, *_unknown(x, n, sets, known))


def _ratio_bounds(x: Ints, n: Ints, other: Against, sets: Ints, known: Mask) -> Interval:
    found = bounds.of_ratio((x, n), other, _unknown(x, n, sets, known))
    return Interval(*(np.where(known, end, np.nan) for end in found))

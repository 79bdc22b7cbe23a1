"""How long a group waits when some still wait: Kaplan and Meier's curve and what is read off it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics import special
from evenhand.analytics.arrays import Floats, Ints, Mask, floats, ints
from evenhand.analytics.intervals import Interval
from evenhand.analytics.reasons import Reason, Reasons
from evenhand.analytics.waits import LifeTable

_SAME = 1e-9  # A share this near one half is one half: it is a product of fractions.


class Curves(NamedTuple):
    """The steps of every group's curve, one a place, by group and then by day.

    After `day` days a share `waiting` is still waiting; `at_risk` were waiting that day and `done`
    of them were done on it. Every curve begins at 1 on day 0. nan ends have an `ends_reason`.
    """

    group: Ints
    day: Ints
    at_risk: Ints
    done: Ints
    waiting: Floats
    low: Floats
    high: Floats
    ends_reason: Reasons


class Read(NamedTuple):
    """A value for each group read off its curve, with the ends of its interval.

    `reason` says why there is no value, `ends_reason` why an end is missing.
    """

    value: Floats
    low: Floats
    high: Floats
    reason: Reasons
    ends_reason: Reasons


def kaplan_meier(table: LifeTable, confidence: float) -> Curves:
    """The share of each group still waiting after each day on which someone of it was done.

    The product of 1 - d/n over the days so far. Interval: S to the exp(-+ z sqrt(G) / log S), G
    Greenwood's sum of d / n(n - d). Kaplan and Meier (1958), J. Am. Stat. Assoc. 53:457-481;
    Kalbfleisch and Prentice (1980), The Statistical Analysis of Failure Time Data, p. 15.
    """
    share = _waiting(table)
    ends = _ends(share, _greenwood(table), confidence)
    group, step = np.nonzero(table.done)
    at_risk, done = table.at_risk[group, step], table.done[group, step]
    waiting, low, high = (part[group, step] for part in (share, *ends))
    counts = (ints(group), table.days[step], at_risk, done)
    return Curves(*counts, waiting, low, high, _ends_reason(waiting))


def median_wait(table: LifeTable, confidence: float) -> Read:
    """The days after which at most half of each group are still waiting.

    The interval holds the days at which the curve's own interval holds one half; no high end where
    it never falls below. Brookmeyer and Crowley (1982), Biometrics 38:29-41.
    """
    share = _waiting(table)
    ends = _ends(share, _greenwood(table), confidence)
    high = np.where(share == 0, 1.0, ends.high)
    low = np.where(share == 0, 0.0, ends.low)
    day, least, most = (_first(table, part <= 0.5 + _SAME) for part in (share, low, high))
    reason = _if_nobody(table, np.where(np.isnan(day), Reason.NOT_REACHED, Reason.ANSWERED))
    no_end = np.where(np.isnan(most), Reason.OPEN_ENDED, Reason.ANSWERED)
    return Read(day, least, most, reason, _if_nobody(table, no_end))


def still_waiting(table: LifeTable, after: ArrayLike, confidence: float) -> Read:
    """The share of each group still waiting after so many days, such as those to the due day.

    `after` is one number, or one for each group. None where no one of the group was followed for
    so long.
    """
    day = np.broadcast_to(ints(after), table.people.shape)
    share = _on(_waiting(table), table, day, 1.0)
    ends = _ends(share, _on(_greenwood(table), table, day, 0.0), confidence)
    reason = _followed(table, day, share)
    return _read(share, ends, reason, _ends_reason(share))


def mean_wait(table: LifeTable, to: int, confidence: float) -> Read:
    """The mean wait of each group in days, waits over `to` days counted as `to`.

    The area under the curve up to `to`; interval from sum of A2 d / n(n - d), A the area beyond
    each step. A group followed for less has none. Klein and Moeschberger (2003), Survival
    Analysis, 4.5.1; Royston and Parmar (2013), BMC Medical Research Methodology 13:152.
    """
    share = _waiting(table)
    edges = np.minimum(np.append(table.days, to), to)
    areas = share * np.diff(edges)
    beyond = np.cumsum(areas[:, ::-1], axis=1)[:, ::-1]
    mean = edges[0] + areas.sum(axis=1)
    variance = (beyond**2 * _terms(table)).sum(axis=1)
    reach = special.normal_quantile(confidence) * np.sqrt(variance)
    day = np.full(table.people.shape, to)
    reason = _followed(table, day, _on(share, table, day, 1.0))
    reach = np.where(variance > 0, reach, np.nan)
    alike = np.where(variance > 0, Reason.ANSWERED, Reason.ALL_ALIKE).astype(np.int8)
    ends = Interval(np.maximum(mean - reach, 0), np.minimum(mean + reach, to))
    return _read(mean, ends, reason, alike)


def _read(value: Floats, ends: Interval, reason: Reasons, ends_reason: Reasons) -> Read:
    """What was read off, nan where there is a reason for none."""
    answered = reason == Reason.ANSWERED
    value, low, high = (np.where(answered, part, np.nan) for part in (value, *ends))
    return Read(value, low, high, reason, np.where(answered, ends_reason, reason))


def _waiting(table: LifeTable) -> Floats:
    """The share still waiting after each day of the table, a row a group."""
    left = np.where(table.at_risk > 0, table.at_risk - table.done, 1)
    return floats(np.cumprod(left / np.maximum(table.at_risk, 1), axis=1))


def _terms(table: LifeTable) -> Floats:
    """What each day adds to Greenwood's sum; nothing where all who waited were done."""
    under = floats(table.at_risk) * (table.at_risk - table.done)
    return floats(np.where(under > 0, table.done / np.maximum(under, 1), 0.0))


def _greenwood(table: LifeTable) -> Floats:
    return floats(np.cumsum(_terms(table), axis=1))


def _ends(share: Floats, greenwood: Floats, confidence: float) -> Interval:
    """The log-log interval; nan where all or none are waiting."""
    inside = (share > 0) & (share < 1)
    log = np.log(np.where(inside, share, 0.5))
    reach = special.normal_quantile(confidence) * np.sqrt(greenwood) / log
    ends = (np.exp(log * np.exp(-reach)), np.exp(log * np.exp(reach)))
    return Interval(*(np.where(inside, end, np.nan) for end in ends))


def _ends_reason(share: Floats) -> Reasons:
    why = np.where(share == 0, Reason.ALL_DONE, Reason.ANSWERED)
    return np.where(share == 1, Reason.ALL_WAITING, why).astype(np.int8)


def _first(table: LifeTable, reached: Mask) -> Floats:
    """The first day on which each group's row is true; nan where it never is."""
    day = np.append(table.days, 0)[np.argmax(reached, axis=1)] if len(table.days) else 0
    return floats(np.where(reached.any(axis=1), day, np.nan))


def _on(values: Floats, table: LifeTable, day: Ints, before: float) -> Floats:
    """Each group's value on its day: that of the last day of the table not after it."""
    place = np.searchsorted(table.days, day, side="right")
    padded = np.concatenate([np.full((len(values), 1), before), values], axis=1)
    return floats(padded[np.arange(len(values)), place])


def _followed(table: LifeTable, day: Ints, share: Floats) -> Reasons:
    short = (table.longest < day) & (share > 0)
    return _if_nobody(table, np.where(short, Reason.NOT_FOLLOWED, Reason.ANSWERED))


def _if_nobody(table: LifeTable, reason: Ints) -> Reasons:
    return np.where(table.people == 0, Reason.NOBODY, reason).astype(np.int8)

"""Whether groups wait differently by more than chance: the log-rank test."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from evenhand.analytics import special
from evenhand.analytics.arrays import Floats, Ints, Mask, divide, floats
from evenhand.analytics.reasons import Reason, Reasons
from evenhand.analytics.waits import LifeTable


class LogRank(NamedTuple):
    """Whether all known groups wait alike: chi-squared, its degrees of freedom and probability."""

    statistic: float
    degrees: int
    p: float
    reason: Reason


class AgainstOthers(NamedTuple):
    """Each known group's waits against those of all other known groups, a place a group.

    `done`, and how many were `expected` to be if all waited alike: fewer than expected is slower.
    """

    done: Ints
    expected: Floats
    statistic: Floats
    p: Floats
    reason: Reasons


def log_rank(table: LifeTable) -> LogRank:
    """Test whether the known groups wait alike, all at once.

    Chi-squared of done less expected, over their covariance, one degree of freedom fewer than
    groups. Mantel (1966), Cancer Chemotherapy Reports 50:163-170; Peto and Peto (1972), J. R.
    Statist. Soc. A 135:185-207.
    """
    known = _known(table)
    present: Mask = known.at_risk.sum(axis=1) > 0
    reason = _why(table.people[:-1], known, present)
    if reason != Reason.ANSWERED:
        return LogRank(np.nan, 0, np.nan, reason)
    gap = (known.done - _expected(known)).sum(axis=1)[present][:-1]
    covariance = _covariance(known, present)
    statistic = float(gap @ np.linalg.solve(covariance, gap))
    degrees = int(present.sum()) - 1
    return LogRank(statistic, degrees, float(special.chi_squared_upper(statistic, degrees)), reason)


def each_against_others(table: LifeTable) -> AgainstOthers:
    """Test each known group's waits against those of all others, one degree of freedom each."""
    known = _known(table)
    done, expected = known.done.sum(axis=1), _expected(known).sum(axis=1)
    share = known.at_risk / known.waiting
    variance = (_scale(known) * share * (1 - share)).sum(axis=1)
    statistic = divide((done - expected) ** 2, variance)
    people = table.people[:-1]
    both = known.at_risk.any(axis=1) & (known.waiting > known.at_risk).any(axis=1)
    reason = np.where(variance == 0, Reason.ALL_ALIKE, Reason.ANSWERED)
    reason = np.where(both, reason, Reason.NOT_FOLLOWED)
    reason = np.where(known.all_done.sum() == 0, Reason.NONE_DONE, reason)
    reason = np.where(people.sum() == people, Reason.NOBODY_ELSE, reason)
    reason = np.where(people == 0, Reason.NOBODY, reason).astype(np.int8)
    parts = [np.where(reason == Reason.ANSWERED, part, np.nan) for part in (expected, statistic)]
    return AgainstOthers(done, parts[0], parts[1], special.chi_squared_upper(parts[1], 1), reason)


class _Known(NamedTuple):
    """The known groups' rows on the days on which anyone of them was done."""

    at_risk: Ints
    done: Ints
    waiting: Ints
    all_done: Ints


def _known(table: LifeTable) -> _Known:
    done = table.done[:-1]
    days: Mask = done.sum(axis=0) > 0
    at_risk, done = table.at_risk[:-1, days], done[:, days]
    return _Known(at_risk, done, at_risk.sum(axis=0), done.sum(axis=0))


def _expected(known: _Known) -> Floats:
    return floats(known.at_risk * (known.all_done / known.waiting))


def _scale(known: _Known) -> Floats:
    """d(n - d) / (n - 1) of each day; nothing where only one was waiting."""
    return divide(
        floats(known.all_done) * (known.waiting - known.all_done), np.maximum(known.waiting - 1, 1)
    )


def _covariance(known: _Known, present: Mask) -> Floats:
    """The covariance of those done, of every group present but the last."""
    share = (known.at_risk / known.waiting)[present][:-1]
    scaled = share * _scale(known)
    return floats(np.diag(scaled.sum(axis=1)) - scaled @ share.T)


def _why(people: Ints, known: _Known, present: Mask) -> Reason:
    """Why there is no test; `present` are the groups of whom anyone waited when anyone was done."""
    if np.count_nonzero(people) < 2:
        return Reason.ONE_GROUP if people.any() else Reason.NOBODY
    if not known.all_done.any():
        return Reason.NONE_DONE
    if np.count_nonzero(present) < 2:
        return Reason.NOT_FOLLOWED
    spread = known.waiting > known.all_done
    return Reason.ANSWERED if spread.any() else Reason.ALL_ALIKE

"""Why a cell has no answer, in words that a page can show."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.analytics.arrays import Mask, floats

Reasons = NDArray[np.int8]


class Reason(IntEnum):
    """Why there is no answer; `ANSWERED` where there is one."""

    ANSWERED = 0
    NOBODY = 1
    NOBODY_ELSE = 2
    NONE_ELSEWHERE = 3
    IMPOSSIBLE = 4
    EVERYONE = 5
    NOT_COMPARED = 6
    BACKWARDS = 7
    NOT_YET = 8
    NOT_DATED = 9
    NOT_REACHED = 10
    OPEN_ENDED = 11
    ALL_WAITING = 12
    ALL_DONE = 13
    NOT_FOLLOWED = 14
    ONE_GROUP = 15
    NONE_DONE = 16
    ALL_ALIKE = 17
    EMPTY_STRATUM = 18
    NO_SHARED_STRATUM = 19
    NO_STANDARD = 20
    NO_BENCHMARK = 21
    BENCHMARK_ZERO = 22
    NONE_HERE = 23
    ONE_STRATUM = 24


WORDS: dict[Reason, str] = {
    Reason.ANSWERED: "",
    Reason.NOBODY: "No one of this group came to this point, so there is no rate.",
    Reason.NOBODY_ELSE: "There is no one to compare this group with.",
    Reason.NONE_ELSEWHERE: "It happened to no one in the comparison group, so there is no ratio.",
    Reason.IMPOSSIBLE: "The counts contradict each other: more happened than could have.",
    Reason.EVERYONE: "It happened to everyone in one of the two groups, so there are no odds.",
    Reason.NOT_COMPARED: "Those not known are compared with no one; see what they could change.",
    Reason.BACKWARDS: "It ended before it began, so there is no wait; the days need checking.",
    Reason.NOT_YET: "It begins after the last day that our records cover.",
    Reason.NOT_DATED: "The day on which it began is not recorded.",
    Reason.NOT_REACHED: "Fewer than half are known to be done, so half the group has no wait yet.",
    Reason.OPEN_ENDED: "Too few are known to have waited longer to say what it is at most.",
    Reason.ALL_WAITING: "No one was done by then, so the share still waiting has no interval.",
    Reason.ALL_DONE: "Everyone was done by then, so the share still waiting has no interval.",
    Reason.NOT_FOLLOWED: "No one of this group has been followed for so long.",
    Reason.ONE_GROUP: "There is only one group here, so there is nothing to compare.",
    Reason.NONE_DONE: "No one is done yet, so there is nothing to compare.",
    Reason.ALL_ALIKE: "All were alike in this, so chance has nothing to say.",
    Reason.EMPTY_STRATUM: "No one of this group is in one of the bands that it is adjusted for.",
    Reason.NO_SHARED_STRATUM: "No band has people of both groups, so like has no like beside it.",
    Reason.NO_STANDARD: "The standard population has no one, so there is nothing to adjust to.",
    Reason.NO_BENCHMARK: "The population figures do not have this group.",
    Reason.BENCHMARK_ZERO: "The population figures have no one of this group.",
    Reason.NONE_HERE: "It happened to no one of this group: what it is at most cannot be said.",
    Reason.ONE_STRATUM: "Only one band can tell, so there is no other to compare it with.",
}


def impossible(events: ArrayLike, of: ArrayLike) -> Mask:
    """Where a count is below nought or is no number, or more happened than there were."""
    happened, people = floats(events), floats(of)
    right: Mask = (happened >= 0) & (happened <= people) & (people < np.inf)
    return ~right


def of_rate(events: ArrayLike, of: ArrayLike) -> Reasons:
    """Why a rate has no answer."""
    nobody = floats(of) == 0
    answer = np.where(nobody, Reason.NOBODY, Reason.ANSWERED)
    return np.where(impossible(events, of), Reason.IMPOSSIBLE, answer).astype(np.int8)


def of_ratio(events: ArrayLike, of: ArrayLike, events_ref: ArrayLike, of_ref: ArrayLike) -> Reasons:
    """Why a ratio of two rates has no answer; the first reason that holds."""
    x, n, y, m = np.broadcast_arrays(*(floats(part) for part in (events, of, events_ref, of_ref)))
    answer = np.zeros(x.shape, np.int8)
    answer[y == 0] = Reason.NONE_ELSEWHERE
    answer[m == 0] = Reason.NOBODY_ELSE
    answer[n == 0] = Reason.NOBODY
    answer[impossible(x, n) | impossible(y, m)] = Reason.IMPOSSIBLE
    return answer


def of_difference(
    events: ArrayLike, of: ArrayLike, events_ref: ArrayLike, of_ref: ArrayLike
) -> Reasons:
    """Why a difference of two rates, or a test of it, has no answer; the first that holds.

    Where it happened to no one in the comparison group there is no ratio, but there is this.
    """
    answer = of_ratio(events, of, events_ref, of_ref)
    answer[answer == Reason.NONE_ELSEWHERE] = Reason.ANSWERED
    return answer


def of_population(events: ArrayLike, population: ArrayLike) -> Reasons:
    """Why a rate for so many people of a population has no answer; more events than people may be.

    Such as referrals, of which a child can have several.
    """
    happened, people = floats(events), floats(population)
    answer = np.where(people == 0, Reason.NOBODY, Reason.ANSWERED)
    right = (happened >= 0) & (people >= 0) & np.isfinite(happened + people)
    return np.where(right, answer, Reason.IMPOSSIBLE).astype(np.int8)

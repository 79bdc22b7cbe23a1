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


WORDS: dict[Reason, str] = {
    Reason.ANSWERED: "",
    Reason.NOBODY: "No one of this group came to this point, so there is no rate.",
    Reason.NOBODY_ELSE: "There is no one to compare this group with.",
    Reason.NONE_ELSEWHERE: "It happened to no one in the comparison group, so there is no ratio.",
    Reason.IMPOSSIBLE: "The counts contradict each other: more happened than could have.",
    Reason.EVERYONE: "It happened to everyone in one of the two groups, so there are no odds.",
    Reason.NOT_COMPARED: "Those not known are compared with no one; see what they could change.",
}


def impossible(events: ArrayLike, of: ArrayLike) -> Mask:
    """Where a count is below nought, or more happened than there were."""
    happened, people = floats(events), floats(of)
    wrong: Mask = (happened < 0) | (people < 0) | (happened > people)
    return wrong


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

"""The sentences of this room's pages."""

from __future__ import annotations

from evenhand.design.wording import number, percent
from evenhand.feedback.queries import Confidence, Received


def received(found: Received, *, exact: bool, below: int) -> str:
    """Return ``12 received, 3 awaiting a response``; small numbers in words where hidden."""
    came = told(found.received, exact=exact, below=below)
    waits = told(found.awaiting, exact=exact, below=below)
    if not exact and 0 < found.answered < below and found.awaiting >= below:
        waits = "some"
    return f"{came} received, {waits} awaiting a response"


def told(count: int, *, exact: bool, below: int) -> str:
    """Return a count, or ``fewer than 5`` where it is too small to be told."""
    if exact or not 0 < count < below:
        return number(count)
    return f"fewer than {below}"


def trust(now: Confidence, before: Confidence, *, exact: bool, below: int) -> str:
    """Return how many trust that their needs will be met, beside the quarter before."""
    earlier = _share(before, exact, below)
    return f"{_share(now, exact, below)} this quarter, {earlier} the quarter before"


def _share(one: Confidence, exact: bool, below: int) -> str:
    if not one.answered:
        return "nobody answered"
    rest = one.answered - one.confident
    if not exact and any(0 < part < below for part in (one.confident, rest)):
        return "too few to tell"
    return f"{percent(one.confident, one.answered)} confident ({one.confident} of {one.answered})"

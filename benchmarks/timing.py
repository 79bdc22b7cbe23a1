"""How each ratio is measured: medians of interleaved pairs, whole processes, one machine."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable
from typing import TypedDict

PAIRS = 5


class Row(TypedDict):
    """One measured bound. ``ratio`` is ours to the yardstick; ``holds`` that it is within."""

    name: str
    ratio: float
    bound: float
    holds: bool
    detail: str


def seconds(work: Callable[[], object]) -> float:
    """Return the wall seconds that ``work`` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def pairs(
    ours: Callable[[], object], yardstick: Callable[[], object], count: int = PAIRS
) -> tuple[float, float]:
    """Return the median seconds of each, run turn about ``count`` times after one unmeasured."""
    ours(), yardstick()
    measured = [(seconds(ours), seconds(yardstick)) for _ in range(count)]
    return (
        statistics.median(first for first, _ in measured),
        statistics.median(second for _, second in measured),
    )


def process(command: list[str], environment: dict[str, str] | None = None) -> Callable[[], None]:
    """Return work that runs ``command`` as a process, silently, and insists that it succeeds."""

    def run() -> None:
        subprocess.run(command, check=True, capture_output=True, env=environment)

    return run


def row(name: str, ours: float, yardstick: float, bound: float, detail: str = "") -> Row:
    """Return the row of ``ours`` seconds to ``yardstick`` seconds, at most ``bound``."""
    ratio = ours / yardstick
    words = f"{ours:.4f} s to {yardstick:.4f} s" + (f"; {detail}" if detail else "")
    return {
        "name": name,
        "ratio": round(ratio, 4),
        "bound": bound,
        "holds": ratio <= bound,
        "detail": words,
    }

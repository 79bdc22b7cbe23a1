"""How counts are shown in a report: whole, or with small ones hidden; and what a share says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from evenhand.audits import pack
from evenhand.audits.queries.counting import Tally
from evenhand.design.documents import Section
from evenhand.design.wording import percent

TOO_FEW = "too few to show"
NONE = "none yet"
STRENGTH, IMPROVE = "strength", "to improve"


class Part(NamedTuple):
    """One part of a report: its id, by which a body may be left out, and what stands in it."""

    id: str
    section: Section


@dataclass(frozen=True)
class Showing:
    """How counts are shown: ``under`` is from which count on they are; 0: all of them."""

    under: int
    confidence: float
    strong: int
    weak: int
    least: int

    def hides(self, tally: Tally) -> bool:
        """Whether either of the parts or all of them are too few."""
        return any(0 < n < self.under for n in (tally.n, tally.of - tally.n, tally.of))

    def share(self, tally: Tally | None, places: int = 0) -> str:
        """Return ``67% (4/6)``."""
        if tally is None or not tally.of:
            return NONE
        if self.hides(tally):
            return TOO_FEW
        return f"{percent(tally.n, tally.of, places)} ({tally.n}/{tally.of})"

    def interval(self, tally: Tally) -> str:
        """Return ``30% to 90%``: where the share lies, were there many more audits like these."""
        if not tally.of or self.hides(tally):
            return ""
        low, high = tally.interval(self.confidence)
        return f"{low:.0%} to {high:.0%}"

    def verdict(self, tally: Tally) -> str:
        """Return whether a theme is a strength or to be improved; empty: neither, or too few."""
        if tally.of < self.least or self.hides(tally):
            return ""
        share = 100 * tally.n / tally.of
        if share >= self.strong:
            return STRENGTH
        return IMPROVE if share < self.weak else ""


def showing(on: date, *, is_small_hidden: bool = False) -> Showing:
    """Return how counts are shown in a report about a time that ends on a day."""
    return Showing(
        pack.small_under(on) if is_small_hidden else 0, pack.limit("confidence", on) / 100,
        pack.limit("theme-strong", on), pack.limit("theme-weak", on), pack.limit("theme-least", on),
    )  # fmt: skip

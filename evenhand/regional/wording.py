"""Figures in words: what was found, against whom, and how sure one can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from evenhand.regional.counts import STEP
from evenhand.regional.definitions import Definitions


class Words:
    """What a measure and a dimension are called in a sentence."""

    def __init__(self, defined: Definitions) -> None:
        self.steps = {step.id: step for step in defined.steps}
        self.standards = defined.standards
        self.headlines = [way.id for way in defined.dimensions if way.headline]
        self.dimensions = {way.id: way.label for way in defined.dimensions}

    def title(self, kind: str, measure: str) -> str:
        """Return the title of a step or a standard."""
        return self.steps[measure].title if kind == STEP else self.standards[measure].title

    def finding(self, row: Mapping[str, Any]) -> str:
        """Return one finding as a sentence; the row's numbers may all be shown."""
        kind, measure = str(row["kind"]), str(row["measure"])
        others = row["others_reached"] / row["others_of"]
        what = (
            f"of {self.steps[measure].counted} {percent(row['rate'])} {self.steps[measure].led}"
            if kind == STEP
            else f"{percent(row['rate'])} were kept waiting beyond the day due"
        )
        return (
            f"{row['area']}, {self.dimensions[row['dimension']].lower()}, {row['label']}: {what}, "
            f"against {percent(others)} of all others ({row['reached']:,} of {row['of']:,}; "
            f"ratio {row['ratio']:.2f}, 95% sure between {row['ratio_low']:.2f} and "
            f"{row['ratio_high']:.2f}; chance {chance(row['corrected'])} after correction for "
            f"{row['comparisons']} comparisons)."
        )


def percent(share: float) -> str:
    """Return a share between 0 and 1 in whole per cent, with one decimal under ten."""
    return f"{share:.1%}" if share < 0.1 else f"{share:.0%}"


def chance(p: float) -> str:
    """Return a chance as people write it."""
    return "under 0.001" if p < 0.001 else f"{p:.3f}"


def day(on: date) -> str:
    """Return a day in words."""
    return f"{on.day} {on:%B %Y}"


def listed(names: Sequence[str]) -> str:
    """Return names with commas and an "and"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

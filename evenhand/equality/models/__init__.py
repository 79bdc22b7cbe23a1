"""Concerns, counts by group, and the figures let out."""

from evenhand.equality.models.concerns import Concern
from evenhand.equality.models.releases import Release
from evenhand.equality.models.tallies import (
    CrossTally,
    GroupTally,
    QuarterTally,
    ServedTally,
    WaitTally,
)

__all__ = [
    "Concern",
    "CrossTally",
    "GroupTally",
    "QuarterTally",
    "Release",
    "ServedTally",
    "WaitTally",
]

"""Concerns, counts by group, and the figures let out."""

from evenhand.equality.models.concerns import Concern
from evenhand.equality.models.releases import Release
from evenhand.equality.models.tallies import GroupTally, QuarterTally

__all__ = ["Concern", "GroupTally", "QuarterTally", "Release"]

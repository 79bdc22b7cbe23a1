"""The Standard Safeguarding Dataset: one CSV file for each table, from any case system."""

from evenhand.formats.ssd.opening import FORMAT

__all__ = ["FORMAT"]

"""The children in need census: one XML file for a year, 2020-21 to 2026-27."""

from evenhand.formats.cin.opening import FORMAT

__all__ = ["FORMAT"]

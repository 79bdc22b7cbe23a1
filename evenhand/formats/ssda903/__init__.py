"""The SSDA903 return of children looked after: twelve modules as CSV files, or one XML file."""

from evenhand.formats.ssda903.opening import FORMAT

__all__ = ["FORMAT"]

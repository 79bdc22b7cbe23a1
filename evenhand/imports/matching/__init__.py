"""Finding the records of other sources that a source's rows tell of.

A row whose key its source never gave us may tell of a child or an event that another source told
before. ``children`` are found by identifier and day of birth, ``events`` by child, kind and day.
What is found is marked in the stage (``known`` and ``matched``); what is in doubt is quarantined.
"""

from evenhand.imports.matching.children import find_children
from evenhand.imports.matching.events import find_events

__all__ = ["find_children", "find_events"]

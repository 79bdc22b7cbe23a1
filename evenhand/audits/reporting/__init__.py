"""The parts of a report of audits, in words and figures, made of what was read for it.

A part is made twice: whole, for those who answer for the practice, and with small counts hidden,
for bodies that do not work with the children. Which body gets which part is the packs'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from evenhand.audits.queries.material import Material
from evenhand.audits.reporting import before, counts, groups, themes, tools
from evenhand.audits.reporting.showing import Part, Showing, showing
from evenhand.design.documents import Section

__all__ = ["PARTS", "Part", "Showing", "parts_of", "showing"]

PARTS: Mapping[str, Callable[[Material, Showing], Iterator[Section]]] = {
    "done": counts.done, "shares": tools.shares, "beside": tools.beside, "themes": themes.themes,
    "teams": themes.teams, "groups": groups.groups, "trends": themes.trends,
    "picked": counts.picked, "agreement": before.agreement, "last": before.last_time,
    "missing": counts.missing,
}  # fmt: skip


def parts_of(made_of: Material, show: Showing) -> list[Part]:
    """Return every part that there is something to say in, in the order of the report."""
    return [Part(id_, section) for id_, make in PARTS.items() for section in make(made_of, show)]

"""What the record itself answers beside an audit: each standard's own outcome, with its evidence.

Nothing is judged here: these are the outcomes of the standards' own pages. They set no grade.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from evenhand.audits.models import Audit, ComplianceCheck
from evenhand.audits.queries.conduct import tool_of
from evenhand.facts.adopted import policy
from evenhand.people.models import Child
from evenhand.people.queries.reach import of_child
from evenhand.rules import Standard, State
from evenhand.standards.models import Standing
from evenhand.standards.queries import Promise
from evenhand.standards.queries.listing import promises

TOLD = frozenset({State.KEPT, State.KEPT_LATE, State.LATE, State.OPEN, State.EXCUSED})
NOTHING = "Does not arise: nothing on the record that it is about"


class Line(NamedTuple):
    """One standard beside an audit: its outcomes for the child, newest first, and the check."""

    standard: Standard
    clause: str
    outcomes: Sequence[Promise]
    check: ComplianceCheck | None = None

    @property
    def arises(self) -> bool:
        """Whether there is anything on the record that the standard is about."""
        return bool(self.outcomes)

    @property
    def is_told(self) -> bool:
        """Whether the record answers it: at least one outcome is known."""
        return any(one.state in TOLD for one in self.outcomes)

    @property
    def words(self) -> str:
        """Return how it stands: ``3 kept, 1 late``."""
        counts = Counter(str(one.state) for one in self.outcomes)
        order = [str(state) for state in State if str(state) in counts]
        told = ", ".join(f"{counts[name]} {policy().word(name)}" for name in order)
        return told or NOTHING


def panel_of(audit: Audit, now: datetime) -> list[Line]:
    """Return the standards beside an audit, in the tool's order, as they stand for the child now.

    A child that was merged since is looked for under the record that is kept. Three queries.
    """
    asked = tool_of(audit)
    if asked is None or audit.child is None:
        return []
    named = {one.standard: one.clause for one in asked.compliance}
    held = _outcomes(audit.child.merged_into or audit.child, named, now)
    checks = {one.standard: one for one in audit.checks.select_related("by")}
    known = policy().standards
    return [
        Line(known[name], clause, held.get(name, ()), checks.get(name))
        for name, clause in named.items()
        if name in known
    ]


def _outcomes(child: Child, named: Iterable[str], now: datetime) -> Mapping[str, Sequence[Promise]]:
    rows = Standing.objects.filter(of_child(child), standard__in=list(named))
    found: dict[str, list[Promise]] = {}
    for one in promises(rows.order_by("-due_on", "-pk"), now):
        found.setdefault(one.standard.id, []).append(one)
    return found

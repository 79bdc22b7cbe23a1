"""What is measured in another room than it is shown: tables from a name to who counts it.

``MEASURES``: what a task's effect can be measured by. Each function takes the measure's parameters
(plain JSON) and a moment, and returns a ``work.measures.Taken``, or None where nothing of it is
counted. ``OF_IDENTITY``: measures of identity that are not counted on identity statements.
"""

from __future__ import annotations

from collections.abc import Mapping

from evenhand.equality import findings
from evenhand.monitoring.actions import improving
from evenhand.monitoring.queries.identity import part_for
from evenhand.people.queries.completeness import Elsewhere
from evenhand.work.measures import Take

MEASURES: Mapping[str, Take] = {
    findings.MEASURE: findings.take,
    improving.MEASURE: improving.take,
}
OF_IDENTITY: Mapping[str, Elsewhere] = {"audits": part_for}

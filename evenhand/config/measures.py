"""What a task's effect can be measured by: the one table from a name to who takes the measure.

Each function takes the measure's parameters (plain JSON) and a moment, and returns a
``work.measures.Taken``, or None where nothing of it is counted.
"""

from __future__ import annotations

from collections.abc import Mapping

from evenhand.equality import findings
from evenhand.monitoring.actions import improving
from evenhand.work.measures import Take

MEASURES: Mapping[str, Take] = {
    findings.MEASURE: findings.take,
    improving.MEASURE: improving.take,
}

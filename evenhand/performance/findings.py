"""What is done about findings, and which wait too long for anything to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from evenhand.facts.adopted import policy
from evenhand.performance import pack
from evenhand.performance.models import Finding
from evenhand.work.models import Task

ABOUT = "finding:"
WITHOUT_ACTION = "finding-without-action"


def actions_begin(ref: str) -> str:
    """Return how what an action is about begins, for one finding."""
    return f"{ABOUT}{ref}:"


def actions_on(findings: Iterable[Finding]) -> Mapping[str, list[Task]]:
    """Return each finding's actions, whatever became of them, by its reference. One query."""
    asked = Q(pk__in=())
    for one in findings:
        asked |= Q(about__startswith=actions_begin(one.ref))
    found: dict[str, list[Task]] = defaultdict(list)
    tasks = Task.objects.filter(asked, kind=pack.ACTION).select_related("owner", "team")
    for task in tasks.order_by("opened_at", "pk"):
        found[task.about.removeprefix(ABOUT).partition(":")[0]].append(task)
    return found


def waits_until(finding: Finding) -> date:
    """Return by when an action is to be there. Problem where no adopted pack says so."""
    days = pack.limit(WITHOUT_ACTION, finding.found_on)
    return policy().calendar.add_working_days(finding.found_on, days)


def without_action(findings: Iterable[Finding], on: date) -> list[Finding]:
    """Return the open findings that should have had an action by a day, and have none."""
    waiting = [one for one in findings if one.closed_on is None and waits_until(one) < on]
    acted = actions_on(waiting)
    gone = Task.State.NOT_NEEDED
    return [one for one in waiting if not any(t.state != gone for t in acted.get(one.ref, ()))]

"""What is done about findings, and which wait too long for anything to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat

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


def without_action(on: date) -> list[Finding]:
    """Return the open findings that should have had an action by a day, and have none. One query.

    An action that is no longer needed is none.
    """
    begins = Concat(Value(ABOUT), OuterRef("ref"), Value(":"))
    actions = Task.objects.filter(about__startswith=begins, kind=pack.ACTION)
    acted = Exists(actions.exclude(state=Task.State.NOT_NEEDED))
    waiting = Finding.objects.filter(~acted, closed_on=None).order_by("found_on", "pk")
    return [one for one in waiting if waits_until(one) < on]

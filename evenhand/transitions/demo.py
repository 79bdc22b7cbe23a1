"""The demonstration's way to adult services: schools' requests, a plan, and a form half filled in.

They are of the social worker's own children who are old enough, the eldest first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.facts.adopted import policy
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.recording.actions import record
from evenhand.recording.answering import Answers
from evenhand.transitions.actions import begin_plan
from evenhand.transitions.models import TransitionPlan
from evenhand.transitions.protocol import routes
from evenhand.transitions.queries.plans import is_of_age

ROUTE: Final = "ALDT"
SECTIONS: Final = {
    "view": "unclear", "young_person": "Likes boats, and to be told things twice.",
    "family": "Lives with a grandmother.", "education": "Plans to go to college on the mainland.",
    "views": "I want to work outside.", "support": "Short breaks, once a month.",
    "sen_reports": "attached",
}  # fmt: skip
COLLEGE: Final = {"school": "Lantern College", "routes": ["ALDT"], "deemed": False}
HARBOUR: Final = {"school": "Harbour School", "routes": ["PDSI"]}


def create(*, at: datetime) -> None:
    """Make them, once; nothing where the adopted packs have no way to adult services."""
    by = User.objects.filter(grants__role=Role.SOCIAL_WORKER).first()
    if by is None or by.worker_id is None or TransitionPlan.objects.exists():
        return
    today = timezone.localdate(at)
    children = Child.objects.filter(worker=by.worker_id, is_open=True, merged_into=None)
    eldest = [one for one in children.order_by("born_on", "pk") if is_of_age(one, today)]
    for place, make in enumerate((_plan, _asked, _told) if eldest else ()):
        make(eldest[place % len(eldest)], by, at)


def _plan(child: Child, by: User, at: datetime) -> None:
    if ROUTE not in routes():
        return
    plan = begin_plan(child, ROUTE, by=by, at=at)
    _write("transition-referral", SECTIONS, child, by, at, plan.pk)


def _asked(child: Child, by: User, at: datetime) -> None:
    today = timezone.localdate(at)
    days = {"received": today - timedelta(days=9), "review_on": today + timedelta(days=30)}
    _write("transition-request", {**HARBOUR, **days}, child, by, at)


def _told(child: Child, by: User, at: datetime) -> None:
    day = timezone.localdate(at) - timedelta(days=3)
    given = {**COLLEGE, "received": day, "decided_by": by.name, "decided_on": day}
    _write("transition-request", given, child, by, at)


def _write(
    form: str, answers: Mapping[str, Any], child: Child, by: User, at: datetime,
    about: int | None = None,
) -> None:  # fmt: skip
    """Fill a form in; one that the adopted packs have not is passed over."""
    asked = policy().question_set(form, timezone.localdate(at))
    if asked is None:
        return
    try:
        record(asked, Answers(dict(answers)), by=by, at=at, child=child, about_id=about)
    except Problem:
        return

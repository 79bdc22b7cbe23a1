"""The demonstration's feedback: some answered and some not, barriers, and a note."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.feedback import actions
from evenhand.feedback.models import Feedback
from evenhand.feedback.queries.register import assessments_of
from evenhand.people.models import Child

SAID = (
    ("child", "being-heard", "My worker asks me first. I like that.", "yes"),
    ("parent", "time", "Nobody rang back for two weeks.", "no"),
    ("carer", "information", "We heard of the meeting on the day itself.", "partly"),
)


def create(*, at: datetime) -> None:
    """Make them about the first children of the social worker; nothing where any is there."""
    worker = User.objects.filter(grants__role=Role.SOCIAL_WORKER).first()
    if worker is None or worker.worker_id is None or Feedback.objects.exists():
        return
    children = list(Child.objects.filter(worker=worker.worker_id).order_by("pk")[: len(SAID)])
    by: dict[str, Any] = {"by": worker, "at": at}
    for number, (child, said) in enumerate(zip(children, SAID, strict=False)):
        _told(child, said, number, by)


def _told(child: Child, said: tuple[str, str, str, str], number: int, by: dict[str, Any]) -> None:
    who, theme, words, trust = said
    on = timezone.localdate(by["at"]) - timedelta(days=number)
    told = actions.record_feedback(
        **by, child=child, received_on=on, respondent=who, theme=theme, words=words,
        confidence=trust, service="social-work",
    )  # fmt: skip
    if number == 0:
        actions.follow_feedback(
            told, **by, version=0, considered_on=on, answered_on=on, told_how="in-person"
        )
        actions.note_discrimination(
            child, **by, noted_on=on, ground="race-ethnicity", form="bullying",
            happened="Called names on the school bus.", impact="Does not want to go.",
            response="The head of year was told; a visit is agreed.",
            fastened=assessments_of(child).first(),
        )  # fmt: skip
        return
    actions.meet_barrier(
        **by, child=child, code="trust" if number == 1 else "cultural-competence", met_on=on,
        fastened=told, service="social-work", words=words,
    )  # fmt: skip

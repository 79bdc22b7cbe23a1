"""The demonstration's tiers: open referrals weighed up, some decided, one letter that waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.casework.models import Referral
from evenhand.eligibility import actions, letters
from evenhand.eligibility.models import Decision
from evenhand.eligibility.pack import tiers
from evenhand.recording.actions import record
from evenhand.recording.answering import Answers
from evenhand.recording.models import Recording
from evenhand.recording.sets import form_called

WEIGHED = (
    ({"level": "substantial", "impairment": "Out of school since September."}, "tier-2"),
    ({"level": "low", "services": "The youth club", "family_network": True}, "tier-1"),
    ({"level": "moderate", "areas": ["attainment"], "area_evidence": "Two terms behind."}, ""),
    ({"level": "critical", "grounds": ["A"], "evidence_a": "Nobody is at home."}, "tier-4"),
)
"""What was answered, and what the manager decided; empty: not yet."""
REASONS = "You told us what helps, and your family can do it with a little support from us."


def create(*, at: datetime) -> None:
    """Make them about open referrals of the social worker; nothing where a decision is there."""
    worker = User.objects.filter(grants__role=Role.SOCIAL_WORKER).first()
    found = tiers()
    if worker is None or worker.worker_id is None or found is None or Decision.objects.exists():
        return
    weighed = Recording.objects.filter(form=found.form).values("about_id")
    mine = Referral.objects.filter(child__worker=worker.worker_id, closed_on=None, withdrawn=False)
    free = mine.exclude(pk__in=weighed).select_related("child").order_by("pk")
    for referral, (answers, decided) in zip(free[: len(WEIGHED)], WEIGHED, strict=False):
        done: dict[str, Any] = {"by": worker, "at": at}
        form = form_called(found.form, timezone.localdate(at))
        made = record(form, Answers(answers), child=referral.child, about_id=referral.pk, **done)
        if decided:
            _decide(made, decided, done)


def _decide(made: Recording, decided: str, done: dict[str, Any]) -> None:
    on = timezone.localdate(done["at"]) - timedelta(days=1)
    departs = decided != made.advice
    given = {"decided": decided, "decided_on": on, "decided_by": "Sam Skerry", "reasons": REASONS}
    why = {"why_departs": "The school has begun something that works."} if departs else {}
    decision = actions.decide(made, given | why, **done)
    if departs:
        actions.write_letter(
            decision, language=letters.ENGLISH, form="Letter", words=letters.proposed(decision),
            **done,
        )  # fmt: skip

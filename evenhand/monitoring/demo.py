"""The demonstration's inspection: made up, one judgement answered and one not."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.monitoring.actions.judging import act_on, record_judgement
from evenhand.monitoring.judgements import scale
from evenhand.monitoring.models import Judgement

SOURCE = "Made up for the demonstration: inspection of Islehaven, the summary"
GIVEN = ("adequate", "good")
BEFORE = timedelta(days=200)
ACTION = "Ask every family, at the first visit, which language they want letters in"


def create(*, at: datetime) -> None:
    """Record what made-up inspectors judged of each area; nothing where any judgement is."""
    by = User.objects.filter(grants__role=Role.EQUALITY_LEAD, is_active=True).first()
    if by is None or Judgement.objects.exists():
        return
    judged_on = timezone.localdate(at) - BEFORE
    made = [
        record_judgement(
            by=by, at=at, area=area.id, given=given, judged_on=judged_on, source=SOURCE
        )
        for area, given in zip(scale().areas, GIVEN, strict=False)
    ]
    for judgement in made[:1]:
        act_on(judgement, by=by, at=at, what=ACTION)

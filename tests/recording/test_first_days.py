"""From which day on a fact is told: kept beside the answers, and true after every change."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from evenhand.facts.horizons import horizons
from evenhand.recording.models import FirstDay, Recording
from evenhand.standards import standing
from evenhand.standards.models import Standing, StandingTally
from tests import factories as make
from tests.clock import Clock
from tests.recording.desk import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ANSWERED = "message.answered"


def began() -> date | None:
    found = horizons([ANSWERED])[ANSWERED]
    return found.complete_from if found else None


def rung(desk: Desk, day: str) -> Recording:
    return desk.writes("phone-message", received_at=f"{day} 09:00", caller="Jo Reed")


def test_the_first_day_follows_what_is_written_changed_and_taken_back(clock: Clock) -> None:
    clock.at("2026-05-01")
    desk = Desk()
    assert began() is None
    rung(desk, "2/4/2026")
    first = rung(desk, "1/4/2026")
    assert began() == date(2026, 4, 1)
    desk.puts_right(first, received_at="3/4/2026 09:00", caller="Jo Reed")
    assert began() == date(2026, 4, 2)
    for each in Recording.objects.all():
        error = reverse("recording:in-error", args=[each.ref])
        assert desk.client.post(error, {"reason": "Typed twice."}).status_code == 302
    assert began() is None
    assert not FirstDay.objects.filter(fact=ANSWERED).exists()


def test_when_a_form_is_first_used_every_promise_that_rests_on_it_is_worked_out_anew(
    clock: Clock,
) -> None:
    """The standings are those that a rebuild gives, whoever's record came first."""
    clock.at("2026-04-20")
    desk, now = Desk(), timezone.now()
    first, other = (make.referral(desk.child(), date(2026, 4, day)) for day in (1, 15))
    standing.refresh(now)
    desk.writes("referrer-acknowledged", first.child, first.pk, acknowledged="16/4/2026")
    kept = sorted(Standing.objects.values_list("standard", "subject_id", "cycle", "kind"))
    tallies = sorted(StandingTally.objects.values_list("standard", "month", "late", "not_recorded"))
    standing.refresh(now)
    assert kept == sorted(Standing.objects.values_list("standard", "subject_id", "cycle", "kind"))
    anew = StandingTally.objects.values_list("standard", "month", "late", "not_recorded")
    assert tallies == sorted(anew)
    assert Standing.objects.filter(subject="referral", subject_id=other.pk).exists()

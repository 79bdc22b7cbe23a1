"""The contact card: filled in with who can be reached, to be printed."""

from __future__ import annotations

import pytest

from evenhand.accounts.models import Worker
from tests import factories as make
from tests.clock import Clock
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.clause("IOW-2.4.27-a", rests_on="forms/contact-card")
def test_the_card_is_filled_in_with_names_and_how_to_reach_them(clock: Clock) -> None:
    clock.at("2026-12-02")
    desk, manager = Desk(), make.worker("Mo Tern")
    Worker.objects.filter(pk=manager.pk).update(email="mo.tern@islehaven.example")
    theirs = {"manager": manager, "email": "ana.quay@islehaven.example"}
    Worker.objects.filter(pk=desk.worker.pk).update(**theirs)
    written = desk.writes("contact-card", desk.child(), sent="2/12/2026", format="paper")
    assert "How to reach us" in desk.words("recording:one", written.ref)
    card = desk.words("recording:letter", written.ref, "card")
    for told in ("Ana Quay", "ana.quay@islehaven.example", "Mo Tern", "mo.tern@", "at night"):
        assert told in card
    assert "not recorded" not in card

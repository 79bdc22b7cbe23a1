"""Who a child is in audits and in early help: evaluated, scored on one scale, and compared."""

from __future__ import annotations

import pytest

from evenhand.audits import pack
from evenhand.recording.sets import form_called
from tests.clock import Clock
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.clause("NOR-ofsted-b", rests_on="forms/early-help-assessment")
def test_an_early_help_assessment_says_what_diversity_means(clock: Clock) -> None:
    """Blank, the evaluation is missing, with the author and the day; audited on the same scale."""
    desk = Desk("Ana Quay")
    day = clock.at("2026-05-12")
    made = desk.writes(
        "early-help-assessment", desk.child(), completed="2026-05-11", author="Ana Quay"
    )
    read = desk.reads(made)
    assert "Evaluation missing: Ana Quay, Mon 11 May 2026" in read
    assert desk.promise(made, "Early help assessments evaluate diversity")[-1].startswith("late")
    desk.puts_right(made, completed="2026-05-11", author="Ana Quay", evaluated="2026-05-12")
    assert "Evaluation missing" not in desk.reads(made)
    tool = form_called(pack.type_called("team-manager").tool, day.date())
    early, social = (tool.question(f"identity_{kind}") for kind in ("early_help", "assessment"))
    assert early is not None
    assert social is not None
    assert [one.id for one in early.choices] == [one.id for one in social.choices]
    assert sorted(one.points for one in pack.scale()) == [1, 2, 3, 4]

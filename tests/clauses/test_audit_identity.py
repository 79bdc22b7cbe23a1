"""Who a child is in audits and in early help: evaluated, scored on one scale, and compared."""

from __future__ import annotations

import pytest

from evenhand.accounts.models import Role
from evenhand.audits import pack
from tests import factories as make
from tests.audits import making
from tests.clock import Clock
from tests.pages import labels_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.clause("NOR-ofsted-b", rests_on="forms/early-help-assessment")
def test_an_early_help_assessment_says_what_diversity_means(clock: Clock) -> None:
    """Blank, the evaluation is missing, with the author and the day; audited on the same scale."""
    desk = Desk("Ana Quay")
    clock.at("2026-05-12")
    made = desk.writes(
        "early-help-assessment", desk.child(), completed="2026-05-11", author="Ana Quay"
    )
    read = desk.reads(made)
    assert "Evaluation missing: Ana Quay, Mon 11 May 2026" in read
    assert desk.promise(made, "Early help assessments evaluate diversity")[-1].startswith("late")
    desk.puts_right(made, completed="2026-05-11", author="Ana Quay", evaluated="2026-05-12")
    assert "Evaluation missing" not in desk.reads(made)
    auditor = Desk(role=Role.SERVICE_MANAGER)
    audit = making.audit(auditor.user, make.child(team=make.team()))
    form = auditor.get("audits:write", audit.ref)
    grades = ["Outstanding", "Good", "Requires improvement to be good", "Inadequate"]
    for question in ("identity_early_help", "identity_assessment"):
        assert labels_of(form, question) == grades
    assert {one.label: one.points for one in pack.scale()} == dict(
        zip(grades, (4, 3, 2, 1), strict=True)
    )

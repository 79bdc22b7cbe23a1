"""A gate answers yes, no or unknown for one subject, and says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evenhand.casework.models import CarePeriod
from evenhand.facts import adopted
from evenhand.facts.registry import BINDINGS
from evenhand.rules import Answer
from evenhand.standards import gates
from tests import factories as make

pytestmark = [pytest.mark.django_db]
REVIEW = "england/looked-after-review"


@pytest.fixture(autouse=True)
def gated(monkeypatch: pytest.MonkeyPatch) -> None:
    """The adopted policy, with its review standard standing in the way of a gate."""
    whole = adopted.policy()
    review = replace(whole.standards[REVIEW], gate="close the period")
    standards = {**whole.standards, REVIEW: review}
    monkeypatch.setattr(gates, "policy", lambda: replace(whole, standards=standards))


def _answer(period: CarePeriod) -> gates.Gate:
    return gates.gate("close the period", "care_period", period.pk, now=make.NOW)


def test_no_while_something_is_late_with_the_reasons() -> None:
    make.coverage(*BINDINGS)
    found = _answer(make.care_period(make.child(), date(2026, 10, 1)))
    assert found.answer is Answer.NO
    ((standard, reasons),) = found.reasons
    assert standard.id == REVIEW
    assert "starts" in [reason.code for reason in reasons]


def test_yes_where_it_does_not_apply() -> None:
    make.coverage(*BINDINGS)
    period = make.care_period(make.child(), date(2026, 10, 1))
    make.legal_status(period, "V4")
    assert _answer(period) == gates.Gate(Answer.YES, ())


def test_unknown_where_nothing_holds_the_fact() -> None:
    period = make.care_period(make.child(), date(2026, 10, 1))
    assert _answer(period).answer is Answer.UNKNOWN


def test_a_gate_that_no_standard_makes() -> None:
    with pytest.raises(LookupError, match="makes the gate"):
        gates.gate("fly", "care_period", 1, now=make.NOW)

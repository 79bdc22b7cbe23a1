"""The annual timetable of audits, month by month, as its page shows it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenhand.accounts.models import Role
from evenhand.audits.actions import programme as actions
from tests import factories as make
from tests.clock import Clock
from tests.pages import headings_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
TM, SM, TDM, CP, PEP = "TM", "SM", "TDM", "CP", "PEP"
"""Kinds of audit, as the timetable of the policy writes them."""


STANDARDS = {
    TM: "team-manager-audits", SM: "senior-audits", TDM: "threshold-audits",
    CP: "protection-audits", PEP: "education-plan-slots",
}  # fmt: skip


def _clause(month: int, *kinds: str) -> object:
    """A month with the kinds of audit it holds; it rests on the standard of the last of them."""
    name = f"{date(2026, month, 1):%B}"
    rests_on = f"isle-of-wight/{STANDARDS[kinds[-1]]}"
    mark = pytest.mark.clause(f"IOW-TT-{month:02}", rests_on=rests_on)
    return pytest.param(month, set(kinds), marks=mark, id=name)


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """Quality assurance, who draws the year up for two teams."""
    now = clock.at("2026-01-02")
    for _ in range(2):
        make.child(team=make.team())
    made = Desk("Quinn Meadow", role=Role.QUALITY_ASSURANCE)
    actions.generate(2026, by=made.user, at=now)
    return made


@pytest.mark.parametrize(
    ("month", "kinds"),
    [
        _clause(1, TM), _clause(2, TM, TDM), _clause(3, SM, TM, PEP), _clause(4, TM, CP),
        _clause(5, TM), _clause(6, TM), _clause(7, TM, SM), _clause(8, TM),
        _clause(9, SM, TM, TDM), _clause(10, TM, CP), _clause(11, TM, PEP), _clause(12, TM, SM),
    ],
)  # fmt: skip
def test_a_month_holds_its_audits_and_they_are_late_the_day_after(
    month: int, kinds: set[str], desk: Desk, clock: Clock
) -> None:
    last = (date(2026, month, 28) + timedelta(4)).replace(day=1) - timedelta(1)
    clock.at(f"{last}")
    assert _held(desk, month, "open") == kinds
    clock.at(f"{last + timedelta(1)}")
    assert _held(desk, month, "late") == kinds


def _held(desk: Desk, month: int, state: str) -> set[str]:
    """Return the kinds of audit that the timetable shows in a month, each in that state."""
    page = desk.get("audits:programme", year=2026)
    caption = "The timetable of 2026"
    row = table_of(page, caption)[month - 1]
    held = {}
    for heading, shown in zip(headings_of(page, caption)[1:], row[1:], strict=True):
        if shown != "\N{EN DASH}none":
            held[heading.rsplit("(", 1)[-1].rstrip(")")] = shown
    assert all(shown.endswith(state) for shown in held.values()), held
    return set(held)

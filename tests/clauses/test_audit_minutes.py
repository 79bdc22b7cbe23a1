"""The monthly audit of core group minutes: timeliness from the dates, outcomes from the auditor."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenhand.accounts.models import Role
from evenhand.audits.models import Audit
from evenhand.casework.models import CoreGroup, Section47
from tests import factories as make
from tests.audits import making
from tests.audits.graded import graded
from tests.clock import Clock
from tests.pages import table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
GROUPS, IN_TIME, DAYS = 10, 8, 42


@pytest.mark.clause("IOW-2.4.45", rests_on="isle-of-wight/core-group")
def test_timeliness_of_ten_core_groups_is_filled_from_their_dates(clock: Clock) -> None:
    clock.at("2026-06-03")
    make.coverage("protection_plan.started", "protection_plan.core_groups_held",
                  "protection_plan.ended", complete_to=date(2026, 6, 3))  # fmt: skip
    quality = Desk("Quinn Meadow", role=Role.QUALITY_ASSURANCE)
    slot = making.slot("minutes", date(2026, 5, 1))
    for place in range(GROUPS):
        held_on = date(2026, 5, 10 + place)
        _core_group(held_on, DAYS if place < IN_TIME else DAYS + 1)
    _core_group(date(2026, 6, 1), DAYS + 1)
    page = quality.get("audits:slot", slot.ref)
    figures = table_of(page, "Timeliness and outcomes of core groups in May 2026")
    assert figures == [["The core group meets", "80%", "8 of 10"]]
    states = [row[3] for row in table_of(page, "Core groups held in May 2026")]
    assert states == ["kept"] * IN_TIME + ["kept late"] * (GROUPS - IN_TIME)


@pytest.mark.clause("IOW-2.4.45", rests_on="forms/audit-minutes")
def test_the_auditor_rates_the_outcomes_of_each_core_group(clock: Clock) -> None:
    clock.at("2026-06-03")
    officer = Desk("Ivy Reel", role=Role.REVIEWING_OFFICER)
    slot = making.slot("minutes", date(2026, 5, 1))
    held = [_core_group(date(2026, 5, 10 + place), DAYS) for place in range(2)]
    done = graded(officer.user, date(2026, 6, 2), type_="minutes", child=held[0].child, slot=slot,
                  outcomes_grade="requires-improvement")  # fmt: skip
    Audit.objects.filter(pk=done.pk).update(subject="core_group", about_id=held[0].pk)
    page = officer.get("audits:slot", slot.ref)
    rated = [row[4] for row in table_of(page, "Core groups held in May 2026")]
    assert rated == ["Requires improvement to be good", "Not rated yet"]
    figures = table_of(page, "Timeliness and outcomes of core groups in May 2026")
    assert figures[1] == ["Outcomes: Requires improvement to be good", "100%", "1 of 1"]
    assert held[0].child.surname not in page.content.decode()


@pytest.mark.clause("IOW-2.4.45", rests_on="isle-of-wight/strategy-minutes-sent")
def test_timeliness_of_strategy_minutes_is_filled_from_their_dates_or_is_not_known(
    clock: Clock,
) -> None:
    """Five discussions of 12 May: 15 working days end on 3 June."""
    clock.at("2026-06-20")
    make.coverage("section_47.started", complete_to=date(2026, 6, 20))
    quality = Desk("Quinn Meadow", role=Role.QUALITY_ASSURANCE)
    slot = making.slot("minutes", date(2026, 5, 1))
    held_on = date(2026, 5, 12)
    children = [make.child(team=make.team()) for _ in range(GROUPS // 2)]
    enquiries = [Section47.objects.create(child=one, started_on=held_on) for one in children]
    caption = "Minutes of strategy discussions in May 2026"
    shown = table_of(quality.get("audits:slot", slot.ref), caption)
    assert shown[0][1] == "Not known5 of which it is not known"
    for place, enquiry in enumerate(enquiries[:4]):
        sent_on = date(2026, 6, 3) if place < 3 else date(2026, 6, 4)
        Section47.objects.filter(pk=enquiry.pk).update(strategy_minutes_on=sent_on)
    Section47.objects.create(child=make.child(), started_on=date(2026, 1, 5),
                             strategy_minutes_on=date(2026, 1, 6))  # fmt: skip
    shown = table_of(quality.get("audits:slot", slot.ref), caption)
    assert shown == [["Minutes of strategy discussions go out", "60%", "3 of 5"]]


def _core_group(held_on: date, days: int) -> CoreGroup:
    child = make.child(team=make.team())
    plan = make.protection_plan(child, held_on - timedelta(days=days))
    return CoreGroup.objects.create(child=child, plan=plan, held_on=held_on)

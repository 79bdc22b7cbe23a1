"""Core groups: at least every six weeks, each counted from the one before."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from evenhand.casework.models import CoreGroup, ProtectionPlan
from evenhand.facts.registry import BINDINGS
from evenhand.standards import standing
from tests import factories
from tests.clauses.test_reviews_in_time import lines_of
from tests.pages import main_of, shown

pytestmark = pytest.mark.django_db


@pytest.mark.clause("IOW-2.4.26-s", rests_on="isle-of-wight/core-group")
def test_six_weeks_run_from_each_core_group_and_a_late_one_moves_the_next(client: Client) -> None:
    factories.coverage(*BINDINGS)
    child = factories.child()
    held_on = date(2026, 4, 1)
    held = factories.conference(child, held_on)
    plan = factories.protection_plan(child, held_on, conference=held)
    for day in (date(2026, 5, 5), date(2026, 6, 17)):
        CoreGroup.objects.create(child=child, plan=plan, held_on=day)
    standing.refresh(factories.NOW)

    client.force_login(factories.user("director"))
    page = shown(client.get(f"/children/{child.ref}/"))
    rows = [list(map(lines_of, row)) for row in page.findall(".//table/tbody/tr")]
    meets = {row[2]: row for row in rows if row[0].startswith("The core group meets Our promise")}
    assert set(meets) == {"Tue 16 June 2026", "Wed 29 July 2026"}
    assert any(row[2].endswith("Our promise: Wed 13 May 2026") for row in rows)
    late = meets["Tue 16 June 2026"]
    assert "Within 6 weeks of the one before (Tue 5 May 2026)" in late[1]
    assert "Done on Wed 17 June 2026, 1 day later" in late[1]
    assert late[3].lower().startswith("kept late")
    assert "Within 6 weeks of the one before (Wed 17 June 2026)" in meets["Wed 29 July 2026"][1]

    ProtectionPlan.objects.filter(pk=plan.pk).update(ended_on=date(2026, 7, 20))
    standing.refresh(factories.NOW)
    assert "Wed 29 July 2026" not in main_of(client.get(f"/children/{child.ref}/"))

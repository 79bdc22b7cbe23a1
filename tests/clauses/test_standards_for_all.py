"""Standards for everyone: what to expect, what is missing, what comes first, how it goes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from evenhand.accounts.models import Role
from evenhand.facts.registry import BINDINGS
from evenhand.people.actions import answer
from evenhand.people.models import Child
from evenhand.people.queries import identity_summary
from evenhand.standards import standing
from tests import factories as make
from tests.clock import Clock
from tests.pages import main_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
CONFERENCE = "england/conference-after-enquiry"
TITLE = "The initial conference is held"
WHO = {
    "ethnicity": "WBRI", "sex": "F", "disability": "NONE", "religion": "none",
    "first_language": "eng", "interpreter": "no", "communication": "none",
}  # fmt: skip
PACK = """id: quicker
title: Quicker Council
source: made up
licence: none
adopts: [islehaven]
overrides:
  - {standard: isle-of-wight/referral-feedback, field: within, from: 2027-01-04, value: 5,
     unit: working days, reason: Referrers asked for it}
"""


@pytest.fixture
def quicker(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """An authority that tells referrers sooner from January 2027."""
    folder = tmp_path / "quicker"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, "utf-8")
    monkeypatch.setenv("EVENHAND_PACKS", str(tmp_path))
    settings.ADOPTED_PACK = "quicker"


@pytest.mark.clause("IOW-2.4.20-a", rests_on="isle-of-wight/referral-feedback")
@pytest.mark.usefixtures("quicker")
def test_another_limit_changes_the_public_page_on_its_day(clock: Clock, client: Client) -> None:
    told = "We tell the person who asked us to help what we are going to do"
    page = reverse("our_standards:standards")
    clock.at("2027-01-03")
    before = main_of(client.get(page)).split(told)[1]
    assert before.lstrip().startswith("Within 7 working days of")
    assert "From Mon 4 January 2027: within 5 working days of" in before.split("We ")[0]
    clock.at("2027-01-04")
    after = main_of(client.get(page)).split(told)[1].split("We ")[0]
    assert after.lstrip().startswith("Within 5 working days of")
    assert "Since Mon 4 January 2027" in after


def known(child: Child, desk: Desk, at: datetime) -> None:
    """Answer all that is missing of who a child is."""
    for name, said in WHO.items():
        answer(child, by=desk.user, at=at, characteristic=name, status="answered", answer=said,
               said_by="child", asked_on=at.date())  # fmt: skip
    assert identity_summary(child, desk.user, today=at.date()).completeness.missing == ()


@pytest.mark.clause("IOW-2.4.20-b", rests_on="case-file/chronology")
def test_a_case_with_no_plan_and_no_chronology_lists_exactly_those_two(clock: Clock) -> None:
    now = clock.at("2026-11-21")
    desk = Desk()
    child = desk.child(born_on=date(2015, 3, 1), is_open=True)
    known(child, desk, now)
    make.assessment(child, date(2026, 9, 1), authorised_on=date(2026, 10, 1),
                    no_further_action=False)  # fmt: skip
    rows = table_of(desk.get("pages:gaps", child.ref), "What is not done")
    found = [row[0].split("The newest")[0].split("No significant")[0] for row in rows]
    assert found == [
        "There is a plan",
        "The chronology is current and holds significant events only",
    ]
    printed = desk.words("pages:gaps-to-print", child.ref)
    assert "You have a plan that says what happens next." in printed
    assert Desk("Bo Ferry").get("pages:gaps", child.ref).status_code == 404


@pytest.mark.clause("IOW-2.4.20-c", rests_on="forms/tier-advice")
def test_two_of_priority_1_come_before_five_of_priority_4(clock: Clock) -> None:
    now = clock.at("2026-11-21")
    make.coverage(*BINDINGS, complete_to=now.date())
    desk = Desk()
    for level in ("low",) * 5 + ("critical",) * 2:
        child = desk.child(born_on=date(2015, 3, 1))
        referral = make.referral(child, date(2026, 10, 1))
        make.section_47(child, date(2026, 10, 2), conference_needed=True)
        desk.writes("tier-advice", child, referral.pk, level=level)
    standing.refresh(now)
    lead = Desk("Mo Pier", role=Role.TEAM_MANAGER, team=desk.team)
    rows = table_of(lead.get("performance:priorities"), "What to put right first")
    late = [(row[0], row[2]) for row in rows if row[1].startswith(TITLE)]
    assert late == [("Priority 1", "2"), ("Priority 4", "5")]
    firsts = [row[0] for row in rows]
    assert firsts == sorted(firsts)
    assert table_of(lead.get("performance:gaps"), "What is not done")


def enquiry(started: date, days: int) -> None:
    """An enquiry whose conference was held so many days after it began."""
    child = make.child(born_on=date(2015, 3, 1))
    found = make.section_47(child, started, conference_needed=True)
    make.conference(child, date.fromordinal(started.toordinal() + days), section_47=found)


def two_quarters(clock: Clock) -> None:
    """7 of 10 in April to June, 17 of 25 in July to September; and of another 2 of 3."""
    now = clock.at("2026-11-21")
    make.coverage(*BINDINGS, complete_to=now.date())
    for started, kept, late in ((date(2026, 5, 5), 7, 3), (date(2026, 8, 3), 17, 8)):
        for number in range(kept + late):
            enquiry(started, 10 if number < kept else 40)
    for held_after in (10, 12, 50):
        period = make.care_period(make.child(), date(2026, 7, 6), ended_on=date(2026, 9, 1))
        make.legal_status(period, "C2")
        make.looked_after_review(
            period, date.fromordinal(date(2026, 7, 6).toordinal() + held_after)
        )
    standing.refresh(now)


@pytest.mark.clause("IOW-2.4.20-d", rests_on="performance/published-from")
def test_the_public_reads_q2_with_numbers_and_those_under_five_hidden(
    clock: Clock, client: Client
) -> None:
    two_quarters(clock)
    one, other = Desk("Di Reed", role=Role.DIRECTOR), Desk("Quin", role=Role.QUALITY_ASSURANCE)
    public = reverse("our_standards:quarter", args=["2026-07"])
    reply = one.client.post(reverse("performance:propose"), {"quarter": "2026-07-01"})
    assert client.get(public).status_code == 404
    own = one.client.post(f"{reply['Location']}let-out/", follow=True)
    assert "Nobody lets their own figures out." in main_of(own)
    assert client.get(public).status_code == 404
    other.client.post(f"{reply['Location']}let-out/")

    page = client.get(public)
    assert "Q2 2026-27 (July to September 2026)" in main_of(page)
    rows = {row[0]: row[1:] for row in table_of(page, "How often we kept our promises")}
    (conference,) = [row for name, row in rows.items() if TITLE in name]
    assert conference == ["68%", "17", "25", "90%"]
    reviews = [row for name, row in rows.items() if "Looked-after reviews are held" in name]
    assert reviews
    assert all(row == ["hidden: under 5"] * 3 + ["90%"] for row in reviews)
    assert "2026-07" in client.get(reverse("our_standards:standards")).content.decode()

    one.client.post(f"{reply['Location']}withdraw/", {"why": "A source was incomplete."})
    assert client.get(public).status_code == 404


@pytest.mark.clause("IOW-2.4.20-e", rests_on="performance/under-target-periods")
def test_action_is_required_of_a_standard_at_70_and_68_until_one_is_linked(clock: Clock) -> None:
    two_quarters(clock)
    lead = Desk("Di Reed", role=Role.DIRECTOR)
    rows = table_of(lead.get("standards:overview"), "Under target")
    (row,) = [row for row in rows if row[0].startswith(TITLE)]
    assert row[1:] == ["70%7 of 10", "68%17 of 25", "90%", "Action required"]
    asked = int(lead.words("pages:home").split("action required: ")[1].split()[0])
    act = reverse("standards:act", args=CONFERENCE.split("/"))
    assert lead.client.post(act, {"what": "Book the room on the first day."}).status_code == 302
    rows = table_of(lead.get("standards:overview"), "Under target")
    (row,) = [row for row in rows if row[0].startswith(TITLE)]
    assert row[-1] == "Book the room on the first day."
    left = lead.words("pages:home").partition("action required: ")[2].split(" ")[0]
    assert int(left or 0) == asked - 1
    again = lead.client.post(act, {"what": "Once more."})
    assert "A task about this is open already." in main_of(again)

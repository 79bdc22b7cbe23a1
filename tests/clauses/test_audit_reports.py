"""Reports of audits, what audits come to, and who must have read it, through the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from evenhand.accounts.models import Role, Team, User
from evenhand.audits.actions.programme import generate
from evenhand.audits.actions.reminding import remind
from evenhand.audits.models import Audit, Report
from tests import factories as make
from tests.audits import making
from tests.audits.graded import graded
from tests.clock import Clock
from tests.pages import main_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
HALF_YEAR = {"kind": "half-year", "since": "1/1/2026", "until": "30/6/2026"}


def _assurance() -> Desk:
    """Quality assurance, over the authority."""
    desk = Desk("Ola Marsh", role=Role.QUALITY_ASSURANCE)
    desk.user.grants.update(team=None)
    return desk


def _post(desk: Desk, route: str, *args: Any, **given: Any) -> Any:
    return desk.client.post(reverse(route, args=args), given)


def _drawn_up(desk: Desk, **given: Any) -> Report:
    reply = _post(desk, "audits:draw-up-report", **{**HALF_YEAR, **given})
    assert reply.status_code == 302, main_of(reply)
    return Report.objects.latest("pk")


def _publish(desk: Desk, report: Report, *groups: str) -> Any:
    report.refresh_from_db()
    given = {"version": report.version, "groups": groups}
    return _post(desk, "audits:publish-report", report.ref, **given)


def _managers(number: int) -> list[User]:
    return [make.user(Role.TEAM_MANAGER, team=make.team(f"Team {n:02}")) for n in range(number)]


@pytest.mark.clause("IOW-2.1.6-b", rests_on="forms/audit-file")
def test_scores_of_a_team_by_theme_month_and_quarter(clock: Clock) -> None:
    clock.at("2026-07-10")
    desk, team = _assurance(), make.team("Harbour")
    for place in range(6):
        grade = "good" if place < 4 else "inadequate"
        graded(desk.user, date(2026, 6, 1 + place), team=team, identity_grade=grade)
    graded(desk.user, date(2026, 6, 9), team=team, is_random=False)
    page = desk.get("audits:scores", theme="identity", until="2026-07")
    (row,) = table_of(page, "Who the child is, by team, month by month")
    assert row[0] == "Harbour"
    assert row[-2] == "67% (4/6)"
    (row,) = table_of(page, "Who the child is, by team, quarter by quarter")
    assert "67% (4/6)" in row
    picked = desk.get("audits:scores", theme="identity", until="2026-07", which="picked")
    assert "100% (1/1)" in main_of(picked)


@pytest.mark.clause("IOW-2.4.14-b", rests_on="isle-of-wight/audit-report-read")
def test_who_has_not_opened_a_report_after_ten_working_days(clock: Clock) -> None:
    desk, managers = _assurance(), _managers(8)
    make.user(Role.DIRECTOR)
    clock.at("2026-07-01")
    report = _drawn_up(desk)
    assert _publish(desk, report, "senior-leadership", "team-managers").status_code == 302
    readers = [Desk.__new__(Desk) for _ in managers]
    for reader, user in zip(readers, managers, strict=True):
        reader.user = user
    clock.at("2026-07-08")
    for reader in readers[:5]:
        assert "Reports of audits to read: 1" in reader.words("pages:home")
        assert reader.get("audits:report", report.ref).status_code == 200
    assert "Reports of audits to read" not in readers[0].words("pages:home")
    clock.at("2026-07-15")
    rows = _distribution(desk, report)
    assert len(rows) == 8
    assert [row[-1] for row in rows[:3]] == ["open"] * 3
    clock.at("2026-07-16")
    rows = _distribution(desk, report)
    assert [row[-1] for row in rows].count("late") == 3
    assert [row[-1] for row in rows].count("kept") == 5
    assert {row[0] for row in rows if row[-1] == "late"} == {one.name for one in managers[5:]}


def _distribution(desk: Desk, report: Report) -> list[list[str]]:
    rows = table_of(desk.get("audits:report", report.ref), "Who has it")
    return [row for row in rows if row[1] == "Team managers"]


@pytest.mark.clause("IOW-2.4.33", rests_on="isle-of-wight/senior-audit-analysis")
def test_the_last_report_drives_the_next_and_none_leaves_without_the_leadership(
    clock: Clock,
) -> None:
    desk = _assurance()
    make.user(Role.DIRECTOR)
    _managers(1)
    now = clock.at("2026-03-31")
    generate(2026, by=desk.user, at=now)
    report = _drawn_up(desk, until="31/3/2026")
    refused = _publish(desk, report, "team-managers")
    assert "does not go to the Senior leadership team" in main_of(refused)
    assert Report.objects.get().published_at is None
    assert _publish(desk, report, "senior-leadership", "team-managers").status_code == 302
    (row, *_) = table_of(desk.get("audits:reports"), "The next reports")
    assert row[0] == "Six-monthly report of audits"
    assert row[2] == "Wed 30 September 2026"
    remind(clock.at("2026-09-02"))
    remind(clock.at("2026-09-03"))
    tasks = desk.words("work:tasks")
    assert tasks.count("Six-monthly report of audits: due by Wed 30 September 2026") == 1


@pytest.mark.clause("IOW-2.4.36-b", rests_on="isle-of-wight/team-manager-audits")
def test_the_half_years_report_counts_every_team_audit_or_lists_what_is_missing(
    clock: Clock,
) -> None:
    now, desk = clock.at("2026-07-01"), _assurance()
    teams = [make.team(f"Team {number:02}") for number in range(8)]
    _programme(desk.user, now, teams)
    report = _drawn_up(desk)
    page = desk.get("audits:report", report.ref)
    assert ["Team manager's file audit", "288", "288", "288"] in table_of(
        page, "Audits done of those due"
    )
    assert not [row for row in table_of(page, "Missing") if row[0] == "Team manager's file audit"]
    gone = Audit.objects.filter(team=teams[2], slot__month=date(2026, 3, 1)).first()
    assert gone is not None
    gone.delete()
    _post(desk, "audits:count-report-again", report.ref)
    page = desk.get("audits:report", report.ref)
    assert "Team manager's file audit: 287 of 288 audits are done." in main_of(page)
    missing = [row for row in table_of(page, "Missing") if row[0] == "Team manager's file audit"]
    assert missing == [["Team manager's file audit", "Team 02", "March 5/6"]]


def _programme(by: User, now: Any, teams: list[Team]) -> None:
    making.whole_year(2026, 8, by, now, teams=teams)
    Audit.objects.exclude(slot__line="team-manager").delete()


@pytest.mark.clause("IOW-2.4.41-b", rests_on="forms/audit-threshold")
def test_how_often_the_tier_was_the_right_one(clock: Clock) -> None:
    clock.at("2026-07-01")
    desk = _assurance()
    for place in range(84):
        graded(desk.user, date(2026, 5, 4), type_="threshold", tier_agreed=place < 77)
    report = _drawn_up(desk, kind="threshold")
    (row,) = table_of(desk.get("audits:report", report.ref), "The tier was the right one")
    assert row[1] == "91.7% (77/84)"


@pytest.mark.clause("IOW-2.4.41-c", rests_on="forms/audit-threshold")
def test_the_laming_requirements_agency_by_agency(clock: Clock) -> None:
    clock.at("2026-07-01")
    desk = _assurance()
    asked = [
        "seen", "spoken-to", "checked", "shared", "in-writing", "named", "reasons", "manager",
        "no-closing-unseen", "told-back",
    ]  # fmt: skip
    rows = [{"agency": "health", "laming": asked[:8]}, {"agency": "police", "laming": asked[:9]}]
    graded(desk.user, date(2026, 5, 4), type_="threshold", rows=rows)
    report = _drawn_up(desk, kind="threshold")
    found = table_of(desk.get("audits:report", report.ref), "The Laming requirements were met")
    assert [row[:2] for row in found] == [["Health", "80% (8/10)"], ["Police", "90% (9/10)"]]


@pytest.mark.clause("IOW-2.4.42", rests_on="audits/threshold")
def test_a_threshold_report_goes_to_the_partnership_and_each_recommendation_has_an_owner(
    clock: Clock,
) -> None:
    clock.at("2026-07-01")
    desk, partner = _assurance(), make.user(Role.PARTNER_AUDITOR)
    _managers(1)
    report = _drawn_up(desk, kind="threshold")
    _post(desk, "audits:recommend", report.ref, words="Ring back the same day")
    refused = main_of(_publish(desk, report, "team-managers"))
    assert "Local safeguarding children partnership, who must have it" in refused
    assert "Nobody answers for the recommendation “Ring back the same day”" in refused
    assert "owner missing" in desk.words("audits:report", report.ref)
    _post(desk, "audits:drop-recommendation", report.recommendations.get().ref)
    given = {"words": "Ring back the same day", "owner": desk.user.name, "due_on": "1/9/2026"}
    _post(desk, "audits:recommend", report.ref, **given)
    assert _publish(desk, report, "partnership", "team-managers").status_code == 302
    assert "Ring back the same day" in desk.words("work:tasks")
    reader = Desk.__new__(Desk)
    reader.user = partner
    assert "Ring back the same day. Ola Marsh" in reader.words("audits:report", report.ref)


@pytest.mark.clause("IOW-2.4.46", rests_on="audits/child-protection")
def test_a_child_protection_report_does_not_leave_without_service_managers(clock: Clock) -> None:
    clock.at("2026-07-01")
    desk = _assurance()
    make.user(Role.PARTNER_AUDITOR)
    make.user(Role.SERVICE_MANAGER)
    _managers(2)
    report = _drawn_up(desk, kind="child-protection")
    refused = main_of(_publish(desk, report, "partnership", "team-managers"))
    assert "It does not go to the Service managers, who must have it." in refused
    assert not report.copies.exists()
    groups = ("partnership", "service-managers", "team-managers")
    assert _publish(desk, report, *groups).status_code == 302
    rows = table_of(desk.get("audits:report", report.ref), "Who has it")
    sent = {row[1]: row[2] for row in rows}
    assert set(sent) == {
        "Local safeguarding children partnership", "Service managers", "Team managers",
    }  # fmt: skip
    assert all("1 July 2026" in day for day in sent.values())


@pytest.mark.clause("IOW-2.4.47-c", rests_on="forms/audit-education-plan")
def test_the_quality_of_education_plans_beside_attendance_and_attainment(clock: Clock) -> None:
    clock.at("2026-07-01")
    desk = _assurance()
    for place in range(20):
        is_good = place < 12
        graded(
            desk.user, date(2026, 3, 9), type_="education-plan",
            grade="good" if is_good else "requires-improvement", attendance_before=80,
            attendance_after=90 if is_good else 78,
            attainment="better" if place in range(10) or place == 19 else "same",
        )  # fmt: skip
    report = _drawn_up(desk, kind="education-plan")
    rows = table_of(
        desk.get("audits:report", report.ref), "Quality beside what changed for the child"
    )
    good, below, every = rows
    assert [good[0], good[-3:]] == ["Good or better", ["12", "3", "+10"]]
    assert [below[0], below[-3:]] == ["Below good", ["8", "2", "-2"]]
    assert every[-3] == "20"
    assert below[1] == "too few to show"
    assert good[1] == "too few to show"


@pytest.mark.clause("IOW-2.4.52", rests_on="forms/audit-child-protection")
def test_a_theme_that_is_weak_in_two_kinds_of_audit_stands_in_the_digest_once(
    clock: Clock,
) -> None:
    clock.at("2026-06-20")
    desk, team = _assurance(), make.team("Harbour")
    for type_ in ("team-manager", "child-protection"):
        for place in range(4):
            graded(desk.user, date(2026, 5, 4), type_=type_, team=team, chronology=place == 0)
    page = desk.get("audits:digest")
    improve = table_of(page, "What is to be improved")
    (row,) = [one for one in improve if "chronology" in one[0]]
    assert row[1] == (
        "Team manager's file audit 25% (1/4); Joint audit of child protection 25% (1/4)"
    )
    strong = [one[0] for one in table_of(page, "What is strong")]
    assert "Who the child is" in strong
    assert not any("chronology" in one for one in strong)

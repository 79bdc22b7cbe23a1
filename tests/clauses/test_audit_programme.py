"""The audit programme of a year, as quality assurance and a team manager meet it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from evenhand.accounts.models import Role, Team
from evenhand.audits.actions import programme as actions
from evenhand.audits.models import Copy, Sample, Slot
from evenhand.people.actions import declare_own_family
from tests import factories as make
from tests.audits import making
from tests.clock import Clock
from tests.pages import headings_of, main_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime(2026, 1, 2, 9, tzinfo=UTC)
TIMETABLE, BESIDE = "The timetable of 2026", "Beside the timetable"
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
PROGRAMME, SLOT = "audits:programme", "audits:slot"
NONE = "\N{EN DASH}none"


@pytest.fixture
def assurance(clock: Clock) -> Desk:
    """Quality assurance, at the beginning of 2026."""
    clock.at("2026-01-02")
    return Desk("Quinn Meadow", role=Role.QUALITY_ASSURANCE)


def _team(name: str = "") -> Team:
    team = make.team(name)
    make.child(team=team)
    return team


def _drawn_up(desk: Desk) -> Any:
    """Draw 2026 up on the page."""
    reply: Any = desk.client.post("/audits/draw-up/", {"year": "2026"})
    assert reply.status_code == 302
    return desk.get(PROGRAMME, year=2026)


def _row(page: Any, caption: str, begins: str) -> list[str]:
    """Return a line's months: how it stands in each, January first."""
    headings = headings_of(page, caption)
    place = next(n for n, one in enumerate(headings) if one.startswith(begins))
    return [row[place] for row in table_of(page, caption)]


def _months(page: Any, caption: str, begins: str) -> list[int]:
    row = _row(page, caption, begins)
    return [month for month, shown in enumerate(row, start=1) if shown != NONE]


@pytest.mark.clause("IOW-2.4.14-a", rests_on="isle-of-wight/team-manager-audits")
def test_drawing_up_2026_makes_twelve_months_and_again_adds_nothing(assurance: Desk) -> None:
    _team(), _team()
    page = _drawn_up(assurance)
    assert _months(page, TIMETABLE, "Team manager's file audit") == list(range(1, 13))
    made = Slot.objects.count()
    again = assurance.client.post("/audits/draw-up/", {"year": "2026"}, follow=True)
    assert "Nothing is new" in again.content.decode()
    assert Slot.objects.count() == made


@pytest.mark.clause("IOW-2.4.28", rests_on="isle-of-wight/team-manager-audits")
def test_every_month_of_2026_has_a_slot_and_says_how_it_stands(
    assurance: Desk, clock: Clock
) -> None:
    _team()
    _drawn_up(assurance)
    clock.at("2026-06-10")
    row = _row(assurance.get(PROGRAMME, year=2026), TIMETABLE, "Team manager's file audit")
    assert [shown.split()[-1] for shown in row] == ["late"] * 5 + ["open"] * 7


@pytest.mark.clause("IOW-2.4.30", rests_on="audits/training")
def test_nine_kinds_of_audit_with_their_frequency_and_none_without_a_kind(assurance: Desk) -> None:
    listed = table_of(assurance.get("audits:types"), "Kinds of audit")
    assert len(listed) == 9
    assert all(row[1] in ("1", "2", "3") and row[2] and row[4] for row in listed)
    told = {"line": "", "month": "2026-02-01", "why": "Asked for"}
    reply: Any = assurance.client.post("/audits/add/", told)
    assert "Choose a type of audit" in reply.content.decode()
    assert not Slot.objects.exists()


def test_audits_are_added_to_the_year_with_a_reason(assurance: Desk) -> None:
    told = {"line": "senior", "month": "2026-02-01", "why": "After the inspection"}
    reply: Any = assurance.client.post("/audits/add/", told, follow=True)
    assert "Added: After the inspection" in reply.content.decode()
    again: Any = assurance.client.post("/audits/add/", told)
    assert "stands in February 2026 already" in again.content.decode()


@pytest.mark.clause("IOW-2.4.35-a", rests_on="isle-of-wight/team-manager-audits")
def test_five_of_six_are_red_on_the_first_of_june(assurance: Desk, clock: Clock) -> None:
    team = _team("Harbour")
    _drawn_up(assurance)
    slot = Slot.objects.get(line="team-manager", month=MAY)
    for day in range(5, 10):
        making.audit(assurance.user, slot=slot, team=team, done_on=date(2026, 5, day))
    clock.at("2026-05-31")
    assert "5/6 open" in assurance.words(SLOT, slot.ref)
    clock.at("2026-06-01")
    page = assurance.get(PROGRAMME, year=2026)
    assert _row(page, TIMETABLE, "Team manager's file audit")[4] == "5/6 late"
    assert "eh-state--late" in page.content.decode()


@pytest.mark.clause("IOW-2.4.35-a", rests_on="audits/team-manager")
def test_a_team_manager_is_offered_their_team_s_files_and_never_their_own(clock: Clock) -> None:
    clock.at("2026-05-06")
    manager, colleague = Desk("Morgan Ferry", role=Role.TEAM_MANAGER), make.worker()
    make.child(team=manager.team, worker=colleague, forename="Ada", surname="Reed")
    manager.child(forename="Own", surname="Case")
    niece = make.child(team=manager.team, worker=colleague, forename="Near", surname="Kin")
    declare_own_family(niece, by=manager.user, at=NEW_YEAR, of=manager.user)
    slot = making.slot("team-manager", MAY, files=6, team=manager.team)
    drawn = {"do": "draw", "method": "simple", "size": "6"}
    assert manager.client.post(f"/audits/slot/{slot.ref}/draw/", drawn).status_code == 302
    files = table_of(manager.get("audits:sample", Sample.objects.get().ref), "Files")
    assert [row[0] for row in files] == ["1. Reed, Ada"]


@pytest.mark.clause("IOW-2.4.31", rests_on="isle-of-wight/senior-audits")
def test_senior_audits_stand_in_four_months_and_are_not_a_team_managers(
    assurance: Desk, clock: Clock
) -> None:
    page = _drawn_up(assurance)
    assert _months(page, TIMETABLE, "Senior managers' file audit") == [3, 7, 9, 12]
    clock.at("2026-03-03")
    team = _team("Harbour")
    manager = make.user(Role.TEAM_MANAGER, team=team)
    head = make.user(Role.DIRECTOR)
    slot = Slot.objects.get(line="senior", month__month=3)
    drawn = {"do": "draw", "method": "simple", "size": "1"}
    assert assurance.client.post(f"/audits/slot/{slot.ref}/draw/", drawn).status_code == 302
    sample = Sample.objects.get()
    told = {"files": [sample.files.get().ref], "auditor": manager.ref}
    give = f"/audits/list/{sample.ref}/give/"
    refused: Any = assurance.client.post(give, told)
    assert "They hold none of the roles that may do this audit" in refused.content.decode()
    assert assurance.client.post(give, told | {"auditor": head.ref}).status_code == 302
    audits = table_of(assurance.get(SLOT, slot.ref), "Audits")
    assert [row[1:3] for row in audits] == [["Harbour", head.name]]


@pytest.mark.clause("IOW-2.4.37-a", rests_on="isle-of-wight/data-officer-audits")
def test_seven_of_eight_teams_are_red_on_the_first_of_july(assurance: Desk, clock: Clock) -> None:
    for _ in range(8):
        _team()
    page = _drawn_up(assurance)
    line = "The data officer's file of each team"
    assert _row(page, BESIDE, line)[5] == "0/8 open"
    for slot in Slot.objects.filter(line="data-officer", month=JUNE)[:7]:
        making.audit(assurance.user, slot=slot, team=slot.team, done_on=date(2026, 6, 9))
    clock.at("2026-07-01")
    page = assurance.get(PROGRAMME, year=2026)
    assert _row(page, BESIDE, line)[5] == "7/8 late"
    done = [row[6] for row in table_of(page, "Team manager's file audit, team by team, January")]
    assert sorted(done) == ["0/6 late", *["1/6 late"] * 7]


@pytest.mark.clause("IOW-2.4.39-a", rests_on="isle-of-wight/supervision-audits")
def test_no_audit_of_supervision_in_june_is_red_on_the_first_of_july(
    assurance: Desk, clock: Clock
) -> None:
    make.user(Role.SERVICE_MANAGER, team=make.team())
    _drawn_up(assurance)
    slot = Slot.objects.get(line="supervision", month=JUNE)
    clock.at("2026-06-30")
    assert "0/1 open" in assurance.words(SLOT, slot.ref)
    clock.at("2026-07-01")
    assert "0/1 late" in assurance.words(SLOT, slot.ref)


@pytest.mark.clause("IOW-2.4.40-b")
def test_quality_assurance_closes_a_threshold_audit_and_a_team_manager_does_not(
    assurance: Desk,
) -> None:
    manager = Desk("Morgan Ferry", role=Role.TEAM_MANAGER)
    slot = making.slot("threshold", date(2026, 2, 1))
    assert manager.client.post(f"/audits/slot/{slot.ref}/close/", {}).status_code == 403
    assert "Close" not in manager.words(SLOT, slot.ref)
    reply: Any = assurance.client.post(f"/audits/slot/{slot.ref}/close/", {"why": "All read"})
    assert reply.status_code == 302
    assert "by Quinn Meadow. All read" in assurance.words(SLOT, slot.ref)


@pytest.mark.clause("IOW-2.4.43", rests_on="isle-of-wight/protection-audits")
def test_joint_child_protection_audits_stand_in_april_and_october_only(assurance: Desk) -> None:
    page = _drawn_up(assurance)
    assert _months(page, TIMETABLE, "Joint audit of child protection") == [4, 10]


@pytest.mark.clause("IOW-2.4.47-a", rests_on="isle-of-wight/education-plan-audits")
def test_neither_audit_of_education_plans_done_is_said_of_the_year(
    assurance: Desk, clock: Clock
) -> None:
    page = _drawn_up(assurance)
    assert _months(page, TIMETABLE, "Audit of personal education plans") == [3, 11]
    clock.at("2026-12-31")
    words = "Audit of personal education plans, 2026: annual minimum"
    assert f"{words} not met yet" in assurance.words(PROGRAMME, year=2026)
    clock.at("2027-01-01")
    assert f"{words} not met" in assurance.words(PROGRAMME, year=2026)
    slot = Slot.objects.get(line="education-plan", month__month=11)
    making.audit(assurance.user, type_="education-plan", slot=slot, done_on=date(2026, 11, 9))
    assert f"{words} met" in assurance.words(PROGRAMME, year=2026)


@pytest.mark.clause("IOW-2.4.47-b", rests_on="audits/virtual-school")
def test_a_panel_of_managers_alone_is_kept_and_says_who_is_missing(assurance: Desk) -> None:
    slot = making.slot("education-plan", date(2026, 3, 1))
    planned = {"coordinator": assurance.user.ref, "audit_on": "17/3/2026"}
    assert assurance.client.post(f"/audits/slot/{slot.ref}/plan/", planned).status_code == 302
    for name in ("Morgan Ferry", "Sol Lockwell"):
        told = {"name": name, "part": "manager"}
        assert assurance.client.post(f"/audits/slot/{slot.ref}/panel/", told).status_code == 302
    missing = "LACES member missing: Quinn Meadow, Tue 17 March 2026"
    assert missing in assurance.words(SLOT, slot.ref)
    assert len(table_of(assurance.get(SLOT, slot.ref), "Panel")) == 2
    told = {"name": "Ros Reed", "part": "virtual-school", "agency": "Virtual School"}
    assurance.client.post(f"/audits/slot/{slot.ref}/panel/", told)
    assert "missing" not in assurance.words(SLOT, slot.ref)


@pytest.mark.clause("IOW-2.4.51", rests_on="audits/feedback")
def test_how_an_audit_goes_in_words_and_where_one_is(assurance: Desk) -> None:
    audit = making.audit(assurance.user, type_="minutes", done_on=date(2026, 1, 1))
    Copy.objects.create(
        ref="bcdfgh", audit=audit, part="worker", to=assurance.user, sent_at=NEW_YEAR
    )
    words = assurance.words("audits:process", audit=audit.ref)
    assert "Selection, then audit, then feedback, then action, then analysis, then report." in words
    assert f"Audit {audit.ref} is at the step Feedback" in words
    page = assurance.get("audits:process", audit=audit.ref).content.decode()
    here = page[page.index('aria-current="step"') :]
    assert here.index("Feedback") < here.index("</li>")


@pytest.mark.clause("IOW-2.4.54")
def test_quality_assurance_changes_the_programme_and_a_team_manager_reads_it(
    assurance: Desk,
) -> None:
    manager = Desk("Morgan Ferry", role=Role.TEAM_MANAGER)
    make.child(team=manager.team)
    other = _team("Elsewhere")
    assert "You answer for the programme" in main_of(_drawn_up(assurance))
    read = manager.words(PROGRAMME, year=2026)
    assert "Team manager's file audit" in read
    assert "You answer for the programme" not in read
    slot = Slot.objects.get(line="senior", month__month=3)
    told = {"month": "2026-04-01", "why": "Two are on leave"}
    assert manager.client.post(f"/audits/slot/{slot.ref}/move/", told).status_code == 403
    assert manager.client.post("/audits/draw-up/", {"year": "2026"}).status_code == 403
    theirs = Slot.objects.filter(team=other)[0]
    assert manager.get(SLOT, theirs.ref).status_code == 404
    assert assurance.client.post(f"/audits/slot/{slot.ref}/move/", told).status_code == 302
    page = assurance.get(PROGRAMME, year=2026)
    moved = table_of(page, "Moved or added")[0]
    assert moved[2:] == ["March 2026", "April 2026", "Two are on leave"]
    assert "moved from March" in _row(page, TIMETABLE, "Senior managers' file audit")[3]
    assert "You answer for the programme, the tools" in assurance.words("pages:home")
    assert manager.get("audits:tool", "audit-file").status_code == 200
    changes = "audits:take-up", "audit-file"
    assert [one.get(*changes).status_code for one in (manager, assurance)] == [403, 200]


def test_the_year_is_told_by_team_printed_and_put_in_a_calendar(assurance: Desk) -> None:
    team = _team("Harbour")
    _team("Quay")
    page = _drawn_up(assurance)
    assert ">Harbour</option>" in page.content.decode()
    alone = assurance.get(PROGRAMME, year=2026, team=team.ref)
    assert headings_of(alone, TIMETABLE) == ["Month", "Team manager's file audit (TM)"]
    printed = assurance.get(PROGRAMME, year=2026, **{"as": "pdf"})
    assert printed.content.startswith(b"%PDF")
    feed = assurance.get(PROGRAMME, year=2026, team=team.ref, **{"as": "ics"}).content.decode()
    assert feed.count("BEGIN:VEVENT") == 24
    assert "DTSTART;VALUE=DATE:20260131" in feed.replace("\r\n", "\n")
    of_all = assurance.get(PROGRAMME, year=2026, **{"as": "ics"}).content.decode()
    assert "SUMMARY:Team manager's file audit: due\\, 0 of 2 teams done" in of_all


def test_what_is_late_stands_first_with_how_much_is_done(assurance: Desk, clock: Clock) -> None:
    _team("Harbour")
    assert "Late" not in _drawn_up(assurance).content.decode().split("The timetable")[0]
    clock.at("2026-02-02")
    page = assurance.get(PROGRAMME, year=2026)
    late = table_of(page, "Late")
    assert ["Team manager's file audit", "Harbour", "0/6files done", "Sat 31 January 2026"] in late
    assert f"{len(late)} of the" in main_of(page)


def test_a_year_that_is_not_drawn_up_says_so(assurance: Desk) -> None:
    assert "is not drawn up yet" in assurance.words(PROGRAMME, year=1999)
    assert "is not drawn up yet" in assurance.words(PROGRAMME, year="nonsense")
    assert assurance.get("audits:line", "nothing").status_code == 404
    assert actions.generate(2026, by=assurance.user, at=NEW_YEAR)
    assert table_of(assurance.get("audits:line", "senior", year=2026), "Slots of 2026")

"""How the authority gets better: findings, objectives, measures, good practice, one's own work."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenhand.accounts.models import Role, Team
from evenhand.facts.registry import BINDINGS
from evenhand.performance.models import Finding, GoodPractice, Measure, Objective
from evenhand.standards import standing
from tests import factories as make
from tests.clock import Clock
from tests.pages import main_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
FOUND = {"kind": "inspection", "words": "Plans come late.", "found_on": "5/10/2026"}


def manager_of(team: Team, name: str = "Mo Pier") -> Desk:
    """The manager of a team."""
    return Desk(name, role=Role.TEAM_MANAGER, team=team)


def sends(desk: Desk, route: str, *args: str, **given: object) -> str:
    """Fill in a form of a page; AssertionError where it is not taken."""
    reply = desk.client.post(reverse(route, args=args), given)
    assert reply.status_code == 302, main_of(reply)
    return str(reply["Location"])


@pytest.mark.clause("IOW-2.4.1", rests_on="performance/finding-without-action")
def test_a_finding_with_no_action_after_20_working_days_is_an_exception_on_the_leaders_page(
    clock: Clock,
) -> None:
    clock.at("2026-10-05")
    director = Desk("Di Reed", role=Role.DIRECTOR)
    sends(director, "performance:new-finding", **FOUND)
    clock.at("2026-11-02")
    assert "Exceptions" not in director.words("pages:home")
    clock.at("2026-11-03")
    (row,) = table_of(director.get("pages:home"), "Exceptions")
    assert row == ["Plans come late.", "Inspection", "Mon 5 October 2026", "Mon 2 November 2026",
                   "No action yet"]  # fmt: skip
    finding = Finding.objects.get()
    what = {"what": "Look at each plan.", "owner": director.user.username}
    sends(director, "performance:answer", finding.ref, **what)
    assert "Exceptions" not in director.words("pages:home")


def test_a_finding_closes_once_an_action_is_done_with_evidence_and_checked_by_another(
    clock: Clock,
) -> None:
    clock.at("2026-10-05")
    director, checker = Desk("Di Reed", role=Role.DIRECTOR), Desk("Quin", role=Role.DIRECTOR)
    sends(director, "performance:new-finding", **FOUND)
    finding = Finding.objects.get()
    sends(director, "performance:answer", finding.ref, what="Look.", owner=director.user.username)
    closing = reverse("performance:close", args=[finding.ref])
    early = director.client.post(closing, {"words": "All good."})
    assert "An action is still open, or none was done." in main_of(early)

    (row,) = table_of(director.get("performance:finding", finding.ref), "Actions")
    assert row[0].startswith("Look.")
    task = director.client.get("/tasks/").content.decode().split("/tasks/")
    ref = next(part.split("/")[0] for part in task if len(part.split("/")[0]) == 12)
    sends(director, "work:step", ref, "done", reason="Each of 12 plans was looked at.")
    assert director.client.post(closing, {"words": "All good."}).status_code == 200
    sends(checker, "work:step", ref, "check", verdict="done")
    sends(director, "performance:close", finding.ref, words="Each plan was looked at.")
    assert "Closed on Mon 5 October 2026" in director.words("performance:finding", finding.ref)


@pytest.mark.clause("IOW-2.4.3")
def test_an_objective_without_a_measure_says_so_and_the_tree_shows_the_chain_to_the_councils(
    clock: Clock,
) -> None:
    clock.at("2026-11-02")
    ana = Desk("Ana Quay")
    director, mo = Desk("Di Reed", role=Role.DIRECTOR), manager_of(ana.team)
    sends(director, "performance:new-objective", words="Island children are safe")
    council = director_objective("Island children are safe")
    sends(director, "performance:new-objective", words="Every visit is made", parent=council)
    sends(ana, "performance:new-personal", words="Ring back the same day")
    assert table_of(ana.get("pages:home"), "My objectives") == [
        ["Ring back the same day", "no parent measure: Ana Quay"]
    ]
    tree = table_of(mo.get("performance:objectives"), "Objectives")
    (own,) = [row for row in tree if row[1] == "Objective of Ana Quay"]
    assert (own[0], own[3]) == ("Ring back the same day", "no parent measure: Ana Quay")

    service = director_objective("Every visit is made")
    sends(mo, "performance:new-measure", name="Visits in time", team=ana.team.ref,
          objective=service, owner=mo.user.username)  # fmt: skip
    measure = Measure.objects.get()
    page = table_of(ana.get("performance:mine"), "My objectives")
    assert page[0][1] == "no parent measure: Ana Quay"
    mine = own_objective(ana)
    sends(ana, "performance:personal", mine, words="Ring back the same day", measure=measure.ref)
    chain = "Visits in time → Every visit is made → Island children are safe"
    assert table_of(ana.get("pages:home"), "My objectives")[0][1] == chain
    tree = table_of(mo.get("performance:objectives"), "Objectives")
    assert [row[:2] for row in tree] == [
        ["Island children are safe", "Council objective"],
        ["Every visit is made", "Service objective"],
        ["Visits in time", f"Measure of {ana.team.name}"],
        ["Ring back the same day", "Objective of Ana Quay"],
    ]
    assert tree[3][2] == "Island children are safe → Every visit is made → Visits in time"

    stranger = Desk("Bo Ferry")
    assert "Ring back" not in stranger.words("performance:objectives")
    assert stranger.get("performance:personal", mine).status_code == 404


def director_objective(words: str) -> str:
    """The reference of an objective, as the form of the next offers it."""
    return Objective.objects.get(words=words).ref


def own_objective(desk: Desk) -> str:
    """The reference of somebody's one objective, from the link on their page."""
    page = desk.get("performance:mine").content.decode()
    return page.split("/performance/personal/")[1].split("/")[0]


@pytest.mark.clause("IOW-2.4.4")
def test_a_worker_answers_their_own_result_which_the_manager_reads_and_another_cannot_see(
    clock: Clock,
) -> None:
    clock.at("2026-11-02")
    ana = Desk("Ana Quay")
    mo, other = manager_of(ana.team), Desk("Bo Ferry", team=ana.team)
    elsewhere = manager_of(make.team(), "El Sand")
    told = {"worker": "Ana Quay", "title": "One plan", "looked_on": "30/10/2026",
            "words": "The child's own words are there."}  # fmt: skip
    page = sends(mo, "performance:tell", **told)
    assert table_of(ana.get("performance:mine"), "How my work was found")[0][0] == "One plan"
    assert ana.client.post(page, {"response": "I will do it again."}).status_code == 302
    for reader in (ana, mo):
        assert "Answer I will do it again." in main_of(reader.client.get(page))
    for another in (other, elsewhere, Desk("Di Reed", role=Role.DIRECTOR)):
        assert another.client.get(page).status_code == 404
    assert "One plan" not in other.words("performance:mine")
    mo.client.post(page, {"response": "Not mine to say."})
    assert "Answer I will do it again." in main_of(ana.client.get(page))


def test_one_sees_ones_own_clocks_and_a_manager_names_the_owner(clock: Clock) -> None:
    clock.at("2026-11-21")
    make.coverage(*BINDINGS, complete_to=make.TODAY)
    ana = Desk("Ana Quay")
    mo, other = manager_of(ana.team), Desk("Bo Ferry", team=ana.team)
    make.care_period(ana.child(), make.date(2026, 10, 1))
    standing.refresh(make.NOW)
    rows = table_of(ana.get("performance:mine"), "Promises in the last 12 months")
    assert any(row[0].startswith("Looked-after reviews") for row in rows)
    assert "Nothing of these cases" in other.words("performance:mine")
    people = {row[0]: row[1:] for row in table_of(mo.get("performance:people"), "My people")}
    assert int(people["Ana Quay"][3]) >= 1
    assert people["Bo Ferry"][3] == "0"
    assert ana.get("performance:people").status_code == 403
    stranger = manager_of(make.team(), "El Sand")
    assert stranger.get("performance:person", ana.worker.ref).status_code == 404


@pytest.mark.clause("IOW-2.4.5-b", rests_on="performance/safe")
def test_a_local_indicator_without_a_priority_is_not_published_and_stays_a_draft_of_its_owner(
    clock: Clock,
) -> None:
    clock.at("2026-11-02")
    mo = manager_of(make.team())
    built = {
        "name": "Reviews in time", "definition": "First reviews held in time",
        "source": "england/looked-after-review", "target": "90", "owner": mo.user.username,
    }  # fmt: skip
    page = sends(mo, "performance:new-measure", **built)
    said = mo.client.post(f"{page}publish/", follow=True)
    assert "No priority is linked, so it cannot be published." in main_of(said)
    (row,) = table_of(mo.get("performance:measures"), "Local indicators")
    assert row == ["Reviews in time", "90%", "Mo Pier", "no priority linked", "Draft: Mo Pier"]
    assert "Counted from" in main_of(said)

    mo.client.post(f"{page}change/", built | {"priority": "safe"})
    mo.client.post(f"{page}publish/")
    (row,) = table_of(mo.get("performance:measures"), "Local indicators")
    assert row[3:] == ["Children are safe", "Published"]


@pytest.mark.clause("IOW-2.4.6", rests_on="performance/in-time")
def test_duty_has_no_target_and_seven_of_eight_teams_are_complete(clock: Clock) -> None:
    clock.at("2026-11-02")
    service = make.team("Fieldwork")
    teams = [make.team(f"Area {number}", parent=service) for number in range(7)]
    duty = make.team("Duty", parent=service)
    lead = Desk("Sam Dune", role=Role.SERVICE_MANAGER, team=service)
    for team in (*teams, duty):
        given = {"name": "Calls answered", "team": team.ref, "owner": lead.user.username}
        given |= {} if team == duty else {"target": "95"}
        sends(lead, "performance:new-measure", **given, priority="in-time")
    page = lead.get("performance:teams")
    assert "7/8 teams complete" in main_of(page)
    missing = {row[0]: row[3] for row in table_of(page, "Measures and targets by team")}
    assert missing.pop("Duty") == "no target"
    assert set(missing.values()) == {"Complete"}


@pytest.mark.clause("IOW-2.4.7", rests_on="performance/audit")
def test_good_practice_g_4_is_on_the_first_pages_of_three_teams_until_it_is_read(
    clock: Clock,
) -> None:
    clock.at("2026-11-02")
    desks = [Desk(name) for name in ("Ana Quay", "Bo Ferry", "Cy Moor", "Dee Holt")]
    mo = manager_of(desks[0].team)
    for number in range(4):
        summary = f"Plans in the family's own words, {number + 1}."
        page = sends(mo, "performance:new-practice", source="audit", summary=summary,
                     worker="Ana Quay")  # fmt: skip
    item = GoodPractice.objects.get(number=4)
    sends(mo, "performance:share", item.ref, teams=[one.team.ref for one in desks[:3]])
    for desk in desks[:3]:
        (row,) = table_of(desk.get("pages:home"), "Good practice for you to read")
        assert row == ["G-4", "Plans in the family's own words, 4."]
    assert "G-4" not in desks[3].words("pages:home")
    register = table_of(mo.get("performance:practices"), "Good practice")
    assert register[0] == ["G-4", "Plans in the family's own words, 4.", "Ana Quay", "3", "0"]

    assert desks[1].client.post(f"{page}read/").status_code == 302
    assert "G-4" not in desks[1].words("pages:home")
    assert table_of(mo.get("performance:practices"), "Good practice")[0][-1] == "1"

"""What follows an audit: poor practice, copies, reviews, cases opened again, and who looks."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.audits import chasing
from evenhand.audits.queries.copies import Supervision
from evenhand.work.models import Task
from tests import factories as make
from tests.audits.service import Service, acts, raises
from tests.clock import Clock
from tests.pages import hidden_of, main_of, table_of

pytestmark = pytest.mark.django_db
PACK = "isle-of-wight/"


@pytest.mark.clause("IOW-2.4.49-a", rests_on="audits/below-standard")
def test_practice_below_standard_tells_manager_and_service_manager_at_once(clock: Clock) -> None:
    clock.at("2026-05-11")
    of = Service()
    found = raises(of.quality, of.audit(), "below-standard")
    for desk in (of.manager, of.above):
        assert "read what an audit found" in desk.words("work:tasks")
    told = table_of(of.quality.get("audits:finding", found.ref), "Who was told")
    assert [(row[0], row[1], row[3]) for row in told] == [
        ("Ana Quay", "team manager", "Not read yet"), ("Bo Reef", "service manager", "Not read yet")
    ]  # fmt: skip
    of.above.words("audits:finding", found.ref)
    told = table_of(of.quality.get("audits:finding", found.ref), "Who was told")
    assert [row[3].startswith("Mon 11 May 2026") for row in told] == [False, True]


@pytest.mark.clause("IOW-2.4.49-a", rests_on="audits/below-standard")
def test_a_team_without_a_service_manager_is_a_setup_error(clock: Clock) -> None:
    clock.at("2026-05-11")
    of = Service()
    of.above.user.grants.all().delete()
    found = raises(of.manager, of.audit(), "below-standard")
    words = "Setup error: no service manager is set up over Team A"
    assert words in of.manager.words("audits:finding", found.ref)
    assert words in of.quality.words("audits:finding", found.ref)
    assert words in of.quality.words("work:tasks")


@pytest.mark.clause("IOW-2.4.49-b", rests_on="audits/below-standard")
def test_a_remedial_action_is_closed_with_evidence_alone_and_overdue_is_on_the_heads_list(
    clock: Clock,
) -> None:
    clock.at("2026-05-11")
    of = Service()
    found = raises(of.quality, of.audit(), "below-standard")
    proposed = of.above.get("audits:act", found.ref).content.decode()
    assert f'name="owner" value="{of.above.user.username}"' in proposed
    acts(of.above, found, of.above.user, "1/6/2026")
    page = of.above.client.post(f"/audits/findings/{found.ref}/close/", {"evidence": " "})
    assert "It is not closed without" in main_of(page)
    found.refresh_from_db()
    assert found.closed_at is None
    assert table_rows(of, "Overdue") == []
    clock.at("2026-06-02")
    late = table_rows(of, "Overdue")
    assert late[0][2].startswith("Late: Bo Reef was to put it right by Mon 1 June 2026")
    assert "What was found" in of.head.words("audits:findings", show="late")


@pytest.mark.clause("IOW-2.4.35-c", rests_on="audits/poor-practice")
def test_poor_practice_without_an_action_is_saved_and_says_so(clock: Clock) -> None:
    clock.at("2026-05-11")
    of = Service()
    found = raises(of.quality, of.audit(), "poor-practice")
    missing = "action missing: Ana Quay, Mon 11 May 2026"
    assert missing in of.manager.words("audits:finding", found.ref)
    assert missing in of.manager.words("audits:findings")
    bare = of.manager.client.post(f"/audits/findings/{found.ref}/close/", {"evidence": "Done."})
    assert "Nobody is named who puts this right" in main_of(bare)
    acts(of.manager, found, of.manager.user, "1/6/2026")
    empty = of.manager.client.post(f"/audits/findings/{found.ref}/close/", {"evidence": ""})
    assert "It is not closed without" in main_of(empty)
    given = {"evidence": "The plan is in the file, signed."}
    of.manager.client.post(f"/audits/findings/{found.ref}/close/", given)
    waits = "Done by Ana Quay, to be checked by somebody else"
    assert waits in of.manager.words("audits:finding", found.ref)
    shown = of.above.words("audits:close-finding", found.ref)
    assert "What was done: The plan is in the file, signed." in shown
    of.above.client.post(f"/audits/findings/{found.ref}/close/", {"evidence": "I read it too."})
    shown = of.above.words("audits:finding", found.ref)
    assert "Closed on Mon 11 May 2026" in shown
    assert "The plan is in the file, signed." in shown


@pytest.mark.clause("IOW-2.4.35-d", rests_on=PACK + "action-plan-with-other-team")
def test_poor_practice_in_another_team_asks_its_service_manager_for_a_plan(clock: Clock) -> None:
    clock.at("2026-06-01")
    of = Service()
    found = raises(of.manager, of.audit("2026-06-01"), "poor-practice", team=of.b)
    asked = Task.objects.get(kind="audit-action-plan")
    assert (asked.owner, asked.due_on) == (of.other_above.user, date(2026, 6, 15))
    shown = of.other_above.words("audits:finding", found.ref)
    assert "Plan with the other team: open, by Mon 15 June 2026" in shown
    chasing.tend(clock.at("2026-06-15"))
    assert not Task.objects.filter(kind="audit-plan-late").exists()
    chasing.tend(clock.at("2026-06-16"))
    assert "No plan was agreed in time" in of.head.words("work:tasks")
    of.other_above.client.post(f"/audits/findings/{found.ref}/plan/", {"on": "16/6/2026"})
    assert "Plan with the other team: kept late" in of.manager.words("audits:finding", found.ref)
    kinds = ["audit-action-plan", "audit-plan-late"]
    assert not Task.objects.filter(kind__in=kinds, state="open").exists()


@pytest.mark.clause("IOW-2.4.35-b", rests_on="audits/passed-on-in")
def test_an_audit_of_may_in_no_supervision_of_june_is_an_outstanding_copy(clock: Clock) -> None:
    clock.at("2026-06-30")
    of = Service()
    audit = of.audit("2026-05-11")
    assert waiting(of.manager)[0][2].startswith("By Tue 30 June 2026")
    clock.at("2026-07-01")
    for desk in (of.manager, of.above):
        assert waiting(desk)[0][2].startswith("Outstanding copy")
    held = Supervision.objects.create(
        ref="bcdfghjkmnpq", worker=of.manager.worker, supervisor=of.above.worker,
        held_on=date(2026, 7, 1), recorded_by=of.above.user, recorded_at=make.NOW,
    )  # fmt: skip
    of.manager.client.post(f"/audits/copies/{audit.ref}/handed-over/", {"supervision": held.ref})
    for desk in (of.manager, of.above):
        assert waiting(desk)[0][2] == "Passed to Bo ReefWed 1 July 2026"


@pytest.mark.clause("IOW-2.4.36-a", rests_on=PACK + "audit-forwarded")
def test_a_copy_that_nobody_signed_in_ten_working_days_is_not_forwarded(clock: Clock) -> None:
    clock.at("2026-05-26")
    of = Service()
    audit = of.audit("2026-05-11")
    assert waiting(of.quality)[0][3].startswith("To be signed")
    clock.at("2026-05-27")
    for desk in (of.quality, of.above):
        assert waiting(desk)[0][3].startswith("Not forwarded")
    of.manager.client.post(f"/audits/copies/{audit.ref}/sign/")
    assert waiting(of.quality)[0][3].startswith("Not forwarded")
    of.above.client.post(f"/audits/copies/{audit.ref}/sign/")
    assert waiting(of.quality)[0][3] == "Forwarded Wed 27 May 2026Signed by Bo Reef"


@pytest.mark.clause("IOW-2.4.50-a", rests_on="audits/reopen")
def test_a_closed_case_is_not_yet_reopened_until_the_extract_has_it_open(clock: Clock) -> None:
    clock.at("2026-05-11")
    of = Service()
    child = make.child(team=of.a, is_open=False)
    found = raises(of.quality, of.audit(child=child), "reopen", words="Nobody saw the child alone.")
    not_yet = "not yet reopened: Bo Reef, Mon 11 May 2026"
    assert not_yet in of.above.words("audits:finding", found.ref)
    assert "Nobody saw the child alone." in of.above.words("audits:finding", found.ref)
    child.is_open = True
    child.save()
    make.assessment(child, date(2026, 4, 1))
    assert not_yet in of.above.words("audits:finding", found.ref)
    make.assessment(child, date(2026, 5, 18))
    assert "Open again, with a new assessment" in of.above.words("audits:finding", found.ref)
    chasing.tend(clock.at("2026-05-19"))
    assert not Task.objects.filter(kind="audit-reopen", state="open").exists()


@pytest.mark.clause("IOW-2.4.50-b")
def test_a_reviewer_of_the_team_is_saved_and_shown_and_closing_needs_learning(
    clock: Clock,
) -> None:
    clock.at("2026-05-11")
    of = Service()
    audit = of.audit(auditor=of.quality.user)
    asked = {"reason": "The child was not seen.", "reviewer": of.manager.user.username}
    of.quality.client.post(f"/audits/reviews/of/{audit.ref}/", asked)
    first = audit.reviews.get()
    words = "reviewer not independent: Ana Quay, Mon 11 May 2026"
    assert words in of.quality.words("audits:review", first.ref)
    asked["reviewer"] = of.other.user.username
    of.quality.client.post(f"/audits/reviews/of/{audit.ref}/", asked)
    review = audit.reviews.latest("pk")
    desk, at = of.other, f"/audits/reviews/{review.ref}/"
    assert "not independent" not in desk.words("audits:review", review.ref)
    page = desk.client.post(f"{at}close/", follow=True)
    assert "The review has no learning and no action yet" in str(page.content)
    desk.client.post(f"{at}write/", {"findings": "Late.", "learning": "See children first."})
    page = desk.client.post(f"{at}close/", follow=True)
    assert "The review has no action yet" in str(page.content)
    done = {"what": "Change duty.", "owner": of.above.user.username, "due_on": "1/7/2026"}
    desk.client.post(f"{at}action/", done)
    desk.client.post(f"{at}close/")
    review.refresh_from_db()
    assert review.closed_on == date(2026, 5, 11)


@pytest.mark.clause("IOW-2.4.34", rests_on=PACK + "recommendation-done")
def test_a_recommendation_past_its_day_alerts_whoever_monitors_it(clock: Clock) -> None:
    clock.at("2026-06-01")
    of = Service()
    recommended(of)
    (row,) = table_of(of.above.get("audits:recommendations"), "Recommendations")
    assert row[1:4] == ["Ana Quay", "Fri 31 July 2026", "Bo Reef"]
    chasing.tend(clock.at("2026-07-31"))
    assert "no evidence" not in of.above.words("work:tasks")
    chasing.tend(clock.at("2026-08-01"))
    assert "Due Fri 31 July 2026 and no evidence: Teach chronologies" in of.above.words(
        "work:tasks"
    )
    task = Task.objects.get(kind="audit-recommendation")
    page = of.manager.client.post(f"/tasks/{task.ref}/done/", {"reason": ""})
    task.refresh_from_db()
    assert (page.status_code, task.state) == (200, "open")
    of.manager.client.post(f"/tasks/{task.ref}/done/", {"reason": "All were taught on 3 August."})
    rows = table_of(of.above.get("audits:recommendations"), "Recommendations")
    assert "to be checked by somebody else" in rows[0][4]
    assert "All were taught on 3 August." in rows[0][4]


@pytest.mark.clause("IOW-2.4.29", rests_on=PACK + "senior-dashboard-read")
def test_a_dashboard_that_was_not_opened_for_31_days_is_told_to_quality_assurance(
    clock: Clock,
) -> None:
    clock.at("2026-05-01")
    of = Service()
    of.audit("2026-05-01", grade="good")
    assert table_rows(of, "Results of audits")[0][:2] == ["Team manager's file audit", "1"]
    chasing.tend(clock.at("2026-06-01"))
    assert "was to be opened" not in of.quality.words("work:tasks")
    of.quality.words("audits:dashboard")  # another's look is not the head's
    chasing.tend(clock.at("2026-06-02"))
    told = "The dashboard of audits was to be opened by Mon 1 June 2026: Fay Moor"
    assert told in of.quality.words("work:tasks")
    weeks = table_of(of.quality.get("audits:dashboard"), "How often the head of service")
    assert [row[1] for row in weeks][:2] == ["0", "0"]
    assert ["From Mon 27 April 2026", "1"] in weeks


def waiting(desk: object) -> list[list[str]]:
    """The copies on somebody's page."""
    return table_of(desk.get("audits:copies"), "Copies that wait")  # type: ignore[attr-defined]


def table_rows(of: Service, caption: str) -> list[list[str]]:
    """A table of the head's dashboard; none where its sentence says that there is nothing."""
    page = of.head.get("audits:dashboard")
    try:
        return table_of(page, caption)
    except AssertionError:
        return []


def recommended(of: Service) -> None:
    """Quality assurance publishes a report that asks a team's manager for something by July."""
    asked = {"kind": "half-year", "since": "1/12/2025", "until": "31/5/2026"}
    page = of.quality.client.post("/audits/reports/new/", asked)
    at = page.headers["Location"]
    given = {"words": "Teach chronologies", "owner": of.manager.user.username, "team": of.a.ref,
             "due_on": "31/7/2026"}  # fmt: skip
    of.quality.client.post(f"{at}recommend/", given)
    groups = ["senior-leadership", "team-managers"]
    version = hidden_of(of.quality.client.get(f"{at}publish/"), "version")
    page = of.quality.client.post(f"{at}publish/", {"version": version, "groups": groups})
    assert page.status_code == 302, main_of(page)

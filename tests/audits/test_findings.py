"""Findings beyond their clauses: at once, from a grade, good practice, patterns, and who reads."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.accounts.models import Role
from evenhand.audits.actions.findings import act_on, raise_finding, take_back
from evenhand.audits.models import Audit, Finding, Told
from evenhand.audits.queries import dashboard
from evenhand.audits.queries.dashboard import dashboard_for
from evenhand.audits.queries.findings import findings_for, open_of
from evenhand.audits.queries.fitting import TOLD as TOLD_OF_IT
from evenhand.audits.queries.fitting import unfit_as_second
from evenhand.config.bundles import TOLD
from evenhand.history.actions import follow
from evenhand.people.actions import restrict
from evenhand.performance.models import GoodPractice
from evenhand.problems import Problem
from evenhand.versions import Superseded
from evenhand.work.models import Task
from tests import factories as make
from tests.audits import making
from tests.audits.service import Service, acts, raises
from tests.clock import Clock
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def of(clock: Clock) -> Service:
    """A service, on a day in May."""
    clock.at("2026-05-11")
    return Service()


def test_a_child_who_may_be_at_risk_is_on_both_first_pages_the_same_day(of: Service) -> None:
    found = raises(of.quality, of.audit(), "immediate-risk")
    tasks = Task.objects.filter(kind="audit-immediate-risk")
    assert {(one.owner, one.due_on) for one in tasks} == {
        (of.manager.user, timezone.localdate()), (of.above.user, timezone.localdate())
    }  # fmt: skip
    for desk in (of.manager, of.above):
        assert "A child may be at risk now" in desk.words("pages:home")
        assert "Make sure today that the child is safe" in desk.words("audits:finding", found.ref)


def test_a_grade_below_standard_raises_a_finding_once(of: Service) -> None:
    audit = of.audit(grade="inadequate")
    for _ in range(2):
        follow("audit.done", audit, by=of.manager.user, at=timezone.now())
    assert [one.kind for one in Finding.objects.all()] == ["below-standard"]
    good = of.audit(grade="good")
    follow("audit.done", good, by=of.manager.user, at=timezone.now())
    assert Finding.objects.count() == 1


def test_good_practice_goes_to_the_register_that_teams_read(of: Service) -> None:
    worker = make.worker("Gil Sand", team=of.a)
    audit = of.audit(child=make.child(team=of.a, worker=worker))
    raises(of.quality, audit, "good-practice", words="The plan is in the family's own words.")
    noted = GoodPractice.objects.get()
    assert (noted.source, noted.team, noted.worker) == ("audit", of.a, worker)
    assert not Task.objects.exists()


def test_the_same_theme_in_three_audits_is_a_training_need_once(of: Service) -> None:
    for _ in range(2):
        raises(of.quality, of.audit(), "poor-practice", theme="planning")
    again = Finding.objects.latest("pk").audit
    raises(of.quality, again, "poor-practice", theme="planning")
    assert not Task.objects.filter(kind="audit-training-need").exists()
    for _ in range(2):
        raises(of.quality, of.audit(), "poor-practice", theme="planning")
    need = Task.objects.get(kind="audit-training-need")
    assert need.what.startswith("3 audits found the same wanting: Plans and reviews.")
    assert need.role == Role.QUALITY_ASSURANCE


def test_an_action_that_is_checked_closes_the_finding_and_one_sent_back_does_not(
    of: Service,
) -> None:
    found = acts(of.manager, raises(of.quality, of.audit(), "poor-practice"),
                 of.manager.user, "1/6/2026")  # fmt: skip
    task = found.action
    assert task is not None
    of.manager.client.post(f"/tasks/{task.ref}/done/", {"reason": "It is in the file."})
    back = {"verdict": "not yet", "reason": "It is not signed."}
    of.above.client.post(f"/tasks/{task.ref}/check/", back)
    found.refresh_from_db()
    assert found.closed_at is None
    of.manager.client.post(f"/tasks/{task.ref}/done/", {"reason": "It is signed now."})
    of.above.client.post(f"/tasks/{task.ref}/check/", {"verdict": "done"})
    found.refresh_from_db()
    assert (found.evidence, found.closed_by) == ("It is signed now.", of.above.user)


def test_what_was_raised_by_mistake_asks_nobody_any_more(of: Service) -> None:
    found = raises(of.quality, of.audit(), "below-standard")
    done = {"by": of.quality.user, "at": timezone.now()}
    with pytest.raises(Problem, match="Nothing was written"):
        take_back(found, version=1, reason=" ", **done)
    take_back(found, version=1, reason="The wrong file.", **done)
    assert not Task.objects.filter(state=Task.State.OPEN).exists()
    assert not open_of(of.a).exists()
    told = [row for tell in TOLD.values() for row in tell([found.audit.child_id or 0])]
    assert told == []


def test_two_people_at_once_lose_nothing(of: Service) -> None:
    found = raises(of.quality, of.audit(), "poor-practice")
    given = {"by": of.manager.user, "at": timezone.now(), "version": 1, "what": "Write it.",
             "owner": of.manager.user, "due_on": timezone.localdate()}  # fmt: skip
    stale = Finding.objects.get(pk=found.pk)
    act_on(found, **given)
    with pytest.raises(Superseded, match="This finding was changed"):
        act_on(stale, **given)
    assert Task.objects.filter(kind="audit-action").count() == 1


def test_nothing_of_a_closed_record_is_read_and_another_team_reads_nothing(of: Service) -> None:
    audit = of.audit()
    found = raises(of.quality, audit, "poor-practice")
    assert found in findings_for(of.manager.user)
    assert found not in findings_for(of.other.user)
    assert of.other.get("audits:finding", found.ref).status_code == 404
    assert of.other.get("audits:act", found.ref).status_code == 404
    assert audit.child is not None
    restrict(audit.child, by=of.head.user, at=timezone.now(), reason="own-family",
             shut_out=[of.manager.user])  # fmt: skip
    assert found not in findings_for(type(of.manager.user).objects.get(pk=of.manager.user.pk))


def test_a_partner_raises_what_cannot_wait_and_reads_nothing_else(of: Service) -> None:
    partner = Desk("Hal Cove", role=Role.PARTNER_AUDITOR)
    audit = making.audit(partner.user, make.child(team=of.a))
    offered = str(partner.get("audits:raise", audit.ref).content)
    assert ("Team A" in offered, "Team B" in offered) == (True, False)
    given = {"kind": "immediate-risk", "team": of.a.ref, "words": "Nobody answers the door."}
    reply = partner.client.post(f"/audits/findings/of/{audit.ref}/", given)
    assert (reply.status_code, reply["Location"]) == (302, f"/audits/audit/{audit.ref}/")
    assert Task.objects.filter(owner=of.manager.user, kind="audit-immediate-risk").exists()
    assert partner.get("audits:findings").status_code == 403


def test_an_audit_of_no_team_asks_whose_practice_it_is(of: Service) -> None:
    audit = of.audit(child=make.child())
    page = of.quality.client.post(f"/audits/findings/of/{audit.ref}/", {"kind": "poor-practice",
                                  "words": "No plan.", "team": ""})  # fmt: skip
    assert page.status_code == 200
    assert not Finding.objects.exists()
    assert raises(of.quality, audit, "poor-practice", team=of.a).team == of.a


def test_nothing_is_raised_on_an_audit_that_was_set_aside(of: Service) -> None:
    audit = of.audit()
    Audit.objects.filter(pk=audit.pk).update(state=Audit.State.NOT_NEEDED, done_at=None)
    audit.refresh_from_db()
    said = {"by": of.quality.user, "at": timezone.now(), "kind": "poor-practice", "words": "x"}
    with pytest.raises(Problem, match="set aside"):
        raise_finding(audit, **said)


def test_whoever_audits_a_file_again_reads_no_finding_of_the_first(of: Service) -> None:
    """Until they are done; what they were told of, a child at risk, they read all the same."""
    first = of.audit()
    found = raises(of.manager, first, "poor-practice")
    assert found in findings_for(of.head.user)
    twin = making.audit(of.head.user, first.child, twin_of=first)
    assert found not in findings_for(of.head.user)
    assert of.head.get("audits:finding", found.ref).status_code == 404
    urgent = raises(of.manager, first, "immediate-risk")
    Told.objects.create(finding=urgent, to=of.head.user, part="head", sent_at=timezone.now())
    assert list(findings_for(of.head.user)) == [urgent]
    assert unfit_as_second(first, of.head.user) == TOLD_OF_IT
    day = timezone.localdate()
    Audit.objects.filter(pk=twin.pk).update(state=Audit.State.DONE, done_on=day, done_at=make.NOW)
    assert found in findings_for(of.head.user)


def test_the_dashboard_counts_all_and_names_the_first(
    of: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three are overdue, and a page that names one says three; one alone is one action."""
    monkeypatch.setattr(dashboard, "MOST", 1)
    found = [raises(of.quality, of.audit(), "poor-practice") for _ in range(3)]
    acts(of.manager, found[0], of.manager.user, f"{timezone.localdate():%d/%m/%Y}")
    assert "1 action open" in of.head.words("audits:dashboard")
    for one in found[1:]:
        acts(of.manager, one, of.manager.user, f"{timezone.localdate():%d/%m/%Y}")
    Task.objects.filter(kind="audit-action").update(due_on=timezone.localdate() - timedelta(1))
    shown = of.head.words("audits:dashboard")
    assert "3 actions overdue" in shown
    assert "These are the first of them" in shown
    assert shown.count("was to put it right") == 2


def test_the_dashboard_costs_no_more_with_many_audits(
    of: Service, django_assert_max_num_queries: object
) -> None:
    day = timezone.localdate()
    for back in range(40):
        of.audit(str(day - timedelta(back)), grade="good")
    raises(of.quality, of.audit(), "poor-practice")
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        shown = dashboard_for(of.head.user, timezone.now())
    assert shown.results[0].done == 41
    assert {one.words: one.number for one in shown.breaches}["Findings with no action"] == 1

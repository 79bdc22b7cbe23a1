"""Giving an audit, writing on it, giving it on, and finishing it: nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.accounts.references import new_reference
from evenhand.audits.actions import conduct, giving, stranded
from evenhand.audits.actions.giving import give
from evenhand.audits.models import Audit, Copy, Sample, SampledFile
from evenhand.people.models import Child, OwnFamily
from evenhand.problems import Problem
from evenhand.recording.answering import Answers
from evenhand.work.models import Task
from tests import factories as make
from tests.audits import making
from tests.clock import Clock
from tests.pages import main_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
WHOLE = {"overall_grade": "good", "overall_evidence": "The plan of May."}


def _file(child: Child, by: User, line: str = "senior") -> SampledFile:
    slot = making.slot(line, date(2026, 6, 1), due_on=date(2026, 6, 30))
    sample = Sample.objects.create(
        ref=new_reference(), slot=slot, type=slot.type, population="children", method="simple",
        size=1, of=1, digest="", as_at=date(2026, 6, 1), drawn_by=by, drawn_at=timezone.now(),
    )  # fmt: skip
    return SampledFile.objects.create(
        sample=sample, ref=new_reference(), position=1, key=str(child.pk), child=child,
        team=child.team, subject="child",
    )  # fmt: skip


def _given(desk: Desk, child: Child, by: User | None = None) -> Audit:
    file = _file(child, by or desk.user)
    made: Audit = give(file, desk.user, by=by or desk.user, at=timezone.now())
    return made


def _posts(desk: Desk, route: str, audit: Audit, **told: Any) -> Any:
    return desk.client.post(reverse(route, args=[audit.ref]), told)


def test_whoever_holds_no_role_for_it_or_worked_with_the_child_is_refused(clock: Clock) -> None:
    clock.at("2026-06-02")
    quality, senior = Desk(role=Role.QUALITY_ASSURANCE), Desk(role=Role.SERVICE_MANAGER)
    file = _file(make.child(team=make.team(), worker=senior.worker), quality.user)
    manager = Desk("Bo Reef", role=Role.TEAM_MANAGER)
    for person, why in ((manager, "hold none of the roles"), (senior, "their own work")):
        with pytest.raises(Problem, match="cannot audit this") as refused:
            give(file, person.user, by=quality.user, at=timezone.now())
        assert why in str(refused.value)
    assert not Audit.objects.exists()


def test_nobody_gives_a_file_of_a_list_that_they_may_not_draw(clock: Clock) -> None:
    clock.at("2026-06-02")
    quality, senior = Desk(role=Role.QUALITY_ASSURANCE), Desk(role=Role.SERVICE_MANAGER)
    file = _file(make.child(team=make.team()), quality.user)
    elsewhere = Desk("Bo Reef", role=Role.TEAM_MANAGER)
    with pytest.raises(PermissionDenied):
        give(file, senior.user, by=elsewhere.user, at=timezone.now())
    assert not Audit.objects.exists()


def test_a_child_who_was_merged_since_the_draw_is_audited_under_the_record_kept(
    clock: Clock,
) -> None:
    clock.at("2026-06-02")
    desk = Desk(role=Role.SERVICE_MANAGER)
    kept = make.child(team=make.team())
    gone = make.child(team=make.team(), merged_into=kept)
    assert _given(desk, gone).child == kept


def test_a_grade_without_evidence_saves_and_says_whose_it_is(clock: Clock) -> None:
    clock.at("2026-06-02")
    desk = Desk("Ana Quay", role=Role.SERVICE_MANAGER)
    audit = _given(desk, make.child(team=make.team()))
    assert Task.objects.get(owner=desk.user).due_on == date(2026, 6, 30)

    assert _posts(desk, "audits:write", audit, assessment_grade="good").status_code == 302

    words = desk.words("audits:audit", audit.ref)
    assert "Evidence missing: Ana Quay, Tue 2 June 2026" in words
    assert "Section missing: Ana Quay, Tue 2 June 2026" in words


def test_two_windows_on_one_audit_lose_nothing(clock: Clock) -> None:
    clock.at("2026-06-02")
    desk = Desk(role=Role.SERVICE_MANAGER)
    audit = _given(desk, make.child(team=make.team()))
    _posts(desk, "audits:write", audit, assessment_evidence="First.")
    reply = _posts(desk, "audits:write", audit, assessment_evidence="Second.", version="")
    assert "This audit was changed since you opened it" in main_of(reply)
    assert "It says now: First." in main_of(reply)
    assert "First." in desk.words("audits:audit", audit.ref)

    page = reply.context["form"].data
    assert _posts(desk, "audits:write", audit, **page.dict()).status_code == 302
    assert "Second." in desk.words("audits:audit", audit.ref)


def test_two_windows_each_with_a_part_of_an_audit_come_together(clock: Clock) -> None:
    clock.at("2026-06-02")
    desk = Desk(role=Role.SERVICE_MANAGER)
    audit = _given(desk, make.child(team=make.team()))
    one = {"assessment_grade": "good", "identity_shaped": ["culture", "religion"], "analysis": "no"}
    _posts(desk, "audits:write", audit, assessment_evidence="First.", **one)
    other = {"planning_evidence": "Second.", "assessment_evidence": "", "version": ""}
    reply = _posts(desk, "audits:write", audit, **other)
    assert "It says now" not in main_of(reply)

    sent = dict(reply.context["form"].data.lists())
    assert _posts(desk, "audits:write", audit, **sent).status_code == 302
    words = desk.words("audits:audit", audit.ref)
    for said in ("First.", "Second.", "Good", "Culture, Religion"):
        assert said in words


def test_what_an_auditor_who_left_wrote_goes_to_the_next(clock: Clock) -> None:
    clock.at("2026-06-02")
    quality, first = Desk(role=Role.QUALITY_ASSURANCE), Desk("Una", role=Role.SERVICE_MANAGER)
    second = Desk("Vic Strand", role=Role.SERVICE_MANAGER)
    audit = _given(first, make.child(team=make.team()), quality.user)
    _posts(first, "audits:write", audit, assessment_evidence="The visits.")
    typed = {"HTTP_HX_REQUEST": "true"}
    where = reverse("audits:write", args=[audit.ref])
    first.client.post(where, {"planning_evidence": "Typed, not saved.", "version": "1"}, **typed)
    User.objects.filter(pk=first.user.pk).update(is_active=False)
    assert "Has left: give it on" in quality.words("audits:given")
    stranded.tend(timezone.now())
    stranded.tend(timezone.now())
    assert "Una cannot go on with it, because they have left." in quality.words("work:tasks")

    told = {"auditor": second.user.ref, "why": "Una has left."}
    assert _posts(quality, "audits:another", audit, **told).status_code == 302

    page = second.get("audits:write", audit.ref).content.decode()
    assert "Typed, not saved." in page
    assert "The visits." in second.words("audits:audit", audit.ref)
    assert Task.objects.get(owner=second.user).state == Task.State.OPEN
    assert Task.objects.get(owner=first.user).state == Task.State.NOT_NEEDED
    assert Task.objects.get(kind="audit-to-give-on").state == Task.State.DONE


def test_a_finished_audit_goes_to_the_worker_and_their_managers_and_stays(clock: Clock) -> None:
    clock.at("2026-06-02")
    service = make.team()
    team = make.team(parent=service)
    worker, manager = Desk("Wyn", team=team), Desk("Max", role=Role.TEAM_MANAGER, team=team)
    above = Desk("Sol", role=Role.SERVICE_MANAGER, team=service)
    auditor = Desk("Ana Quay", role=Role.SERVICE_MANAGER)
    audit = _given(auditor, worker.child())
    assert "grade is not given" in main_of(_posts(auditor, "audits:finish", audit, version=""))
    _posts(auditor, "audits:write", audit, **WHOLE)
    assert worker.get("audits:audit", audit.ref).status_code == 404

    assert _posts(auditor, "audits:finish", audit, version="").status_code == 302

    again: Any = auditor.client.post(reverse("audits:finish", args=[audit.ref]), follow=True)
    assert "This audit is done already." in again.content.decode()
    sent = {(one.to, one.part) for one in Copy.objects.select_related("to")}
    assert sent == {(worker.user, "worker"), (manager.user, "team manager"),
                    (above.user, "service manager")}  # fmt: skip
    assert "Copies to read" in worker.words("audits:mine")
    assert "Good" in worker.words("audits:audit", audit.ref)
    assert Copy.objects.get(to=worker.user).read_at == timezone.now()
    assert Task.objects.get(owner=auditor.user).state == Task.State.DONE
    audit.refresh_from_db()
    with pytest.raises(Problem, match="what was written stays"):
        conduct.answer(audit, Answers({"overall_grade": "outstanding"}), by=auditor.user,
                       at=timezone.now(), version=1)  # fmt: skip


def test_a_partner_adds_what_is_missing_within_the_packs_days_and_then_reads_no_more(
    clock: Clock,
) -> None:
    clock.at("2026-06-02")
    partner = Desk("Kit Marsh", role=Role.PARTNER_AUDITOR)
    audit = making.audit(partner.user, make.child(team=make.team()), type_="threshold")
    answers = making.whole_answers("threshold")
    grade = answers.pop("threshold_grade")
    _posts(partner, "audits:write", audit, **answers)
    assert "until Tue 16 June 2026" in partner.words("audits:finish", audit.ref)
    assert _posts(partner, "audits:finish", audit, version="").status_code == 302

    clock.at("2026-06-17")
    assert partner.get("audits:audit", audit.ref).status_code == 404
    assert partner.get("audits:write", audit.ref).status_code == 404
    clock.at("2026-06-16")
    assert partner.get("audits:extract", audit.ref).status_code == 200
    row = table_of(partner.get("audits:mine"), "Done, with something missing")[0]
    assert row[2] == "Tue 16 June 2026"
    assert "The threshold (section missing)" in partner.words("audits:write", audit.ref)
    reply = _posts(partner, "audits:write", audit, threshold_grade=grade, version="1", **answers)
    assert reply.url == reverse("audits:mine")
    for route in ("audit", "write", "extract"):
        assert partner.get(f"audits:{route}", audit.ref).status_code == 404


def test_a_child_merged_in_mid_audit_is_audited_on_under_the_record_kept(clock: Clock) -> None:
    clock.at("2026-06-02")
    desk, team = Desk(role=Role.SERVICE_MANAGER), make.team()
    child, kept = make.child(team=team), make.child(team=team)
    make.referral(kept, date(2026, 5, 4))
    audit = _given(desk, child)
    _posts(desk, "audits:write", audit, assessment_evidence="Before.")
    Child.objects.filter(pk=child.pk).update(merged_into=kept)

    assert "Referral of Mon 4 May 2026" in desk.words("audits:extract", audit.ref)
    _posts(desk, "audits:write", audit, version="1", assessment_evidence="Before.", **WHOLE)
    assert _posts(desk, "audits:finish", audit, version="").status_code == 302
    assert kept.surname in desk.words("audits:audit", audit.ref)
    manager = Desk(role=Role.TEAM_MANAGER, team=team)
    row = table_of(manager.get("audits:of-child", kept.ref), "Audits")[0]
    assert row[-1] == "Good"


def test_of_an_audit_that_is_done_what_was_written_of_an_agency_stays_too(clock: Clock) -> None:
    clock.at("2026-06-02")
    desk = Desk(role=Role.QUALITY_ASSURANCE)
    audit = making.audit(desk.user, make.child(team=make.team()), type_="threshold")
    whole = {"overall_grade": "good", "overall_evidence": "The referral."}
    health = {"row-1-agency": "health", "row-1-laming": ["seen"]}
    _posts(desk, "audits:write", audit, **whole, **health)
    _posts(desk, "audits:finish", audit, version="")

    police = {"row-1-agency": "police", "row-1-laming": ["seen"]}
    reply = _posts(desk, "audits:write", audit, version="1", **whole, **police)
    assert "It was changed at: Which agency?" in main_of(reply)
    more = {"row-2-agency": "police", "learnt": "To ring back."}
    assert (
        _posts(desk, "audits:write", audit, version="1", **whole, **health, **more).status_code
        == 302
    )
    assert "To ring back." in desk.words("audits:audit", audit.ref)


def test_a_record_that_is_closed_to_its_auditor_is_theirs_no_more_and_nothing_is_lost(
    clock: Clock,
) -> None:
    clock.at("2026-06-02")
    desk, quality = Desk(role=Role.SERVICE_MANAGER), Desk("Quin", role=Role.QUALITY_ASSURANCE)
    child = make.child(team=make.team())
    audit = _given(desk, child, quality.user)
    _posts(desk, "audits:write", audit, assessment_evidence="The visits.")
    OwnFamily.objects.create(
        user=desk.user, child=child, declared_by=desk.user, declared_at=timezone.now()
    )

    assert desk.get("audits:audit", audit.ref).status_code == 404
    assert desk.get("audits:write", audit.ref).status_code == 404
    assert "closed to you since" in desk.words("audits:mine")
    assert "closed to them: give it on" in quality.words("audits:given")
    stranded.tend(timezone.now())
    assert "the record is closed to them now" in quality.words("work:tasks")
    assert "The visits." in quality.words("audits:audit", audit.ref)


def test_an_audit_says_which_referral_it_is_of(clock: Clock) -> None:
    clock.at("2026-06-02")
    desk = Desk(role=Role.QUALITY_ASSURANCE)
    child = make.child(team=make.team())
    referral = make.referral(child, received_on=date(2026, 5, 4))
    of: dict[str, Any] = {"subject": "referral", "about_id": referral.pk}
    audit = making.audit(desk.user, child, type_="threshold", **of)
    for page in (("audits:mine",), ("audits:audit", audit.ref), ("audits:write", audit.ref)):
        assert "Referral of Mon 4 May 2026" in desk.words(*page)


def test_a_correction_is_kept_beside_the_outcome_and_sets_no_grade(clock: Clock) -> None:
    now = clock.at("2026-06-02")
    desk = Desk(role=Role.SERVICE_MANAGER)
    child = make.child(team=make.team())
    audit = _given(desk, child)
    told = {"standard": "england/single-assessment", "said": "wrong", "words": ""}
    assert "what is wrong" in main_of(_posts(desk, "audits:check", audit, **told))
    told["words"] = "It was finished in May."
    assert _posts(desk, "audits:check", audit, **told).status_code == 302
    assert "Corrected: It was finished in May." in desk.words("audits:audit", audit.ref)
    audit.refresh_from_db()
    assert audit.grade == ""
    with pytest.raises(Problem):
        giving.leave(audit, by=desk.user, at=now + timedelta(1), version=audit.version, why=" ")


def test_tools_stand_on_no_page_of_recording(clock: Clock) -> None:
    clock.at("2026-06-02")
    desk = Desk(role=Role.TEAM_MANAGER)
    child = make.child(team=desk.team)
    assert "File audit" not in desk.words("recording:of-child", child.ref)
    assert "File audit" not in desk.words("recording:start")
    assert desk.get("recording:new-of-child", child.ref, "audit-file").status_code == 404
    audit = making.audit(desk.user, child)
    _posts(desk, "audits:write", audit, assessment_grade="good")
    audit.refresh_from_db()
    assert audit.recording is not None
    assert desk.get("recording:one", audit.recording.ref).status_code == 404

"""Files audited twice: drawn by chance, blind, agreed on, and looked at together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import Role, Team, User
from evenhand.accounts.references import new_reference
from evenhand.audits.actions import moderation as actions
from evenhand.audits.actions.conduct import finish
from evenhand.audits.models import Audit, Copy
from evenhand.audits.queries import moderation as queries
from evenhand.audits.queries.fitting import unfit_as_second
from evenhand.audits.queries.reach import audits_for
from evenhand.history.models import Entry
from evenhand.problems import Problem
from evenhand.recording.models import Answer, Recording
from evenhand.rules.periods import Span
from evenhand.versions import Superseded
from evenhand.work.models import Task
from tests import factories as make
from tests.audits.making import audit
from tests.clock import Clock
from tests.pages import table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
MAY = Span(date(2026, 5, 1), date(2026, 5, 31))


class Office:
    """Quality assurance, and two managers of teams of their own, each with a social worker."""

    def __init__(self) -> None:
        self.qa = Desk("Quin Asher", role=Role.QUALITY_ASSURANCE)
        User.objects.filter(pk=self.qa.user.pk).update(worker=None)
        self.north, self.south = make.team("North"), make.team("South")
        self.one = Desk("Nora North", role=Role.TEAM_MANAGER, team=self.north)
        self.two = Desk("Sol South", role=Role.TEAM_MANAGER, team=self.south)

    def audited(self, team: Team | None = None, grade: str = "good", **more: Any) -> Audit:
        """An audit of a file of North that its manager did in May."""
        team = team or self.north
        child = make.child(team=team, worker=make.worker(team=team))
        return audit(self.one.user, child, done_on=date(2026, 5, 8), grade=grade, **more)


@pytest.fixture
def office(clock: Clock) -> Office:
    clock.at("2026-06-02")
    return Office()


def _done(twin: Audit, grade: str) -> Audit:
    twin.state, twin.grade, twin.done_at = Audit.State.DONE, grade, timezone.now()
    twin.done_on = timezone.localdate()
    twin.save()
    return twin


def _answered(one: Audit, **grades: str) -> None:
    made = Recording.objects.create(
        ref=one.ref, form=one.tool, edition=one.edition, subject="audit", on=date(2026, 5, 8),
        recorded_by=one.auditor, recorded_at=make.NOW,
    )  # fmt: skip
    for question, grade in grades.items():
        Answer.objects.create(recording=made, ref=new_reference(), question=question, code=grade)
    Audit.objects.filter(pk=one.pk).update(recording=made)
    one.recording = made


def test_a_share_is_drawn_by_chance_and_given_to_somebody_of_another_team(office: Office) -> None:
    """A tenth of 11 is 2; the history has the draw with its seed, and drawing again adds none."""
    for _ in range(11):
        office.audited()
    picked = office.audited(is_random=False)
    reply: Any = office.qa.client.post(
        reverse("audits:draw-second"), {"since": "2026-05-01", "until": "2026-05-31"}
    )
    assert reply.status_code == 302, reply.content.decode()
    twins = Audit.objects.exclude(twin_of=None).select_related("auditor", "twin_of")
    assert [twin.auditor.name for twin in twins] == ["Sol South"] * 2
    assert picked not in [twin.twin_of for twin in twins]
    assert Task.objects.filter(about=f"audit:{twins[0].ref}", owner=office.two.user).count() == 1
    told = Entry.objects.filter(action="audit.given_twice")
    assert all("Drawn by chance: 2 of 11, seed" in entry.reason for entry in told)
    with pytest.raises(Problem, match="Enough of the 11 audits"):
        actions.draw_twice(MAY, by=office.qa.user, at=timezone.now())


def test_nobody_else_may_audit_it_is_said_and_nothing_is_lost(office: Office) -> None:
    mine = office.audited(team=office.south)
    given = actions.draw_twice(MAY, by=office.qa.user, at=timezone.now())
    assert given.left == [mine]
    assert given.twins == []


def test_the_packs_name_who_audits_twice_and_never_who_was_sent_the_first(office: Office) -> None:
    mine = office.audited(team=office.south)
    officer = make.user("reviewing_officer")
    assert unfit_as_second(mine, make.user("data_officer")).startswith("They hold none")
    assert unfit_as_second(mine, officer) == ""
    assert actions.draw_twice(MAY, by=office.qa.user, at=timezone.now()).left == []
    twin = Audit.objects.get(twin_of=mine)
    assert twin.auditor == officer
    Copy.objects.create(
        ref=new_reference(), audit=mine, part="service manager", to=officer, sent_at=make.NOW
    )
    assert unfit_as_second(mine, officer) == "They got a copy of the first audit."


def test_the_second_auditor_does_not_see_the_first_until_they_are_done(office: Office) -> None:
    """Nor any grade of it, though they may otherwise read that team's audits."""
    over = make.user("service_manager", team=office.north)
    first = office.audited()
    twin = audit(over, first.child, twin_of=first, type_="senior")
    assert list(audits_for(over)) == [twin]
    assert first in audits_for(office.one.user)
    _done(twin, "inadequate")
    assert {first, twin} <= set(audits_for(over))


def test_who_may_not_be_the_second_auditor(office: Office) -> None:
    first, now = office.audited(), timezone.now()
    by = office.qa.user
    told = {"by": by, "at": now, "why": "named"}
    with pytest.raises(Problem, match="They did the first audit"):
        actions.give_twice(first, office.one.user, **told)
    worker = Desk("Ana Quay")
    with pytest.raises(Problem, match="none of the roles"):
        actions.give_twice(first, worker.user, **told)
    with pytest.raises(Problem, match="quality assurance"):
        actions.give_twice(first, office.two.user, by=office.one.user, at=now, why="named")
    twin = actions.give_twice(first, office.two.user, **told)
    assert (twin.twin_of, twin.child, twin.edition) == (first, first.child, first.edition)
    with pytest.raises(Problem, match="given to a second auditor already"):
        actions.give_twice(first, office.two.user, **told)
    with pytest.raises(Problem, match="not done yet"):
        actions.give_twice(twin, office.two.user, **told)


def test_a_grade_that_is_agreed_keeps_both(office: Office) -> None:
    """By whoever audited the file neither time; the page shows both with who and why."""
    first = office.audited(grade="good")
    second = _done(audit(office.two.user, first.child, twin_of=first), "inadequate")
    reply = office.qa.client.post(
        reverse("audits:moderate", args=[first.ref]),
        {"version": first.version, "grade": "requires-improvement", "why": "No visit was seen."},
    )
    assert reply.status_code == 302
    first.refresh_from_db()
    assert (first.grade, first.moderated) == ("good", "requires-improvement")
    said = ("Good", "Requires improvement", "Quin Asher", "No visit was seen.")
    pages = [
        office.qa.words("audits:pair", second.ref),
        office.one.words("audits:audit", first.ref),
    ]
    assert all(words in page for words in said for page in pages)
    assert "Inadequate" in pages[0]
    one = queries.counted(Audit.objects.all()).get()
    assert one.counted_grade == "requires-improvement"  # type: ignore[attr-defined]


def test_nobody_moderates_their_own_audit(office: Office) -> None:
    director = make.user("director")
    mine = audit(director, make.child(), done_on=date(2026, 5, 8), grade="good", type_="senior")
    told = {"by": director, "at": timezone.now(), "version": 1, "why": "Better."}
    with pytest.raises(Problem, match="audited this file yourself"):
        actions.moderate(mine, "outstanding", **told)
    theirs = office.audited()
    with pytest.raises(Problem, match="no grade of the scale"):
        actions.moderate(theirs, "splendid", **told)
    with pytest.raises(Superseded):
        actions.moderate(theirs, "outstanding", **{**told, "version": 9})
    theirs.refresh_from_db()
    assert theirs.moderated == ""


def test_agreement_by_question_and_by_auditor(office: Office) -> None:
    """Twelve pairs: ten alike. The page shows both coefficients, and each auditor to QA only."""
    grades = ["good"] * 6 + ["outstanding"] * 4 + ["good", "inadequate"]
    others = ["good"] * 6 + ["outstanding"] * 4 + ["requires-improvement", "good"]
    for own, other in zip(grades, others, strict=True):
        first = office.audited(grade=own)
        second = _done(audit(office.two.user, first.child, twin_of=first), other)
        _answered(first, identity_grade=own, overall_grade=own)
        _answered(second, identity_grade=other)
    agreed = queries.agreed_for(office.qa.user, Span(date(2026, 5, 1), date(2026, 6, 30)))
    assert (agreed.overall.agreed, agreed.overall.of) == (10, 12)
    assert [(line.id, line.agreed, line.of) for line in agreed.questions] == [
        ("identity_grade", 10, 12)
    ]
    page = office.qa.words("audits:moderation")
    assert "the same grade in 10 of 12 files" in page
    assert "10 (83%)" in page
    assert "Nora North" in page
    assert "Sol South" in page
    (own,) = table_of(office.two.get("audits:moderation"), "Each auditor beside the others")
    assert own == ["Sol South", "12", "10", "1", "1"]


def test_too_few_pairs_say_no_more_than_they_are(office: Office) -> None:
    first = office.audited()
    _done(audit(office.two.user, first.child, twin_of=first), "good")
    page = office.qa.words("audits:moderation")
    assert "the same grade in 1 of 1 files: fewer than 10, so no more can be said" in page
    assert "Too few to tell" in page


def test_agreement_costs_the_same_however_many(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        first = office.audited()
        _done(audit(office.two.user, first.child, twin_of=first), "good")
    with django_assert_max_num_queries(8):
        queries.agreed_for(office.qa.user, Span(date(2026, 5, 1), date(2026, 6, 30)))


def test_a_session_of_calibration_is_written_down(office: Office) -> None:
    first = office.audited()
    _done(audit(office.two.user, first.child, twin_of=first), "inadequate")
    where = reverse("audits:new-session")
    given = {"held_on": "2026-06-01", "people": "Nora North\nSol South", "audits": first.ref,
             "learnt": "What counts as seen alone."}  # fmt: skip
    assert office.qa.client.post(where, {**given, "people": "Nobody Known"}).status_code == 200
    assert office.qa.client.post(where, given).status_code == 302
    for desk in (office.qa, office.two):
        page = desk.words("audits:moderation")
        assert "What counts as seen alone." in page
        assert "Nora North, Sol South" in page
    assert "seen alone" not in Desk("Tia Third", role=Role.TEAM_MANAGER).words("audits:moderation")


def test_of_a_second_audit_nobody_gets_a_copy(office: Office) -> None:
    """The first auditor's copies went out; a second grade of one file would only confuse."""
    first = office.audited()
    twin = audit(office.two.user, first.child, twin_of=first)
    _answered(twin, overall_grade="inadequate")
    finish(twin, by=office.two.user, at=timezone.now(), version=twin.version)
    twin.refresh_from_db()
    assert (twin.state, twin.grade) == ("done", "inadequate")
    assert not twin.copies.exists()
    assert not Task.objects.filter(kind="audit-below-standard").exists()

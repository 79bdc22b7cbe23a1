"""Samples: who is never drawn for whom, what is kept of a draw, and what happens after it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from evenhand.accounts.models import Role, User
from evenhand.audits import pack
from evenhand.audits.actions.giving import give_of_slot
from evenhand.audits.actions.samples import add_named, draw, leave_out, pick, publish
from evenhand.audits.actions.sharing_out import give_all
from evenhand.audits.models import Sample, SampledFile, Slot
from evenhand.audits.queries import samples as queries
from evenhand.audits.queries.drawing import Choice, auditors_for, fit, weights_of
from evenhand.audits.queries.populations import File, Filters, population_of
from evenhand.people.actions import declare_own_family, merge_children, restrict
from evenhand.people.models import Child, Family, FamilyMember, Relationship
from evenhand.problems import Problem
from tests import factories as make
from tests.audits import making
from tests.recording.desk import Desk
from tests.records.pdf_text import words_of

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)
NOW, TODAY = make.NOW, make.TODAY
SIMPLE = Choice("simple", 6)


@pytest.fixture
def manager() -> Desk:
    """A team manager, who works with nobody of the team unless a test says so."""
    return Desk("Mara Hill", role=Role.TEAM_MANAGER)


@pytest.fixture
def slot(manager: Desk) -> Slot:
    """The manager's slot of this month."""
    return making.slot("team-manager", NOVEMBER, team=manager.team, files=6)


def _offered(slot: Slot, by: User, **choice: object) -> set[str]:
    auditors = tuple(auditors_for(slot, TODAY))
    asked = SIMPLE._replace(auditors=auditors, **choice)
    return set(fit(slot, asked, by, now=NOW).files)


def _drawn(slot: Slot, by: User, choice: Choice = SIMPLE) -> Sample:
    made: Sample = draw(slot, choice, by=by, at=NOW)
    return made


def test_a_manager_is_offered_their_team_but_no_case_or_relative_of_their_own(
    manager: Desk, slot: Slot
) -> None:
    theirs = [make.child(team=manager.team) for _ in range(3)]
    manager.child()
    involved, relative, sister, cousin = (make.child(team=manager.team) for _ in range(4))
    make.involvement(involved, manager.worker, ends_on=TODAY)
    declare_own_family(relative, by=manager.user, at=NOW, of=manager.user)
    mother = make.parent(relative)
    Relationship.objects.create(child=sister, adult=mother, kind="mother")
    family = Family.objects.create(ref="bcdfghjkmnpq")
    FamilyMember.objects.create(family=family, child=relative)
    FamilyMember.objects.create(family=family, child=cousin)
    make.child(team=make.team())
    by = User.objects.get(pk=manager.user.pk)
    assert _offered(slot, by) == {one.ref for one in theirs}


def test_an_auditor_of_another_line_is_offered_no_file_of_their_own_team() -> None:
    desk = Desk(role=Role.DIRECTOR)
    make.child(team=desk.team)
    other = make.child(team=make.team())
    slot = making.slot("senior", date(2026, 12, 1))
    assert _offered(slot, desk.user) == {other.ref}


def test_restricted_records_and_what_was_audited_lately_are_left_out(
    manager: Desk, slot: Slot
) -> None:
    left, restricted, lately, open_one, long_ago = (make.child(team=manager.team) for _ in range(5))
    restrict(restricted, by=manager.user, at=NOW, reason="own-family",
             shut_out=[make.user(Role.SOCIAL_WORKER)])  # fmt: skip
    auditor = make.user(Role.DIRECTOR)
    making.audit(auditor, lately, done_on=TODAY - timedelta(days=100))
    making.audit(auditor, open_one)
    making.audit(auditor, long_ago, done_on=TODAY - timedelta(days=400))
    assert _offered(slot, manager.user) == {left.ref, long_ago.ref}
    again = _offered(slot, manager.user, again=True)
    assert again == {one.ref for one in (left, lately, open_one, long_ago)}
    found = fit(slot, SIMPLE, manager.user, now=NOW)
    assert list(found.left_out.values()) == [2]


def test_fewer_files_than_asked_are_all_drawn_and_the_page_says_so(
    manager: Desk, slot: Slot
) -> None:
    for _ in range(4):
        make.child(team=manager.team)
    sample = _drawn(slot, manager.user)
    assert sample.files.count() == 4
    words = manager.words("audits:sample", sample.ref)
    assert "6 were asked for, and there are no more that fit" in words


def test_where_nothing_fits_it_says_what_to_do(manager: Desk, slot: Slot) -> None:
    with pytest.raises(Problem, match="Ask for less"):
        _drawn(slot, manager.user)
    making.audit(make.user(Role.DIRECTOR), make.child(team=manager.team))
    with pytest.raises(Problem, match="audited in the last 6 months: 1"):
        _drawn(slot, manager.user)


def test_a_list_is_drawn_again_though_a_child_was_merged_and_another_has_gone(
    manager: Desk, slot: Slot
) -> None:
    for _ in range(9):
        make.child(team=manager.team)
    sample = _drawn(slot, manager.user)
    before = [one.key for one in sample.files.order_by("position")]
    first, second = sample.files.order_by("position")[:2]
    kept = make.child(team=manager.team, forename="Ada", surname="Reed")
    make.involvement(kept, make.worker(team=manager.team), team=manager.team)
    merge_children(kept, first.child, by=manager.user, at=NOW, reason="The same child.")
    second.delete()
    found = queries.redrawn(sample)
    assert (found.is_same, found.digest_holds) == (True, True)
    assert list(found.keys) == before
    assert list(found.gone) == [before[1]]
    words = manager.words("audits:sample", sample.ref)
    assert "1. Reed, Ada" in words
    assert "Two records of this child were made one since" in words
    assert "1 of these files is held no more" in manager.words("audits:sample-again", sample.ref)


def test_a_list_that_was_tampered_with_is_told(manager: Desk, slot: Slot) -> None:
    for _ in range(9):
        make.child(team=manager.team)
    sample = _drawn(slot, manager.user)
    sample.drawn_from[""][0] = "bcdfghjkmnpq"
    sample.save()
    assert not queries.redrawn(sample).digest_holds
    assert "its digest differs" in manager.words("audits:sample-again", sample.ref)


def test_a_stratified_list_leaves_no_small_group_out(slot: Slot, manager: Desk) -> None:
    for _ in range(20):
        make.child(team=manager.team)
    make.protection_plan(make.child(team=manager.team), TODAY)
    sample = _drawn(slot, manager.user, SIMPLE._replace(method="stratified", by="stage"))
    assert {one.part for one in sample.files.all()} == {
        "On a child protection plan", "Referred or assessed",
    }  # fmt: skip
    assert "Groups without a file" not in manager.words("audits:sample", sample.ref)
    few = _drawn(slot, manager.user, SIMPLE._replace(method="stratified", by="stage", size=1))
    words = manager.words("audits:sample", few.ref)
    assert "Groups without a file 1 of 2: fewer files were asked for than there are groups" in words
    assert sample.parts == [["On a child protection plan", 1, 1], ["Referred or assessed", 20, 5]]
    assert queries.redrawn(sample).is_same


def test_a_weighted_list_weighs_by_the_packs_risks(slot: Slot, manager: Desk) -> None:
    plain, planned, both = (make.child(team=manager.team) for _ in range(3))
    for child in (planned, both):
        make.protection_plan(child, TODAY)
    make.care_period(both, TODAY)
    adds = {one.id: one.adds for one in pack.risks(TODAY)}
    files = [File(one.ref, "child", one.pk, None, None) for one in (plain, planned, both)]
    assert list(weights_of(files, NOW).values()) == [
        1, 1 + adds["protection-plan"], 1 + adds["protection-plan"] + adds["in-care"],
    ]  # fmt: skip
    sample = _drawn(slot, manager.user, SIMPLE._replace(method="weighted", size=2))
    assert queries.redrawn(sample).is_same


def test_files_are_chosen_by_stage_worker_weeks_and_ethnicity(manager: Desk) -> None:
    worker = make.worker(team=manager.team)
    looked_after = make.child(team=manager.team, worker=worker)
    make.care_period(looked_after, TODAY)
    make.referral(looked_after, TODAY - timedelta(days=3))
    make.referral(make.child(team=manager.team), TODAY - timedelta(days=90))

    def chosen(**filters: object) -> set[str]:
        found = population_of("children", manager.user, Filters(**filters), TODAY)  # type: ignore[arg-type]
        return {one.key for one in found}

    assert chosen(stage="care") == {looked_after.ref}
    assert chosen(worker=worker.pk) == {looked_after.ref}
    assert chosen(weeks=4) == {looked_after.ref}
    assert len(chosen(ethnicity="Not known")) == 2
    assert chosen(ethnicity="White") == set()


def test_plans_are_those_of_children_in_our_care_of_school_age(manager: Desk) -> None:
    on = {"of": date(2016, 1, 1), "young": date(2024, 1, 1), "of age": date(2009, 1, 1)}
    held = {name: make.child(team=manager.team, born_on=born) for name, born in on.items()}
    for child in held.values():
        make.care_period(child, TODAY)
    make.child(team=manager.team, born_on=on["of"])
    found = population_of("plans", manager.user, Filters(), TODAY)
    assert [one.key for one in found] == [held["of"].ref]


def test_a_referral_of_a_merged_child_is_in_the_window_once_as_the_child_kept() -> None:
    kept = make.child(team=make.team())
    other = make.child(merged_into=kept)
    referral = make.referral(other, TODAY)
    days = Filters(since=TODAY, until=TODAY)
    (found,) = population_of("referrals", make.user(Role.DIRECTOR), days, TODAY)
    assert (found.child, found.key) == (kept.pk, f"referral-{referral.pk}")


def test_a_new_list_sets_the_old_one_aside_until_files_were_given(
    manager: Desk, slot: Slot
) -> None:
    for _ in range(9):
        make.child(team=manager.team)
    first = _drawn(slot, manager.user, SIMPLE._replace(size=2))
    second = _drawn(slot, manager.user, SIMPLE._replace(size=2))
    assert not first.files.filter(left_out_why="").exists()
    given = second.files.order_by("position")[0]
    give_all([given], manager.user, by=manager.user, at=NOW)
    third = _drawn(slot, manager.user, SIMPLE._replace(size=2))
    assert second.files.get(left_out_why="") == given
    assert given.key not in {one.key for one in third.files.all()}


def test_what_is_given_is_not_left_out_and_the_rest_is_with_a_reason(
    manager: Desk, slot: Slot
) -> None:
    for _ in range(2):
        make.child(team=manager.team)
    given, other = _drawn(slot, manager.user).files.order_by("position")
    give_all([given], manager.user, by=manager.user, at=NOW)
    with pytest.raises(Problem, match="Take that audit back"):
        leave_out(given, by=manager.user, at=NOW, why="Moved.")
    with pytest.raises(Problem, match="No reason"):
        leave_out(other, by=manager.user, at=NOW, why=" ")
    leave_out(other, by=manager.user, at=NOW, why="Moved away.")
    assert "Left outMoved away." in manager.words("audits:sample", other.sample.ref)


def test_giving_is_of_all_files_or_of_none(manager: Desk, slot: Slot) -> None:
    mine = manager.child()
    make.child(team=manager.team)
    files = list(_drawn(slot, manager.user).files.all())
    assert mine.ref in {one.key for one in files}
    with pytest.raises(Problem, match="their own work"):
        give_all(files, manager.user, by=manager.user, at=NOW)
    assert not any(one.audits.exists() for one in files)


def test_a_list_is_printed_with_what_its_reader_may_see(manager: Desk) -> None:
    child = make.child(team=manager.team, forename="Ada", surname="Reed")
    make.child(team=make.team(), forename="Eli", surname="Ford")
    slot = making.slot("senior", date(2026, 12, 1), audit_on=date(2026, 12, 14))
    assurance = make.user(Role.QUALITY_ASSURANCE)
    publish(_drawn(slot, assurance), by=assurance, at=NOW)
    sample = Sample.objects.get()
    printed = words_of(manager.get("audits:sample", sample.ref, **{"as": "pdf"}).content)
    assert "Reed, Ada" in printed
    assert "Ford" not in printed
    assert "Not printed is 1 file more of this list" in printed
    assert sample.files.filter(child=child).exists()


def test_what_is_of_no_file_is_given_by_who_answers_for_it(manager: Desk) -> None:
    slot, head = making.slot("training", date(2026, 12, 1)), make.user(Role.DIRECTOR)
    with pytest.raises(PermissionDenied):
        give_of_slot(slot, head, by=manager.user, at=NOW)
    assert manager.get("audits:give-of-slot", slot.ref).status_code == 403
    slot.closed_at, slot.closed_by = NOW, head
    with pytest.raises(Problem, match="closed"):
        give_of_slot(slot, head, by=head, at=NOW)


def test_only_lists_of_senior_audits_are_published_and_never_drawn_anew_then(
    manager: Desk, slot: Slot
) -> None:
    child = make.child(team=manager.team)
    with pytest.raises(Problem, match="not published"):
        publish(_drawn(slot, manager.user), by=manager.user, at=NOW)
    assurance = make.user(Role.QUALITY_ASSURANCE)
    senior = making.slot("senior", date(2026, 12, 1))
    sample = _drawn(senior, assurance)
    with pytest.raises(Problem, match="day of the audit"):
        publish(sample, by=assurance, at=NOW)
    senior.audit_on = date(2026, 12, 14)
    senior.save()
    sample, read_before = (Sample.objects.get(pk=sample.pk) for _ in range(2))
    publish(sample, by=assurance, at=NOW)
    with pytest.raises(Problem, match="published already"):
        publish(read_before, by=make.user(Role.DIRECTOR), at=NOW)
    assert Sample.objects.get(pk=sample.pk).published_by == assurance
    with pytest.raises(Problem, match="published already"):
        _drawn(senior, assurance)
    assert child.ref in {one.key for one in sample.files.all()}


def test_a_manager_draws_neither_for_another_team_nor_for_senior_managers(manager: Desk) -> None:
    make.child(team=manager.team)
    elsewhere = making.slot("team-manager", NOVEMBER, team=make.team())
    for each in (elsewhere, making.slot("senior", date(2026, 12, 1))):
        with pytest.raises(PermissionDenied):
            _drawn(each, manager.user)


def test_picked_and_named_files_are_kept_apart_from_those_drawn(manager: Desk, slot: Slot) -> None:
    child, other = make.child(team=manager.team), make.child(team=manager.team)
    picked = making.slot("data-officer", NOVEMBER, team=manager.team)
    with pytest.raises(Problem, match="Nothing is drawn here"):
        _drawn(picked, manager.user)
    file: SampledFile = pick(picked, child, by=manager.user, at=NOW)
    with pytest.raises(Problem, match="picked already"):
        pick(picked, other, by=manager.user, at=NOW)
    sample = _drawn(slot, manager.user, SIMPLE._replace(size=1))
    (drawn,) = sample.files.all()
    left = child if drawn.child_id == other.pk else other
    named = add_named(sample, left, by=manager.user, at=NOW, why="A complaint.")
    with pytest.raises(Problem, match="on the list already"):
        add_named(sample, left, by=manager.user, at=NOW, why="Again.")
    assert [file.is_random, drawn.is_random, named.is_random] == [False, True, False]
    assert queries.redrawn(sample).is_same


def test_only_who_manages_the_team_picks() -> None:
    child: Child = make.child(team=make.team())
    slot = making.slot("data-officer", NOVEMBER, team=child.team)
    elsewhere = make.user(Role.TEAM_MANAGER, team=make.team())
    for role in (Role.DATA_OFFICER, Role.QUALITY_ASSURANCE, Role.DIRECTOR):
        with pytest.raises(PermissionDenied):
            pick(slot, child, by=make.user(role), at=NOW)
    with pytest.raises(PermissionDenied):
        pick(slot, child, by=elsewhere, at=NOW)

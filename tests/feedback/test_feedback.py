"""Feedback: nothing said is refused, what cannot be is told in a sentence, counts by reach."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.accounts.models import Role, Team, User
from evenhand.accounts.references import new_reference
from evenhand.feedback import pack, queries
from evenhand.feedback.actions import (
    follow_feedback,
    meet_barrier,
    note_discrimination,
    record_feedback,
)
from evenhand.feedback.models import DiscriminationMet, Feedback
from evenhand.history.models import Entry
from evenhand.people.actions import answer
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.records.actions import receive
from evenhand.records.gathering.whole import gathered
from evenhand.retention.removal import rows_of
from evenhand.rules.periods import quarter_of
from evenhand.secrecy import keys
from tests import factories as make
from tests.clock import Clock
from tests.factories import NOW, TODAY
from tests.pages import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
QUARTER = quarter_of(TODAY)


@pytest.fixture
def team() -> Team:
    return make.team("Harbour")


@pytest.fixture
def staff(team: Team) -> User:
    return make.user(Role.SOCIAL_WORKER, worker=make.worker(team=team))


@pytest.fixture
def child(staff: User) -> Child:
    assert staff.worker is not None
    return make.child(team=staff.worker.team, worker=staff.worker)


def said(by: User, child: Child | None = None, **more: Any) -> Feedback:
    given = {"received_on": TODAY, "respondent": "parent", "words": "Nobody rang.", **more}
    return record_feedback(by=by, at=NOW, child=child, **given)


def noted(by: User, child: Child, ground: str = "race-ethnicity") -> DiscriminationMet:
    return note_discrimination(
        child, by=by, at=NOW, noted_on=TODAY, ground=ground, happened="Called names."
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"respondent": "neighbour"}, "has no 'neighbour'"),
        ({"service": "plumbing"}, "has no 'plumbing'"),
        ({"confidence": "maybe"}, "No answer is called"),
        ({"received_on": TODAY + timedelta(days=1)}, "still to come"),
        ({"words": " "}, "Nothing was said"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    staff: User, given: dict[str, Any], words: str
) -> None:
    with pytest.raises(Problem, match=words):
        said(staff, **given)
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"version": 1}, "was changed since you opened it"),
        ({"answered_on": TODAY}, "its day and how they were told"),
        ({"considered_on": TODAY - timedelta(days=1)}, "before it was received"),
        ({"answered_on": TODAY, "told_how": "pigeon"}, "has no 'pigeon'"),
    ],
)
def test_an_answer_that_cannot_be_leaves_it_awaiting(
    staff: User, given: dict[str, Any], words: str
) -> None:
    held = said(staff)
    with pytest.raises(Problem, match=words):
        follow_feedback(held, by=staff, at=NOW, **{"version": 0, **given})
    assert queries.received_for(make.user(Role.DIRECTOR), QUARTER)[:2] == (0, 1)


def test_of_two_who_answer_the_second_is_told_and_keeps_their_words(
    client: Client, staff: User, child: Child
) -> None:
    held, where = said(staff, child), "feedback:item"
    follow_feedback(held, by=staff, at=NOW, version=0, action_words="We rang.")
    client.force_login(staff)
    sent = {"version": "0", "action_words": "We wrote."}
    page = client.post(reverse(where, args=[held.ref]), sent)
    assert "This feedback was changed since you opened it" in main_of(page)
    assert "We rang." in main_of(page)
    assert "We wrote." in main_of(page)


def test_words_and_ground_are_sealed_and_history_holds_neither(staff: User, child: Child) -> None:
    item, note = said(staff, child), noted(staff, child)
    assert item.words == "Nobody rang."
    for model, row, names in (
        (Feedback, item, ["words"]), (DiscriminationMet, note, ["ground", "happened"]),
    ):  # fmt: skip
        stored = model.objects.filter(pk=row.pk).values_list(*names)[0]
        assert all(keys.is_sealed(str(value)) for value in stored)
    told = str(list(Entry.objects.values_list("changes", flat=True)))
    assert "race" not in told
    assert "names" not in told


def test_a_note_is_read_by_those_close_to_the_child_and_by_nobody_else(
    staff: User, child: Child, team: Team
) -> None:
    noted(staff, child)
    officer = make.user(Role.REVIEWING_OFFICER, worker=make.worker())
    make.involvement(child, officer.worker, role="IRO")
    close = [staff, make.user(Role.TEAM_MANAGER, team=team), officer]
    apart = [make.user(Role.DIRECTOR), make.user(Role.QUALITY_ASSURANCE)]
    assert [queries.notes_of(child, one).count() for one in close] == [1, 1, 1]
    assert [queries.notes_of(child, one).count() for one in apart] == [0, 0]
    assert [queries.by_ground(one, QUARTER)["race-ethnicity"] for one in apart] == [1, 1]


def test_counts_reach_as_far_as_the_viewer_and_small_ones_are_hidden(
    client: Client, staff: User, child: Child, team: Team
) -> None:
    other = make.child(team=make.team("Quill"))
    by = make.user(Role.DIRECTOR)
    for whose in (child, child, other):
        said(by, whose, service="short-breaks")
    manager = make.user(Role.TEAM_MANAGER, team=team)
    assert queries.received_for(manager, QUARTER).received == 2
    assert queries.received_for(staff, QUARTER).received == 2
    assert queries.received_for(by, QUARTER).received == 3
    assert queries.feedback_for(manager).count() == 2
    client.force_login(make.user(Role.EQUALITY_LEAD))
    page = main_of(client.get(reverse("feedback:quarter"), {"quarter": f"{QUARTER.since}"}))
    assert "fewer than 5 received" in page
    assert "Hidden" in page


def test_what_two_records_of_one_child_told_is_read_together_and_goes_together(
    staff: User, child: Child
) -> None:
    twin = make.child(merged_into=child)
    said(staff, twin)
    noted(staff, twin)
    assert queries.feedback_of(child).count() == 1
    assert queries.notes_of(child, staff).count() == 1
    gone = rows_of([child, twin])
    assert gone["feedback.feedback"]
    assert gone["feedback.discriminationmet"]


def test_trust_by_group_reads_the_leading_answer_and_says_what_is_not_known(
    staff: User, child: Child
) -> None:
    answer(
        child, by=staff, at=NOW, characteristic="ethnicity", status="answered", answer="BCRB",
        said_by="child", asked_on=TODAY,
    )  # fmt: skip
    said(staff, child, confidence="yes")
    found = queries.confidence_for(make.user(Role.DIRECTOR), QUARTER)
    assert found.whole.answered == found.whole.confident == 1
    by = {dimension.id: dict(groups) for dimension, groups in found.by_group.items()}
    assert set(by) == {"ethnicity", "sex", "disability"}
    assert by["ethnicity"] == {"Black, Black British, Caribbean or African": (1, 1, 0)}
    assert by["sex"] == {"": (1, 1, 0)}


@pytest.mark.parametrize("kind", ["feedback", "barrier", "note"])
def test_what_was_entered_in_error_stays_and_counts_no_more(
    client: Client, staff: User, child: Child, kind: str
) -> None:
    told = {
        "feedback": lambda: said(staff, child),
        "barrier": lambda: meet_barrier(
            by=staff, at=NOW, code="trust", met_on=TODAY, child=child, contact="Their aunt"
        ),
        "note": lambda: noted(staff, child),
    }[kind]()
    client.force_login(staff)
    where = reverse("feedback:in-error", args=[kind, told.ref])
    assert client.post(where, {"reason": ""}).status_code == 200
    assert client.post(where, {"reason": "Another child's."}).status_code == 302
    assert "taken this back already" in main_of(client.post(where, {"reason": "Again."}))
    director = make.user(Role.DIRECTOR)
    assert queries.received_for(director, QUARTER).received == 0
    assert queries.by_service(director, QUARTER) == {}
    assert queries.by_ground(director, QUARTER) == {}
    assert queries.contact_of(child) is None
    page = main_of(client.get(reverse("feedback:child", args=[child.ref])))
    assert "Entered in error" in page
    client.force_login(make.user(Role.SOCIAL_WORKER, worker=make.worker()))
    assert client.get(where).status_code == 404


def test_a_bundle_holds_what_the_family_told_each_piece_to_be_read(child: Child) -> None:
    officer = make.user(Role.DATA_PROTECTION_OFFICER)
    make.told_us(child, officer, service="short-breaks")
    asked = receive(
        child, by=officer, at=NOW, received_on=TODAY, came_by="Letter", asked_by="child",
        wanted="Everything",
    )  # fmt: skip
    section = next(one for one in gathered(asked, officer, NOW) if one.id == "all-else")
    words = str(section.rows)
    assert "Thanks." in words
    assert "Left out." in words


def test_a_reference_of_nobody_leads_nowhere(client: Client, staff: User) -> None:
    client.force_login(staff)
    for route in ("feedback:item", "feedback:met", "feedback:child"):
        assert client.get(reverse(route, args=[new_reference()])).status_code == 404


def test_the_page_offers_as_many_quarters_as_the_pack_says_the_running_one_first(
    client: Client, clock: Clock
) -> None:
    clock.at(f"{TODAY}")
    client.force_login(make.user(Role.EQUALITY_LEAD))
    form = client.get(reverse("feedback:quarter")).context["form"]
    offered = [key for key, _ in form.fields["quarter"].choices]
    assert len(offered) == pack.value_on("quarters-shown", TODAY)
    assert offered[0] == f"{QUARTER.since}"
    assert offered == sorted(offered, reverse=True)

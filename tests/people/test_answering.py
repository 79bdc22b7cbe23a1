"""Recording what people say: statements, what leads, the lists that follow, and the history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from evenhand.accounts.models import User
from evenhand.history.models import Entry
from evenhand.people.actions import (
    Said,
    answer,
    enter_in_error,
    rebuild_lists,
    settle_difference,
    start_campaign,
    state_from_import,
    stop_campaign,
)
from evenhand.people.models import (
    Adult,
    Child,
    IdentityCampaignItem,
    IdentityQuestion,
    IdentityStanding,
    IdentityStatement,
    IdentityTally,
)
from evenhand.people.queries import identity_summary, worklist_for
from evenhand.problems import Problem
from tests import factories
from tests.factories import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
CHASED_OF_A_CHILD = 7


@pytest.fixture
def manager() -> User:
    return factories.user("director")


@pytest.fixture
def child() -> Child:
    made = factories.child(born_on=date(2016, 5, 1), team=factories.team("Harbour team"))
    rebuild_lists(today=TODAY)
    return made


def tell(person: Child | Adult, by: User, characteristic: str, code: str = "", **more: Any) -> Any:
    """Record an answer as the child's own, face to face, today."""
    usual = {"status": "answered", "said_by": "child", "asked_on": TODAY, "how": "Face to face"}
    return answer(
        person, by=by, at=NOW, characteristic=characteristic, answer=code, **{**usual, **more}
    )


def standing(child: Child, characteristic: str) -> tuple[str, str, bool]:
    """What leads, as lists read it."""
    row = IdentityStanding.objects.get(child=child, characteristic=characteristic)
    return row.status, row.answer, row.conflict


def tallied(characteristic: str, person: str = "child") -> dict[str, int]:
    """The counts of one item."""
    rows = IdentityTally.objects.filter(characteristic=characteristic, person=person)
    return {row.state: row.count for row in rows if row.count}


def counted_anew() -> list[tuple[Any, ...]]:
    """Every tally, once as kept and once made anew: they must be the same."""
    fields = ("team", "person", "characteristic", "state", "count")
    return sorted(IdentityTally.objects.exclude(count=0).values_list(*fields), key=str)


def test_an_answer_leads_closes_its_question_and_is_counted(child: Child, manager: User) -> None:
    assert tallied("ethnicity") == {"no record that we asked": 1}
    tell(child, manager, "ethnicity", "WOTH", own_words="Polish and Welsh")
    assert standing(child, "ethnicity") == ("answered", "WOTH", False)
    assert tallied("ethnicity") == {"known": 1}
    due = worklist_for(manager, today=TODAY, characteristic="ethnicity")
    assert not due.exists()


def test_tallies_that_followed_answers_equal_tallies_made_anew(child: Child, manager: User) -> None:
    mother = factories.parent(child)
    factories.child(born_on=date(2010, 1, 1))
    rebuild_lists(today=TODAY)
    tell(child, manager, "ethnicity", "WBRI")
    tell(child, manager, "ethnicity", status="declined", said_by="child")
    tell(mother, manager, "interpreter", "no", said_by="adult")
    tell(child, manager, "religion", status="awaiting", said_by="parent")
    followed = counted_anew()
    rebuild_lists(today=TODAY)
    assert followed == counted_anew()


def test_an_answer_is_in_the_history_of_the_child(child: Child, manager: User) -> None:
    tell(child, manager, "ethnicity", "WBRI")
    entry = Entry.objects.get(action="identity.answered")
    assert entry.child_id == child.pk
    assert entry.actor == manager
    assert entry.changes["answer"] == [None, "WBRI"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"code": ""}, "The answer is empty"),
        ({"code": "MARTIAN"}, "'MARTIAN' is not an answer to Ethnicity"),
        ({"code": "WBRI WIRI"}, "takes one answer"),
        ({"code": "WBRI", "asked_on": TODAY + timedelta(days=1)}, "still to come"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    child: Child, manager: User, more: dict[str, Any], words: str
) -> None:
    with pytest.raises(Problem, match=words):
        tell(child, manager, "ethnicity", **more)
    assert not IdentityStatement.objects.exists()
    assert not Entry.objects.filter(action="identity.answered").exists()


def test_only_the_child_volunteers(child: Child, manager: User) -> None:
    with pytest.raises(Problem, match="Only the child says this"):
        tell(child, manager, "sexual_orientation", "gay", said_by="parent")


def test_what_is_volunteered_stands_in_no_list_and_no_history(child: Child, manager: User) -> None:
    tell(child, manager, "sexual_orientation", "gay")
    assert not IdentityStanding.objects.exists()
    assert not IdentityQuestion.objects.filter(characteristic="sexual_orientation").exists()
    assert "gay" not in str(Entry.objects.get(action="identity.answered").changes)


def test_the_child_says_who_may_see_what_they_volunteer(manager: User) -> None:
    team = factories.team()
    allocated = factories.worker(team=team)
    child = factories.child(team=team, worker=allocated)
    worker = factories.user("social_worker", worker=allocated)
    writer = factories.user("reviewing_officer")
    tell(child, writer, "sexual_orientation", "bi", may_see="worker")

    def sees(viewer: User) -> bool:
        lines = identity_summary(child, viewer, today=TODAY).lines
        line = next(each for each in lines if each.item.characteristic == "sexual_orientation")
        return bool(line.statements)

    assert sees(worker)
    assert sees(writer)
    assert not sees(manager)
    assert not sees(factories.user("social_worker", worker=factories.worker(team=team)))


def test_entered_in_error_counts_for_nothing_and_stays_listed(child: Child, manager: User) -> None:
    wrong = tell(child, manager, "ethnicity", "WBRI")
    enter_in_error(wrong, by=manager, at=NOW, reason="The wrong child")
    assert not IdentityStanding.objects.filter(child=child).exists()
    assert tallied("ethnicity") == {"no record that we asked": 1}
    summary = identity_summary(child, manager, today=TODAY)
    assert summary.lines[0].statements[0].entered_in_error
    assert Entry.objects.get(action="identity.entered_in_error").reason == "The wrong child"


@pytest.mark.parametrize("reason", ["", "  "])
def test_entered_in_error_wants_a_reason(child: Child, manager: User, reason: str) -> None:
    wrong = tell(child, manager, "ethnicity", "WBRI")
    with pytest.raises(Problem, match="No reason"):
        enter_in_error(wrong, by=manager, at=NOW, reason=reason)


def test_it_is_not_marked_twice(child: Child, manager: User) -> None:
    wrong = tell(child, manager, "ethnicity", "WBRI")
    enter_in_error(wrong, by=manager, at=NOW, reason="The wrong child")
    with pytest.raises(Problem, match="already"):
        enter_in_error(wrong, by=manager, at=NOW, reason="Again")


# Imports


def bring(*rows: Said, key: str = "ssd") -> Any:
    """State rows from an extract, and make the lists anew."""
    told = state_from_import(rows, batch=factories.batch(key), at=NOW)
    rebuild_lists(today=TODAY)
    return told


def test_an_import_states_once_and_an_unchanged_one_adds_none(child: Child) -> None:
    row = Said(child.pk, None, "ethnicity", "answered", "WBRI")
    assert bring(row)[:2] == (1, 0)
    assert bring(row)[:2] == (0, 1)
    assert IdentityStatement.objects.count() == 1
    assert tallied("ethnicity") == {"known": 1}


def test_a_corrected_import_leads_and_history_shows_both(child: Child) -> None:
    bring(Said(child.pk, None, "ethnicity", "answered", "WBRI"))
    bring(Said(child.pk, None, "ethnicity", "answered", "WOTH"))
    assert standing(child, "ethnicity") == ("answered", "WOTH", False)
    entry = Entry.objects.get(action="identity.changed")
    assert entry.changes == {"ethnicity": ["WBRI", "WOTH"]}
    assert entry.child_id == child.pk


def test_an_imported_refusal_never_displaces_an_answer(child: Child) -> None:
    bring(Said(child.pk, None, "ethnicity", "answered", "WBRI"))
    bring(Said(child.pk, None, "ethnicity", "declined"))
    assert standing(child, "ethnicity") == ("answered", "WBRI", False)


def test_a_row_that_cannot_be_read_is_handed_back(child: Child) -> None:
    unasked = Said(child.pk, None, "hiv", "answered", "yes")
    unlisted = Said(child.pk, None, "ethnicity", "answered", "A1")
    assert bring(unasked, unlisted).unreadable == (unasked, unlisted)
    assert not IdentityStatement.objects.exists()


def test_the_child_leads_over_the_import_and_the_difference_shows(
    child: Child, manager: User
) -> None:
    bring(Said(child.pk, None, "ethnicity", "answered", "WBRI"))
    tell(child, manager, "ethnicity", "WOTH", own_words="Polish")
    assert standing(child, "ethnicity") == ("answered", "WOTH", True)
    bring(Said(child.pk, None, "ethnicity", "answered", "WOTH"))
    assert standing(child, "ethnicity") == ("answered", "WOTH", False)


def test_a_settled_difference_stays_settled_until_another_answer_differs(
    child: Child, manager: User
) -> None:
    bring(Said(child.pk, None, "ethnicity", "answered", "WBRI"))
    tell(child, manager, "ethnicity", "WOTH")
    settle_difference(
        child, by=manager, at=NOW, characteristic="ethnicity", reason="Her parents differ"
    )
    assert not standing(child, "ethnicity")[2]
    bring(Said(child.pk, None, "ethnicity", "answered", "WIRI"))
    assert standing(child, "ethnicity")[2]


def test_a_merged_childs_statements_are_read_through_the_other(child: Child, manager: User) -> None:
    duplicate = factories.child()
    tell(duplicate, manager, "religion", "sikh")
    duplicate.merged_into = child
    duplicate.save()
    bring(Said(duplicate.pk, None, "religion", "answered", "hindu"))
    assert standing(child, "religion")[:2] == ("answered", "sikh")
    assert identity_summary(child, manager, today=TODAY).completeness.known == 1


def test_two_statements_about_nobody_or_two_people_are_refused_by_the_database(
    child: Child,
) -> None:
    assert {c.name for c in IdentityStatement._meta.constraints} >= {
        "statement_is_about_one_person", "an_answer_says_something",
    }  # fmt: skip


# What is still to be asked


def test_a_new_child_has_every_question_of_the_set(child: Child) -> None:
    rows = IdentityQuestion.objects.filter(child=child)
    assert rows.count() == CHASED_OF_A_CHILD
    assert rows.filter(is_first=True).count() == 1


def test_a_closed_child_has_none() -> None:
    factories.child(is_open=False)
    rebuild_lists(today=TODAY)
    assert not IdentityQuestion.objects.exists()


def test_a_parent_is_asked_once_beside_the_first_of_their_children(manager: User) -> None:
    first, second = factories.child(), factories.child()
    mother = factories.parent(first)
    mother.relationships.create(child=second, kind="mother")
    rebuild_lists(today=TODAY)
    asked = IdentityQuestion.objects.filter(adult=mother)
    assert set(asked.values_list("child", flat=True)) == {first.pk}
    assert set(asked.values_list("characteristic", flat=True)) == {
        "ethnicity", "first_language", "interpreter", "communication",
    }  # fmt: skip
    tell(mother, manager, "communication", "none", said_by="adult")
    assert tallied("communication", "parent") == {"known": 1}


# Campaigns


def test_a_campaign_follows_answers_and_refusals(child: Child, manager: User) -> None:
    campaign = start_campaign(
        by=manager, at=NOW, title="Ask", team=None,
        characteristics=["ethnicity", "religion", "interpreter"], target_on=TODAY,
    )  # fmt: skip
    tell(child, manager, "ethnicity", "WBRI")
    tell(child, manager, "religion", status="declined")
    outcomes = dict(campaign.items.values_list("characteristic", "outcome"))
    assert outcomes == {"ethnicity": "filled", "religion": "declined", "interpreter": "waiting"}
    bring(Said(child.pk, None, "interpreter", "answered", "no"))
    assert campaign.items.get(characteristic="interpreter").outcome == "filled"


def test_a_campaign_leaves_out_what_was_declined(child: Child, manager: User) -> None:
    tell(child, manager, "ethnicity", status="declined", said_by="parent")
    campaign = start_campaign(
        by=manager, at=NOW, title="Ask", team=child.team,
        characteristics=["ethnicity", "religion"], target_on=TODAY,
    )  # fmt: skip
    assert set(campaign.items.values_list("characteristic", flat=True)) == {"religion"}


@pytest.mark.parametrize(
    ("characteristics", "target", "words"),
    [
        (["gender_identity"], TODAY, "volunteered"),
        (["sexual_orientation", "ethnicity"], TODAY, "volunteered"),
        ([], TODAY, "No question was chosen"),
        (["ethnicity"], TODAY - timedelta(days=1), "past"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused(
    child: Child, manager: User, characteristics: list[str], target: date, words: str
) -> None:
    with pytest.raises(Problem, match=words):
        start_campaign(
            by=manager, at=NOW, title="Ask", team=None, characteristics=characteristics,
            target_on=target,
        )  # fmt: skip
    assert not IdentityCampaignItem.objects.exists()


def test_a_campaign_is_not_stopped_over_somebody_elses_change(child: Child, manager: User) -> None:
    campaign = start_campaign(
        by=manager, at=NOW, title="Ask", team=None, characteristics=["ethnicity"], target_on=TODAY
    )
    stop_campaign(campaign, by=manager, at=NOW, version=1, reason="Done otherwise")
    with pytest.raises(Problem, match="was changed since you opened it"):
        stop_campaign(campaign, by=manager, at=NOW, version=1, reason="Again")

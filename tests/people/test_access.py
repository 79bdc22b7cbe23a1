"""Closed records are nowhere for those kept out; a record lent for a while is seen to be so."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import Role, RoleGrant, Team, User
from evenhand.facts.registry import BINDINGS
from evenhand.history.models import Entry, View
from evenhand.people import actions
from evenhand.people.models import Child, OwnFamily, TemporaryAccess
from evenhand.people.queries import completeness_for
from evenhand.people.queries.worklist import worklist_for
from evenhand.standards import standing
from evenhand.standards.queries import counts_by_standard, totals_by_team
from evenhand.standards.queries.counting import figures_as_at
from tests import factories as make

pytestmark = pytest.mark.django_db
NAME = "Harbourlight"


class Place(NamedTuple):
    """One team with two children alike, of whom one is to be closed, and those who work there."""

    team: Team
    child: Child
    other: Child
    worker: User
    manager: User
    director: User


@pytest.fixture
def place() -> Place:
    team = make.team("Quay", parent=make.team("Service"))
    worker = make.worker("Sam Pebble", team=team)
    people = (
        make.user(Role.SOCIAL_WORKER, worker=worker),
        make.user(Role.TEAM_MANAGER, team=team),
        make.user(Role.DIRECTOR),
    )
    born = timezone.localdate() - timedelta(days=4000)
    make.coverage(*BINDINGS, complete_to=timezone.localdate())
    children = [
        make.child(surname=name, team=team, worker=worker, born_on=born)
        for name in (NAME, "Quillfeather")
    ]
    for child in children:
        make.care_period(child, timezone.localdate() - timedelta(days=100))
        make.referral(child, timezone.localdate() - timedelta(days=100))
    actions.rebuild_lists(today=timezone.localdate())
    standing.refresh(timezone.now())
    return Place(team, *children, *people)


def fresh(user: User) -> User:
    """The user as the next request has them: nothing kept of the last."""
    return User.objects.get(pk=user.pk)


def restrict(place: Place, **names: object) -> None:
    actions.restrict(place.child, by=place.director, at=timezone.now(), reason="adoption", **names)


def pages(user: User) -> str:
    """Everything that a person's lists, counts and search say, on one string."""
    client = Client()
    client.force_login(user)
    where = ("/", "/children/", "/children/?show=all", "/children/identity/", "/standards/",
             "/children/identity/completeness/", "/children/opened/", "/leaving-care/")  # fmt: skip
    found = [client.get(each) for each in where]
    found.append(client.post(reverse("people:search"), {"words": NAME}, follow=True))
    return "".join(reply.content.decode().replace(f"“{NAME}”", "") for reply in found)


def counted(user: User) -> dict[str, object]:
    """Every count that is shown to somebody."""
    viewer = fresh(user)
    return {
        "standards": {k: v.total for k, v in counts_by_standard(viewer).items()},
        "teams": [(t.name, c.total) for t, c in totals_by_team(viewer, as_at=figures_as_at())],
        "asked": completeness_for(viewer).whole.counted,
        "to ask": worklist_for(viewer, today=timezone.localdate()).count(),
        "children": Child.objects.visible_to(viewer).count(),
    }


def halves(whole: dict[str, object], left: dict[str, object]) -> bool:
    """Whether of two children alike, one is left in every count."""
    standards = all(left["standards"].get(k, 0) * 2 == v for k, v in whole["standards"].items())  # type: ignore[attr-defined]
    teams = [(name, total * 2) for name, total in left["teams"]] == whole["teams"]  # type: ignore[attr-defined]
    rest = all(left[name] * 2 == whole[name] for name in ("asked", "to ask", "children"))  # type: ignore[operator]
    return standards and teams and rest and bool(whole["standards"])


@pytest.mark.both_databases
def test_who_is_shut_out_finds_nothing_in_any_list_or_count(place: Place) -> None:
    whole = {user: counted(user) for user in (place.worker, place.manager)}
    assert all(NAME in pages(user) for user in whole)

    restrict(place, shut_out=[place.worker, place.manager])

    for user, before in whole.items():
        assert NAME not in pages(user)
        assert halves(before, counted(user))
        client = Client()
        client.force_login(user)
        assert client.get(f"/children/{place.child.ref}/").status_code == 404
        assert client.get(f"/children/{place.other.ref}/").status_code == 200


def test_the_authoritys_own_counts_leave_out_whom_a_director_is_shut_out_from(
    place: Place,
) -> None:
    whole = counted(place.director)
    actions.restrict(
        place.child, by=place.manager, at=timezone.now(), reason="own-family",
        shut_out=[place.director],
    )  # fmt: skip

    assert halves(whole, counted(place.director))
    assert NAME not in pages(place.director)


def test_only_those_let_in_find_the_record_and_a_team_is_let_in_whole(place: Place) -> None:
    before = counted(place.manager)
    restrict(place, let_in=[place.worker])

    assert NAME in pages(place.worker)
    assert "This record is restricted: Adoption" in page_of(place.worker, place.child)
    assert NAME in pages(place.director)  # who restricted it
    assert NAME not in pages(place.manager)
    assert halves(before, counted(place.manager))


def test_a_team_let_in_is_everybody_of_it(place: Place) -> None:
    restrict(place, let_in=[place.team])

    assert NAME in pages(place.worker)
    assert NAME in pages(place.manager)
    assert NAME not in pages(make.user(Role.QUALITY_ASSURANCE))


def test_an_authority_wide_count_holds_a_record_that_is_only_not_open_to_one(place: Place) -> None:
    assurance = make.user(Role.QUALITY_ASSURANCE)
    before = counted(assurance)
    restrict(place, let_in=[place.worker])

    after = counted(assurance)
    assert (after["standards"], after["asked"]) == (before["standards"], before["asked"])
    assert after["children"] == 1


def test_a_name_lets_nobody_in_whom_no_role_reaches(place: Place) -> None:
    stranger = make.user(Role.SOCIAL_WORKER, worker=make.worker())
    restrict(place, let_in=[stranger])

    assert set(Child.objects.visible_to(fresh(stranger))) == set()


def test_a_merged_record_stays_closed(place: Place) -> None:
    restrict(place, shut_out=[place.manager])
    actions.merge_children(
        place.other, place.child, by=place.director, at=timezone.now(), reason="One child."
    )

    assert set(Child.objects.visible_to(fresh(place.manager))) == set()


def test_a_restriction_ends_on_its_day_or_when_it_is_lifted_with_a_reason(place: Place) -> None:
    restrict(place, shut_out=[place.manager])
    held = place.child.restrictions.get()
    page = page_of(place.director, place.child, "lift/")
    assert place.manager.name in page
    client = Client()
    client.force_login(place.director)
    client.post(f"/children/{place.child.ref}/lift/", {"reason": "It is over."})

    assert NAME in pages(place.manager)
    assert Entry.objects.filter(action="child.restriction_lifted", reason="It is over.").exists()
    held.refresh_from_db()
    type(held).objects.update(
        lifted_on=None, ends_on=timezone.localdate() - timedelta(days=1),
        starts_on=timezone.localdate() - timedelta(days=9),
    )  # fmt: skip
    assert NAME in pages(place.manager)


def test_it_is_restricted_on_a_page_and_who_is_named_wrongly_is_asked_again(place: Place) -> None:
    client = Client()
    client.force_login(place.director)
    where = f"/children/{place.child.ref}/restrict/"
    wrong = client.post(where, {"reason": "adoption", "shut_out": "Nobody\nAt All"})
    assert "Nobody alone is called “Nobody”" in wrong.content.decode()
    none = client.post(where, {"reason": "adoption"})
    assert "Nobody is named" in none.content.decode()
    client.post(where, {"reason": "adoption", "shut_out": place.manager.username})

    assert set(Child.objects.visible_to(fresh(place.manager))) == {place.other}
    again = client.post(where, {"reason": "adoption", "shut_out": place.worker.name})
    assert "restricted already" in again.content.decode()


def test_ones_own_family_closes_at_once_and_with_a_parent_all_their_children(place: Place) -> None:
    parent = make.parent(place.child)
    second = make.child(team=place.team, worker=place.child.worker)
    second.relationships.create(adult=parent, kind="mother")
    client = Client()
    client.force_login(place.worker)
    reply = client.post(f"/children/{place.child.ref}/own-family/", {"person": parent.ref})

    assert reply.status_code == 302
    assert set(Child.objects.visible_to(fresh(place.worker))) == {place.other}
    assert client.get(f"/children/{second.ref}/").status_code == 404
    assert Entry.objects.filter(action="own_family.declared").exists()
    declared = OwnFamily.objects.get()
    where = f"/children/{place.child.ref}/family-declared/"
    assert client.get(where).status_code == 403
    client.force_login(place.manager)
    assert "their family" in client.get(f"/children/{place.child.ref}/").content.decode()
    client.post(where, {"declared": declared.pk, "reason": "Another of that name."})
    assert place.child in Child.objects.visible_to(fresh(place.worker))


def page_of(user: User, child: Child, part: str = "") -> str:
    client = Client()
    client.force_login(user)
    return client.get(f"/children/{child.ref}/{part}").content.decode()


# A record lent for a while --------------------------------------------------------------------


WHY = {"reason": "emergency-duty", "because": "A neighbour rang."}


def stranger() -> User:
    return make.user(Role.SOCIAL_WORKER, worker=make.worker("Nia Duty"))


def ask(user: User, **given: str) -> str:
    client = Client()
    client.force_login(user)
    reply = client.post("/children/opened/new/", {**WHY, **given}, follow=True)
    return reply.content.decode()


def exactly(child: Child) -> dict[str, str]:
    born = child.born_on
    assert born is not None
    return {
        "forename": child.forename.upper(), "surname": child.surname,
        "born_on": f"{born:%d/%m/%Y}",
    }  # fmt: skip


def test_an_exact_name_and_birthday_open_the_record_for_a_while(place: Place) -> None:
    duty = stranger()
    page = ask(duty, **exactly(place.child))

    assert "Temporary access. I am on emergency duty" in page
    look = View.objects.filter(user_id=duty.pk).latest("pk")
    assert "A neighbour rang." in look.why
    TemporaryAccess.objects.update(
        starts_at=timezone.now() - timedelta(hours=26), ends_at=timezone.now() - timedelta(hours=2)
    )
    assert page_of(duty, place.child).count(NAME) == 0


@pytest.mark.parametrize("closed", [True, False])
def test_what_is_not_there_and_what_is_closed_look_the_same(place: Place, closed: bool) -> None:
    duty = stranger()
    given = exactly(place.child)
    if closed:
        restrict(place, shut_out=[duty])
    else:
        given["surname"] = "Harbourlite"
    page = ask(duty, **given)

    assert "No record can be opened with these details" in page
    assert TemporaryAccess.objects.count() == 0
    assert Entry.objects.filter(action="temporary_access.not_found", actor=duty).count() == 1
    assert NAME not in Entry.objects.filter(actor=duty).values_list("reason", flat=True)


def test_part_of_a_name_opens_nothing(place: Place) -> None:
    given = exactly(place.child)
    del given["born_on"]

    assert "Give the number, or the whole name" in ask(stranger(), **given)


def test_the_worker_and_the_manager_meet_it_on_their_first_page_until_it_is_reviewed(
    place: Place,
) -> None:
    ask(stranger(), **exactly(place.child))
    words = "Somebody opened a record of your children"
    for user in (place.worker, place.manager):
        client = Client()
        client.force_login(user)
        home = client.get("/").content.decode()
        assert words in home
        assert "A neighbour rang." in home
    lent = TemporaryAccess.objects.get()
    where = f"/children/opened/{lent.ref}/"
    without = client.post(where + "review/", {"verdict": "not appropriate", "because": ""})
    assert "Say why it was not appropriate" in without.content.decode()
    client.post(where + "review/", {"verdict": "not appropriate", "because": "It was not needed."})

    assert words not in client.get("/").content.decode()
    officer = Client()
    officer.force_login(make.user(Role.DATA_PROTECTION_OFFICER))
    listed = officer.get("/children/opened/").content.decode()
    assert "It was not appropriate" in listed
    assert "It was not needed." in officer.get(where).content.decode()
    assert officer.get(f"/children/{place.child.ref}/").status_code == 403


def test_nobody_reviews_their_own_and_who_has_reach_needs_none(place: Place) -> None:
    ask(place.worker, **exactly(place.child))
    assert TemporaryAccess.objects.count() == 0
    duty = stranger()
    RoleGrant.objects.create(
        user=duty, role=Role.TEAM_MANAGER, team=make.team(), starts_on=make.TODAY
    )
    ask(duty, **exactly(place.child))
    client = Client()
    client.force_login(duty)
    lent = TemporaryAccess.objects.get()

    assert client.get(f"/children/opened/{lent.ref}/").status_code == 404


def test_what_is_lent_is_in_no_count_and_no_list_of_what_is_due(place: Place) -> None:
    duty = stranger()
    ask(duty, **exactly(place.child))

    assert counts_by_standard(fresh(duty)) == {}

"""An administrator makes users, gives and ends roles and closes accounts; history has it all."""

from __future__ import annotations

import argparse
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts import cli
from evenhand.accounts.models import Role, RoleGrant, User
from evenhand.accounts.scope import scope_of
from evenhand.history.models import Entry
from evenhand.problems import Problem
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> User:
    return make.user(Role.ADMINISTRATOR)


@pytest.fixture
def client(me: User) -> Client:
    browser = Client()
    browser.force_login(me)
    return browser


def send(client: Client, page: str, user: User | None = None, /, **given: str) -> str:
    where = reverse(f"accounts:{page}", args=[user.ref] if user else [])
    return client.post(where, given, follow=True).content.decode()


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_user_is_made_from_a_worker_of_the_roster_and_given_a_role(
    client: Client, me: User
) -> None:
    team = make.team("Quay Team")
    worker = make.worker("Sam Pebble", team=team)
    own = make.child(worker=worker)

    page = send(client, "new-user", name="Sam Pebble", username="sam.pebble", worker=worker.ref)
    made = User.objects.get(username="sam.pebble")
    assert "this person sees nothing" in page
    assert scope_of(made).roles == frozenset()
    today = timezone.localdate()
    page = send(client, "give-role", made, role="social_worker", starts_on=f"{today:%d/%m/%Y}")

    assert "Social worker" in page
    assert "Role given" in page
    assert scope_of(fresh(made)).persons.worker_id == own.worker_id
    assert [e.actor for e in Entry.objects.filter(subject_id=made.pk)] == [me, me]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": "", "username": "a"}, "Enter name"),
        ({"name": "A", "username": "a b"}, "valid username"),
        ({"name": "A", "username": "TAKEN"}, "Somebody signs in as TAKEN already"),
        ({"name": "A", "username": "a", "worker": "not one"}, "Select a valid choice"),
        ({"name": "A", "username": "a", "email": "no"}, "valid email"),
    ],
)
def test_what_cannot_be_is_said(client: Client, given: dict[str, str], sentence: str) -> None:
    User.objects.create(username="taken", name="T")
    before = User.objects.count()

    assert sentence in send(client, "new-user", **given)
    assert User.objects.count() == before


def test_a_role_has_its_days_and_its_team(client: Client) -> None:
    team = make.team("Quay Team")
    user = User.objects.create(username="u", name="U")
    today = timezone.localdate()
    days = {"starts_on": today + timedelta(days=3), "ends_on": today + timedelta(days=9)}
    told = {name: f"{day:%d/%m/%Y}" for name, day in days.items()}

    send(client, "give-role", user, role="team_manager", team=team.ref, **told)

    granted = RoleGrant.objects.get(user=user)
    assert (granted.team, granted.starts_on, granted.ends_on) == (team, *days.values())
    assert scope_of(user).roles == frozenset()
    swapped = {"starts_on": told["ends_on"], "ends_on": told["starts_on"]}
    assert "last day is before" in send(client, "give-role", user, role="director", **swapped)


@pytest.mark.parametrize("days_ago", [0, 30])
def test_a_role_ends_at_once_and_can_be_given_anew(client: Client, days_ago: int) -> None:
    user = make.user(Role.DIRECTOR)
    began = timezone.localdate() - timedelta(days=days_ago)
    RoleGrant.objects.filter(user=user).update(starts_on=began)

    send(client, "end-role", user, role=str(user.grants.get().pk))

    assert scope_of(fresh(user)).roles == frozenset()
    assert Entry.objects.get(action="role.ended").changes["role"] == ["director", None]
    today = f"{timezone.localdate():%d/%m/%Y}"
    send(client, "give-role", user, role="director", starts_on=today)
    assert scope_of(fresh(user)).roles == {"director"}
    page = send(client, "give-role", user, role="director", starts_on=today)
    assert "has that role already" in page


def test_nobody_gives_themselves_anything(client: Client, me: User) -> None:
    """Who gives others their roles sees no child; they cannot change that for themselves."""
    today = f"{timezone.localdate():%d/%m/%Y}"

    assert "Nobody gives or ends their own roles" in send(
        client, "give-role", me, role="director", starts_on=today
    )
    assert "closed by another administrator" in send(client, "close-account", me, reason="x")
    page = client.get(reverse("accounts:user", args=[me.ref])).content.decode()
    assert "another administrator" in page
    assert "Give a role" not in page


def test_an_account_is_closed_and_reopened_with_a_reason(client: Client) -> None:
    user = make.user(Role.DIRECTOR)

    assert "Why?" in send(client, "close-account", user, reason="")
    assert fresh(user).is_active
    page = send(client, "close-account", user, reason="Left the authority")
    assert "Left the authority" in page
    assert not fresh(user).is_active
    assert "Account closed" in client.get(reverse("accounts:users")).content.decode()
    send(client, "reopen-account", user, reason="Came back")
    assert fresh(user).is_active


def test_details_are_changed_and_a_worker_is_one_user(client: Client) -> None:
    worker = make.worker("Sam Pebble")
    holder = make.user(Role.SOCIAL_WORKER, worker=worker)
    user = make.user(Role.SOCIAL_WORKER)

    page = send(client, "change-user", user, name="New Name", email="n@islehaven.example")
    assert "New Name" in page
    assert "Select a valid choice" in send(client, "change-user", user, name="N", worker=worker.ref)
    send(client, "change-user", holder, name="Sam Pebble", worker=worker.ref)
    assert fresh(holder).worker == worker
    entry = Entry.objects.filter(action="user.changed").first()
    assert entry is not None
    assert set(entry.changes) == {"name", "email"}


def test_the_list_is_narrowed_by_role_and_account(client: Client, me: User) -> None:
    director = make.user(Role.DIRECTOR)
    User.objects.filter(pk=make.user(Role.EQUALITY_LEAD).pk).update(name="Gone", is_active=False)

    def listed(**query: str) -> str:
        page = client.get(reverse("accounts:users"), query).content.decode()
        return page[page.index("<table") :] if "<table" in page else page

    assert director.name in listed(role="director")
    assert me.name not in listed(role="director")
    assert "Gone" in listed(account="closed")
    assert director.name not in listed(account="closed")
    assert "There is no such user" in listed(role="director", account="closed")


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.DATA_OFFICER])
def test_others_do_not_reach_it(role: str, me: User) -> None:
    browser = Client()
    browser.force_login(make.user(role))

    assert browser.get(reverse("accounts:users")).status_code == 403
    assert browser.post(reverse("accounts:invite", args=[me.ref])).status_code == 403


def told(capsys: pytest.CaptureFixture[str], **given: object) -> str:
    """Run the command and return the link that it prints."""
    arguments = {"username": "ada", "name": "", "site": "https://evenhand.example/", "json": False}
    assert cli.administrator(argparse.Namespace(**(arguments | given))) == 0
    printed = capsys.readouterr().out
    return printed.partition("https://evenhand.example")[2].strip()


def test_the_first_administrator_comes_by_command(capsys: pytest.CaptureFixture[str]) -> None:
    link, browser = told(capsys, name="Ada Keystone"), Client()
    asked = browser.get(link, follow=True).redirect_chain[-1][0]
    browser.post(asked, {"new_password": "a quiet tin whistle"})
    given = {"username": "ada", "password": "a quiet tin whistle"}

    reply = browser.post(reverse("accounts:sign-in"), given)

    assert reply["Location"] == reverse("accounts:set-up-second-step")
    assert scope_of(User.objects.get(username="ada")).roles == {"administrator"}
    again = told(capsys)
    assert Client().get(again, follow=True).status_code == 200
    assert RoleGrant.objects.filter(user__username="ada").count() == 1


def test_a_command_for_nobody_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Problem, match="Nobody signs in as ada"):
        told(capsys)
    assert not User.objects.filter(username="ada").exists()

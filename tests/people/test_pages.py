"""The pages of this room: who may open them, what they log, and what stays out of addresses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User, Worker
from evenhand.commands.everyday import IDENTITY
from evenhand.history.models import View
from evenhand.people import cli
from evenhand.people.actions import answer, rebuild_lists
from evenhand.people.models import Child, IdentityStatement
from evenhand.people.queries import find_children, measures_for
from evenhand.problems import Problem
from tests import factories
from tests.pages import main_of, table_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Worker:
    return factories.worker("Wren Pebble", team=factories.team("Quay Team"))


@pytest.fixture
def viewer(worker: Worker) -> User:
    return factories.user("social_worker", worker=worker)


@pytest.fixture
def child(worker: Worker) -> Child:
    made = factories.child(forename="Marlow", surname="Lantern", team=worker.team, worker=worker)
    rebuild_lists(today=timezone.localdate())
    return made


@pytest.fixture
def pages(client: Client, viewer: User) -> Client:
    client.force_login(viewer)
    return client


def test_a_view_of_a_childs_identity_is_logged(pages: Client, child: Child, viewer: User) -> None:
    pages.get(reverse("people:identity", args=[child.ref]))
    look = View.objects.get()
    assert (look.user_id, look.child_id, look.page) == (viewer.pk, child.pk, "identity")


@pytest.mark.parametrize(
    ("route", "more"),
    [
        ("people:identity", []),
        ("people:ask", ["ethnicity"]),
        ("people:settle", ["ethnicity"]),
        ("people:in-error", ["bcdfghjkmnpq"]),
    ],
)
def test_a_child_whom_one_may_not_see_is_not_there_and_not_logged(
    pages: Client, route: str, more: list[str]
) -> None:
    stranger = factories.child()
    response = pages.get(reverse(route, args=[stranger.ref, *more]))
    assert response.status_code == 404
    assert not View.objects.exists()


def test_a_parent_of_another_child_is_not_there(pages: Client, child: Child) -> None:
    stranger = factories.parent(factories.child())
    address = reverse("people:ask-adult", args=[child.ref, stranger.ref, "ethnicity"])
    assert pages.get(address).status_code == 404


def test_what_is_not_asked_of_this_child_is_not_there_to_settle(
    pages: Client, child: Child
) -> None:
    address = reverse("people:settle", args=[child.ref, "age_assessment"])
    assert pages.get(address).status_code == 404


def test_a_statement_about_another_child_is_not_mended_through_this_one(
    pages: Client, child: Child, viewer: User
) -> None:
    other = factories.child()
    said = answer(
        other, by=viewer, at=timezone.now(), characteristic="ethnicity", status="answered",
        answer="WBRI", said_by="child", asked_on=timezone.localdate(),
    )  # fmt: skip
    address = reverse("people:in-error", args=[child.ref, said.ref])
    assert pages.post(address, {"reason": "Wrong"}).status_code == 404
    assert not IdentityStatement.objects.get().entered_in_error


def test_those_without_the_permission_are_refused(client: Client, child: Child) -> None:
    client.force_login(factories.user("data_officer"))
    assert client.get(reverse("people:children")).status_code == 403
    assert client.get(reverse("people:worklist")).status_code == 403
    assert client.get(reverse("people:identity", args=[child.ref])).status_code == 403
    assert client.get(reverse("people:completeness")).status_code == 200


def test_a_search_keeps_the_name_out_of_the_address(pages: Client, child: Child) -> None:
    response = pages.post(reverse("people:search"), {"words": "lantern marl"})
    assert response.status_code == 302
    assert "lantern" not in response["Location"].lower()
    assert table_of(pages.get(response["Location"]), "Children found")[0][0] == "Lantern, Marlow"


def test_somebody_elses_search_means_nothing_here(pages: Client, child: Child) -> None:
    found = pages.post(reverse("people:search"), {"words": "lantern"})["Location"]
    stranger = Client()
    stranger.force_login(factories.user("director"))
    assert "lantern" not in main_of(stranger.get(found)).lower().replace("lantern, marlow", "")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Lantern", True), ("lan", True), ("MARLOW", True), ("marl lant", True),
        ("Lantern Mar", True), ("antern", False), ("l", False), ("marl quay", False),
        ("%", False), ("", True),
    ],
)  # fmt: skip
@pytest.mark.both_databases
def test_children_are_found_by_how_a_name_begins(
    viewer: User, child: Child, words: str, found: bool
) -> None:
    assert (child in find_children(viewer, words=words)) is found


def test_children_are_found_by_the_case_systems_number(viewer: User, child: Child) -> None:
    factories.source().sourcereference_set.create(
        kind="child", key="P-1001", target="people.child", target_id=child.pk,
        last_batch_id=1,
    )  # fmt: skip
    assert list(find_children(viewer, words="P-1001")) == [child]
    assert not find_children(viewer, words="P-100")


def test_a_search_finds_nobody_outside_the_caseload(viewer: User, child: Child) -> None:
    factories.child(forename="Marlow", surname="Lantern")
    assert list(find_children(viewer, words="lantern")) == [child]


def test_the_worklist_loses_a_line_when_the_last_answer_arrives(
    pages: Client, child: Child, viewer: User
) -> None:
    def listed() -> list[list[str]]:
        return table_of(pages.get(reverse("people:worklist")), "Who to ask")

    assert listed()[0][1].startswith("Ethnicity, religion or belief")
    tell(child, viewer, "ethnicity", "WBRI")
    assert listed()[0][1].startswith("Religion or belief")
    for name, code in {
        "religion": "none", "first_language": "eng", "interpreter": "no", "communication": "none",
        "disability": "NONE", "sex": "F",
    }.items():  # fmt: skip
        tell(child, viewer, name, code)
    assert "Nothing is waiting" in main_of(pages.get(reverse("people:worklist")))


def tell(child: Child, by: User, name: str, code: str) -> Any:
    """Record the child's own answer."""
    return answer(
        child, by=by, at=timezone.now(), characteristic=name, status="answered", answer=code,
        said_by="child", asked_on=timezone.localdate(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Give an answer, or say below why there is none"),
        ({"answer": "WBRI", "instead": "declined"}, "not both"),
        ({"answer": "WBRI", "asked_on": "1/1/2099"}, "still to come"),
    ],
)
def test_an_answer_that_cannot_be_is_asked_again_in_words(
    pages: Client, child: Child, given: dict[str, str], words: str
) -> None:
    usual = {"said_by": "child", "asked_on": f"{timezone.localdate():%d/%m/%Y}"}
    page = pages.post(reverse("people:ask", args=[child.ref, "ethnicity"]), usual | given)
    assert words in main_of(page)
    assert not IdentityStatement.objects.exists()


def test_a_manager_of_a_team_cannot_start_a_campaign_over_the_authority(
    client: Client, child: Child
) -> None:
    client.force_login(factories.user("team_manager", team=child.team))
    given = {
        "title": "All", "team": "", "characteristics": ["ethnicity"],
        "target_on": f"{timezone.localdate():%d/%m/%Y}",
    }  # fmt: skip
    page = client.post(reverse("people:start-campaign"), given)
    assert "Choose team" in main_of(page)


def test_completeness_is_of_the_viewers_reach(client: Client, child: Child, viewer: User) -> None:
    factories.child(team=factories.team("Ferry Team"))
    rebuild_lists(today=timezone.localdate())

    def teams() -> list[str]:
        page = client.get(reverse("people:completeness"))
        return [row[0] for row in table_of(page, "By team")]

    client.force_login(factories.user("equality_lead"))
    assert teams() == ["Ferry Team", "Quay Team"]
    client.force_login(factories.user("team_manager", team=child.team))
    assert teams() == ["Quay Team"]
    client.force_login(viewer)
    assert teams() == ["Quay Team"]


def test_the_packs_measures_tell_known_from_asked(child: Child, viewer: User) -> None:
    director = factories.user("director")
    other = factories.child()
    rebuild_lists(today=timezone.localdate())
    tell(child, viewer, "ethnicity", "WBRI")
    answer(
        other, by=viewer, at=timezone.now(), characteristic="ethnicity", status="declined",
        said_by="child", asked_on=timezone.localdate(),
    )  # fmt: skip
    known = next(
        each for each in measures_for(director, timezone.localdate()) if each.id == "identity-known"
    )
    assert (known.part, known.whole, known.beside) == (1, 2, 2)


# The command line


def run(capsys: pytest.CaptureFixture[str], **given: Any) -> str:
    """What ``evenhand identity`` prints."""
    assert IDENTITY.handler == "evenhand.people.cli:run"
    arguments = type("Arguments", (), {"team": None, "json": False, **given})()
    assert cli.run(arguments) == 0
    return capsys.readouterr().out


def test_the_command_says_how_many_were_never_asked(
    child: Child, viewer: User, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(child, viewer, "ethnicity", "WBRI")
    said = run(capsys)
    assert "Ethnicity" in said
    assert "6 questions have no record that anybody asked" in said
    whole = json.loads(run(capsys, json=True, team=child.team.code if child.team else None))
    assert whole["whole"] == {"counted": 7, "asked": 1, "known": 1, "never_asked": 6}


def test_the_command_names_the_nearest_team(child: Child) -> None:
    with pytest.raises(Problem, match="No team has the code"):
        cli.run(type("Arguments", (), {"team": "NOSUCH", "json": False})())


def test_the_command_says_what_to_do_before_an_import() -> None:
    with pytest.raises(Problem, match="evenhand import"):
        cli.run(type("Arguments", (), {"team": None, "json": False})())

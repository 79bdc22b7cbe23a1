"""Roles come from packs; an authority changes them as far as can be, and is told what cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenhand.pages.views import HOMES
from evenhand.policy import PackErrors, Roles, shipped
from evenhand.policy import roles as packs
from evenhand.policy.roles import CLOSENESSES, FIRST_PAGES

PACK = """id: ours
title: Ours
source: Made up
licence: none
adopts: [england]
"""
HOME_MANAGER = """
roles:
  - {id: home_manager, title: Registered manager of a home, first_page: plain, persons: teams,
     aggregates: teams, closeness: [manager], second_step: optional, basis: default}
permissions:
  - {id: children.view, give: [home_manager], reason: They look after the children of the home}
  - {id: children.merge, take: [director], reason: Managers merge}
"""


def load(folder: Path, text: str) -> Roles:
    ours = folder / "ours"
    ours.mkdir(parents=True, exist_ok=True)
    (ours / "pack.yaml").write_text(PACK, "utf-8")
    (ours / "roles.yaml").write_text(text, "utf-8")
    return packs.load([ours])


def test_an_authority_adds_a_role_and_gives_and_takes_permissions(tmp_path: Path) -> None:
    found = load(tmp_path, HOME_MANAGER)

    assert found.roles["home_manager"].persons == "teams"
    assert "home_manager" in found.permissions["children.view"].roles
    assert "social_worker" in found.permissions["children.view"].roles
    assert "director" not in found.permissions["children.merge"].roles


def test_an_authority_changes_one_field_of_a_role_and_the_rest_stands(tmp_path: Path) -> None:
    found = load(
        tmp_path, "roles: [{id: social_worker, second_step: required, reason: Our own rule}]"
    )

    role = found.roles["social_worker"]
    assert (role.needs_second_step, role.persons, role.title) == (
        True,
        "caseload",
        "Social worker",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("permissions: [{id: children.veiw, give: [director], reason: x}]", '"children.view"'),
        ("permissions: [{id: children.view, give: [directer], reason: x}]", '"director"'),
        ("roles: [{id: director, persons: everybody, reason: x}]", '"everyone"'),
        ("roles: [{id: director, first_page: directer, reason: x}]", '"director"'),
        ("roles: [{id: director, closeness: [managers], reason: x}]", '"manager"'),
        ("roles: [{id: director, persons: teams}]", "reason"),
        ("permissions: [{id: children.view, roles: [director], reason: x}]", "give:"),
        ("roles: [{id: director, peopel: teams, reason: x}]", "no such field"),
        (
            "permissions: [{id: imports.manage, give: [director], reason: x}]",
            "opens children's records",
        ),
        ("roles: [{id: administrator, persons: teams, reason: x}]", "opens children's records"),
        ("- director", "not a mapping"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(PackErrors) as refused:
        load(tmp_path, text)

    error = refused.value.errors[0]
    assert told in str(error)
    assert error.file.endswith("roles.yaml")
    assert error.line == 1 or "administrator" in text
    assert error.remedy


def test_the_first_pages_are_those_that_there_are() -> None:
    assert set(HOMES) == set(FIRST_PAGES)


def test_every_shipped_permission_is_held_and_is_said_in_words() -> None:
    found = packs.load([shipped() / "england"])

    assert all(one.roles <= set(found.roles) and one.roles for one in found.permissions.values())
    assert all(one.words and one.words[0].islower() for one in found.permissions.values())
    assert all(set(role.closeness) <= set(CLOSENESSES) for role in found.roles.values())


def test_who_gives_others_their_roles_sees_no_child_and_no_count_of_children() -> None:
    found = packs.load([shipped() / "england"])
    givers = found.permissions["users.manage"].roles

    assert {(found.roles[one].persons, found.roles[one].aggregates) for one in givers} == {
        ("none", "none")
    }

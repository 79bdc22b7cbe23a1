"""What the packs call sensitive is shown to those whom they name, and leaves in no export."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from evenhand.accounts.models import Role, User
from evenhand.imports.extracting import tables
from evenhand.people.access_rules import sensitive
from evenhand.people.actions import answer, rebuild_lists
from evenhand.people.models import Child
from evenhand.people.queries import statements_about
from evenhand.publications.parquet.children import dimensions_that_leave
from tests import factories as make

pytestmark = pytest.mark.django_db
PACK = """id: guarded
title: Guarded
source: Made up
licence: none
adopts: [islehaven]
"""
RULES = """sensitive:
  - {id: ethnicity, shown_to: [worker], basis: default}
  - {id: sexual_orientation, shown_to: [worker], basis: default}
"""


@pytest.fixture
def guarded(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """An authority whose pack lets nobody but the worker see either."""
    folder = tmp_path / "guarded"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, "utf-8")
    (folder / "access.yaml").write_text(RULES, "utf-8")
    monkeypatch.setenv("EVENHAND_PACKS", str(tmp_path))
    settings.ADOPTED_PACK = "guarded"


class Told:
    """A child who told of themselves, their worker and their manager."""

    def __init__(self) -> None:
        team, worker = make.team(), make.worker()
        self.child: Child = make.child(team=team, worker=worker)
        self.worker = make.user(Role.SOCIAL_WORKER, worker=worker)
        self.manager = make.user(Role.TEAM_MANAGER, team=team)
        rebuild_lists(today=timezone.localdate())
        for name, code, more in (
            ("ethnicity", "WBRI", {}),
            ("sexual_orientation", "", {"own_words": "Mine", "may_see": "worker manager"}),
        ):
            answer(
                self.child, by=make.user(Role.DIRECTOR), at=timezone.now(), characteristic=name,
                status="answered", answer=code, said_by="child", asked_on=timezone.localdate(),
                **more,
            )  # fmt: skip

    def seen_by(self, viewer: User) -> set[str]:
        viewer = User.objects.get(pk=viewer.pk)
        return {each.characteristic for each in statements_about(self.child, viewer)}


def test_without_such_a_rule_a_manager_sees_both() -> None:
    told = Told()
    assert told.seen_by(told.manager) == {"ethnicity", "sexual_orientation"}


@pytest.mark.usefixtures("guarded")
def test_who_is_not_named_by_the_packs_sees_neither_on_any_page() -> None:
    told = Told()
    assert told.seen_by(told.worker) == {"ethnicity", "sexual_orientation"}
    assert told.seen_by(told.manager) == set()
    client = Client()
    client.force_login(told.manager)
    for where in ("", "identity/"):
        page = client.get(f"/children/{told.child.ref}/{where}").content.decode()
        assert "White British" not in page
        assert "Mine" not in page


@pytest.mark.usefixtures("guarded")
def test_neither_leaves_in_an_export() -> None:
    Told()
    assert tables._answers("ethnicity") == {}
    ways = {each.characteristic for each in dimensions_that_leave()}
    assert not ways & sensitive()
    assert ways


def test_being_a_manager_elsewhere_makes_nobody_this_childs_manager() -> None:
    """A role over all records beside a role over another team gives no closeness."""
    told = Told()
    both = make.user(Role.TEAM_MANAGER, team=make.team())
    both.grants.create(role=Role.QUALITY_ASSURANCE, starts_on=make.TODAY)

    assert told.seen_by(both) == {"ethnicity"}

"""A themed audit: drawn beside the year, shown there, and counted apart from the year's files."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from evenhand.accounts.models import Role
from evenhand.audits.actions.samples import add_named, leave_out
from evenhand.audits.actions.sharing_out import give_all
from evenhand.audits.actions.themed import Theme, draw_themed
from evenhand.audits.models import Audit, Sample
from evenhand.audits.queries import samples as queries
from evenhand.audits.queries.drawing import Choice
from evenhand.audits.told import lists_of
from evenhand.people.actions import declare_own_family
from evenhand.problems import Problem
from tests import factories as make
from tests.clock import Clock
from tests.pages import main_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
ASKED = {
    "theme": "Children who went missing", "theme_why": "The director asked after the inspection",
    "kind": "senior", "due_on": "30/11/2026", "method": "simple", "size": "3",
}  # fmt: skip
TABLE = "Beside the year: themed audits"


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """Quality assurance, and a service manager who would audit."""
    clock.at("2026-11-02")
    return Desk("Quinn Meadow", role=Role.QUALITY_ASSURANCE)


def _sent(desk: Desk, do: str = "draw", **told: str) -> Any:
    return desk.client.post("/audits/themed/", ASKED | {"do": do} | told)


def test_it_is_drawn_and_given_and_stands_beside_the_year_until_it_is_done(
    desk: Desk, clock: Clock
) -> None:
    head = make.user(Role.DIRECTOR)
    for _ in range(5):
        make.child(team=make.team("Harbour"))
    assert "5 files fit" in main_of(_sent(desk, "look"))
    assert not Sample.objects.exists()
    sample_page = desk.client.get(_sent(desk).url)
    words = main_of(sample_page)
    assert "Themed audit: Children who went missing" in words
    assert "The director asked after the inspection" in words
    assert len(table_of(sample_page, "Files")) == 3
    sample = Sample.objects.get()
    assert queries.redrawn(sample).is_same
    (audit, *_) = give_all(sample.files.all(), head, by=desk.user, at=make.NOW)
    assert (audit.due_on, audit.is_random, audit.slot) == (date(2026, 11, 30), False, None)
    assert "for a themed audit: Children who" in desk.words("audits:audit", audit.ref)
    told = [words for *_, words in lists_of([audit.child_id])]
    assert told == ["By chance, for an audit of a theme"]
    row = table_of(desk.get("audits:programme", year=2026), TABLE)[0]
    assert row[2:] == ["0 of 3files", "open", "Mon 30 November 2026"]
    Audit.objects.filter(pk=audit.pk).update(
        state="done", done_at=make.NOW, done_on=date(2026, 11, 9)
    )
    clock.at("2026-12-01")
    row = table_of(desk.get("audits:programme", year=2026), TABLE)[0]
    assert row[2:4] == ["1 of 3files", "late"]
    Audit.objects.filter(file__sample=sample).update(
        state="done", done_at=make.NOW, done_on=date(2026, 12, 1)
    )
    row = table_of(desk.get("audits:programme", year=2026), TABLE)[0]
    assert row[2:4] == ["3 of 3files", "kept late"]


def test_what_is_missing_is_asked_for_and_nothing_is_drawn(desk: Desk) -> None:
    make.child(team=make.team())
    assert "Who asked for it, and why?" in main_of(_sent(desk, theme_why=" "))
    assert "01/11/2026 is over" in main_of(_sent(desk, due_on="1/11/2026"))
    assert "No file fits" in main_of(_sent(desk, stage="care"))
    assert not Sample.objects.exists()


def test_only_who_may_draw_for_all_draws_and_changes_it(desk: Desk) -> None:
    manager = Desk(role=Role.TEAM_MANAGER)
    child, other = make.child(team=manager.team), make.child(team=manager.team)
    assert _sent(manager).status_code == 403
    theme = Theme("Missing", "Asked for", "senior", make.TODAY)
    with pytest.raises(PermissionDenied):
        draw_themed(theme, Choice("simple", 1), by=manager.user, at=make.NOW)
    sample: Sample = draw_themed(theme, Choice("simple", 1), by=desk.user, at=make.NOW)
    (file,) = sample.files.all()
    left = other if file.child_id == child.pk else child
    for act in (
        lambda by: add_named(sample, left, by=by, at=make.NOW, why="Asked for by name."),
        lambda by: leave_out(file, by=by, at=make.NOW, why="Moved away."),
    ):
        with pytest.raises(PermissionDenied):
            act(manager.user)
        act(desk.user)
    assert manager.get("audits:sample", sample.ref).status_code == 404
    assert "themed" not in manager.words("audits:programme", year=2026)


def test_nobody_audits_a_relative_for_a_theme(desk: Desk) -> None:
    head = make.user(Role.DIRECTOR)
    niece, other = make.child(team=make.team()), make.child(team=make.team())
    declare_own_family(niece, by=head, at=make.NOW, of=head)
    _sent(desk)
    sample = Sample.objects.get()
    assert {one.child for one in sample.files.all()} == {other}
    with pytest.raises(Problem, match="own family"):
        add_named(sample, niece, by=desk.user, at=make.NOW, why="Asked for.")


def test_the_database_holds_no_list_of_neither_slot_nor_theme() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Sample.objects.create(
            ref="bcdfgh", type="senior", population="children", method="simple", size=1, of=1,
            digest="", as_at=make.TODAY, drawn_by=make.user(Role.DIRECTOR), drawn_at=make.NOW,
        )  # fmt: skip

"""The standards pages: figures as far as the viewer's reach, children as far as they may see."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from evenhand.accounts.models import Role
from evenhand.standards import standing
from evenhand.standards.exports import safe
from tests import factories as make
from tests.clock import Clock
from tests.standards.conftest import Authority

pytestmark = [pytest.mark.both_databases]
REVIEW = "/standards/england/looked-after-review/"


@pytest.fixture(autouse=True)
def on_the_day(clock: Clock) -> None:
    """What lies on record is looked at on the day it was worked out for."""
    clock.at(f"{make.TODAY}")


def _as(role: str, **grant: Any) -> Client:
    client = Client()
    client.force_login(make.user(role, **grant))
    return client


def _text(client: Client, path: str) -> str:
    reply = client.get(path)
    assert reply.status_code == 200, path
    return reply.content.decode()


def test_the_director_sees_the_whole_authority(authority: Authority) -> None:
    page = _text(_as(Role.DIRECTOR), "/standards/")
    assert "Looked-after reviews are held in time" in page or "ooked-after review" in page
    assert "The law&#x27;s limit" in page
    assert "As at" in page


def test_a_standard_says_what_it_asks_on_whose_authority_and_how_it_stands(
    authority: Authority,
) -> None:
    page = _text(_as(Role.DIRECTOR), REVIEW)
    assert "First within 20 working days, then within 3 months, then every 6 months" in page
    assert "33(" in page or "regulation 33" in page
    assert "Harbour" in page
    assert "Lantern" in page
    assert "50%" in page
    assert "What shows it done is known from" in page


def test_a_team_manager_sees_the_figures_of_their_team_only(authority: Authority) -> None:
    page = _text(_as(Role.TEAM_MANAGER, team=authority.other), REVIEW)
    assert "100%" in page
    assert "Harbour" not in page


def test_a_service_manager_sees_all_teams_of_the_service_once(authority: Authority) -> None:
    page = _text(_as(Role.SERVICE_MANAGER, team=authority.service), REVIEW)
    assert "50%" in page
    assert "Harbour" in page


def test_a_social_worker_sees_their_own_cases(authority: Authority) -> None:
    client = _as(Role.SOCIAL_WORKER, worker=authority.worker)
    page = _text(client, REVIEW)
    assert "0%" in page
    assert "Lantern" not in page
    assert "Wren Quay" in _text(client, REVIEW + "children/")
    assert "Robin Pier" not in _text(client, REVIEW + "children/?state=kept")


def test_the_late_are_listed_to_those_who_may_see_the_children(authority: Authority) -> None:
    page = _text(_as(Role.DIRECTOR), REVIEW + "children/")
    assert "Wren Quay" in page
    assert "Robin Pier" not in page
    assert "Within 20 working days of the day the child became looked after" in page
    assert "Not yet done in what we have been sent." in page
    assert authority.child.ref in page


def test_a_list_is_narrowed_by_state_and_team(authority: Authority) -> None:
    client = _as(Role.DIRECTOR)
    assert "Robin Pier" in _text(client, REVIEW + "children/?state=kept")
    narrowed = _text(client, f"{REVIEW}children/?state=kept&team={authority.team.ref}")
    assert "Robin Pier" not in narrowed


def test_another_teams_manager_is_shown_none_of_the_children(authority: Authority) -> None:
    page = _text(_as(Role.TEAM_MANAGER, team=authority.other), REVIEW + "children/")
    assert "Wren Quay" not in page


@pytest.mark.parametrize("role", [Role.EQUALITY_LEAD, Role.DATA_OFFICER])
def test_those_who_see_no_children_see_figures_without_a_way_to_them(
    authority: Authority, role: str
) -> None:
    client = _as(role)
    assert "children/?state=late" not in _text(client, REVIEW)
    assert client.get(REVIEW + "children/").status_code == 403


def test_a_standard_that_nothing_records_says_so(authority: Authority) -> None:
    client = _as(Role.DIRECTOR)
    page = _text(client, "/standards/isle-of-wight/formal-complaint/")
    assert "nothing we hold records what starts it yet" in page
    assert "Rules written, not yet recorded anywhere" in _text(client, "/standards/")


def test_a_standard_that_there_is_not_is_not_found(authority: Authority) -> None:
    assert _as(Role.DIRECTOR).get("/standards/england/nothing/").status_code == 404


def test_with_nothing_imported_the_page_says_what_comes_next(db: None) -> None:
    assert "after the first import" in _text(_as(Role.DIRECTOR), "/standards/")


def test_the_figures_can_be_downloaded_safely(authority: Authority) -> None:
    authority.team.name = "=cmd|' /C calc'!A0"
    authority.team.save()
    reply = _as(Role.DIRECTOR).get(REVIEW + "?as=csv")
    assert reply["Content-Type"].startswith("text/csv")
    rows = reply.content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Team or service,In time,Fell due,Late now")
    assert any(row.startswith("'=cmd") for row in rows)
    overview = _as(Role.DIRECTOR).get("/standards/?as=csv").content.decode("utf-8-sig")
    assert overview.startswith("Category,Standard,In time")


@pytest.mark.parametrize(
    ("value", "shown"), [("=1", "'=1"), ("@a", "'@a"), ("a=1", "a=1"), (-1, -1)]
)
def test_a_cell_that_could_be_run_is_quoted(value: object, shown: object) -> None:
    assert safe(value) == shown


def test_a_state_that_cannot_be_is_an_empty_list(authority: Authority) -> None:
    make.coverage("care_period.reviews_held", complete_from=None, complete_to=None)
    client = _as(Role.DIRECTOR)
    assert "No children to list." in _text(client, REVIEW + "children/?state=not+known")


def test_every_state_is_explained(db: None) -> None:
    page = _text(_as(Role.DIRECTOR), "/standards/states/")
    assert "It fell due after our data ends" in page


def test_what_is_excused_late_or_open_is_counted_apart(authority: Authority) -> None:
    make.care_period(make.child(team=authority.team), date(2026, 11, 10))
    standing.refresh(make.NOW)
    page = _text(_as(Role.DIRECTOR), REVIEW + "children/?state=open")
    assert "Tue 8 December 2026" in page


def test_a_service_is_shown_with_its_teams_and_leads_to_their_children(
    authority: Authority,
) -> None:
    make.care_period(make.child(team=make.team("Elsewhere")), date(2026, 10, 1))
    standing.refresh(make.NOW)
    client = _as(Role.DIRECTOR)
    whole = _text(client, REVIEW)
    assert "Elsewhere" in whole
    assert f"?team={authority.service.ref}" in whole
    service = _text(client, f"{REVIEW}?team={authority.service.ref}")
    assert f"?team={authority.team.ref}" in service
    listed = _text(client, f"{REVIEW}children/?team={authority.service.ref}")
    assert "Wren Quay" in listed


def test_what_was_done_early_counts_in_the_month_in_which_it_falls_due(
    authority: Authority,
) -> None:
    period = make.care_period(make.child(team=authority.team), date(2026, 11, 16))
    make.looked_after_review(period, date(2026, 11, 18))
    standing.refresh(make.NOW)
    assert "50%" in _text(_as(Role.DIRECTOR), REVIEW)

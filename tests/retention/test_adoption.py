"""Nothing is joined across an adoption order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.imports.actions import import_paths
from evenhand.people.actions import merge_children, restrict
from evenhand.people.models import Child
from evenhand.people.queries.merging import recorded_twice
from evenhand.problems import Problem
from evenhand.retention import adoption
from tests import factories as make
from tests.imports.extracts import Extract
from tests.pages import main_of, table_of

pytestmark = pytest.mark.django_db
BORN = date(2015, 6, 1)
UPN = "A801200000001"


def _pair() -> tuple[Child, Child]:
    """The earlier record, closed by an order, and the adopted child's own."""
    earlier = make.child(forename="Ada", surname="Before", born_on=BORN, upn=UPN, is_open=False)
    make.care_period(earlier, date(2020, 1, 1), ended_on=date(2021, 1, 1), end_reason="E11")
    return earlier, make.child(forename="Ada", surname="Before", born_on=BORN, upn=UPN)


def test_two_records_across_an_order_are_never_read_as_one() -> None:
    """Neither listed as one child nor merged, in either direction; the page says why."""
    earlier, now = _pair()
    director = make.user("director")
    assert len(recorded_twice(director)) == 1
    adoption.note(make.TODAY)
    assert recorded_twice(director) == []
    for kept, other in ((earlier, now), (now, earlier)):
        with pytest.raises(Problem, match="An adoption order stands between"):
            merge_children(kept, other, by=director, at=make.NOW, reason="The same number")
    assert not Child.objects.exclude(merged_into=None).exists()
    client = Client()
    client.force_login(director)
    where = reverse("people:merge", args=[earlier.ref, now.ref])
    page = client.post(where, {"reason": "The same number"})
    assert "An adoption order stands between these two records" in main_of(page)


def test_two_records_that_one_order_closed_may_be_one() -> None:
    """And an order that the sources no longer tell stands in nobody's way."""
    earlier, now = _pair()
    make.care_period(now, date(2020, 1, 1), ended_on=date(2021, 1, 1), end_reason="E11")
    adoption.note(make.TODAY)
    merge_children(earlier, now, by=make.user("director"), at=make.NOW, reason="Twice entered")
    now.careperiods.update(end_reason="E4A")
    earlier.careperiods.update(end_reason="E4A")
    assert adoption.note(make.TODAY) == 0


def test_a_file_matches_nobody_across_an_order(tmp_path: Path) -> None:
    """The same unique pupil number and day of birth under another number are another child."""
    known = {"upn": UPN, "dob": "2015-06-01"}
    first = Extract(tmp_path / "first").person("OLD", **known).row(
        "ssd_cla_episodes", "P1", "OLD", clae_cla_episode_start_date="2020-01-01",
        clae_entered_care_date="2020-01-01", clae_cla_episode_ceased_date="2021-01-01",
        clae_cla_episode_ceased_reason="E11",
    )  # fmt: skip
    import_paths([first.write()], by=None, now=make.NOW, as_at=make.TODAY)
    second = Extract(tmp_path / "second").person("NEW", **known)
    import_paths([second.write()], by=None, now=make.NOW, as_at=make.TODAY, source="returns")
    assert Child.objects.count() == 2


def test_what_an_order_closed_is_listed_until_it_is_restricted() -> None:
    """For the data protection officer, by name, with where to begin."""
    earlier, _ = _pair()
    adoption.note(make.TODAY)
    director = make.user("director")
    client = Client()
    client.force_login(director)
    overview = reverse("retention:overview")
    assert len(table_of(client.get(overview), "Adopted, and not restricted")) == 1
    restrict(earlier, by=director, at=make.NOW, reason="adoption", let_in=[director])
    assert "closed is restricted" in main_of(client.get(overview))

"""A baseline is what it was: the database refuses a change, and the page tells of one."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from evenhand.monitoring.models import Baseline
from tests import factories as make
from tests.equality.crowd import count, referred
from tests.pages import main_of

pytestmark = pytest.mark.django_db
TABLE = "monitoring_baseline"


@pytest.fixture
def frozen() -> Baseline:
    """A baseline of a handful of referrals."""
    for code in ("WBRI", "WBRI", "BAFR"):
        referred(code)
    make.coverage("referral.received", "assessment.started")
    count()
    make.planned(make.team("Quay"), make.user("director"))
    return Baseline.objects.get()


@pytest.mark.both_databases
def test_the_database_refuses_to_change_or_remove_it(frozen: Baseline) -> None:
    rows = Baseline.objects.all()
    for change in (lambda: rows.update(name="Another"), rows.delete):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()
    assert Baseline.objects.get().name == frozen.name


def test_a_change_behind_the_back_is_told(client: Client, frozen: Baseline) -> None:
    page = reverse("monitoring:baseline", args=[frozen.ref])
    client.force_login(make.user("director"))
    assert "This is not what was frozen" not in main_of(client.get(page))
    body = {**frozen.body, "titles": {**frozen.body["titles"], "open/children": "All"}}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {TABLE}_refuses_update")
    Baseline.objects.update(body=body)
    assert "This is not what was frozen" in main_of(client.get(page))


def test_small_numbers_are_hidden_and_a_service_sees_none(client: Client, frozen: Baseline) -> None:
    page = reverse("monitoring:baseline", args=[frozen.ref])
    client.force_login(make.user("equality_lead"))
    words = main_of(client.get(page, {"by": "ethnicity"}))
    assert "White <5 <5" in words
    client.force_login(make.user("service_manager", team=make.team()))
    assert client.get(page).status_code == 403

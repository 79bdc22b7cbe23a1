"""A small authority for the pages: two teams of one service, and children with promises to them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from evenhand.accounts.models import Team, Worker
from evenhand.facts.registry import BINDINGS
from evenhand.people.models import Child
from evenhand.standards import standing
from tests import factories as make


class Authority(NamedTuple):
    """The service, its teams, a worker of the first, and a child of each."""

    service: Team
    team: Team
    other: Team
    worker: Worker
    child: Child
    others_child: Child


@pytest.fixture
def authority(db: None) -> Authority:
    """An authority in which one review is late in one team, and one was held in the other."""
    make.coverage(*BINDINGS)
    service = make.team("Children in our care")
    team, other = make.team("Harbour", parent=service), make.team("Lantern", parent=service)
    worker = make.worker("Ash Ferry", team=team)
    child = make.child(forename="Wren", surname="Quay", team=team, worker=worker)
    others_child = make.child(forename="Robin", surname="Pier", team=other)
    make.care_period(child, date(2026, 10, 1))
    held = make.care_period(others_child, date(2026, 10, 1))
    make.looked_after_review(held, date(2026, 10, 20))
    standing.refresh(make.NOW)
    return Authority(service, team, other, worker, child, others_child)

"""What the record answers beside an audit: at least half, each as the standard's own outcome."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from evenhand.accounts.models import Role
from evenhand.audits.models import Audit
from evenhand.audits.queries.compliance import Line, panel_of
from evenhand.facts.adopted import policy
from evenhand.facts.horizons import horizons
from evenhand.facts.reading import case
from evenhand.imports.actions import import_paths
from evenhand.people.models import Child
from evenhand.rules.london import last_moment
from evenhand.rules.reference import evaluate
from evenhand.standards.queries import Promise
from evenhand.synth.build import Order, build
from tests import factories as make
from tests.audits import making

pytestmark = pytest.mark.django_db
AS_AT = date(2026, 11, 20)
CHILDREN, SEED, AUDITED = 30, 1, 10


@pytest.fixture
def now(tmp_path: Path) -> datetime:
    """A small Islehaven, imported; and the moment from which one looks."""
    build(Order(CHILDREN, SEED, AS_AT), tmp_path)
    now = last_moment(AS_AT + timedelta(days=1))
    import_paths([tmp_path], by=None, now=now, as_at=AS_AT)
    return now


def _audits() -> list[Audit]:
    auditor = make.user(Role.QUALITY_ASSURANCE)
    open_ = Child.objects.filter(is_open=True, merged_into=None).order_by("pk")[:AUDITED]
    return [making.audit(auditor, child) for child in open_]


def test_half_of_what_arises_is_answered_each_as_its_standard_says(now: datetime) -> None:
    lines = [line for audit in _audits() for line in panel_of(audit, now) if line.arises]
    told = [line for line in lines if line.is_told]

    assert len(told) * 2 >= len(lines) > AUDITED
    for line in lines:
        for one in line.outcomes:
            assert one.state == _own(line, one, now), (line.standard.id, one.row)
    assert all(one.row.due_on or one.row.not_recorded for line in told for one in line.outcomes)


def _own(line: Line, one: Promise, now: datetime) -> object:
    """How the standard itself, worked out anew by the slow engine, stands in that cycle."""
    names = sorted(line.standard.facts())
    facts = case(one.row.subject, one.row.subject_id, names)
    found = evaluate(line.standard, facts, policy().calendar, now, horizons(names))
    return found[one.row.cycle - 1].state if len(found) >= one.row.cycle else None

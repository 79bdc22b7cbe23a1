"""What the record answers beside an audit: half of a file's at least, each as its standard's own.

Over every child whose case is open in a small Islehaven, with every tool that has such a panel. The
tool for thresholds asks of what no extract supplies, and of less than half it can be told.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from evenhand.accounts.models import Role
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
CHILDREN, SEED, LEAST = 30, 1, 40
FILE, OTHERS = "team-manager", ("threshold", "child-protection")


@pytest.fixture
def now(tmp_path: Path) -> datetime:
    """A small Islehaven, imported; and the moment from which one looks."""
    build(Order(CHILDREN, SEED, AS_AT), tmp_path)
    now = last_moment(AS_AT + timedelta(days=1))
    import_paths([tmp_path], by=None, now=now, as_at=AS_AT)
    return now


def _arising(type_: str, now: datetime) -> list[Line]:
    auditor = make.user(Role.QUALITY_ASSURANCE)
    open_ = Child.objects.filter(is_open=True, merged_into=None).order_by("pk")
    audits = [making.audit(auditor, child, type_=type_) for child in open_]
    return [line for audit in audits for line in panel_of(audit, now) if line.arises]


def test_half_of_what_arises_is_answered_each_as_its_standard_says(now: datetime) -> None:
    lines = _arising(FILE, now)
    told = [line for line in lines if line.is_told]

    assert len(told) * 2 >= len(lines) > LEAST
    lines += [line for type_ in OTHERS for line in _arising(type_, now)]
    once = {one.row.pk: (line, one) for line in lines for one in line.outcomes}
    for line, one in once.values():
        assert one.state == _own(line, one, now), (line.standard.id, one.row)
    assert all(one.row.due_on or one.row.not_recorded for line in told for one in line.outcomes)


def _own(line: Line, one: Promise, now: datetime) -> object:
    """How the standard itself, worked out anew by the slow engine, stands in that cycle."""
    names = sorted(line.standard.facts())
    facts = case(one.row.subject, one.row.subject_id, names)
    found = evaluate(line.standard, facts, policy().calendar, now, horizons(names))
    return found[one.row.cycle - 1].state if len(found) >= one.row.cycle else None

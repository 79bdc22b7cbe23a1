"""The demonstration's year behind it: audits by the month, lists that can be drawn again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from evenhand.accounts.models import Role, Team, User, Worker
from evenhand.audits import demo_year
from evenhand.audits.actions import programme
from evenhand.audits.models import Audit, Sample, Slot
from evenhand.audits.queries.conduct import lacking_of
from evenhand.audits.queries.fitting import unfit
from evenhand.audits.queries.programme import standings_of
from evenhand.audits.queries.samples import redrawn
from evenhand.rules.states import State
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 22, 9, tzinfo=UTC)
FILES = 7


@pytest.fixture
def by() -> User:
    """Quality assurance, with two teams whose managers do not sign in, and the year drawn up."""
    made: User = make.user(Role.QUALITY_ASSURANCE)
    make.user(Role.DATA_OFFICER)
    make.user(Role.SERVICE_MANAGER, team=make.team("Service"))
    for name in ("Harbour", "Quay"):
        _team(name)
    demo_year.managers(made, NOW)
    programme.generate(2026, by=made, at=datetime(2026, 1, 5, tzinfo=UTC))
    return made


def _team(name: str) -> None:
    team = make.team(name)
    Worker.objects.filter(pk=make.worker(team=team).pk).update(job_title="Team manager")
    worker = make.worker(team=team)
    make.child(team=team)
    for _ in range(FILES):
        child = make.child(team=team, worker=worker, is_open=False)
        make.involvement(child, worker, team=team, starts_on=date(2025, 6, 1))


def test_the_months_behind_are_kept_but_for_what_a_team_missed(by: User) -> None:
    demo_year.behind(by, NOW)
    stands = standings_of(Slot.objects.filter(line="team-manager", month__lt=date(2026, 9, 1)), NOW)
    states = [one.state for one in stands.values()]
    assert states.count(State.KEPT_LATE) == 1
    assert states.count(State.KEPT) == len(states) - 3
    missed = Slot.objects.get(pk=next(pk for pk, one in stands.items() if one.words == "3/6"))
    assert (missed.month, missed.team) == (date(2026, 8, 1), Team.objects.get(name="Harbour"))
    assert not Audit.objects.filter(slot__month__gte=date(2026, 9, 1)).exists()


def test_every_file_was_theirs_to_audit_is_whole_and_its_list_is_drawn_again(by: User) -> None:
    demo_year.behind(by, NOW)
    for audit in Audit.objects.all()[::9]:
        of = {"child": audit.child, "worker": audit.worker, "team": audit.team}
        assert not unfit(audit.auditor, audit.type, audit.slot, **of)
        assert not lacking_of(audit)
    assert all(redrawn(one).is_same for one in Sample.objects.exclude(method="picked")[:5])

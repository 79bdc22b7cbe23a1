"""A restricted record is looked at again on its day, by whoever restricted it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.people.actions import restrict
from evenhand.people.actions.access import lift
from evenhand.people.models import Restriction
from evenhand.work import actions, queries, restrictions
from evenhand.work.models import Task
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(1)


@pytest.fixture
def manager() -> User:
    """Return whoever restricts a record of their team, to be looked at in 30 days."""
    return make.user(Role.TEAM_MANAGER, team=make.team())


@pytest.fixture
def held(manager: User) -> Restriction:
    """Return a restriction."""
    team = manager.grants.get().team
    return restrict(
        make.child(team=team), by=manager, at=NOW, reason="adoption", let_in=[manager],
        review_on=timezone.localdate(NOW + 30 * DAY),
    )  # fmt: skip


def test_its_task_opens_two_weeks_before_and_once(manager: User, held: Restriction) -> None:
    """Not a day earlier; it is due on the review day, and nobody else sees it."""
    restrictions.tend(NOW + 15 * DAY)
    assert not Task.objects.exists()
    for _ in range(2):
        restrictions.tend(NOW + 16 * DAY)
    task = Task.objects.get()
    assert (task.owner, task.due_on) == (manager, held.review_on)
    assert list(queries.mine(manager)) == [task]
    assert not queries.tasks_for(make.user(Role.DIRECTOR)).exists()


def test_it_goes_when_the_restriction_is_lifted(manager: User, held: Restriction) -> None:
    """By itself."""
    restrictions.tend(NOW + 30 * DAY)
    lift(held, by=manager, at=NOW + 30 * DAY, reason="The order was made.")
    assert Task.objects.get().state == Task.State.NOT_NEEDED


def test_a_restriction_that_stays_is_looked_at_again(manager: User, held: Restriction) -> None:
    """After the packs' months, from the day of the last look."""
    then = NOW + 30 * DAY
    restrictions.tend(then)
    task = Task.objects.get()
    actions.finish(task, by=manager, at=then, version=1, reason="Needed.", outcome="still")
    restrictions.tend(then + DAY)
    assert Task.objects.count() == 1
    restrictions.tend(then + 190 * DAY)
    assert Task.objects.filter(state=Task.State.OPEN).count() == 1


def test_it_goes_to_the_service_where_whoever_restricted_it_has_left(
    manager: User, held: Restriction
) -> None:
    """Nobody who may not open the record is asked by name."""
    User.objects.filter(pk=manager.pk).update(is_active=False)
    restrictions.tend(NOW + 30 * DAY)
    task = Task.objects.get()
    assert (task.owner, task.role, task.team) == (None, "service_manager", held.child.team)

"""Each role reaches its own children and nobody else's."""

from datetime import date, timedelta

import pytest

from evenhand.accounts.models import Role, RoleGrant
from evenhand.accounts.permissions import may
from evenhand.accounts.scope import Reach, scope_of
from evenhand.people.models import Child
from tests import factories as make

pytestmark = pytest.mark.django_db


def seen_by(user: object) -> set[Child]:
    return set(Child.objects.visible_to(user))  # type: ignore[arg-type]


def test_a_social_worker_sees_their_own_children_only() -> None:
    worker = make.worker()
    own = make.child(worker=worker)
    make.child(worker=make.worker())

    assert seen_by(make.user(Role.SOCIAL_WORKER, worker=worker)) == {own}


def test_a_social_worker_without_a_worker_sees_nobody() -> None:
    make.child()

    assert seen_by(make.user(Role.SOCIAL_WORKER)) == set()


def test_a_team_manager_sees_the_team_and_the_teams_beneath_it() -> None:
    service = make.team()
    team = make.team(parent=service)
    in_team, in_other = make.child(team=team), make.child(team=make.team())

    assert seen_by(make.user(Role.TEAM_MANAGER, team=team)) == {in_team}
    assert seen_by(make.user(Role.SERVICE_MANAGER, team=service)) == {in_team}
    assert in_other not in seen_by(make.user(Role.SERVICE_MANAGER, team=service))


def test_a_reviewing_officer_sees_children_they_are_involved_with_now() -> None:
    officer = make.worker()
    current, past, withdrawn = make.child(), make.child(), make.child()
    make.involvement(current, officer, role="IRO")
    make.involvement(past, officer, role="IRO", ends_on=date(2025, 1, 1))
    make.involvement(withdrawn, officer, role="IRO", withdrawn=True)

    assert seen_by(make.user(Role.REVIEWING_OFFICER, worker=officer)) == {current}


@pytest.mark.parametrize("role", [Role.DATA_OFFICER, Role.EQUALITY_LEAD])
def test_some_roles_count_everyone_and_open_nobody(role: Role) -> None:
    make.child()
    user = make.user(role)

    assert seen_by(user) == set()
    assert scope_of(user).aggregates == Reach(everyone=True)


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.QUALITY_ASSURANCE])
def test_some_roles_see_the_whole_authority(role: Role) -> None:
    child = make.child(team=make.team())

    assert seen_by(make.user(role)) == {child}


def test_a_merged_child_is_read_through_the_one_it_was_merged_into() -> None:
    kept = make.child()
    make.child(merged_into=kept)

    assert seen_by(make.user(Role.DIRECTOR)) == {kept}


def test_a_grant_that_has_ended_or_not_begun_gives_nothing() -> None:
    make.child()
    user = make.user(Role.DIRECTOR)
    yesterday = make.TODAY - timedelta(days=400)
    RoleGrant.objects.update(ends_on=yesterday)

    assert seen_by(user) == set()
    assert not may(user, "children.view")

"""Nothing changes without its history, and no history without the change."""

from datetime import UTC, datetime

import pytest

from evenhand.accounts.actions import create_user, grant
from evenhand.accounts.models import Role, User
from evenhand.history import actions
from evenhand.history.models import Entry

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]


def new_user(username: str = "amal") -> User:
    return create_user(by=None, at=AT, username=username, name="Amal Rowan", password="a long one")


def test_an_action_leaves_one_entry_that_says_who_what_and_when() -> None:
    manager = new_user("manager")
    user = new_user()

    grant(user, by=manager, at=AT, role=Role.DIRECTOR)

    entry = Entry.objects.latest("id")
    assert (entry.action, entry.actor, entry.at) == ("role.granted", manager, AT)
    assert (entry.subject, entry.subject_id) == ("accounts.user", user.pk)
    assert entry.changes["role"] == [None, "director"]
    assert entry.changes["team"] == [None, None]


def test_a_failed_history_undoes_the_change(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the history could not be written")

    monkeypatch.setattr(actions, "record", fail)

    with pytest.raises(RuntimeError):
        new_user()

    assert not User.objects.exists()


def test_a_failed_reaction_undoes_the_change_and_its_history(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(happening: actions.Happening) -> None:
        raise RuntimeError("a reaction failed")

    monkeypatch.setattr(actions, "_reactions", lambda event: (fail,))

    with pytest.raises(RuntimeError):
        new_user()

    assert not User.objects.exists()
    assert not Entry.objects.exists()

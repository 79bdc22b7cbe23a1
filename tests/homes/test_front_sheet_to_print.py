"""The front sheet on paper: who the child is, who works with them, and what is due."""

from __future__ import annotations

import pytest

from evenhand.history.models import View
from tests import factories as make
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db


def test_it_says_who_they_are_without_a_link_to_ask_and_is_logged() -> None:
    desk = Desk()
    child = desk.child()
    words = desk.words("pages:front-sheet", child.ref)
    for told in (child.surname, "About me, and who said so", desk.worker.name, "Late or due"):
        assert told in words
    assert "Ask again" not in words
    assert View.objects.filter(child_id=child.pk, page="front sheet").exists()
    other = Desk(team=make.team())
    assert other.get("pages:front-sheet", child.ref).status_code == 404

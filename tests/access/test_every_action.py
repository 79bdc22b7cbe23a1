"""Every action has a line: what it does, and through which route or command it is called.

Who may call it is who may send to its routes (table.csv). A new action without a line fails, and
so does a route that makes another happen than its line says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from evenhand.history.models import Entry
from tests.access.asking import address, form
from tests.access.test_every_route import NO_SUCH_METHOD, TABLE, signed_in, undone
from tests.access.world import Services, joined
from tools import access

pytestmark = pytest.mark.django_db
DECORATED = re.compile(r'^@action\(\s*"([a-z_]+\.[a-z_]+)"', re.MULTILINE)
LINES = list(access.actions())
MANY = 40
"""So many the forms of the walk make happen; the others are steps that need more than one form."""
OTHERWISE = ("command ", "follows ", "step ")


def declared() -> Iterator[str]:
    """Yield the event of every function that is an action."""
    for file in Path(settings.PROJECT).rglob("*.py"):
        yield from DECORATED.findall(file.read_text(encoding="utf-8"))


def test_every_action_has_a_line_and_no_line_is_idle() -> None:
    """A new action is not called through anything that the table does not say."""
    assert sorted(line.event for line in LINES) == sorted(set(declared()))


def test_every_line_says_what_calls_it() -> None:
    """A route that takes answers, a command, what it follows, or which step of a page it is."""
    taking = {line.route for line in TABLE if line.post != NO_SUCH_METHOD}
    for line in LINES:
        assert line.through, line.event
        for each in line.through:
            assert each in taking or each.startswith(OTHERWISE), (line.event, each)


def test_a_route_makes_only_its_own_actions_happen(both: Services) -> None:
    """Each form is sent once by somebody who may, and what the history then has is compared."""
    told = {line.event: set(line.through) for line in LINES}
    met = {(event, route) for event, route in _happened(both) if event in told}
    unsaid = sorted((event, route) for event, route in met if route not in told[event])
    assert unsaid == []
    assert len(met) > MANY, sorted(met)


def _happened(both: Services) -> Iterator[tuple[str, str]]:
    for line in TABLE:
        reached = [role for role, cell in line.roles.items() if cell != "no"]
        if line.post == NO_SUCH_METHOD or not reached:
            continue
        with undone():
            walked = joined(reached[0], both)
            where = address(line.route, line.about, walked.own)
            before = set(Entry.objects.values_list("pk", flat=True))
            signed_in(walked).post(where, form(line.route, walked.own))
            new = Entry.objects.exclude(pk__in=before).values_list("action", flat=True)
            yield from ((event, line.route) for event in set(new))

"""Every action has a line: what it does, and through which route or command it is called.

Who may call it is who may send to its routes (table.csv). A new action without a line fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from tests.access.test_every_route import NO_SUCH_METHOD, TABLE
from tools import access

DECORATED = re.compile(r'^@action\(\s*"([a-z_]+\.[a-z_]+)"', re.MULTILINE)
LINES = list(access.actions())
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

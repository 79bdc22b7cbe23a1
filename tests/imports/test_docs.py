"""The pages on importing list every rule and every column, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from evenhand.formats import roster

PROJECT = Path(__file__).resolve().parents[2]
RULE = re.compile(r"SSD-[A-Z]\d{2}")


def test_every_rule_is_explained_and_no_other() -> None:
    rooms = ("formats", "imports")
    code = [path.read_text() for room in rooms for path in PROJECT.glob(f"evenhand/{room}/**/*.py")]
    page = (PROJECT / "docs/how-to/import.md").read_text()
    assert set(RULE.findall(page)) == set(RULE.findall("".join(code)))


def test_every_column_and_role_of_the_roster_is_explained() -> None:
    page = (PROJECT / "docs/how-to/roster-file.md").read_text()
    columns = re.findall(r"^\| `(\w+)`", page, re.MULTILINE)
    assert tuple(columns) == roster.ROSTER_COLUMNS
    assert ", ".join(roster.ROLES) in page
    assert ",".join(roster.ROSTER_COLUMNS) in page
    assert all(f"`{column}`" in page for column in roster.CHILDREN_COLUMNS)

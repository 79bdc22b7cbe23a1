"""The page on the census lists every rule that is checked, and what becomes of a row."""

from __future__ import annotations

import re
from pathlib import Path

from evenhand.formats.cin import FORMAT
from evenhand.formats.cin.checks.words import rules
from evenhand.formats.cin.groups import group

PAGE = (Path(__file__).resolve().parents[3] / "docs/how-to/cin-census.md").read_text()
FATES = {"row": "quarantine", "cell": "left aside", "note": "noted"}


def test_every_rule_is_listed_with_what_becomes_of_it() -> None:
    listed = re.findall(
        r"^\| CIN-(\w+) \| .+? \| (quarantine|left aside|noted)", PAGE, re.MULTILINE
    )
    assert listed == [(rule.number, FATES[rule.weight]) for rule in rules().values()]


def test_every_element_that_becomes_a_row_is_listed() -> None:
    for name in FORMAT.tables:
        assert f"`{group(name).element}`" in PAGE

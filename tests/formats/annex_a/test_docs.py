"""The page on Annex A lists every rule of its checks, and no other."""

from __future__ import annotations

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
RULE = re.compile(r"AXA-[A-Z]\d{2}")


def test_every_rule_is_explained_and_no_other() -> None:
    code = (PROJECT / "evenhand/formats/annex_a/checks.py").read_text()
    page = (PROJECT / "docs/how-to/annex-a.md").read_text()
    assert set(RULE.findall(page)) == set(RULE.findall(code))

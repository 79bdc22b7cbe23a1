"""The page of settings lists every one that the program reads, and no other."""

from __future__ import annotations

import re
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PAGE = CHECKOUT / "docs" / "how-to" / "settings.md"
SETTING = re.compile(r"EVENHAND_[A-Z]+(?:_[A-Z]+)*")


def test_every_setting_is_on_the_page() -> None:
    """And a setting that went is not."""
    read = {
        name
        for file in (CHECKOUT / "evenhand").rglob("*.py")
        for name in SETTING.findall(file.read_text(encoding="utf-8"))
    }
    listed = set(SETTING.findall(PAGE.read_text(encoding="utf-8")))
    assert listed == read

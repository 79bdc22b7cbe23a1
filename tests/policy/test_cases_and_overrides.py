"""A pack's cases test the pack as written: an authority's own value must not break them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from evenhand.policy import load, shipped
from evenhand.rules.values import Offset

OWN = """
id: own
title: An authority of its own
source: made up
licence: none
adopts: [isle-of-wight]
overrides:
  - {standard: isle-of-wight/referral-feedback, field: within, from: 2006-04-01, value: 3,
     unit: working days, reason: sooner}
"""


def test_an_override_from_before_the_cases_leaves_them_true(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "pack.yaml").write_text(OWN, encoding="utf-8")

    policy = load([folder, shipped() / "england", shipped() / "isle-of-wight"])

    within = policy.standards["isle-of-wight/referral-feedback"].dated[0]
    assert within.on(date(2026, 4, 3)) == Offset(3, "working days")
    assert policy.problems() == ()

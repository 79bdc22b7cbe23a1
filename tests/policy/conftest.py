"""A small pack on disk, to be spoilt in one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.policy import PackError, PackErrors, Policy, load
from evenhand.policy.vocabulary import Fact, Vocabulary

FACTS = Vocabulary.of(
    [
        Fact("referral.received", "referral", "date"),
        Fact("referral.feedback_given", "referral", "date"),
        Fact("referral.feedback_unsafe", "referral", "yes_no"),
        Fact("referral.source", "referral", "code"),
        Fact("referral.closed", "referral", "date"),
        Fact("referral.visits", "referral", "date", many=True),
        Fact("referral.rung_at", "referral", "moment"),
        Fact("child.born", "child", "date"),
    ]
)
PACK = """id: small
title: A small pack
source: The small policy, 2005
licence: none
adopts: []
"""
CLAUSES = """- {id: S-1, ref: "1", basis: text, summary: The referrer is told.}
- {id: S-2, ref: "2", basis: law, summary: The child is seen.}
"""
STANDARDS = """- id: feedback
  title: The referrer is told
  clauses: [S-1]
  subject: referral
  deadline: {starts: referral.received, stops: referral.feedback_given}
  within:
    - {from: 2005-04-01, value: 7, unit: working days, basis: text}
    - {from: 2020-04-01, value: 5, unit: working days, basis: law, citation: "Reg 1"}
  excused_by: [referral.feedback_unsafe]
  where: {none: [{fact: referral.source, in: [1A, 08, NO]}]}
  local: true
  bound: {at_most: 6}
  cases:
    - {referral.received: 2026-06-01, referral.source: 2B, today: 2026-06-08, expect: open,
       due: 2026-06-08}
    - {referral.received: 2026-06-01, referral.source: 2B, today: 2026-06-09, expect: late}
- id: seen
  title: The child is seen
  clauses: [S-2]
  subject: referral
  recurrence: {starts: referral.received, held: referral.visits}
  stages: [[{from: 2005-04-01, value: 2, unit: weeks, basis: default}]]
  until: referral.closed
  cases:
    - {referral.received: 2026-06-01, referral.visits: [2026-06-15], today: 2026-06-20,
       expect: [kept, open]}
"""


class SmallPack:
    """The pack's folder, with its files to be changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "small"
        (self.folder / "standards").mkdir(parents=True)
        self.write("pack.yaml", PACK)
        self.write("clauses.yaml", CLAUSES)
        self.write("standards/all.yaml", STANDARDS)

    def write(self, name: str, text: str) -> None:
        """Put a file into the pack."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def spoil(self, old: str, new: str, name: str = "standards/all.yaml") -> None:
        """Change a text that stands in a file."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def load(self) -> Policy:
        """Read the pack."""
        return load([self.folder], FACTS, withhold=frozenset())

    def faults(self) -> tuple[PackError, ...]:
        """The faults of a pack that must not load."""
        with pytest.raises(PackErrors) as caught:
            self.load()
        return caught.value.errors


@pytest.fixture
def small(tmp_path: Path) -> SmallPack:
    """A pack without fault."""
    return SmallPack(tmp_path)


@pytest.fixture
def faults_of(small: SmallPack) -> Callable[..., tuple[PackError, ...]]:
    """Spoil one place of the pack, and give the faults found."""

    def spoil(old: str, new: str, name: str = "standards/all.yaml") -> tuple[PackError, ...]:
        small.spoil(old, new, name)
        return small.faults()

    return spoil

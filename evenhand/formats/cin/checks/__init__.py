"""Checks of a whole census: whole columns at a time, so that they cost little however many.

The rules are those that bear on identity, days, the order of events, conferences, plans and
reviews. Not here: the rules of codes and of what must be given, which the reader tells itself
(8500, 8640, 8650, 8842Q and others); 8510, 8794 and 8898, which are duplicates; 1530, because
authorities that are no more have left their numbers in UPNs; and 8569Q, 8670Q and 8675Q, which
count working days, as the standards of the adopted packs do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import polars as pl

from evenhand.formats.cin.checks import cases, enquiries, identity, plans
from evenhand.formats.cin.checks.joined import Finds, Return, col
from evenhand.formats.cin.checks.words import Rule, rules
from evenhand.formats.cin.groups import CENSUS, OTHER
from evenhand.formats.format import Checked, Frame

RULES: Final[Mapping[str, Finds]] = {
    **identity.RULES,
    **cases.RULES,
    **enquiries.RULES,
    **plans.RULES,
}
_OTHER: Final = "X02"


def check(frames: Mapping[str, Frame], _today: date) -> Iterator[Checked]:
    """Check a return: what each rule finds, row by row, in the order of our list of rules."""
    whole = Return(frames)
    for number, finds in RULES.items():
        rule = rules()[number]
        yield from _told(rule, rule.table, finds(whole, rule.bound))
    for table in frames:
        if table.startswith("cin_"):
            found = frames[table].filter(col(OTHER).is_not_null())
            yield from _told(rules()[_OTHER], table, found)


def _told(rule: Rule, table: str, found: Frame) -> Iterator[Checked]:
    if found.is_empty():
        return
    if rule.since is not None:
        ends = col(CENSUS).str.to_date("%Y-%m-%d", strict=False)
        found = found.filter(ends > rule.since)
    shown = col(rule.column).cast(pl.String).fill_null("")
    for file, line, text in found.select("file", "line", shown).iter_rows():
        yield Checked(table, rule.fault(line, text), file)

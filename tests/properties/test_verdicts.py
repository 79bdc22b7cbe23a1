"""Verdicts by look-up are the states of the reference, in whatever block a pair lands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.rules import Dated, Deadline, Entry, Offset, evaluate
from evenhand.rules.columns import STATES, verdicts
from evenhand.rules.gathering import columns_of
from evenhand.rules.london import last_moment
from tests.properties import strategies as some
from tests.properties.test_edges import plain

pairs = st.lists(
    st.fixed_dictionaries({"day": some._maybe(some.days), "done day": some._maybe(some.days)}),
    min_size=1,
    max_size=20,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(some._deadlines(some.dated(some.offsets(some.BY_DAY)),
                       direction=st.sampled_from(["after", "before"])),
       pairs, some.sane_now, some.horizons)  # fmt: skip
def test_a_verdict_is_the_state_of_the_reference(standard, cases, now, horizon):
    standard = replace(plain(standard), starts="day", stops="done day", all_of_many=False)
    columns = columns_of(cases, {"day": ("date", False), "done day": ("date", False)})
    found = verdicts(standard, columns["day"], columns["done day"], some.CALENDAR, now, horizon)
    horizons = {"done day": horizon}
    slow = [evaluate(standard, case, some.CALENDAR, now, horizons)[0].state for case in cases]
    assert [STATES[code] for code in found] == slow


def test_blocks_join_without_a_seam():
    standard = Deadline(
        id="a/b", title="", clauses=(), pack="a", subject="child", starts="day", stops="done day",
        within=Dated.of([Entry(date(2000, 1, 1), Offset(7, "working days"), "text")]),
    )  # fmt: skip
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + n % 90) for n in range(65_536 + 10)]
    cases = [{"day": day, "done day": date(2026, 2, 20)} for day in days]
    columns = columns_of(cases, {"day": ("date", False), "done day": ("date", False)})
    now = last_moment(date(2026, 6, 1))
    found = verdicts(standard, columns["day"], columns["done day"], some.CALENDAR, now, None)
    for row in [0, 40, 65_535, 65_536, 65_545]:
        (slow,) = evaluate(standard, cases[row], some.CALENDAR, now, {"done day": None})
        assert STATES[found[row]] is slow.state
    assert found.dtype == np.uint8


def test_hours_are_not_judged_by_days():
    standard = Deadline(
        id="a/b", title="", clauses=(), pack="a", subject="child", starts="day", stops="done day",
        within=Dated.of([Entry(date(2000, 1, 1), Offset(72, "hours"), "text")]),
    )  # fmt: skip
    columns = columns_of([], {"day": ("date", False)})
    now = last_moment(date(2026, 6, 1))
    with pytest.raises(ValueError, match="not counted in days"):
        verdicts(standard, columns["day"], columns["day"], some.CALENDAR, now, None)

"""The two engines give the same cycles, dates and states on any data whatever."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings

from evenhand.rules.agreement import differences
from tests.properties import strategies as some

EXPLORE = bool(os.environ.get("EVENHAND_EXPLORE"))  # look further than the same examples each time
MANY = settings(max_examples=4000 if EXPLORE else 150, deadline=None, derandomize=not EXPLORE)


def check(question) -> None:
    """No case on which the engines differ."""
    standard, table, now, horizons = question
    found = differences(standard, table, some.KINDS, some.CALENDAR, now, horizons)
    for one in found[:1]:
        pytest.fail(
            f"{standard}\ncase {table[one.row]}\nnow {now}\nhorizons {horizons}\n"
            f"reference {one.reference}\ncolumns   {one.columns}"
        )


@MANY
@given(some.questions(some.deadlines))
def test_deadlines_agree(question):
    check(question)


@MANY
@given(some.questions(some.recurrences))
def test_recurrences_agree(question):
    check(question)


@MANY
@given(some.questions(some.counts, some.sane_now))
def test_counts_per_period_agree(question):
    check(question)


@MANY
@given(some.questions(some.tests))
def test_tests_agree(question):
    check(question)

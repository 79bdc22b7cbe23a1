"""Whether each test of a clause fails without the pack entry that it rests on.

With ``--prove`` such a test runs three times: as it is, with its entry withheld, and as it is
again, which is the run that counts. ``fails_without`` is recorded as true only if it failed in the
middle and nowhere else; the three share a process and its databases, so this takes seconds. What
still passes in the middle may have kept what the entry said since the process began: tools.clauses
runs it again, in a process of its own, before it calls the mark false.
"""

from __future__ import annotations

import functools
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from _pytest.runner import runtestprotocol

from evenhand.policy.withholding import WITHHOLD_SETTING

PROPERTY = "fails_without"
OURS = ("evenhand", "tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --prove."""
    parser.addoption("--prove", action="store_true", help="withhold what each clause rests on")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    """Run the test as it is and without its entry; what it then does as it is, others report."""
    mark = item.get_closest_marker("clause")
    entry = mark.kwargs.get("rests_on") if mark else None
    if not entry or not item.config.getoption("--prove"):
        return
    passes_with = _passes(item)
    with _withheld(entry):
        fails_without = not _passes(item)
    item.user_properties.append((PROPERTY, passes_with and fails_without))


def _passes(item: pytest.Item) -> bool:
    """Run the test and tell nobody; what its module shares stays for the next run."""
    reports = runtestprotocol(item, log=False, nextitem=item.parent)
    return all(report.passed for report in reports)


@contextmanager
def _withheld(entry: str) -> Iterator[None]:
    os.environ[WITHHOLD_SETTING] = entry
    _forget()
    try:
        yield
    finally:
        del os.environ[WITHHOLD_SETTING]
        _forget()


def _forget() -> None:
    """Empty every memory of what the packs say."""
    for each in gc.get_objects():
        # By its type: to ask isinstance of a lazy object is to wake it.
        if type(each) is functools._lru_cache_wrapper and each.__module__.startswith(OURS):
            each.cache_clear()

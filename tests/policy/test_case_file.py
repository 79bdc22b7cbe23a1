"""A case-file.yaml without a value that a page asks for is a fault before the page is opened."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evenhand.policy.case_file import VALUES, problems_of
from tests.policy.conftest import SmallPack

VALUE = "  - {{id: {}, from: 2005-04-01, value: 5, unit: days, basis: default}}\n"
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("missing", VALUES)
def test_a_value_left_out_is_named(small: SmallPack, missing: str) -> None:
    given = "".join(VALUE.format(one) for one in VALUES)
    small.write("case-file.yaml", "values:\n" + given)
    assert "case-file" not in " ".join(map(str, small.load().problems()))
    small.write("case-file.yaml", "values:\n" + given.replace(VALUE.format(missing), ""))
    said = [str(one) for one in small.load().problems() if one.standard == "case-file"]
    assert len(said) == 1
    assert f'its values have no "{missing}"' in said[0]
    assert "Add it under values:" in said[0]


def test_without_the_file_nothing_is_asked() -> None:
    assert list(problems_of(None)) == []
    assert len(list(problems_of({"values": None}))) == len(VALUES)


def test_these_are_the_values_that_pages_ask_for() -> None:
    """No page asks for another."""
    files = (ROOT / "evenhand/case_files").glob("*.py")
    asked = {id_ for file in files for id_ in re.findall(r'value_on\("([^"]+)"', file.read_text())}
    assert asked == set(VALUES)

"""A pack's form may name an answer where a number stands, and a standard may not."""

from __future__ import annotations

from datetime import date

from evenhand.rules.trees import Count, Not
from tests.policy.conftest import SmallPack

FORM = """- id: work
  title: Work with a family
  subject: referral
  from: 2005-04-01
  basis: text
  questions:
    - {id: planned, label: How many are planned?, kind: number}
    - {id: who, label: Who?, kind: text}
  rows: {id: held, label: Session, most: 9, questions: [{id: held_on, label: When?, kind: date}]}
  notices:
    - {id: beyond, when: {not: {count: held_on, at_most: planned}}, words: beyond plan, on: held_on}
"""


def test_a_bound_may_be_an_answer_that_is_a_number(small: SmallPack) -> None:
    (small.folder / "forms").mkdir()
    small.write("forms/all.yaml", FORM)

    found = small.load().question_set("work", date(2026, 3, 2))

    assert found is not None
    (notice,) = found.notices
    assert notice.when == Not(Count("held_on", "at_most", "planned"))
    assert notice.on == "held_on"


def test_an_answer_that_is_no_number_is_no_bound(small: SmallPack) -> None:
    (small.folder / "forms").mkdir()
    small.write("forms/all.yaml", FORM.replace("at_most: planned", "at_most: who"))

    faults = small.faults()

    assert '"who" is a code' in str(faults[0])

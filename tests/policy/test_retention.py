"""The retention schedule of a pack: what it may say, and what is said of what it may not."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from evenhand.policy import retention
from evenhand.policy.documents import Faults
from evenhand.policy.packs import Pack
from evenhand.policy.retention import Schedule, problems_of, read
from evenhand.rules.retention import Days, Reason, keep_until, longest

LAW = """- id: in-our-care
  title: The record of a child who was in our care
  of: in care
  values:
    - {from: 2011-04-01, basis: law, keep: [{value: 75, unit: years, after: birth}],
       died_under: 18, then: [{value: 15, unit: years, after: death}], citation: "Regulation 50"}
  cases: [{born: 1951-03-10, today: 2026-03-10, expect: kept, until: 2026-03-10}]
"""
NEED = """- id: need
  title: The record of a child in need
  of: need
  values:
    - {from: 2018-05-25, basis: default, keep: [{value: 10, unit: years, after: closure}]}
    - {from: 2026-06-01, basis: default, keep: [{value: 20, unit: years, after: closure}]}
  cases: [{closed: 2010-01-01, today: 2026-01-01, expect: due, until: 2020-01-01}]
"""
BORN = date(1951, 3, 10)


def _pack(folder: Path, name: str, text: str) -> Pack:
    (folder / name).mkdir()
    (folder / name / retention.FILE).write_text(text, encoding="utf-8")
    return Pack(name, name, "", "", (), folder / name, ())


def _read(folder: Path, *texts: str) -> tuple[Schedule, list[str]]:
    faults = Faults()
    packs = [_pack(folder, f"pack{place}", text) for place, text in enumerate(texts)]
    found = read(packs, faults, frozenset())
    return found, [f"{Path(each.file).name} {each}" for each in faults.errors]


def test_the_last_day_is_kept_and_the_next_is_due(tmp_path: Path) -> None:
    """Of 75 years from birth: the anniversary itself is still kept."""
    (rule,) = _read(tmp_path, LAW)[0].of("in care")
    anniversary = date(2026, 3, 10)
    for day, due in ((-1, False), (0, False), (1, True)):
        today = anniversary + timedelta(days=day)
        kept = keep_until(rule, Days(born_on=BORN), today)
        assert kept is not None
        assert (kept.until, kept.is_due(today)) == (anniversary, due)


def test_a_later_value_holds_from_its_day(tmp_path: Path) -> None:
    """And what begins before the first value has no rule in force."""
    (rule,) = _read(tmp_path, NEED)[0].of("need")
    days = Days(closed_on=date(2010, 1, 1))
    for today, until in ((date(2026, 5, 31), 2020), (date(2026, 6, 1), 2030)):
        kept = keep_until(rule, days, today)
        assert kept is not None
        assert kept.until == date(until, 1, 1)
    assert keep_until(rule, days, date(2018, 5, 24)) is None


def test_what_cannot_be_told_outlasts_every_day(tmp_path: Path) -> None:
    """A child of two types is kept to the longest; with one unknown, to no day."""
    schedule, _ = _read(tmp_path, LAW + NEED)
    today = date(2026, 1, 1)
    days = Days(born_on=BORN, closed_on=date(2010, 1, 1))
    both = [keep_until(rule, days, today) for rule in schedule.rules.values()]
    kept = longest(one for one in both if one)
    assert kept is not None
    assert (kept.rule, kept.until) == ("in-our-care", date(2026, 3, 10))
    no_birth = [
        keep_until(rule, days._replace(born_on=None), today) for rule in schedule.rules.values()
    ]
    unknown = longest(one for one in no_birth if one)
    assert unknown is not None
    assert (unknown.until, unknown.reason) == (None, Reason.NO_BIRTH_KNOWN)


def test_an_authority_replaces_a_default_and_no_law(tmp_path: Path) -> None:
    """The law stays; the refusal says what to do instead."""
    longer = NEED.replace("value: 10", "value: 15").replace("until: 2020", "until: 2025")
    schedule, faults = _read(tmp_path, LAW + NEED, longer)
    assert faults == []
    assert schedule.rules["need"].values[0].terms[0].value == 15
    shorter = LAW.replace("value: 75", "value: 7")
    (tmp_path / "again").mkdir()
    schedule, faults = _read(tmp_path / "again", LAW, shorter)
    assert schedule.rules["in-our-care"].values[0].terms[0].value == 75
    assert len(faults) == 1
    assert 'line 1: id: "in-our-care" is kept by law and cannot be replaced' in faults[0]


def test_a_case_that_does_not_come_out_is_told(tmp_path: Path) -> None:
    """With its line, and a type without cases too."""
    wrong = LAW.replace("expect: kept", "expect: due") + NEED[: NEED.index("  cases")]
    found = [str(one) for one in problems_of(_read(tmp_path, wrong)[0])]
    assert len(found) == 2
    assert "line 7: in-our-care: the case gives kept" in found[0]
    assert "need: it has no cases" in found[1]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("after: birth", "after: brith", 'line 5: after: "brith" is not known'),
        ("value: 75", "value: -1", "line 5: value: -1 is below nought"),
        ("unit: years", "unit: fortnights", 'unit: "fortnights" is not known'),
        ("of: in care", "of: in-care", 'line 3: of: "in-care" is not known'),
        (', citation: "Regulation 50"', "", "citation: the value has none"),
        ("expect: kept", "expect: held", 'expect: "held" is not known'),
        ("keep: [{value: 75, unit: years, after: birth}]", "keep: 75", 'keep: "75"'),
        ("title:", "tittle:", "tittle: the type of record has no such field"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    """One sentence: the file, the line, the field, what was found."""
    assert was in LAW
    _, faults = _read(tmp_path, LAW.replace(was, becomes, 1))
    assert any(said in fault for fault in faults), faults

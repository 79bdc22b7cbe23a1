"""Cases are run, the past is locked, changes are told, and the pages come out alike each time."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import date

import pytest

from evenhand.policy import building, cli, comparing, load, locking, reference_pages
from evenhand.policy.comparing import Flip
from evenhand.problems import Problem
from evenhand.rules import State
from tests.policy.conftest import FACTS

TODAY = date(2026, 11, 21)


@pytest.fixture
def own_facts(monkeypatch):
    """Let the command read packs by the small vocabulary."""
    monkeypatch.setattr(building.vocabulary, "load", lambda: FACTS)


def check(small, *, lock=False, as_json=False) -> int:
    """Run `policy check` on the small pack."""
    return cli.check(Namespace(folders=[small.folder], lock=lock, json=as_json), TODAY)


def test_a_case_that_does_not_come_out_is_a_problem(small):
    small.spoil("today: 2026-06-09, expect: late", "today: 2026-06-09, expect: open")
    (problem,) = small.load().problems()
    assert problem.line == 16
    assert "gives late, where open is expected" in problem.found


def test_a_due_that_does_not_come_out_is_a_problem(small):
    small.spoil("due: 2026-06-08", "due: 2026-06-09")
    (problem,) = small.load().problems()
    assert "due 2026-06-08, where 2026-06-09 is expected" in problem.found


def test_a_standard_without_cases_is_a_problem(small):
    text = (small.folder / "standards" / "all.yaml").read_text(encoding="utf-8")
    small.write("standards/all.yaml", text[: text.rindex("  cases:")])
    (problem,) = small.load().problems()
    assert (problem.standard, problem.found) == ("small/seen", "it has no cases")


def locked(small):
    """The pack with its lock written."""
    policy = small.load()
    assert locking.write(policy.packs[0], policy.written, policy.written_forms, TODAY) == 3
    assert policy.lock_problems(TODAY) == ()


def test_a_value_once_in_force_is_not_edited(small):
    locked(small)
    small.spoil("value: 5", "value: 6")
    (problem,) = small.load().lock_problems(TODAY)
    assert "from 2020-04-01, once in force, was edited" in problem.found


def test_a_value_once_in_force_is_not_taken_away(small):
    locked(small)
    small.spoil("    - {from: 2005-04-01, value: 7, unit: working days, basis: text}\n", "")
    (problem,) = small.load().lock_problems(TODAY)
    assert "from 2005-04-01, once in force, is gone" in problem.found


def test_nothing_is_put_before_what_was_in_force(small):
    locked(small)
    line = "    - {from: 2010-04-01, value: 6, unit: working days, basis: text}\n"
    small.spoil("    - {from: 2020", line + "    - {from: 2020")
    (before, _) = small.load().lock_problems(TODAY)
    assert "is put before one in force since 2020-04-01" in before.found


def test_a_later_value_is_added_freely(small):
    locked(small)
    line = "    - {from: 2027-04-01, value: 4, unit: working days, basis: text}\n"
    small.spoil("  excused_by", line + "  excused_by")
    policy = small.load()
    assert policy.lock_problems(TODAY) == ()
    (due,) = policy.lock_problems(date(2027, 4, 1))
    assert due.remedy == locking.MAKE_LOCK


def test_the_command_checks_and_locks(small, own_facts, capsys):
    assert check(small) == 1
    assert "Run: evenhand policy check --lock" in capsys.readouterr().err
    assert check(small, lock=True) == 0
    assert "2 standards, 3 cases, 2 clauses: all is well" in capsys.readouterr().out
    small.spoil("value: 5", "value: 6")
    assert check(small, lock=True) == 1
    assert "was edited" in capsys.readouterr().err


def test_the_command_tells_a_machine_where_the_faults_are(small, own_facts, capsys):
    small.spoil("value: 7", "value: seven")
    assert check(small, as_json=True) == 1
    (error,) = json.loads(capsys.readouterr().out)["errors"]
    assert (error["line"], error["field"], error["found"]) == (
        7, "value", '"seven" is not a whole number',
    )  # fmt: skip


def test_a_difference_is_told_by_value_and_day(small):
    old = small.load()
    small.spoil("value: 5", "value: 6")
    small.spoil("  until: referral.closed\n", "")
    changes = comparing.diff(old, small.load())
    assert [(one.standard, one.field, one.before, one.after) for one in changes] == [
        ("small/feedback", "value", "5 working days (law)", "6 working days (law)"),
        ("small/seen", "until", "referral.closed", ""),
    ]
    assert changes[0].from_ == date(2020, 4, 1)


def test_what_if_tells_whose_result_would_flip(small, own_facts, capsys):
    def whose(old, new):
        assert new.within.on(TODAY).value == 10
        return [Flip("R1", 1, State.LATE, State.OPEN), Flip("R2", 1, State.LATE, State.OPEN)]

    args = Namespace(
        folders=[small.folder], standard="small/feedback", value=10, json=False
    )  # fmt: skip
    assert cli.diff(args, whose) == 0
    out = capsys.readouterr().out
    assert "value from 2020-04-01: 5 working days (law) -> 10 working days (law)" in out
    assert "2 results would change" in out
    assert "late -> open: 2" in out


def test_flips_name_what_comes_and_goes():
    before = [("a", 1, State.LATE), ("b", 1, State.KEPT), ("c", 1, State.OPEN)]
    after = [("a", 1, State.OPEN), ("b", 1, State.KEPT), ("d", 1, State.OPEN)]
    assert list(comparing.flips(before, after)) == [
        Flip("a", 1, State.LATE, State.OPEN), Flip("c", 1, State.OPEN, None),
        Flip("d", 1, None, State.OPEN),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"folders": ["only-one"]}, "Name the old folder and the new one"),
        ({"standard": "small/feedbak", "value": 3}, 'Did you mean "small/feedback"?'),
        ({"standard": "small/feedback"}, "Say which: --value 10"),
    ],
)
def test_wrong_use_is_a_sentence_and_a_remedy(small, own_facts, given, said):
    args = {"folders": [small.folder], "standard": None, "value": None, "json": False, **given}
    with pytest.raises(Problem) as caught:
        cli.diff(Namespace(**args))
    assert said in caught.value.remedy


def test_the_reference_pages_are_the_same_each_time(tmp_path):
    first = {p.name: p.read_bytes() for p in reference_pages.write(load(), tmp_path / "one")}
    second = {p.name: p.read_bytes() for p in reference_pages.write(load(), tmp_path / "two")}
    assert first == second
    pages = {"standards.md", "clauses.md", "vocabulary.md", "ask-set.md", "roles.md", "forms.md"}
    schemas = {"standards.json", "clauses.json", "pack.json", "ask-set.json", "roles.json"}
    schemas.add("retention.json")
    assert set(first) == pages | schemas
    standards = first["standards.md"].decode()
    assert "- Value: 7 working days (from 1 April 2005; the policy's text" in standards
    assert "| Clause | Where |" in first["clauses.md"].decode()

"""Packs are read with every fault named: file, line, field, what was found, and the remedy."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.policy import PackErrors, load, shipped
from evenhand.policy.vocabulary import load as load_vocabulary
from evenhand.rules import Deadline, Offset
from evenhand.rules.trees import AnyOf, IsIn, Not
from tests.policy.conftest import FACTS


def test_a_sound_pack_becomes_rules(small):
    policy = small.load()
    standard = policy.standards["small/feedback"]
    assert isinstance(standard, Deadline)
    assert standard.within.on(date(2019, 1, 1)) == Offset(7, "working days")
    assert standard.within.on(date(2020, 4, 1)) == Offset(5, "working days")
    assert (standard.law, standard.local, standard.citation) == (True, True, "Reg 1")
    assert standard.within.entries[0].citation == "The small policy, 2005"
    assert standard.where == Not(AnyOf((IsIn("referral.source", ("1A", "08", "NO")),)))
    assert policy.standards_of("S-1") == (standard,)
    assert policy.problems() == ()


SPOILT = [
    # what stands there, what is put there, the line, the field, part of what is said
    ("title: The referrer", "titel: The referrer", 2, "titel", 'Did you mean "title"?'),
    ("stops: referral.feedback_given", "stops: referral.feedback_givn", 5, "stops",
     'Did you mean "referral.feedback_given"?'),
    ("starts: referral.received, stops", "starts: child.born, stops", 5, "starts",
     '"child.born" is a fact of child, not of referral'),
    ("starts: referral.received, stops", "starts: referral.visits, stops", 5, "starts",
     '"referral.visits" holds many values and one is needed'),
    ("held: referral.visits", "held: referral.closed", 21, "held",
     '"referral.closed" holds a single value and many are needed'),
    ("starts: referral.received, stops", "starts: referral.source, stops", 5, "starts",
     '"referral.source" is a code'),
    ("unit: working days, basis: text", "unit: workdays, basis: text", 7, "unit",
     'Did you mean "working days"?'),
    (", basis: text}", "}", 7, "basis", "has none"),
    (', citation: "Reg 1"', "", 8, "citation", "has none"),
    ("from: 2020-04-01", "from: 2005-04-01", 8, "within", "both hold on one day"),
    ("from: 2005-04-01, value: 7", "from: 2005-04-31, value: 7", 7, "from",
     '"2005-04-31" is not a date'),
    ("value: 7", "value: seven", 7, "value", '"seven" is not a whole number'),
    ("value: 7", "value: -7", 7, "value", "direction: before"),
    ("clauses: [S-1]", "clauses: [S-9]", 3, "clauses", 'no pack has a clause "S-9"'),
    ("clauses: [S-1]", "clauses: []", 3, "clauses", "rests on no clause"),
    ("subject: referral", "subject: refferal", 4, "subject", 'Did you mean "referral"?'),
    ("id: seen", "id: feedback", 17, "id", "stands twice"),
    ("  title: The child is seen", "  title: The child\n  title: is seen", 19, "title",
     "stands twice"),
    ("unit: weeks", "unit: hours", 22, "unit", "Count in days or longer"),
    ("expect: late", "expect: tardy", 16, "expect", '"tardy" is no state'),
    ("referral.received: 2026-06-01, referral.source: 2B, today: 2026-06-09",
     "referral.recieved: 2026-06-01, today: 2026-06-09", 16, "referral.recieved",
     'Did you mean "referral.received"?'),
    ("today: 2026-06-09", "today: soon", 16, "today", '"soon" is not a date'),
    ("{none: [", "{non: [", 10, "tree", "all, any, none, not"),
    ("{fact: referral.source, in: [1A, 08, NO]}", "{fact: referral.source, after: 2020-01-01}",
     10, "after", '"referral.source" is a code'),
    ("deadline: {", "daedline: {", 1, "standard", "it has no kind"),
    ("excused_by: [referral.feedback_unsafe]", "excused_by: [referral.unsafe]", 9, "excused_by",
     'no fact is called "referral.unsafe"'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "field", "said"), SPOILT)
def test_a_fault_is_named_where_it_stands(faults_of, old, new, line, field, said):
    (found, *_) = [one for one in faults_of(old, new) if one.field == field]
    assert found.line == line
    assert said in str(found)
    assert found.file.endswith("all.yaml")
    assert found.remedy.endswith((".", "?"))


def test_one_run_names_every_fault(small):
    small.spoil("value: 7", "value: seven")
    small.spoil("unit: weeks", "unit: wekks")
    assert [error.line for error in small.faults()] == [7, 22]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (b"", 1, "it is empty"),
        (b"# only a comment\n", 1, "it is empty"),
        (b"- id: a\n  title: [x\n", 3, "it cannot be read here"),
        (b"- id: a\n\ttitle: x\n", 2, "it cannot be read here"),
        (b"- id: a\n  title: caf\xe9\n", 2, "it is not UTF-8"),
        (b"- &a {id: a}\n- *a\n", 1, "it has an alias"),
        (b"just text\n", 1, '"just text"'),
    ],
)
def test_a_file_that_is_no_yaml_gets_one_sentence(small, text, line, said):
    (small.folder / "standards" / "all.yaml").write_bytes(text)
    (found, *_) = small.faults()
    assert found.line == line
    assert said in found.found


def test_a_byte_order_mark_and_windows_lines_are_read(small):
    path = small.folder / "standards" / "all.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(small.load().standards) == 2


def test_a_folder_without_packs_is_named(tmp_path):
    with pytest.raises(PackErrors, match="no pack is here"):
        load([tmp_path], FACTS)


def test_a_pack_that_is_not_there_cannot_be_adopted(faults_of):
    (found,) = faults_of("adopts: []", "adopts: [smal]", "pack.yaml")
    assert 'no pack is called "smal"' in str(found)


def test_a_pack_is_found_beside_the_one_that_adopts_it(small):
    other = small.root / "own"
    other.mkdir()
    text = (small.folder / "pack.yaml").read_text(encoding="utf-8")
    text = text.replace("id: small", "id: own").replace("adopts: []", "adopts: [small]")
    (other / "pack.yaml").write_text(text, encoding="utf-8")
    assert [pack.id for pack in load([other], FACTS).packs] == ["small", "own"]


@pytest.mark.parametrize(
    ("override", "said"),
    [
        (("{standard: small/seen, field: stages, stage: 1, from: 2021-01-01, value: 1, unit: weeks,"
         " reason: r}"), "not local"),
        (("{standard: small/feedback, field: within, from: 2021-01-01, value: 7, "
         "unit: working days, reason: r}"), "7 is more than 6"),
        (("{standard: small/feedback, field: within, from: 2021-01-01, value: 3, unit: days,"
         " reason: r}"), 'another unit than "working days"'),
        ("{standard: small/feedback, field: at_least, from: 2021-01-01, value: 3, reason: r}",
         "cannot be" ),
        (("{standard: small/feedbak, field: within, from: 2021-01-01, value: 3, unit: working days,"
         " reason: r}"), 'Did you mean "small/feedback"?'),
        (("{standard: small/feedback, field: within, from: 2001-01-01, value: 3, "
         "unit: working days, reason: r}"), "no value is in force on 2001-01-01"),
    ],
)  # fmt: skip
def test_an_override_that_may_not_be_is_refused(small, override, said):
    small.spoil("adopts: []", f"overrides:\n  - {override}", "pack.yaml")
    (found, *_) = small.faults()
    assert said.replace("cannot be", "can be overridden") in str(found)


def test_an_override_holds_from_its_day_and_says_whose_it_is(small):
    small.spoil(
        "adopts: []",
        "overrides:\n  - {standard: small/feedback, field: within, from: 2021-01-01, value: 3,"
        " unit: working days, reason: sooner}",
        "pack.yaml",
    )
    within = small.load().standards["small/feedback"].within
    assert [within.on(date(2020, 12, 31)).value, within.on(date(2021, 1, 1)).value] == [5, 3]
    assert within.entry_on(date(2021, 1, 1)).citation == "A small pack: sooner"


def test_what_is_withheld_is_gone(small):
    policy = load([small.folder], FACTS, withhold=frozenset({"small/seen", "clauses/S-2"}))
    assert list(policy.standards) == ["small/feedback"]
    assert list(policy.clauses) == ["S-1"]


def test_a_digest_changes_with_what_decides_and_with_nothing_else(small):
    before = small.load()
    small.spoil("title: The referrer is told", "title: Told")
    renamed = small.load()
    small.spoil("value: 5", "value: 4")
    changed = small.load()
    digests = [p.standards["small/feedback"].digest for p in (before, renamed, changed)]
    assert digests[0] == digests[1] != digests[2]
    assert len({p.digest for p in (before, renamed, changed)}) == 3


def test_the_packs_shipped_are_sound_and_their_cases_hold_in_both_engines():
    policy = load()
    assert policy.problems() == ()
    assert {pack.folder.parent for pack in policy.packs} == {shipped()}
    assert policy.word("children_in_care") == "children in our care"


def test_a_vocabulary_names_its_faults(tmp_path):
    (tmp_path / "a.yaml").write_text(
        "subject: child\nfacts:\n  - {name: referral.x, type: dat, meaning: m}\n", encoding="utf-8"
    )
    with pytest.raises(PackErrors) as caught:
        load_vocabulary(tmp_path)
    assert {error.field for error in caught.value.errors} == {"type", "name"}

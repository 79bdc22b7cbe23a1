"""Each rule of the census on both sides of its edge: a census it finds, and one it does not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenhand.formats.cin import FORMAT
from evenhand.formats.cin.checks import RULES
from evenhand.formats.cin.checks.words import rules
from tests.formats.cin.census import (
    assessment,
    case,
    census,
    child,
    enquiry,
    header,
    need_plan,
    protection_plan,
    whole_family,
)
from tests.formats.cin.conftest import checked, opened, rules_met

SEVEN = ["MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR"]
ALL_SAID = {"2887Q", "2888Q"}
"""Found in every return of a few children: they look at how often codes come."""


def one(*inner: str, **leaves: str | None) -> str:
    """A child with one case."""
    return child(case(*inner, **leaves))


def kid(**identifiers: str | None) -> str:
    """A child with an assessed case, and these identifiers."""
    return child(case(assessment("1A")), **identifiers)


def two(first: str, second: str) -> str:
    """A child with two cases."""
    return child(first, second)


def upn(text: str | None, **more: str | None) -> str:
    """A child of school age with a UPN."""
    return kid(UPN=text, UPNunknown=None, PersonBirthDate="2015-01-01", **more)


def died(day: str, *inner: str) -> str:
    """A child who died on a day."""
    return child(case(*inner), PersonDeathDate=day)


def assessed(start: str, end: str | None, *factors: str) -> str:
    """An assessment from a day to a day."""
    return assessment(
        *(factors or ("1A",)), AssessmentActualStartDate=start, AssessmentAuthorisationDate=end
    )


def asked(start: str, held: str | None, not_required: str = "0", **more: str | None) -> str:
    """A section 47 enquiry from a day to its conference."""
    return enquiry(
        S47ActualStartDate=start, DateOfInitialCPC=held, ICPCnotRequired=not_required, **more
    )


def plan(start: str, end: str | None = None, *reviews: str, **more: str | None) -> str:
    """A child protection plan from a day to a day."""
    return protection_plan(*reviews, CPPstartDate=start, CPPendDate=end, **more)


def closed(day: str | None, *inner: str, reason: str | None = "RC7", **more: str | None) -> str:
    """A child with a case closed on a day."""
    return one(*inner, CINclosureDate=day, ReasonForClosure=reason, **more)


def heads(*children: str, year: str | None = "2026", day: str | None = "2026-03-31") -> str:
    """A census with another header."""
    return census(*children, head=header(year, day))


CASES: list[tuple[str, str, str]] = [
    ("100", heads(kid(), day="2026-03-30"), heads(kid())),
    ("X01", heads(kid(), year="2025"), heads(kid())),
    ("X02", census(one(HairColour="brown")), census(one())),
    ("1510", census(upn("B950000178301")), census(upn("A950000178301"))),
    ("1510", census(upn("A950000178302")), census(upn("H243278544154"))),
    (
        "1520",
        census(upn("A950000178301"), upn("A950000178301", LAchildID="C2")),
        census(upn("A950000178301"), upn("H243278544154", LAchildID="C2")),
    ),
    ("1540", census(upn("A95000017X301")), census(upn("A950000178301"))),
    ("1550", census(upn("A95000017830S")), census(upn("A95000017830T"))),
    ("X03", census(upn("A95000017830")), census(upn("A950000178301"))),
    ("1560Q", census(kid(FormerUPN="X9876543212BB")), census(kid(FormerUPN="X987654321234"))),
    ("1570", census(kid(LAchildID="C" * 21)), census(kid(LAchildID="C" * 20))),
    ("1570", census(kid(LAchildID="C" * 21)), heads(kid(LAchildID="C" * 21), day="2024-03-31")),
    ("1580", census(kid(LAchildID="C-1")), census(kid(LAchildID="C1"))),
    ("4180", census(kid(Sex=None)), census(kid(Sex=None, GenderCurrent="9"))),
    ("4220", census(child(case(), ethnicity=None)), census(child(case(), ethnicity="REFU"))),
    (
        "8520",
        census(kid(PersonBirthDate="2026-04-01")),
        census(kid(PersonBirthDate="2026-03-31")),
    ),
    (
        "8525Q",
        census(kid(ExpectedPersonBirthDate="2026-05-01")),
        census(kid(PersonBirthDate=None, ExpectedPersonBirthDate="2026-05-01")),
    ),
    ("8525Q", census(kid(PersonBirthDate=None)), census(kid())),
    (
        "8530Q",
        census(kid(ExpectedPersonBirthDate="2026-02-28")),
        census(kid(ExpectedPersonBirthDate="2026-03-01")),
    ),
    (
        "8530Q",
        census(kid(ExpectedPersonBirthDate="2027-01-01")),
        census(kid(ExpectedPersonBirthDate="2026-12-31")),
    ),
    (
        "8535Q",
        census(kid(PersonDeathDate="2022-05-03")),
        census(kid(PersonDeathDate="2022-05-04")),
    ),
    (
        "8545Q",
        census(kid(PersonDeathDate="2025-03-31")),
        census(kid(PersonDeathDate="2025-04-01")),
    ),
    (
        "8545Q",
        census(kid(PersonDeathDate="2026-04-01")),
        census(kid(PersonDeathDate="2026-03-31")),
    ),
    ("8590", census(child()), census(kid())),
    (
        "8750",
        census(kid(PersonBirthDate=None, ExpectedPersonBirthDate="2026-05-01", Sex="M")),
        census(kid(PersonBirthDate=None, ExpectedPersonBirthDate="2026-05-01", Sex="U")),
    ),
    (
        "8770Q",
        census(kid(PersonBirthDate="2021-03-30", UPNunknown=None)),
        census(kid(PersonBirthDate="2021-03-31", UPNunknown=None)),
    ),
    (
        "8772",
        census(child(case(ReferralNFA="0"), UPNunknown="UN7")),
        census(child(case(ReferralNFA="1"), UPNunknown="UN7")),
    ),
    (
        "8775Q",
        census(kid(PersonBirthDate="2000-03-31")),
        census(kid(PersonBirthDate="2000-04-01")),
    ),
    (
        "8540",
        census(child(case(), disabilities=[])),
        census(child(case(ReferralNFA="1"), disabilities=[])),
    ),
    (
        "8790",
        census(child(case(), disabilities=["NONE", "LD"])),
        census(child(case(), disabilities=["LD"])),
    ),
    (
        "2886Q",
        census(*[kid(LAchildID=f"C{n}", Sex="U" if n < 2 else "M") for n in range(50)]),
        census(*[kid(LAchildID=f"C{n}", Sex="U" if n < 1 else "M") for n in range(50)]),
    ),
    (
        "2887Q",
        census(child(case(), disabilities=["MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR"])),
        census(
            child(case(), disabilities=["MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS"])
        ),
    ),
    (
        "2888Q",
        census(child(case(), disabilities=["LD"])),
        census(child(case(), disabilities=["LD", "AUT"])),
    ),
    ("8555Q", census(died("2025-05-05")), census(died("2025-05-06"))),
    ("8568", census(one(ReferralNFA=None)), census(one(ReferralNFA="false"))),
    (
        "8600",
        census(one(CINreferralDate="2026-04-01")),
        census(one(CINreferralDate="2026-03-31")),
    ),
    (
        "8606",
        census(child(case(CINreferralDate="2025-05-01"), PersonBirthDate="2026-02-06")),
        census(child(case(CINreferralDate="2025-05-01"), PersonBirthDate="2026-02-05")),
    ),
    ("8610", census(one(PrimaryNeedCode=None)), census(one(PrimaryNeedCode=None, ReferralNFA="1"))),
    (
        "8620",
        census(closed("2025-03-31", CINreferralDate="2025-01-02")),
        census(closed("2025-04-01", CINreferralDate="2025-01-02")),
    ),
    ("8620", census(closed("2026-04-01")), census(closed("2026-03-31"))),
    ("8630", census(closed("2025-05-05")), census(closed("2025-05-06"))),
    (
        "8585Q",
        census(closed("2025-09-01", reason="RC2")),
        census(
            child(
                case(CINclosureDate="2025-09-01", ReasonForClosure="RC2"),
                PersonDeathDate="2025-08-30",
            )
        ),
    ),
    ("8805", census(closed("2025-09-01", reason=None)), census(closed("2025-09-01"))),
    ("8810", census(closed(None)), census(closed("2025-09-01"))),
    (
        "8815",
        census(two(case(), case(CINreferralDate="2025-09-01"))),
        census(two(case(), case(CINreferralDate="2025-09-01", ReferralNFA="1"))),
    ),
    (
        "8816",
        census(two(case(), case(CINreferralDate="2025-09-01", ReferralNFA="1"))),
        census(two(case(), case(CINreferralDate="2025-05-01", ReferralNFA="1"))),
    ),
    (
        "8820",
        census(two(case(CINclosureDate="2025-09-02"), case(CINreferralDate="2025-09-01"))),
        census(two(case(CINclosureDate="2025-09-01"), case(CINreferralDate="2025-09-01"))),
    ),
    (
        "8820",
        census(two(case(), case(CINreferralDate="2026-03-31"))),
        census(two(case(ReferralNFA="1"), case(CINreferralDate="2026-03-31"))),
    ),
    ("8866", census(one(ReferralSource=None)), census(one(ReferralSource="10"))),
    (
        "2990",
        census(closed("2025-09-01", enquiry(), reason="RC8")),
        census(closed("2025-09-01", assessment("1A"), reason="RC8")),
    ),
    ("2991Q", census(one(enquiry())), census(one(enquiry(), assessment("1A")))),
    (
        "8825Q",
        census(closed("2025-09-01", reason="RC9")),
        census(closed("2025-09-01", assessment("1A"), reason="RC9")),
    ),
    ("8831", census(one(assessment("1A"), ReferralNFA="true")), census(one(ReferralNFA="true"))),
    ("8832", census(one(plan("2025-06-26"), ReferralNFA="1")), census(one(plan("2025-06-26")))),
    ("4000", census(one(need_plan(), ReferralNFA="1")), census(one(need_plan()))),
    (
        "8867",
        census(closed("2025-09-01", assessed("2025-05-07", None))),
        census(closed("2025-09-01", assessed("2025-05-07", "2025-09-01"))),
    ),
    (
        "8868",
        census(closed("2025-09-01", asked("2025-06-16", None))),
        census(closed("2025-09-01", asked("2025-06-16", None, "1"))),
    ),
    (
        "8868",
        census(closed("2025-09-01", asked("2025-06-16", "2025-06-26", "1"))),
        census(closed("2025-09-01", asked("2025-06-16", "2025-06-26"))),
    ),
    (
        "8565",
        census(closed("2025-09-01", assessed("2025-07-07", "2025-09-02"))),
        census(closed("2025-09-01", assessed("2025-07-07", "2025-09-01"))),
    ),
    ("1103", census(one(assessed("2025-05-05", None))), census(one(assessed("2025-05-06", None)))),
    (
        "8608",
        census(one(assessed("2025-05-07", "2025-05-06"))),
        census(one(assessed("2025-05-07", "2025-05-07"))),
    ),
    (
        "8614",
        census(one(assessed("2025-05-07", None, "1A"))),
        census(one(assessment(AssessmentAuthorisationDate=None))),
    ),
    (
        "8696",
        census(one(assessed("2025-05-07", "2026-04-01"))),
        census(one(assessed("2025-05-07", "2026-03-31"))),
    ),
    (
        "8736",
        census(one(assessed("2025-03-31", None))),
        census(one(assessed("2025-04-01", None))),
    ),
    (
        "8863Q",
        census(one(assessed("2025-05-07", "2025-06-12"), assessed("2025-06-11", "2025-07-01"))),
        census(one(assessed("2025-05-07", "2025-06-12"), assessed("2025-06-12", "2025-07-01"))),
    ),
    (
        "8896",
        census(one(assessed("2025-05-07", None), assessed("2025-07-07", None))),
        census(one(assessed("2025-05-07", "2025-06-01"), assessed("2025-07-07", None))),
    ),
    ("8897Q", census(one(assessment())), census(one(assessment("21")))),
    (
        "8873Q",
        census(closed("2025-09-01", assessment("21"))),
        census(closed("2025-09-01", assessment("21"), reason="RC8")),
    ),
    ("8869", census(one(assessment("21", "1A"))), census(one(assessment("21")))),
    ("8945Q", census(one(assessment("18A"))), heads(one(assessment("18A")), day="2024-03-31")),
    ("8950Q", census(one(assessment("19A"))), census(one(assessment("19B")))),
    ("2889", census(one(asked("2025-05-05", None))), census(one(asked("2025-05-06", None)))),
    (
        "8615",
        census(one(asked("2025-06-27", "2025-06-26"))),
        census(one(asked("2025-06-26", "2025-06-26"))),
    ),
    ("8740", census(one(asked("2025-03-31", None))), census(one(asked("2025-04-01", None)))),
    ("8740", census(one(asked("2025-03-31", None))), census(one(asked("2025-03-31", None, "1")))),
    (
        "8839",
        census(one(asked("2025-06-16", None), asked("2025-07-16", None))),
        census(one(asked("2025-06-16", None), asked("2025-07-16", None, "1"))),
    ),
    (
        "8870Q",
        census(one(enquiry(InitialCPCtarget="2025-07-05"))),
        census(one(enquiry(InitialCPCtarget="2025-07-04"))),
    ),
    (
        "8890",
        census(one(asked("2025-06-16", "2025-06-26"), asked("2025-06-25", "2025-07-03"))),
        census(one(asked("2025-06-16", "2025-06-26"), asked("2025-06-26", "2025-07-03"))),
    ),
    (
        "1104",
        census(one(asked("2025-05-06", "2025-05-05"))),
        census(one(asked("2025-05-06", "2025-05-06"))),
    ),
    (
        "2884",
        census(one(enquiry(), DateOfInitialCPC="2025-06-27")),
        census(one(DateOfInitialCPC="2025-06-27")),
    ),
    (
        "8715",
        census(one(DateOfInitialCPC="2026-04-01")),
        census(one(DateOfInitialCPC="2026-03-31")),
    ),
    (
        "8875",
        census(one(DateOfInitialCPC="2025-06-28")),
        census(one(DateOfInitialCPC="2025-06-27")),
    ),
    ("1105", census(one(plan("2025-05-05"))), census(one(plan("2025-05-06")))),
    (
        "2883",
        census(one(enquiry(), plan("2025-06-26", "2025-07-01"), plan("2025-08-01"))),
        census(one(enquiry(), plan("2025-06-26"))),
    ),
    (
        "2885",
        census(one(enquiry(), plan("2025-06-27"))),
        census(one(enquiry(), plan("2025-06-26"))),
    ),
    ("8720", census(one(plan("2026-04-01"))), census(one(plan("2026-03-31")))),
    (
        "8730",
        census(one(plan("2025-06-26", NumberOfPreviousCPP=None))),
        census(one(plan("2025-06-26", NumberOfPreviousCPP="0"))),
    ),
    (
        "8840",
        census(one(plan("2025-06-26", "2025-06-26"))),
        census(one(plan("2025-06-26", "2025-06-27"))),
    ),
    (
        "8905",
        census(one(plan("2025-06-26", InitialCategoryOfAbuse=None))),
        census(one(plan("2025-06-26"))),
    ),
    (
        "8910",
        census(one(plan("2025-06-26", LatestCategoryOfAbuse=None))),
        census(one(plan("2025-06-26"))),
    ),
    (
        "8915",
        census(died("2025-06-25", plan("2025-06-26"))),
        census(died("2025-06-26", plan("2025-06-26"))),
    ),
    (
        "8920",
        census(died("2025-08-30", plan("2025-06-26", "2025-08-31"))),
        census(died("2025-08-31", plan("2025-06-26", "2025-08-31"))),
    ),
    (
        "8925",
        census(one(plan("2025-06-26", "2025-06-25"))),
        census(one(plan("2025-06-26", "2025-06-26"))),
    ),
    (
        "8930",
        census(one(plan("2025-02-03", "2025-03-31"))),
        census(one(plan("2025-02-03", "2025-04-01"))),
    ),
    (
        "8935",
        census(one(plan("2025-06-26"), plan("2025-09-26"))),
        census(one(plan("2025-06-26", "2025-08-01"), plan("2025-09-26"))),
    ),
    (
        "8940",
        census(one(plan("2025-06-26", "2025-09-27"), plan("2025-09-26"))),
        census(one(plan("2025-06-26", "2025-09-26"), plan("2025-09-26"))),
    ),
    (
        "8940",
        census(one(plan("2025-06-26"), plan("2026-03-31"))),
        census(one(plan("2025-06-26"))),
    ),
    (
        "8841",
        census(one(plan("2025-06-26", None, "2025-06-26"))),
        census(one(plan("2025-06-26", None, "2025-06-27"))),
    ),
    (
        "X04",
        census(one(plan("2025-06-26", "2025-09-22", "2025-09-23"))),
        census(one(plan("2025-06-26", "2025-09-22", "2025-09-22"))),
    ),
    (
        "4003",
        census(one(need_plan("2025-09-22", "2025-12-01"), plan("2025-06-26", None, "2025-09-22"))),
        census(one(need_plan("2025-08-01", "2025-09-22"), plan("2025-06-26", None, "2025-09-22"))),
    ),
    (
        "4003",
        census(one(need_plan("2025-09-22", None), plan("2025-06-26", None, "2025-09-22"))),
        census(one(need_plan("2025-09-22", None), plan("2025-06-26", "2025-09-22", "2025-09-22"))),
    ),
    (
        "4001",
        census(one(need_plan("2025-05-20", None), plan("2025-06-26"))),
        census(one(need_plan("2025-05-20", "2025-06-26"), plan("2025-06-26"))),
    ),
    (
        "4004",
        census(one(need_plan("2025-05-20", None), need_plan("2025-07-20", None))),
        census(one(need_plan("2025-05-20", "2025-07-20"), need_plan("2025-07-20", None))),
    ),
    (
        "4008",
        census(died("2025-05-19", need_plan("2025-05-20", None))),
        census(died("2025-05-20", need_plan("2025-05-20", None))),
    ),
    (
        "4009Q",
        census(died("2025-06-24", need_plan("2025-05-20", "2025-06-25"))),
        census(died("2025-06-25", need_plan("2025-05-20", "2025-06-25"))),
    ),
    (
        "4010",
        census(one(need_plan("2026-04-01", None))),
        census(one(need_plan("2026-03-31", None))),
    ),
    (
        "4011",
        census(one(need_plan("2025-05-20", "2025-05-19"))),
        census(one(need_plan("2025-05-20", "2025-05-20"))),
    ),
    (
        "4012Q",
        census(one(need_plan("2025-05-20", "2025-05-20"))),
        census(one(need_plan("2025-05-20", "2025-05-21"))),
    ),
    (
        "4013",
        census(one(need_plan("2025-05-20", "2026-04-01"))),
        census(one(need_plan("2025-05-20", "2026-03-31"))),
    ),
    (
        "4014",
        census(one(need_plan("2025-05-20", "2025-07-21"), need_plan("2025-07-20", None))),
        census(one(need_plan("2025-05-20", "2025-07-20"), need_plan("2025-07-20", None))),
    ),
    (
        "4015",
        census(one(need_plan("2025-05-05", None))),
        census(one(need_plan("2025-05-06", None))),
    ),
    (
        "4016",
        census(one(plan("2025-06-26", "2025-09-22"), need_plan("2025-09-21", None))),
        census(one(plan("2025-06-26", "2025-09-22"), need_plan("2025-09-22", None))),
    ),
    (
        "4017",
        census(one(plan("2025-06-26"), need_plan("2025-05-20", "2025-06-27"))),
        census(one(plan("2025-06-26"), need_plan("2025-05-20", "2025-06-26"))),
    ),
]

IDS = [rule for rule, *_ in CASES]


@pytest.mark.parametrize(("rule", "found", "_passed"), CASES, ids=IDS)
def test_what_a_rule_finds(rule: str, found: str, _passed: str) -> None:
    assert rule in rules_met(found)


@pytest.mark.parametrize(("rule", "_found", "passed"), CASES, ids=IDS)
def test_what_a_rule_lets_pass(rule: str, _found: str, passed: str) -> None:
    assert rule not in rules_met(passed)


def test_every_rule_has_its_case_and_its_words() -> None:
    assert {rule for rule, *_ in CASES} == set(rules()) == {*RULES, "X02"}
    assert len(RULES) > 100


def test_a_return_in_order_has_nothing_found() -> None:
    assert rules_met(census(whole_family())) <= ALL_SAID


def test_words_name_columns_that_the_tables_have() -> None:
    for rule in rules().values():
        tables = [rule.table] if rule.table != "*" else list(FORMAT.tables)
        for name in tables:
            assert rule.column in {column.name for column in FORMAT.tables[name].columns}
        assert "{found}" not in rule.fault(1, "2026-01-01").sentence


def test_a_finding_says_where_and_what() -> None:
    text = census(one(plan("2025-06-26", "2025-06-25")))
    (found,) = [one for one in checked(text) if one.fault.rule == "CIN-8925"]
    assert text.splitlines()[found.fault.line - 1].startswith("<ChildProtectionPlans>")
    assert opened(text)[found.file].layout.table.name == found.table
    assert (found.table, found.fault.column) == ("cin_protection_plans", "CPPendDate")
    assert (found.fault.found, found.fault.weight) == ("2025-06-25", "row")
    assert "2025-06-25" in found.fault.sentence


def test_two_files_are_two_returns() -> None:
    last_year = heads(one(plan("2025-02-03", None)), year="2025", day="2025-03-31")
    this_year = census(one(plan("2025-02-03", "2025-09-01")))
    assert not rules_met(last_year, this_year) & {"8935", "8940", "8720", "8930"}


def test_a_row_that_comes_twice_is_looked_at_once() -> None:
    again = one(plan("2025-06-26"), plan("2025-06-26"))
    assert not rules_met(census(again)) & {"8935", "8940"}


def test_a_code_that_is_none_does_not_stop_the_checks() -> None:
    assert rules_met(census(one(assessment("RB"), ReferralNFA="maybe")))


def test_overlaps_are_found_however_many_and_in_any_order() -> None:
    """Against the plain reading: does any other plan of the child hold the day?"""
    first = date(2025, 4, 7)
    starts = [first + timedelta(days=d) for d in (90, 0, 200, 50, 120, 55, 300)]
    ends = [s + timedelta(days=d) for s, d in zip(starts, (20, 60, 30, 10, 81, 40, 9), strict=True)]
    spans = list(zip(starts, ends, strict=True))
    text = census(one(*[plan(s.isoformat(), e.isoformat()) for s, e in spans]))
    expected = {s.isoformat() for s in starts if any(a < s < b for a, b in spans)}
    found = {f.fault.found for f in checked(text) if f.fault.rule == "CIN-8940"}
    assert found == expected
    assert expected

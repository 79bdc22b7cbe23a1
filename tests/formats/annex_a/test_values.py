"""However a value is spelt, it comes to one code, or is asked."""

from __future__ import annotations

import pytest

from evenhand.formats.annex_a.tables import codes
from evenhand.formats.annex_a.values import code_of


def code(list_name: str, text: str) -> str | None:
    """Return the code of a text."""
    return code_of(text, list_name, codes()[list_name])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a) WBRI", "WBRI"),
        ("wbri", "WBRI"),
        ("A) wbri", "WBRI"),
        ("s) NOBT", "NOBT"),
        ("t) NOBT", "NOBT"),
        ("White British", "WBRI"),
        ("White - British", "WBRI"),
        ("WBRI - White British", "WBRI"),
        ("White British (WBRI)", "WBRI"),
        ("(A.A2) White - British", "WBRI"),
        ("A1 - White British", "WBRI"),
        ("WSCO", "WBRI"),
        ("Chinese", "CHNE"),
        ("q) CHNE", "CHNE"),
        ("Asian or Asian British - Indian", "AIND"),
        ("Asian / Asian British (Pakistani)", "APKN"),
        ("Mixed - White & Black Caribbean", "MWBC"),
        ("Mixed White and Asian", "MWAS"),
        ("Black or Black British - African", "BAFR"),
        ("Gypsy / Roma", "WROM"),
        ("Refused", "REFU"),
        ("White", None),
        ("White - African", None),
        ("Asian", None),
        ("Dual + White & Pakistani", None),
    ],
)
def test_ethnicity(text: str, expected: str | None) -> None:
    assert code("ethnicity", text) == expected


@pytest.mark.parametrize(
    ("list_name", "text", "expected"),
    [
        ("sex", "a) Male", "M"),
        ("sex", "F", "F"),
        ("sex", "2", "F"),
        ("sex", "c) Not stated/recorded (or unborn)", "U"),
        ("sex", "Neither", None),
        ("sex", "Transgender", None),
        ("yes_no", "a) Yes", "Y"),
        ("yes_no", "NO", "N"),
        ("yes_no", "c) Unknown", "U"),
        ("yes_no", "CS Assessment Updated", None),
        ("referral_source", "q) 6: Police", "6"),
        ("referral_source", "e) 2A: Schools", "2A"),
        ("referral_source", "10", "10"),
        ("referral_source", "School", "2A"),
        ("referral_source", "Health", None),
        ("referral_source", "CAFCASS", None),
        ("primary_need", "N1 - Abuse or Neglect", "N1"),
        ("primary_need", "CIN - N8 Absent Parenting", "N8"),
        ("primary_need", "N1a - Domestic Violence", "N1"),
        ("primary_need", "PSRMEM - Support with memory and cognition", None),
        ("cin_closure_reason", "RC7", "RC7"),
        ("cin_closure_reason", "Deemed not to be in need after assess (CIN RC8)", "RC8"),
        ("category_of_abuse", "Physical abuse", "PHY"),
        ("category_of_abuse", "Likelihood of Emotional", "EMO"),
        ("category_of_abuse", "Neglect; Physical", "MUL"),
        ("category_of_abuse", "a) Neglect", "NEG"),
        ("legal_status", "E1: Placement order", "E1"),
        ("legal_status", "C2: FCO", "C2"),
        ("placement_type", "f) U6: Foster placement - not long term", "U6"),
        ("placement_type", "K2OUT - Homes and Hostels (outside LA)", "K2"),
        ("placement_provider", "e) PR4 - Private provision", "PR4"),
        ("reason_episode_ceased", "k) E47: Special Guardianship Order", "E47"),
        ("reason_episode_ceased", "E1", None),
        ("care_leaver_eligibility", "b) Former relevant child", "Former relevant"),
        ("care_leaver_in_touch", "d) Refu", "REFU"),
        ("care_leaver_accommodation", "Y: Other accommodation", "Y"),
        ("care_leaver_accommodation", "No fixed abode/homeless [S]", "S"),
        ("care_leaver_accommodation_suitability", "a) Suitable", "1"),
        ("care_leaver_activity", "F1: Full time in higher education", "F1"),
        ("care_leaver_activity", "f", None),
        ("case_status", "c) Child in need plan", "c"),
    ],
)
def test_other_codes(list_name: str, text: str, expected: str | None) -> None:
    assert code(list_name, text) == expected


def test_every_code_and_label_stands_for_itself() -> None:
    for list_name, listed in codes().items():
        for one, label in listed.items():
            assert code(list_name, one) == one
            assert code(list_name, label) in (one, None), (list_name, label)

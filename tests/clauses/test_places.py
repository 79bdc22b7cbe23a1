"""Outcomes by how deprived and how rural the place is where a child lives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from evenhand import cli
from evenhand.equality import tallying
from evenhand.imports.actions import import_paths
from tests import factories as make
from tests.imports.conftest import NOW
from tests.imports.extracts import Extract
from tests.pages import table_of

pytestmark = pytest.mark.django_db
LOOKUP = "pcds,ctry,imd,ruc21ind\nIH1 5YT,E92000001,12,RSN1\nIH1 5YU,E92000001,33000,UN1\n"
ADDRESSES = ("ih1 5yt", "IH15YT", "IH15YU", "", "ZZ9 9ZZ")


@pytest.mark.clause("STR-2-b", rests_on="disparity/rurality")
def test_a_rural_place_of_the_first_tenth_counts_in_both_and_a_blank_postcode_in_neither(
    client: Client, tmp_path: Path
) -> None:
    """From the extract and the lookup to the page; one without an address at all, too."""
    extract = Extract(tmp_path / "extract")
    for number, postcode in enumerate((*ADDRESSES, None), start=1):
        key = str(number)
        extract.person(key).row("ssd_cin_episodes", f"R{key}", key, cine_referral_nfa="N")
        extract.row("ssd_cin_assessments", f"A{key}", key)
        if postcode is not None:
            extract.row(
                "ssd_address", f"D{key}", key, addr_address_postcode=postcode,
                addr_address_start_date="2020-01-01",
            )  # fmt: skip
    extract.person("old").row("ssd_cin_episodes", "R9", "old", cine_referral_date="2019-01-07")
    extract.row("ssd_cin_assessments", "A9", "old", cina_assessment_start_date="2019-01-09")
    (tmp_path / "lookup.csv").write_text(LOOKUP, encoding="utf-8")
    assert cli.main(["places", str(tmp_path / "lookup.csv")]) == 0
    import_paths([extract.write()], by=None, now=NOW, as_at=date(2026, 11, 20))
    tallying.refresh(NOW)

    client.force_login(make.user("director"))
    by = {"deprivation": {"1: most deprived tenth": 2, "10: least deprived tenth": 1},
          "rurality": {"Rural": 2, "Urban": 1}}  # fmt: skip
    for way, groups in by.items():
        page = client.get(reverse("equality:fares"), {"by": way})
        rows = {row[0]: row[1] for row in table_of(page, "From a referral to an assessment")}
        assert rows == {
            **{group: f"100%{n} of {n}" for group, n in groups.items()},
            "Not known to us": "100%3 of 3",
            "All together": "100%6 of 6",
        }

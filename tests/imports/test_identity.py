"""What an extract says of who children are becomes statements, and never displaces an answer."""

from __future__ import annotations

import pytest

from evenhand.history.models import Entry
from evenhand.people.models import IdentityStanding, IdentityStatement
from evenhand.sources.models import RowFinding
from tests.imports.conftest import Import
from tests.imports.extracts import Extract

pytestmark = pytest.mark.both_databases


def said(characteristic: str) -> list[tuple[str, str]]:
    """The statements of one characteristic in their order."""
    statements = IdentityStatement.objects.filter(characteristic=characteristic).order_by("pk")
    return list(statements.values_list("status", "answer"))


def leads(characteristic: str) -> tuple[str, str]:
    """What leads of one characteristic."""
    standing = IdentityStanding.objects.get(characteristic=characteristic)
    return standing.status, standing.answer


def test_an_unchanged_import_adds_no_statement(extract: Extract, run: Import) -> None:
    run(extract.person("1"))
    run(extract)
    assert said("ethnicity") == [("answered", "WBRI")]
    assert said("sex") == [("answered", "F")]
    assert leads("ethnicity") == ("answered", "WBRI")


def test_another_answer_is_added_and_history_shows_both(extract: Extract, run: Import) -> None:
    run(extract.person("1"))
    report = run(extract.change("ssd_person", "1", pers_ethnicity="MWBC"))
    assert report.total("changed") == 1
    assert said("ethnicity") == [("answered", "WBRI"), ("answered", "MWBC")]
    assert leads("ethnicity") == ("answered", "MWBC")
    assert Entry.objects.filter(changes={"ethnicity": ["WBRI", "MWBC"]}).count() == 1


@pytest.mark.parametrize("nothing", ["", "NOBT", "NULL"])
def test_a_blank_and_not_yet_obtained_displace_nothing(
    extract: Extract, run: Import, nothing: str
) -> None:
    extract.person("1").person("2")
    run(extract)
    report = run(extract.change("ssd_person", "1", pers_ethnicity=nothing))
    assert report.total("changed") == 0
    assert said("ethnicity") == [("answered", "WBRI")] * 2


def test_a_refusal_is_kept_and_displaces_nothing(extract: Extract, run: Import) -> None:
    run(extract.person("1"))
    run(extract.change("ssd_person", "1", pers_ethnicity="REFU"))
    assert said("ethnicity") == [("answered", "WBRI"), ("declined", "")]
    assert leads("ethnicity") == ("answered", "WBRI")


def test_disabilities_are_one_answer_of_several_codes(extract: Extract, run: Import) -> None:
    extract.person("1").person("2")
    for number, (child, code) in enumerate([("1", "MOB"), ("1", "AUT"), ("2", "NONE")]):
        extract.row("ssd_disability", str(number), child, disa_disability_code=code)
    report = run(extract)
    assert report.total("folded") == 3
    assert sorted(said("disability")) == [("answered", "AUT MOB"), ("answered", "NONE")]
    assert run(extract).total("unchanged") == report.total("rows_read")


def test_gender_that_copies_sex_is_not_stated(extract: Extract, run: Import) -> None:
    extract.person("1", gender="F").person("2", sex="M", gender="01").person("3", gender="01")
    run(extract)
    [gender] = IdentityStatement.objects.filter(characteristic="gender_identity")
    assert gender.answer == "boy"
    assert "2 rows give as gender" in RowFinding.objects.get(rule="SSD-G01").sentence
    assert run(extract).total("unchanged") == 3, "what is sealed is known again"


def test_a_country_by_its_name(extract: Extract, run: Import) -> None:
    run(extract.person("1", nationality="Afghanistan"))
    assert said("nationality") == [("answered", "AFG")]

"""A lookup of postcodes, as the authority or the ONS writes it: read by row, or refused whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evenhand import cli
from evenhand.history.models import Entry
from evenhand.people.models import Place
from evenhand.people.postcodes import normalised

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Take in a lookup with these lines; return what was said."""

    def take(*lines: str, options: tuple[str, ...] = ()) -> str:
        file = tmp_path / "lookup.csv"
        file.write_text("\n".join([*lines, ""]), encoding="utf-8")
        code = cli.main(["places", str(file), *options])
        said = capsys.readouterr()
        return said.out + said.err + (f"[{code}]" if code else "")

    return take


def held() -> dict[str, tuple[int | None, str, str]]:
    return {one.postcode: (one.decile, one.rural, one.locality) for one in Place.objects.all()}


def test_a_plain_lookup(taken: Any) -> None:
    said = taken("Postcode,Decile,Rural,Locality", "ih1 5yt,1,rural,Northport", "IH15YU,10,u,",
                 "IH1 5YV,,,")  # fmt: skip
    assert "3 postcodes are known now." in said
    assert held() == {
        "IH15YT": (1, "rural", "Northport"), "IH15YU": (10, "urban", ""), "IH15YV": (None, "", ""),
    }  # fmt: skip
    assert Entry.objects.filter(action="places.replaced").count() == 1


@pytest.mark.parametrize(
    ("rank", "indices", "decile"),
    [("1", "2019", 1), ("3284", "2019", 1), ("3285", "2019", 2), ("32844", "2019", 10),
     ("3375", "2025", 1), ("3376", "2025", 2), ("33755", "2025", 10), ("0", "2025", None)],
)  # fmt: skip
def test_a_rank_of_the_onspd_is_made_a_tenth(
    taken: Any, rank: str, indices: str, decile: int | None
) -> None:
    """Either side of the first tenth, and at both ends; 0 is none."""
    taken("pcds,ctry,imd,ru11ind", f"IH1 5YT,E92000001,{rank},F2", options=("--indices", indices))
    assert held() == {"IH15YT": (decile, "rural", "")}


def test_another_countrys_rank_is_no_tenth_of_england(taken: Any) -> None:
    taken("pcd,ctry,imd,ruc21ind", "IH1 5YT,S92000003,1,3", "IH15YU,E92000001,1,UN1")
    assert held() == {"IH15YT": (None, "", ""), "IH15YU": (1, "urban", "")}


def test_what_cannot_be_read_is_told_by_its_line_and_the_rest_is_taken(taken: Any) -> None:
    said = taken("postcode,decile", "IH1 5YT,11", ",1", "THIS IS NO POSTCODE,2", "IH15YU,x",
                 "IH15YW,3,4", "IH15YV,3", "ih1 5yv,4")  # fmt: skip
    assert held() == {"IH15YV": (3, "", "")}
    assert "Line 2 is left out: '11' is no tenth from 1 to 10 and no rank." in said
    assert "Line 3 is left out: no postcode." in said
    assert "Line 6 is left out: the row has 3 cells where the header has 2." in said
    assert "Rows that tell of a postcode again: 1." in said


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("name,age", "a,1"), "a column of postcodes"),
        (("postcode,name", "IH15YT,a"), "a column of postcodes"),
        (("postcode,decile", ",1"), "tells of no postcode"),
        (("postcode,decile", 'IH15YT,"1'), "quotation mark"),
    ],
)
def test_a_file_that_tells_nothing_leaves_what_there_was(
    taken: Any, lines: tuple[str, ...], said: str
) -> None:
    taken("postcode,decile", "IH15YT,4")
    assert said in taken(*lines)
    assert held() == {"IH15YT": (4, "", "")}


def test_a_later_lookup_stands_in_the_stead_of_the_first(taken: Any) -> None:
    taken("postcode,decile", "IH15YT,4")
    taken("postcode;decile", "IH15YU;5")
    assert held() == {"IH15YU": (5, "", "")}


def test_indices_that_no_pack_has_are_refused(taken: Any) -> None:
    assert "no Indices" in taken("postcode,imd", "IH15YT,4", options=("--indices", "1999"))


@pytest.mark.parametrize(("text", "kept"), [(" ih1  5yt ", "IH15YT"), (None, ""), ("x" * 9, "")])
def test_a_postcode_is_kept_in_one_form(text: str | None, kept: str) -> None:
    assert normalised(text) == kept

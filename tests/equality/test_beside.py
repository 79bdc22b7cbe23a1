"""Published figures beside ours: the region and England, and what is not published of them."""

from __future__ import annotations

from evenhand.equality.beside import MIDDLE, NO_REGION, Beside, published_beside

ISLAND = "E06000046"


def shown(measure: str, code: str) -> Beside:
    found = published_beside([measure], code)
    assert found is not None
    return found


def headings(found: Beside) -> list[str]:
    return [column.words for column in found.published[0].table.columns]


def test_the_region_and_england_stand_beside_an_authority_with_source_and_licence() -> None:
    found = shown("looked_after_by_ethnicity", ISLAND)
    assert headings(found) == ["Group", "Isle of Wight", "South East", "England", MIDDLE]
    assert any(
        note.startswith("Source: Department for Education") for note in found.published[0].notes
    )
    assert "Open Government Licence" in " ".join(found.notes)
    assert NO_REGION not in found.published[0].notes


def test_a_measure_that_no_region_has_says_so_under_its_table() -> None:
    found = shown("children_in_need_by_ethnicity", ISLAND)
    assert headings(found) == ["Group", "England"]
    assert "This is published for England only." in found.published[0].notes
    assert NO_REGION in found.published[0].notes


def test_without_an_authority_it_is_said_once_for_all() -> None:
    found = published_beside(["looked_after", "referrals"], "")
    assert found is not None
    assert found.notes[0] == "No authority code is set, so only England's figures are shown."
    assert not any("region" in note for one in found.published for note in one.notes)


def test_nothing_beside_nothing() -> None:
    assert published_beside([], ISLAND) is None

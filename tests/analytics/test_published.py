"""Published figures stand beside an authority's own, with their year, source and licence."""

from __future__ import annotations

import statistics
from importlib import resources

import pytest

from evenhand.analytics import published
from evenhand.analytics.published import figures

BARNET, BARNSLEY = "E09000003", "E08000016"


def test_an_authority_its_neighbours_its_region_and_england() -> None:
    found = figures("looked_after", BARNET)
    assert (found.year, found.reason) == (2025, "")
    assert [figure.area.name for figure in found.authority] == ["Barnet"]
    assert len(found.neighbours) == 10
    assert found.region[0].area.name == "Outer London"
    assert (found.england[0].value, found.england[0].number) == (67, 81_770)
    assert found.measure.unit == "per 10,000"
    assert "Department for Education" in found.measure.source


def test_a_region_without_figures_gives_way_to_the_one_round_it() -> None:
    assert figures("population_by_ethnicity", BARNET).region[0].area.name == "London"


def test_the_departments_own_number_finds_the_authority() -> None:
    assert figures("rereferrals", "302").authority == figures("rereferrals", BARNET).authority


def test_the_median_is_that_of_the_neighbours_and_missing_where_most_are_hidden() -> None:
    found = figures("looked_after_by_ethnicity", BARNSLEY)
    medians = dict(found.median)
    values = [figure.value for figure in found.neighbours if figure.group == "White"]
    assert medians["White"] == statistics.median(value for value in values if value is not None)
    for group, median in found.median:
        shown = [
            each for each in found.neighbours if each.group == group and each.value is not None
        ]
        assert (median is None) == (len(shown) <= 5)


def test_what_is_hidden_by_its_publisher_is_missing_and_never_nought() -> None:
    found = figures("looked_after_by_ethnicity", "E06000001")
    hidden = [figure for figure in found.authority if figure.number is None]
    assert hidden
    assert all(figure.value is None for figure in hidden)


@pytest.mark.parametrize(
    ("code", "reason"),
    [("", "No authority code is set, so only England's figures are shown."),
     ("E99999999", "No authority in England has the code E99999999.")],
)  # fmt: skip
def test_without_an_authority_england_is_shown_and_the_reason(code: str, reason: str) -> None:
    found = figures("rereferrals", code)
    assert found.reason == reason
    assert found.england[0].value == 22.6
    assert (found.authority, found.neighbours, found.median, found.region) == ((), (), (), ())


def test_what_is_published_for_england_only_says_so() -> None:
    found = figures("children_in_need_by_ethnicity", BARNET)
    assert found.reason == "This is published for England only."
    assert {figure.group: figure.value for figure in found.england}["White"] == 68.5


def test_a_year_not_published_says_so() -> None:
    found = figures("rereferrals", BARNET, 1999)
    assert found.reason == "Nothing is published for Barnet for 1999."
    assert found.england == ()


def test_an_earlier_year_can_be_asked_for() -> None:
    assert published.years("repeat_plans") == (2023, 2024, 2025)
    assert figures("repeat_plans", BARNET, 2023).england[0].year == 2023


def test_no_such_measure() -> None:
    with pytest.raises(KeyError, match="no published measure happiness"):
        figures("happiness", BARNET)


@pytest.mark.parametrize("key", published.measures())
def test_every_measure_has_england_a_source_and_the_licence(key: str) -> None:
    found = figures(key, BARNET)
    text = resources.files(published).joinpath(f"{key}.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == f"# Source: {found.measure.source}"
    assert text.splitlines()[1] == f"# Licence: {published.LICENCE}"
    assert any(figure.number for figure in found.england)


PERCENT = [key for key, measure in published.measures().items() if measure.unit == "percent"]


@pytest.mark.parametrize("key", PERCENT)
def test_percentages_and_counts_agree(key: str) -> None:
    """A published percentage is the count over what it is of, to the publisher's rounding."""
    for area in published.tables.areas():
        for figure in figures(key, area).authority:
            if (
                figure.number
                and figure.of
                and figure.value
                and figures(key, "").measure.unit == "percent"
            ):
                assert figure.value == pytest.approx(100 * figure.number / figure.of, abs=0.6)

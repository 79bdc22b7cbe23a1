"""Groups compared: what is more than chance, what is not, and what must be hidden."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest

from evenhand.analytics import suppression
from evenhand.equality import wording
from evenhand.equality.comparing import compare
from evenhand.equality.comparison import Comparison, Count, Tallied, rules_on
from evenhand.equality.grouping import group_of
from evenhand.equality.hiding import suppressed
from evenhand.equality.pathway import Dimension, dimension_called
from evenhand.equality.tables.fares import findings, table
from evenhand.rules.periods import Span

DAY = date(2026, 11, 21)
YEAR = Span(date(2025, 11, 22), DAY)
WHITE, ASIAN = "White", "Asian or Asian British"
BLACK, OTHER = "Black, Black British, Caribbean or African", "Other ethnic group"
MIXED = "Mixed or multiple ethnic groups"


def dimension(id_: str = "ethnicity") -> Dimension:
    found = dimension_called(id_)
    assert found is not None
    return found


def alone(reached: int, of: int, **more: int) -> Count:
    """Children of whom no two are of one family."""
    sums = {"of_squared": of, "reached_squared": reached, "reached_by_of": reached}
    return Count(of=of, reached=reached, **{**sums, **more})


def families_of(size: int, reached: int, of: int) -> Count:
    """Families of so many children, all of whom went on or none."""
    return alone(
        reached, of, of_squared=of * size, reached_squared=reached * size,
        reached_by_of=reached * size,
    )  # fmt: skip


def tallied(groups: Mapping[str, Count], measure: str = "assessed", kind: str = "step") -> Tallied:
    return Tallied(kind, measure, YEAR, groups, {}, {})


def compared(
    groups: Mapping[str, Count], *, by: str = "ethnicity", exact: bool = True, **of: str
) -> Comparison:
    (one,) = compare([tallied(groups, **of)], dimension(by), rules_on(DAY), exact=exact)
    return one


def row(one: Comparison, group: str):
    return next(each for each in one.rows if each.group == group)


def test_a_rate_three_times_that_of_everyone_else() -> None:
    """30 of 100 against 70 of 700: 3.0, 95% interval 2.07 to 4.36 (worked in the register)."""
    found = row(compared({WHITE: alone(70, 700), BLACK: alone(30, 100)}), BLACK)
    assert (found.rate, found.others) == (0.3, 0.1)
    ends = [round(end, 2) for end in (found.ratio, found.ratio_low, found.ratio_high)]
    assert ends == [3.0, 2.07, 4.36]
    assert found.differs
    assert found.more


def test_nobody_is_compared_with_themselves_or_with_those_not_known() -> None:
    one = compared(
        {WHITE: alone(10, 100), ASIAN: alone(30, 50), "not known": alone(90, 90),
         "declined": alone(5, 10)}
    )  # fmt: skip
    assert row(one, ASIAN).others == 0.1
    assert row(one, WHITE).others == 0.6
    assert not row(one, "not known").is_compared
    assert [each.label for each in one.rows][-2:] == ["Chose not to say (REFU)", "Not known to us"]


def test_brothers_and_sisters_are_not_separate_evidence() -> None:
    """The same numbers in families of five, who go on together, say less."""
    others = alone(100, 400)
    single = row(compared({WHITE: others, BLACK: alone(20, 40)}), BLACK)
    together = row(compared({WHITE: others, BLACK: families_of(5, 20, 40)}), BLACK)
    assert single.rate == together.rate
    assert single.differs
    assert not together.differs
    assert together.high - together.low > single.high - single.low


def test_the_more_comparisons_the_surer_one_must_be() -> None:
    """A difference that one comparison calls sure is not, among a hundred."""
    groups = {WHITE: alone(20, 100), BLACK: alone(35, 100)}
    alike = {WHITE: alone(20, 100), BLACK: alone(20, 100)}
    rules = rules_on(DAY)
    (one,) = compare([tallied(groups)], dimension(), rules, exact=True)
    many = [tallied(groups), *(tallied(alike, f"other-{n}") for n in range(50))]
    among = compare(many, dimension(), rules, exact=True)[0]
    assert row(one, BLACK).differs
    assert not row(among, BLACK).differs
    assert (one.compared, among.compared) == (1, 51)


def test_both_years_together_can_show_what_one_is_too_small_for() -> None:
    year = {WHITE: alone(14, 60), BLACK: alone(9, 17)}
    before = {WHITE: alone(14, 60), BLACK: alone(10, 17)}
    rules = rules_on(DAY)
    (one,) = compare([tallied(year)], dimension(), rules, exact=True)
    (two,) = compare([tallied(year)._replace(before=before)], dimension(), rules, exact=True)
    assert row(two, BLACK).corrected < row(one, BLACK).corrected
    assert row(two, BLACK).differs


def test_everyone_elses_rate_does_not_tell_the_one_known_group_that_is_hidden() -> None:
    """Hidden with it is the row of those whose group is not known, so no sum gives it away."""
    groups = {WHITE: alone(28, 44), BLACK: alone(4, 6), "not known": alone(6, 10)}
    one = compared(groups, exact=False)
    assert row(one, BLACK).hidden
    assert row(one, "not known").hidden
    assert not row(one, WHITE).hidden
    assert math.isnan(row(one, WHITE).others)
    assert math.isnan(row(one, WHITE).ratio)


def test_two_large_groups_beside_small_ones_are_not_each_the_others_rest() -> None:
    """What chance makes of one is not what it makes of the other."""
    groups = {WHITE: alone(11, 43), MIXED: alone(2, 9), ASIAN: alone(2, 9), BLACK: alone(17, 19)}
    one = compared(groups)
    assert row(one, BLACK).corrected < 0.001 < row(one, WHITE).corrected
    assert one.flagged()[0].group == BLACK
    assert one.compared == 2


def test_of_two_groups_alone_the_smaller_is_named_once() -> None:
    one = compared({"F": alone(40, 100), "M": alone(140, 200)}, by="sex")
    assert [each.group for each in one.worse()] == ["F"]
    assert one.compared == 1
    assert row(one, "F").corrected == row(one, "M").corrected


def test_few_are_shown_and_not_compared() -> None:
    one = compared({WHITE: alone(10, 100), BLACK: alone(9, 9)})
    assert not row(one, BLACK).is_compared
    assert "Fewer than 10" in wording.flag(one, row(one, BLACK))


def test_no_headline_where_too_many_are_not_known() -> None:
    """It says why, and no finding is drawn, though the difference is large."""
    groups = {WHITE: alone(10, 100), BLACK: alone(60, 100), "not known": alone(20, 100)}
    one = compared(groups)
    assert not one.has_headline
    assert one.flagged() == []
    assert findings([one]) == []
    assert "We draw no conclusion. The ethnic group is known for 67%" in wording.summary(one)


def test_what_the_unknown_could_change() -> None:
    one = compared({WHITE: alone(10, 100), BLACK: alone(20, 100), "not known": alone(5, 20)})
    found = row(one, BLACK)
    assert math.isclose(found.lowest, 20 / (100 + 20 - 5))
    assert math.isclose(found.highest, (20 + 5) / (100 + 5))


def test_a_clock_kept_more_often_is_no_finding() -> None:
    """Only those kept waiting fare worse; along the pathway either way may be unfair."""
    groups = {WHITE: alone(180, 200), BLACK: alone(20, 100)}
    late = {"measure": "england/single-assessment", "kind": "clock"}
    assert {each.group for each in compared(groups, **late).worse()} == {WHITE}
    third = {MIXED: alone(60, 100)}
    assert {each.group for each in compared(groups | third).worse()} == {WHITE, BLACK}


SMALL = {WHITE: alone(40, 200), ASIAN: alone(30, 90), MIXED: alone(12, 60), BLACK: alone(3, 40)}


def test_a_small_number_is_hidden_with_what_would_give_it_away() -> None:
    one = suppressed(compared(SMALL))
    hidden = {each.group for each in one.rows if each.hidden}
    assert BLACK in hidden
    assert len(hidden) > 1 or one.total_hidden
    cells = table(one).rows[_place(one, BLACK)]
    assert cells[1].value == "Hidden"
    assert all(each.shown_of == each.shown_reached == 0 for each in one.rows if each.hidden)


def _place(one: Comparison, group: str) -> int:
    return [each.group for each in one.rows].index(group)


@pytest.mark.parametrize("seed", range(30))
def test_nothing_hidden_can_be_worked_out(seed: int) -> None:
    """From the rows that are shown and the totals, by the auditor of the analytics."""
    draw = np.random.default_rng(seed)
    groups = {}
    for name in (WHITE, MIXED, ASIAN, BLACK, OTHER, "not known"):
        of = int(draw.integers(1, 60))
        groups[name] = alone(int(draw.integers(0, of + 1)), of)
    one = suppressed(compared(groups))
    inside = np.array([[r.count.reached, r.count.of - r.count.reached] for r in one.rows])
    whole = suppression.with_totals(inside)
    mask = np.zeros(whole.shape, bool)
    mask[:-1] = np.array([[each.hidden] for each in one.rows])
    mask[-1] = one.total_hidden
    exposed = suppression.exposed(whole, mask)
    small = (whole > 0) & (whole < one.rules.suppress_below)
    assert not (exposed & small).any()
    assert not (small[:-1] & ~mask[:-1]).any()


def test_a_finer_group_is_hidden_where_its_sisters_would_give_it_away() -> None:
    """The five groups are published too: one code of a group is never hidden alone."""
    one = suppressed(
        compared(
            {"WBRI": alone(50, 200), "AIND": alone(20, 60), "APKN": alone(15, 50),
             "BAFR": alone(30, 80), "BCRB": alone(20, 60), "BOTH": alone(2, 30)},
            by="ethnicity-detail",
        )
    )  # fmt: skip
    black = [each for each in one.rows if each.group in {"BAFR", "BCRB", "BOTH"} and each.hidden]
    assert row(one, "BOTH").hidden
    assert len(black) >= 2


def test_those_left_out_cannot_be_counted_by_taking_one_page_from_another() -> None:
    """Where unaccompanied children are left out, a group that lost only a few is hidden."""
    with_them = tallied({WHITE: alone(40, 200), BLACK: alone(30, 90)})
    (one,) = compare(
        [with_them._replace(of_unaccompanied={BLACK: alone(2, 3)})], dimension(), rules_on(DAY),
        exact=False,
    )  # fmt: skip
    assert row(one, BLACK).hidden
    assert not row(one, WHITE).hidden
    assert one.total_hidden


def test_a_hidden_group_that_waits_longer_is_named_without_its_numbers() -> None:
    """Those who see counts only still learn whom to ask about; a release does not say it."""
    groups = {WHITE: alone(11, 60), ASIAN: alone(10, 50), BLACK: alone(36, 40)}
    late = {"measure": "england/single-assessment", "kind": "clock"}
    one = suppressed(compared(groups, **late))
    assert row(one, BLACK).hidden
    (found,) = findings([one])
    assert "Children of Black ethnic background" in found.words
    assert not any(sign.isdigit() for sign in found.words)
    assert "Black" not in wording.released_summary(one)


@pytest.mark.parametrize(
    ("by", "status", "answer", "group"),
    [
        ("ethnicity", "answered", "BAFR", BLACK),
        ("ethnicity", "declined", "", "declined"),
        ("ethnicity", "awaiting", "", "not known"),
        ("ethnicity", "answered", "", "not known"),
        ("ethnicity", "answered", "ZZZZ", "not known"),
        ("ethnicity-detail", "answered", "BAFR", "BAFR"),
        ("disability", "answered", "NONE", "none"),
        ("disability", "answered", "LD AUT", "any"),
        ("sex", "answered", "U", "U"),
    ],
)
def test_the_group_that_an_answer_gives(by: str, status: str, answer: str, group: str) -> None:
    """A refusal is a group of its own; an answer in own words alone is not "Other"."""
    assert group_of(dimension(by), status, answer) == group


def test_every_code_of_ethnicity_is_in_one_of_five_groups() -> None:
    five, codes = dimension(), dimension("ethnicity-detail")
    assert len(five.labels) == 5
    assert len(codes.labels) == 18
    assert {codes.parent_of(code) for code in codes.labels} == set(five.labels)
    assert "BAME" not in " ".join([*five.children.values(), *five.labels])


@pytest.mark.parametrize(
    ("reached", "said"),
    [
        (8, "within 4 in 5 either way"),  # 8 of 100 against 10 of 100 is exactly four fifths
        (7, "outside 4 in 5 either way"),
    ],
    ids=["on the edge", "beyond it"],
)
def test_four_fifths_is_said_and_flags_nothing(reached: int, said: str) -> None:
    """The band is the pack's, in whole numbers; no difference is flagged because of it."""
    one = compared({WHITE: alone(10, 100), BLACK: alone(reached, 100)})
    found = row(one, BLACK)
    assert wording.parity(one, found) == said
    assert said in str(table(one).rows)
    assert not found.differs

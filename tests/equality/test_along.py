"""Where along the way a difference arises, and what those not known could change about it."""

from __future__ import annotations

import math

from evenhand.equality import wording
from evenhand.equality.comparing import compare
from evenhand.equality.comparison import Comparison, Count, rules_on
from evenhand.equality.pathway import NOT_KNOWN
from evenhand.equality.tables.along import along_table, where_it_arises
from evenhand.equality.tables.known import known_table
from tests.equality.test_comparing import ASIAN, BLACK, DAY, WHITE, alone, dimension, row, tallied

ALIKE = {WHITE: alone(70, 700), BLACK: alone(10, 100), ASIAN: alone(5, 50)}
APART = {WHITE: alone(70, 700), BLACK: alone(30, 100), ASIAN: alone(5, 50)}


def steps(*groups: dict[str, Count], exact: bool = True) -> list[Comparison]:
    names = ("assessed", "enquiry", "conference")
    counted = [tallied(each, measure) for each, measure in zip(groups, names, strict=False)]
    return compare(counted, dimension(), rules_on(DAY), exact=exact)


def test_the_step_at_which_a_difference_begins_is_named() -> None:
    found = steps(ALIKE, APART, ALIKE)
    assert where_it_arises(found)[0] == (
        "For children of Black ethnic background the difference begins at “From an assessment to a "
        "section 47 enquiry”, and at no other step is it more than chance would explain."
    )
    again = where_it_arises(steps(APART, ALIKE, APART))
    assert "and is there again at “From a section 47 enquiry to an initial conference”." in again[0]
    assert where_it_arises(steps(ALIKE)) == []


def test_each_group_has_its_relative_rate_at_each_step_and_a_mark_where_it_is_no_chance() -> None:
    table = along_table(steps(ALIKE, APART))
    assert table is not None
    cells = {line[0].cell.value: [cell for _, cell, _ in line[1:]] for line in table.lines()}
    assert [cell.value for cell in cells[BLACK]] == ["1.00", "3.00"]
    assert "More often than chance would explain." in cells[BLACK][1].note
    assert "chance" not in cells[BLACK][0].note
    assert along_table([]) is None


def test_a_share_of_nought_elsewhere_gives_no_ratio_and_no_infinity() -> None:
    nowhere = {WHITE: alone(0, 700), BLACK: alone(30, 100)}
    (one,) = steps(nowhere)
    table = along_table([one])
    assert table is not None
    assert "inf" not in str(table.rows)
    assert "inf" not in wording.how_often(one, row(one, BLACK))
    assert "inf" not in wording.times(row(one, BLACK))


def test_what_the_unknown_could_change_has_the_sharp_end() -> None:
    """30 of 100 against 70 of 700, 10 of 50 not known: at worst 30/140 over 80/710."""
    (one,) = steps({WHITE: alone(70, 700), BLACK: alone(30, 100), NOT_KNOWN: alone(10, 50)})
    said = wording.what_unknown_could_change(one, row(one, BLACK))
    least = (30 / 140) / (80 / 710)
    assert f"it would be at least {least:.1f} times" in said
    assert "Whichever groups the 50 whose ethnic group is not known belong to" in said
    (one,) = steps({WHITE: alone(70, 700), BLACK: alone(30, 100), NOT_KNOWN: alone(10, 300)})
    said = wording.what_unknown_could_change(one, row(one, BLACK))
    assert "could turn this round: it could be as low as 0." in said


def test_nothing_is_said_of_the_unknown_where_there_are_none_or_they_are_hidden() -> None:
    (one,) = steps(APART)
    assert wording.what_unknown_could_change(one, row(one, BLACK)) == ""
    counts = {WHITE: alone(70, 700), BLACK: alone(30, 100), NOT_KNOWN: alone(2, 30)}
    (one,) = steps(counts, exact=False)
    assert wording.what_unknown_could_change(one, row(one, BLACK)) == ""


def test_how_far_each_is_known_is_told_but_not_where_it_would_tell_a_hidden_number() -> None:
    counts = {WHITE: alone(70, 700), BLACK: alone(30, 100), NOT_KNOWN: alone(2, 30)}
    exact, hidden = (known_table(steps(counts, exact=flag), {}) for flag in (True, False))
    assert [row[3].value for row in exact.rows] == ["96%"]
    assert [row[3].value for row in hidden.rows] == ["hidden"]
    few = known_table(steps({WHITE: alone(7, 70), NOT_KNOWN: alone(20, 100)}), {})
    assert few.rows[0][4].value == "No: it is known for fewer than 80%"
    assert not any(isinstance(c.value, float) and math.isnan(c.value) for r in few.rows for c in r)

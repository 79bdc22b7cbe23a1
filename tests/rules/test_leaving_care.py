"""The standing of a care leaver, either side of each edge."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenhand.rules import WHOLLY, Horizon
from evenhand.rules.leaving_care import Kind, Period, Reason, Status, Values, status

VALUES = Values(
    counts_from=14,
    eligible_from=16,
    child_until=18,
    duties_until=21,
    support_until=25,
    qualifying_until=21,
    qualifying_in_education_until=25,
    nights=91,
)
BORN = date(2010, 1, 10)
AT_14, AT_16, AT_18 = date(2024, 1, 10), date(2026, 1, 10), date(2028, 1, 10)


def stands(
    *periods: Period, on: date, born: date | None = BORN, held: Horizon | None = WHOLLY
) -> Status:
    return status(periods, born, on, VALUES, held)


def since(start: date | None, nights: int, *, short: bool = False) -> Period:
    """A period of so many nights."""
    assert start is not None
    return Period(start, start + timedelta(days=nights), short)


def test_eligible_when_thirteen_weeks_are_complete_and_not_a_night_before() -> None:
    care = Period(date(2025, 11, 1), None)
    assert stands(care, on=date(2026, 1, 30)).kind is Kind.NONE
    assert stands(care, on=date(2026, 1, 30)).nights == 90
    found = stands(care, on=date(2026, 1, 31))
    assert (found.kind, found.nights) == (Kind.ELIGIBLE, 91)
    assert (found.since, found.until) == (date(2026, 1, 31), AT_18)


def test_not_before_the_sixteenth_birthday_however_long_in_care() -> None:
    care = Period(date(2024, 2, 1), None)
    assert stands(care, on=AT_16 - timedelta(days=1)).kind is Kind.NONE
    assert stands(care, on=AT_16).kind is Kind.ELIGIBLE
    assert stands(care, on=AT_16).since == AT_16


def test_eligible_to_the_day_before_the_eighteenth_birthday() -> None:
    care = Period(date(2024, 2, 1), None)
    assert stands(care, on=AT_18 - timedelta(days=1)).kind is Kind.ELIGIBLE
    found = stands(care, on=AT_18)
    assert (found.kind, found.since, found.until) == (
        Kind.FORMER_RELEVANT,
        AT_18,
        date(2031, 1, 10),
    )


def test_nights_before_the_fourteenth_birthday_do_not_count() -> None:
    """30 nights from the birthday on and 60 later are a night too few."""
    first = Period(date(2023, 12, 1), date(2024, 2, 9))
    assert stands(first, since(AT_16, 60), on=date(2026, 6, 1)).nights == 90
    assert stands(first, since(AT_16, 60), on=date(2026, 6, 1)).kind is Kind.QUALIFYING
    assert stands(first, since(AT_16, 61), on=date(2026, 6, 1)).kind is Kind.RELEVANT


def test_the_day_of_leaving_is_not_counted_and_ends_being_looked_after() -> None:
    left = date(2026, 3, 1)
    care = Period(date(2025, 1, 1), left)
    assert stands(care, on=left - timedelta(days=1)).kind is Kind.ELIGIBLE
    found = stands(care, on=left)
    assert (found.kind, found.since, found.until) == (Kind.RELEVANT, left, AT_18)
    assert stands(care, on=AT_18 - timedelta(days=1)).kind is Kind.RELEVANT
    assert stands(care, on=AT_18).kind is Kind.FORMER_RELEVANT


@pytest.mark.parametrize(
    ("left", "kind"), [(AT_16 - timedelta(days=1), Kind.NONE), (AT_16, Kind.RELEVANT)]
)
def test_leaving_on_the_sixteenth_birthday_is_leaving_at_sixteen(left: date, kind: Kind) -> None:
    assert stands(Period(date(2024, 2, 1), left), on=date(2026, 6, 1)).kind is kind


def test_one_night_in_two_periods_is_counted_once() -> None:
    one, other = since(date(2026, 2, 1), 60), since(date(2026, 3, 1), 60)
    assert stands(one, other, on=date(2026, 12, 1)).nights == 88


def test_an_earlier_period_counts_though_the_later_one_is_short() -> None:
    found = stands(since(date(2025, 1, 1), 91), Period(date(2026, 5, 1), None), on=date(2026, 5, 2))
    assert (found.kind, found.since) == (Kind.ELIGIBLE, date(2026, 5, 1))


def test_short_breaks_are_left_out_and_said_to_be() -> None:
    breaks = since(date(2025, 1, 1), 300, short=True)
    found = stands(breaks, Period(date(2026, 1, 20), None), on=date(2026, 2, 1))
    assert (found.kind, found.nights) == (Kind.NONE, 12)
    assert Reason.SHORT_BREAKS in found.reasons


def test_short_breaks_alone_at_sixteen_are_for_a_person_to_decide() -> None:
    found = stands(since(date(2026, 2, 1), 30, short=True), on=date(2026, 6, 1))
    assert (found.kind, found.reasons) == (Kind.NOT_SHOWN, (Reason.SHORT_BREAKS,))


def test_a_start_that_is_not_known_is_not_taken_for_too_few() -> None:
    found = stands(Period(None, date(2026, 3, 1)), on=date(2026, 6, 1))
    assert found.kind is Kind.NOT_SHOWN
    assert Reason.START_UNKNOWN in found.reasons
    known = since(date(2026, 3, 1), 91)
    assert stands(Period(None, date(2026, 3, 1)), known, on=date(2026, 7, 1)).kind is Kind.RELEVANT


@pytest.mark.parametrize(
    ("begins", "kind"),
    [
        (AT_14, Kind.QUALIFYING),
        (AT_14 + timedelta(days=40), Kind.QUALIFYING),
        (AT_14 + timedelta(days=41), Kind.NOT_SHOWN),
    ],
)
def test_nights_before_the_data_may_make_up_what_is_missing(begins: date, kind: Kind) -> None:
    """50 nights are seen: 41 unseen ones could make thirteen weeks, 40 could not."""
    care = since(date(2026, 2, 1), 50)
    assert stands(care, on=date(2026, 6, 1), held=Horizon(begins, None)).kind is kind


def test_where_no_source_says_from_when_it_holds_all_nothing_is_denied() -> None:
    care = since(date(2026, 2, 1), 50)
    assert stands(care, on=date(2026, 6, 1), held=None).kind is Kind.NOT_SHOWN
    assert stands(on=date(2026, 6, 1), held=None).kind is Kind.NOT_SHOWN
    assert stands(on=date(2026, 6, 1)).kind is Kind.NONE
    late, early = Horizon(AT_16 + timedelta(days=1), None), Horizon(None, AT_16 - timedelta(days=1))
    assert stands(on=date(2026, 6, 1), held=late).kind is Kind.NOT_SHOWN
    assert stands(on=date(2026, 6, 1), held=early).kind is Kind.NOT_SHOWN


def test_enough_nights_need_no_older_data() -> None:
    care = Period(date(2025, 1, 1), None)
    assert stands(care, on=AT_16, held=None).kind is Kind.ELIGIBLE


def test_former_relevant_after_twenty_one_but_not_at_twenty_five() -> None:
    care = Period(date(2024, 2, 1), AT_16)
    before = stands(care, on=date(2031, 1, 9))
    after = stands(care, on=date(2031, 1, 10))
    assert before.reasons == (Reason.ENOUGH,)
    assert (after.kind, after.until) == (Kind.FORMER_RELEVANT, date(2035, 1, 10))
    assert Reason.DUTIES_ENDED in after.reasons
    assert stands(care, on=date(2035, 1, 9)).kind is Kind.FORMER_RELEVANT
    assert stands(care, on=date(2035, 1, 10)).kind is Kind.NONE


def test_qualifying_to_the_day_before_twenty_one_then_education_decides() -> None:
    care = since(date(2026, 2, 1), 50)
    found = stands(care, on=date(2031, 1, 9))
    assert (found.kind, found.until) == (Kind.QUALIFYING, date(2031, 1, 10))
    after = stands(care, on=date(2031, 1, 10))
    assert after.kind is Kind.NOT_SHOWN
    assert Reason.EDUCATION_NOT_SHOWN in after.reasons


def test_care_that_began_as_an_adult_is_none_of_it() -> None:
    assert stands(Period(AT_18, None), on=date(2028, 6, 1)).kind is Kind.NONE
    assert stands(Period(AT_18 - timedelta(days=1), None), on=AT_18).kind is Kind.QUALIFYING


def test_born_on_29_february_is_sixteen_on_29_february_and_eighteen_on_1_march() -> None:
    born = date(2008, 2, 29)
    care = Period(date(2022, 1, 1), None)
    assert stands(care, on=date(2024, 2, 28), born=born).kind is Kind.NONE
    assert stands(care, on=date(2024, 2, 29), born=born).kind is Kind.ELIGIBLE
    assert stands(care, on=date(2026, 2, 28), born=born).kind is Kind.ELIGIBLE
    assert stands(care, on=date(2026, 3, 1), born=born).kind is Kind.FORMER_RELEVANT
    fourteenth = date(2022, 3, 1)
    assert (
        stands(care, on=date(2024, 2, 29), born=born).nights
        == (date(2024, 2, 29) - fourteenth).days
    )


def test_without_a_day_of_birth_nothing_is_said() -> None:
    found = stands(Period(AT_14, None), on=AT_16, born=None)
    assert (found.kind, found.reasons) == (Kind.NOT_SHOWN, (Reason.BORN_NOT_RECORDED,))


def test_what_begins_later_has_not_happened_yet() -> None:
    assert stands(Period(date(2026, 8, 1), None), on=date(2026, 6, 1)).kind is Kind.NONE

"""The standing of a care leaver, either side of each edge."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenhand.rules import WHOLLY, Horizon
from evenhand.rules.leaving_care import (
    Beside,
    Course,
    Home,
    Kind,
    Period,
    Reason,
    Status,
    Stretch,
    Values,
    status,
)

VALUES = Values(
    counts_from=14,
    eligible_from=16,
    child_until=18,
    duties_until=21,
    support_until=25,
    qualifying_until=21,
    qualifying_in_education_until=25,
    nights=91,
    months_at_home=6,
    months_accommodated=3,
    scheme_from=date(2001, 10, 1),
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


def told(
    *periods: Period, on: date, beside: Beside, born: date = BORN, held: Horizon | None = WHOLLY
) -> Status:
    return status(periods, born, on, VALUES, held, beside)


DETAINED_BORN = date(2010, 2, 1)
BEFORE_DETENTION = Period(date(2025, 10, 1), date(2026, 1, 20))
DETAINED = Beside(detained=(Stretch(date(2026, 1, 20), None),))


def test_detained_on_the_sixteenth_birthday_after_thirteen_weeks_in_care_is_relevant() -> None:
    stood = told(BEFORE_DETENTION, on=date(2026, 2, 1), beside=DETAINED, born=DETAINED_BORN)
    assert (stood.kind, stood.nights, stood.since) == (Kind.RELEVANT, 111, date(2026, 2, 1))
    assert (stood.until, stood.reasons) == (date(2028, 2, 1), (Reason.ENOUGH, Reason.DETAINED))
    grown = told(BEFORE_DETENTION, on=date(2028, 2, 1), beside=DETAINED, born=DETAINED_BORN)
    assert grown.kind is Kind.FORMER_RELEVANT


@pytest.mark.parametrize(
    ("care", "stretch"),
    [
        (Period(date(2025, 10, 22), date(2026, 1, 20)), Stretch(date(2026, 1, 20), None)),
        (BEFORE_DETENTION, Stretch(date(2026, 1, 21), None)),
        (BEFORE_DETENTION, Stretch(date(2026, 1, 20), date(2026, 1, 31))),
        (BEFORE_DETENTION, Stretch(date(2026, 2, 2), None)),
    ],
)
def test_too_few_nights_a_gap_or_another_day_than_the_birthday_is_not(
    care: Period, stretch: Stretch
) -> None:
    beside = Beside(detained=(stretch,))
    stood = told(care, on=date(2026, 3, 1), beside=beside, born=DETAINED_BORN)
    assert stood.kind is Kind.NONE


IN_CARE_TO_HOME = Period(date(2025, 1, 1), date(2026, 3, 1))


def home(broke_down_on: date | None = None) -> Beside:
    return Beside(homes=(Home(date(2026, 3, 1), broke_down_on),))


@pytest.mark.parametrize(
    ("on", "broke", "kind", "since", "until"),
    [
        ("2026-08-31", None, Kind.RELEVANT, "2026-03-01", "2026-09-01"),
        ("2026-09-01", None, Kind.QUALIFYING, "2026-09-01", "2031-01-10"),
        ("2026-11-09", "2026-11-10", Kind.QUALIFYING, "2026-09-01", "2031-01-10"),
        ("2026-11-10", "2026-11-10", Kind.RELEVANT, "2026-11-10", "2028-01-10"),
        ("2026-11-10", "2026-08-31", Kind.RELEVANT, "2026-03-01", "2028-01-10"),
        ("2028-01-10", None, Kind.QUALIFYING, "2026-09-01", "2031-01-10"),
        ("2028-01-10", "2026-11-10", Kind.FORMER_RELEVANT, "2028-01-10", "2031-01-10"),
    ],
)
def test_a_return_home_lapses_after_six_months_and_a_breakdown_restores(
    on: str, broke: str | None, kind: Kind, since: str, until: str
) -> None:
    beside = home(date.fromisoformat(broke) if broke else None)
    stood = told(IN_CARE_TO_HOME, on=date.fromisoformat(on), beside=beside)
    assert (stood.kind, str(stood.since), str(stood.until)) == (kind, since, until)


def test_back_in_care_after_a_return_home_is_eligible_again() -> None:
    again = Period(date(2026, 10, 1), None)
    assert told(IN_CARE_TO_HOME, again, on=date(2026, 10, 2), beside=home()).kind is Kind.ELIGIBLE


def test_an_agreed_course_prolongs_the_duties_past_twenty_one_and_past_twenty_five() -> None:
    born, care = date(2005, 5, 10), Period(date(2019, 6, 1), date(2023, 5, 10))
    course = Beside(courses=(Course(date(2024, 9, 1), date(2027, 7, 16), agreed=True),))
    stood = told(care, on=date(2026, 5, 11), beside=course, born=born)
    assert (stood.kind, stood.until) == (Kind.FORMER_RELEVANT, date(2027, 7, 16))
    assert stood.reasons == (Reason.ENOUGH, Reason.PROGRAMME)
    after = told(care, on=date(2027, 7, 16), beside=course, born=born)
    assert (after.until, after.reasons[-1]) == (date(2030, 5, 10), Reason.DUTIES_ENDED)
    own = Beside(courses=(Course(date(2024, 9, 1), date(2027, 7, 16)),))
    assert told(care, on=date(2026, 5, 11), beside=own, born=born).reasons[-1] is (
        Reason.DUTIES_ENDED
    )
    long = Beside(courses=(Course(date(2024, 9, 1), date(2031, 7, 1), agreed=True),))
    assert told(care, on=date(2030, 6, 1), beside=long, born=born).until == date(2031, 7, 1)
    open_ended = Beside(courses=(Course(date(2024, 9, 1), agreed=True),))
    stood = told(care, on=date(2026, 5, 11), beside=open_ended, born=born)
    assert (stood.kind, stood.until) == (Kind.FORMER_RELEVANT, None)


LEFT_AT_SIXTEEN = Period(date(2021, 11, 26), date(2022, 1, 5))


@pytest.mark.parametrize(
    ("courses", "kind"),
    [
        ((Course(date(2025, 9, 1), date(2026, 7, 1)),), Kind.QUALIFYING),
        ((Course(date(2025, 9, 1), date(2026, 3, 1)),), Kind.NONE),
        ((Course(date(2025, 9, 1), is_one=False),), Kind.NONE),
        ((Course(date(2026, 3, 2)),), Kind.NOT_SHOWN),
        ((), Kind.NOT_SHOWN),
    ],
)
def test_from_twenty_one_education_decides(courses: tuple[Course, ...], kind: Kind) -> None:
    born, on = date(2005, 3, 1), date(2026, 3, 1)
    assert told(LEFT_AT_SIXTEEN, on=on, beside=Beside(courses=courses), born=born).kind is kind


@pytest.mark.parametrize(
    ("stretch", "kind"),
    [
        (Stretch(date(2020, 1, 1), date(2026, 3, 10)), Kind.QUALIFYING),
        (Stretch(date(2020, 1, 1), date(2025, 12, 10)), Kind.NONE),
        (Stretch(date(2020, 1, 1), None), Kind.NONE),
        (Stretch(date(2025, 12, 10), date(2026, 3, 9), months=3), Kind.NONE),
        (Stretch(date(2025, 12, 10), date(2026, 3, 10), months=3), Kind.QUALIFYING),
    ],
)
def test_fostered_privately_or_accommodated_after_sixteen_and_no_longer(
    stretch: Stretch, kind: Kind
) -> None:
    assert told(on=date(2027, 2, 1), beside=Beside(elsewhere=(stretch,))).kind is kind


def test_who_left_before_the_scheme_began_was_of_the_historic_group() -> None:
    born, care = date(1984, 9, 1), Period(date(1999, 1, 1), date(2001, 8, 15))
    stood = stands(care, on=date(2005, 8, 31), born=born)
    assert (stood.kind, stood.until) == (Kind.QUALIFYING, date(2005, 9, 1))
    ended = stands(care, on=date(2026, 3, 1), born=born)
    assert (ended.kind, ended.until) == (Kind.NONE, date(2005, 9, 1))
    assert ended.reasons == (Reason.BEFORE_SCHEME,)
    after = stands(Period(date(1999, 1, 1), date(2001, 10, 1)), on=date(2005, 8, 31), born=born)
    assert Reason.BEFORE_SCHEME not in after.reasons

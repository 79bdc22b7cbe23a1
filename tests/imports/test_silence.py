"""A steady table that suddenly stops was not supplied to the end."""

from datetime import date, timedelta

from evenhand.imports.silence import silence

AS_AT = date(2026, 11, 20)


def every(days: int, *, until: date = AS_AT, since: date = date(2025, 12, 1)) -> list[date]:
    count = (until - since).days // days
    return [until - timedelta(days=days * place) for place in range(count)]


def test_a_table_that_runs_to_the_end_is_not_silent() -> None:
    assert silence("ssd_cin_visits", every(2), AS_AT) is None


def test_a_table_that_stops_for_longer_than_ever_is_known_until_then() -> None:
    last = AS_AT - timedelta(days=31)

    found = silence("ssd_cin_visits", every(2, until=last), AS_AT)

    assert found is not None
    assert (found.last_day, found.longest_before) == (last, 2)
    assert "Tue 20 October 2026" in found.sentence


def test_a_silence_no_longer_than_twice_the_longest_before_is_usual() -> None:
    christmas = [day for day in every(2) if not date(2026, 1, 1) <= day <= date(2026, 1, 14)]
    longest = max(b - a for a, b in zip(sorted(christmas), sorted(christmas)[1:], strict=False))

    quiet = [day for day in christmas if day <= AS_AT - longest * 2]

    assert silence("ssd_cin_visits", quiet, max(quiet) + longest * 2) is None


def test_a_table_with_few_rows_is_taken_at_the_extracts_word() -> None:
    assert silence("ssd_missing", every(14, until=date(2026, 6, 1)), AS_AT) is None

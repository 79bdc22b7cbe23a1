"""What a page reads once: kept while it is made, and not a moment longer."""

from __future__ import annotations

from evenhand.accounts.once import is_one_page, once, one_page

read: list[int] = []


@once
def twice(number: int) -> int:
    read.append(number)
    return 2 * number


@one_page
def page() -> tuple[int, int, int]:
    assert is_one_page()
    return twice(1), twice(1), twice(2)


def test_a_page_reads_once_and_the_next_page_reads_anew() -> None:
    read.clear()
    assert page() == (2, 2, 4)
    assert read == [1, 2]
    page()
    assert read == [1, 2, 1, 2]


def test_outside_a_page_every_call_reads() -> None:
    read.clear()
    assert (twice(3), twice(3)) == (6, 6)
    assert read == [3, 3]
    assert not is_one_page()


def test_a_page_that_fails_keeps_nothing() -> None:
    @one_page
    def failing() -> None:
        twice(5)
        raise ValueError

    read.clear()
    for _ in range(2):
        try:
            failing()
        except ValueError:
            assert not is_one_page()
    assert read == [5, 5]

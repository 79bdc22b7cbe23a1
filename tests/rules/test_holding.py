"""What is not in the data is not known: before it begins, and where no source holds it."""

from datetime import UTC, date, datetime

import pytest

from evenhand.rules import (
    Dated,
    Entry,
    Horizon,
    Offset,
    Recurrence,
    State,
    TestStandard,
    evaluate,
)
from evenhand.rules.agreement import differences
from evenhand.rules.calendar import Calendar
from evenhand.rules.trees import AllOf, Known, Tree
from evenhand.rules.values import FactValue

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
CALENDAR = Calendar(frozenset(), date(1980, 1, 1), date(2030, 12, 31))
BEGINS = Horizon(date(2021, 1, 1), date(2026, 11, 20))


def months(count: int) -> Dated[Offset]:
    return Dated((Entry(date(1991, 1, 1), Offset(count, "months"), "law"),))


REVIEWS = Recurrence(
    id="t/reviews",
    title="Reviews are held",
    clauses=(),
    pack="t",
    subject="care",
    starts="care.started",
    held="care.reviews",
    stages=(months(1), months(3), months(6)),
)
ALSO = Recurrence(**{**REVIEWS.__dict__, "also_shown_by": ("care.talks",)})


def states(
    standard: Recurrence, started: date, *held: date, **known: Horizon | None
) -> list[State]:
    case = {"care.started": started, "care.reviews": held}
    horizons = {"care.reviews": BEGINS, "care.talks": BEGINS, **known}
    kinds = {"care.started": ("date", False), "care.reviews": ("date", True)}
    kinds["care.talks"] = ("date", True)
    assert not differences(standard, [case], kinds, CALENDAR, NOW, horizons)  # type: ignore[arg-type]
    return [one.state for one in evaluate(standard, case, CALENDAR, NOW, horizons)]


def test_what_fell_due_before_the_data_begins_is_not_late_for_being_first_seen_later() -> None:
    assert states(REVIEWS, date(2015, 6, 15), date(2021, 1, 4))[0] is State.NOT_KNOWN


def test_then_later_cycles_stand_in_the_last_stage() -> None:
    found = states(REVIEWS, date(2015, 6, 15), date(2026, 7, 1))

    assert found == [State.NOT_KNOWN, State.OPEN]  # six months from 1 July, not three


def test_what_fell_due_within_the_data_is_judged_stage_by_stage() -> None:
    found = states(REVIEWS, date(2026, 6, 1), date(2026, 7, 1))

    assert found == [State.KEPT, State.LATE]


def test_a_second_fact_that_nobody_holds_leaves_it_not_recorded() -> None:
    held = {"care.talks": None}

    assert states(ALSO, date(2026, 6, 1), date(2026, 7, 1)) == [State.KEPT, State.LATE]
    assert states(ALSO, date(2026, 6, 1), date(2026, 7, 1), **held) == [
        State.KEPT,
        State.NOT_RECORDED,
    ]


@pytest.mark.parametrize("talked", [date(2026, 7, 20), (date(2026, 7, 20),)], ids=["one", "many"])
def test_what_a_second_fact_shows_counts_as_held_and_moves_the_next(
    talked: FactValue,
) -> None:
    case = {"care.started": date(2026, 6, 1), "care.reviews": (date(2026, 7, 1),)}
    case |= {"care.talks": talked}
    many = not isinstance(talked, date)
    kinds = {"care.started": ("date", False), "care.reviews": ("date", True)}
    kinds["care.talks"] = ("date", many)
    horizons = dict.fromkeys(("care.reviews", "care.talks"), BEGINS)
    assert not differences(ALSO, [case], kinds, CALENDAR, NOW, horizons)  # type: ignore[arg-type]
    found = evaluate(ALSO, case, CALENDAR, NOW, horizons)  # type: ignore[arg-type]
    assert [one.due for one in found] == [date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 20)]
    assert [one.done for one in found] == [date(2026, 7, 1), date(2026, 7, 20), None]


def asked(tree: Tree, **given: date | None) -> list[State]:
    """How a test of what a tree asks stands where only care.plan is held by a source."""
    test = TestStandard(
        id="t/asked",
        title="It was asked",
        clauses=(),
        pack="t",
        subject="care",
        starts="care.started",
        tree=Dated((Entry(date(1991, 1, 1), tree, "law"),)),
    )
    case = {"care.started": date(2026, 6, 1), **dict.fromkeys(test.own_facts[1:]), **given}
    kinds = dict.fromkeys(case, ("date", False))
    horizons = {"care.started": BEGINS, "care.plan": BEGINS}
    assert not differences(test, [case], kinds, CALENDAR, NOW, horizons)  # type: ignore[arg-type]
    return [one.state for one in evaluate(test, case, CALENDAR, NOW, horizons)]


def test_a_test_of_what_no_source_holds_is_not_recorded_and_never_late() -> None:
    held, unheld = Known("care.plan", True), Known("care.wishes", True)

    assert asked(held) == [State.LATE]
    assert asked(unheld) == [State.NOT_RECORDED]
    assert asked(AllOf((held, unheld))) == [State.NOT_RECORDED]
    assert asked(held, **{"care.plan": date(2026, 6, 1)}) == [State.KEPT]

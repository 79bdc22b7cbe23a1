"""When a data set of the monitoring plan is overdue, and what a look at it does."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from evenhand.monitoring.actions import record_run
from evenhand.monitoring.models import MonitoringRun
from evenhand.monitoring.overdue import open_overdue
from evenhand.monitoring.plan import Dataset, datasets, overdue_since
from evenhand.problems import Problem
from evenhand.work.actions import set_aside
from evenhand.work.models import Task
from tests import factories as make

MONTHLY = Dataset("ethnicity", "Ethnicity of children", "monthly", "equality_lead", 95)
QUARTERLY = MONTHLY._replace(frequency="quarterly")
JUNE = datetime(2026, 6, 1, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("dataset", "last", "began", "today", "since"),
    [
        (MONTHLY, date(2026, 4, 30), None, date(2026, 5, 31), None),
        (MONTHLY, date(2026, 4, 30), None, date(2026, 6, 1), date(2026, 6, 1)),
        (MONTHLY, date(2026, 5, 1), None, date(2026, 6, 30), None),
        (MONTHLY, date(2025, 11, 2), None, date(2026, 3, 1), date(2026, 1, 1)),
        (MONTHLY, None, None, date(2026, 6, 1), None),
        (MONTHLY, None, date(2026, 5, 31), date(2026, 5, 31), None),
        (MONTHLY, None, date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 1)),
        (QUARTERLY, date(2026, 1, 5), None, date(2026, 6, 30), None),
        (QUARTERLY, date(2026, 1, 5), None, date(2026, 7, 1), date(2026, 7, 1)),
    ],
)
def test_a_data_set_is_overdue_once_a_month_or_quarter_has_ended_without_a_look(
    dataset: Dataset, last: date | None, began: date | None, today: date, since: date | None
) -> None:
    assert overdue_since(dataset, last, began, today) == since


@pytest.mark.django_db
def test_what_was_closed_is_not_asked_again_for_the_same_month_and_a_late_look_closes() -> None:
    make.batch()  # of November 2026: the first import
    december = datetime(2026, 12, 1, 6, tzinfo=UTC)
    assert open_overdue(JUNE) == 0
    assert open_overdue(december) == len(datasets())
    lead, religion = make.user("equality_lead"), Task.objects.get(about__contains="religion")
    set_aside(religion, by=lead, at=december, version=religion.version, reason="Done elsewhere.")
    assert open_overdue(december) == 0

    look = {"by": lead, "at": december, "dataset": "ethnicity", "words": "We looked."}
    record_run(done_on=date(2026, 10, 5), **look)
    assert Task.objects.get(about__contains="ethnicity").state == Task.State.OPEN
    record_run(done_on=date(2026, 12, 1), **look)
    assert Task.objects.get(about__contains="ethnicity").state == Task.State.DONE


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"dataset": "hats"}, {"words": " "}, {"done_on": date(2026, 6, 2)}]
)
def test_a_look_without_words_or_still_to_come_is_refused(wrong: dict[str, object]) -> None:
    good = {"dataset": "ethnicity", "words": "We looked.", "done_on": date(2026, 6, 1)}
    with pytest.raises(Problem):
        record_run(by=make.user("director"), at=JUNE, **{**good, **wrong})
    assert not MonitoringRun.objects.exists()

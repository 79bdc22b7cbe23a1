"""The strategy's page: chosen outcomes for children and families by group."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.equality.models import GroupTally
from evenhand.monitoring.outcomes import chosen
from tests import factories as make
from tests.pages import main_of, shown, table_of, words_of

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 30)
BLACK, ASIAN = "Black, Black British, Caribbean or African", "Asian or Asian British"
SINCE = date(2025, 7, 1)
GROUPS = {
    "ethnicity": (("White", 60, 20), (BLACK, 20, 3), (ASIAN, 3, 0)),
    "sex": (("F", 43, 13), ("M", 40, 10)),
    "disability": (("any", 40, 12), ("none", 43, 11)),
}


@pytest.mark.clause("STR-frame-b", rests_on="priorities/outcomes")
def test_three_outcomes_of_twelve_months_stand_by_group_with_small_counts_hidden(
    client: Client,
) -> None:
    for measure in chosen().of:
        counted(measure)
    client.force_login(make.user("director"))

    page = client.get(reverse("monitoring:strategy"))
    assert "Outcomes for children and families" in main_of(page)
    captions = [words_of(one) for one in shown(page).iter("caption")]
    of_ethnicity = [one for one in captions if "by ethnic group" in one]
    assert len(of_ethnicity) == 3
    assert all("Tue 1 July 2025 to Tue 30 June 2026" in one for one in of_ethnicity)
    for caption in of_ethnicity:
        rows = {row[0]: row[1:] for row in table_of(page, caption)}
        assert rows[BLACK][0] == "<5"
        assert rows[ASIAN][1] == "[c]"
        assert "3" not in {cell for row in rows.values() for cell in row}


def counted(measure: str) -> None:
    """One outcome of 83 children by each way, as upkeep counts it on 30 June 2026."""
    for dimension, groups in GROUPS.items():
        for group, of, reached in groups:
            GroupTally.objects.create(
                kind="clock", measure=measure, dimension=dimension, group=group, period="year",
                since=SINCE, until=JUNE, of=of, reached=reached, as_at=JUNE, of_squared=of,
                reached_squared=reached, reached_by_of=reached,
            )  # fmt: skip

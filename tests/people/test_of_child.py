"""What is a child's, records merged into it too, is found without reading every row."""

from __future__ import annotations

import pytest
from django.db import connection

from evenhand.casework.models import Visit
from evenhand.people.models import Child
from evenhand.people.queries.reach import of_child
from tests import factories as make
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


def test_the_rows_are_the_childs_and_those_merged_into_it() -> None:
    kept, merged, other = make.child(), make.child(), make.child()
    Child.objects.filter(pk=merged.pk).update(merged_into=kept)
    for child in (kept, merged, other):
        Visit.objects.create(child=child, held_on=TODAY)
    found = Visit.objects.filter(of_child(kept)).values_list("child", flat=True)
    assert sorted(found) == sorted([kept.pk, merged.pk])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone says how it will look")
def test_no_row_of_another_child_is_read() -> None:
    told = Visit.objects.filter(of_child(make.child()), withdrawn=False).explain()
    assert "SEARCH casework_visit" in told
    assert "SCAN" not in told

"""What a database of another version is met with: a sentence, and nothing done to it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from evenhand.config import startup
from evenhand.problems import Problem


@pytest.mark.both_databases
@pytest.mark.django_db
def test_tables_of_another_version_are_refused_in_a_sentence() -> None:
    MigrationRecorder(connection).record_applied("accounts", "0002_signing_in")
    before = sorted(connection.introspection.table_names())
    with pytest.raises(Problem) as refused:
        startup.prepare(migrate=True)
    assert str(connection.settings_dict["NAME"]) in refused.value.sentence
    assert "another version of Evenhand" in refused.value.sentence
    assert "accounts 0002_signing_in" in refused.value.sentence
    assert "evenhand demo" in refused.value.remedy
    assert sorted(connection.introspection.table_names()) == before

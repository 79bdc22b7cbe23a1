"""Keep the history append-only."""

from typing import Any

from django.db import migrations

from evenhand.history import locks


def install(apps: Any, schema_editor: Any) -> None:
    tables = schema_editor.connection.introspection.table_names()
    if "history_entry" in tables:
        locks.install(schema_editor.connection)


def remove(apps: Any, schema_editor: Any) -> None:
    if "history_entry" in schema_editor.connection.introspection.table_names():
        locks.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]

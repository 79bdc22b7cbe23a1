"""The database refuses that a baseline is changed or removed."""

from typing import Any

from django.db import migrations

TABLE = "monitoring_baseline"
REFUSAL = "A baseline is frozen: it may not be changed or removed."


def install(apps: Any, schema_editor: Any) -> None:
    if TABLE not in schema_editor.connection.introspection.table_names():
        return  # the log of views has a file of its own
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION monitoring_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
            params=None,
        )
    for event in ("UPDATE", "DELETE"):
        does = (
            "FOR EACH ROW EXECUTE FUNCTION monitoring_refuse()"
            if is_postgresql
            else f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_refuses_{event.lower()} BEFORE {event} ON {TABLE} {does}",
            params=None,
        )


def remove(apps: Any, schema_editor: Any) -> None:
    if TABLE not in schema_editor.connection.introspection.table_names():
        return
    place = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for event in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_refuses_{event}{place}", params=None)


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_tables")]
    operations = [migrations.RunPython(install, remove)]

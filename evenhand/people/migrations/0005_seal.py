"""What was volunteered, and what was said in own words, is sealed where it stands: in blocks."""

from django.db import migrations

from evenhand.people.sealing import seal_what_is_plain


def seal(apps, schema_editor):
    """Seal what is plain; a second run goes on with what is left. Values stay in their rows."""
    seal_what_is_plain()


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0004_sealed")]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]

"""Own words are sealed, and answers may be: the columns hold what is longer than an answer."""

from django.db import migrations

import evenhand.secrecy.fields


class Migration(migrations.Migration):
    dependencies = [("people", "0003_open_by_name"), ("secrecy", "0001_key_checks")]

    operations = [
        migrations.AlterField(
            model_name="identitystatement",
            name="answer",
            field=evenhand.secrecy.fields.SealableTextField(blank=True, bound_to="ref"),
        ),
        migrations.AlterField(
            model_name="identitystatement",
            name="own_words",
            field=evenhand.secrecy.fields.SealedTextField(blank=True, bound_to="ref"),
        ),
    ]

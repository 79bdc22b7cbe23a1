"""The database refuses an answer that is for some to see and stands open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_seal")]

    operations = [
        migrations.AddConstraint(
            model_name="identitystatement",
            constraint=models.CheckConstraint(
                condition=models.Q(may_see="")
                | models.Q(answer="")
                | models.Q(answer__startswith="sealed1:"),
                name="what_is_volunteered_is_sealed",
            ),
        ),
    ]

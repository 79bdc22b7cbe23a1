# ruff: noqa: E501

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_signing_in'),
        ('equality', '0003_families'),
    ]

    operations = [
        migrations.AddField(
            model_name='concern',
            name='owner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.worker'),
        ),
        migrations.AddField(
            model_name='concern',
            name='subjects',
            field=models.ManyToManyField(related_name='+', to='accounts.worker'),
        ),
    ]

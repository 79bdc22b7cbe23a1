# ruff: noqa: E501

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_signing_in'),
        ('equality', '0004_concerns_name_people'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuarterTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('step', 'Step'), ('clock', 'Clock')], max_length=5)),
                ('measure', models.CharField(max_length=100)),
                ('dimension', models.CharField(max_length=30)),
                ('group', models.CharField(max_length=80)),
                ('unaccompanied', models.BooleanField(default=False)),
                ('quarter', models.DateField()),
                ('until', models.DateField()),
                ('of', models.PositiveIntegerField(default=0)),
                ('reached', models.PositiveIntegerField(default=0)),
                ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.team')),
            ],
            options={
                'indexes': [models.Index(fields=['measure', 'dimension', 'team', 'quarter'], name='quarter_tally_by_measure')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reached__lte', models.F('of'))), name='quarter_tally_counts_parts_of_wholes')],
            },
        ),
    ]

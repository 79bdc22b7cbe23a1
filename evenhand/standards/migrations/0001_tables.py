import django.db.models.deletion
from django.db import migrations, models

from evenhand.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Standing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('standard', models.CharField(max_length=100)),
                    ('subject', models.CharField(max_length=40)),
                    ('subject_id', models.BigIntegerField()),
                    ('cycle', models.PositiveSmallIntegerField()),
                    ('anchor_on', models.DateField(null=True)),
                    ('due_on', models.DateField(null=True)),
                    ('due_at', models.DateTimeField(null=True)),
                    ('due_from_at', models.DateTimeField(null=True)),
                    ('done_on', models.DateField(null=True)),
                    ('done_at', models.DateTimeField(null=True)),
                    ('excused_by', models.CharField(blank=True, max_length=80)),
                    ('not_recorded', models.BooleanField(default=False)),
                    ('provisional', models.BooleanField(default=False)),
                    ('kind', models.PositiveSmallIntegerField(choices=[(0, 'Not Done'), (1, 'Done In Time'), (2, 'Done Late'), (3, 'Excused'), (4, 'Day Only'), (5, 'Not Recorded')])),
                    ('pack_digest', models.CharField(max_length=16)),
                    ('digest', models.BigIntegerField()),
                    ('child', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='standings', to='people.child')),
                    ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.team')),
                    ('worker', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.worker')),
                ],
                options={
                    'indexes': [models.Index(fields=['child', 'kind', 'due_on'], name='standing_by_child'), models.Index(fields=['team', 'kind', 'due_on'], name='standing_by_team'), models.Index(fields=['team', 'standard', 'kind', 'due_on'], name='standing_by_team_standard'), models.Index(fields=['standard', 'kind', 'due_on'], name='standing_by_standard')],
                    'constraints': [models.UniqueConstraint(fields=('standard', 'subject_id', 'cycle'), name='one_standing_of_a_cycle')],
                },
            ),
            migrations.CreateModel(
                name='StandingTally',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('standard', models.CharField(max_length=100)),
                    ('month', models.DateField()),
                    ('kept', models.PositiveIntegerField(default=0)),
                    ('kept_late', models.PositiveIntegerField(default=0)),
                    ('late', models.PositiveIntegerField(default=0)),
                    ('open', models.PositiveIntegerField(default=0)),
                    ('not_known', models.PositiveIntegerField(default=0)),
                    ('not_recorded', models.PositiveIntegerField(default=0)),
                    ('excused', models.PositiveIntegerField(default=0)),
                    ('as_at', models.DateField()),
                    ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.team')),
                ],
                options={
                    'indexes': [models.Index(fields=['team', 'month'], name='tally_by_team')],
                    'constraints': [models.UniqueConstraint(fields=('standard', 'team', 'month'), name='one_tally_of_a_team'), models.UniqueConstraint(condition=models.Q(('team__isnull', True)), fields=('standard', 'month'), name='one_tally_of_the_authority')],
                },
            ),
        ]),
    ]

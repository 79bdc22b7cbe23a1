import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from evenhand.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Concern',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('received_on', models.DateField()),
                    ('ground', models.CharField(max_length=60)),
                    ('characteristic', models.CharField(blank=True, max_length=60)),
                    ('what_happened', models.TextField()),
                    ('direct', models.BooleanField(null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.worker')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('subjects', models.ManyToManyField(related_name='+', to='accounts.worker')),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                ],
                options={
                    'indexes': [models.Index(fields=['ground', 'received_on'], name='concern_by_ground')],
                },
            ),
            migrations.CreateModel(
                name='GroupTally',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('step', 'Step'), ('clock', 'Clock')], max_length=5)),
                    ('measure', models.CharField(max_length=100)),
                    ('dimension', models.CharField(max_length=30)),
                    ('group', models.CharField(max_length=80)),
                    ('period', models.CharField(choices=[('year', 'Year'), ('before', 'Before')], max_length=6)),
                    ('unaccompanied', models.BooleanField(default=False)),
                    ('since', models.DateField()),
                    ('until', models.DateField()),
                    ('of', models.PositiveIntegerField(default=0)),
                    ('reached', models.PositiveIntegerField(default=0)),
                    ('waiting', models.PositiveIntegerField(default=0)),
                    ('unjudged', models.PositiveIntegerField(default=0)),
                    ('of_squared', models.PositiveBigIntegerField(default=0)),
                    ('reached_squared', models.PositiveBigIntegerField(default=0)),
                    ('reached_by_of', models.PositiveBigIntegerField(default=0)),
                    ('as_at', models.DateField()),
                    ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.team')),
                ],
                options={
                    'indexes': [models.Index(fields=['team', 'dimension', 'kind', 'period'], name='group_tally_by_dimension'), models.Index(fields=['team', 'measure'], name='group_tally_by_measure')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('reached__lte', models.F('of')), ('waiting__lte', models.F('reached'))), name='group_tally_counts_parts_of_wholes')],
                },
            ),
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
            migrations.CreateModel(
                name='Release',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('state', models.CharField(choices=[('proposed', 'Proposed'), ('released', 'Released'), ('sent back', 'Sent Back'), ('withdrawn', 'Withdrawn')], default='released', max_length=9)),
                    ('kind', models.CharField(choices=[('step', 'Step'), ('clock', 'Clock')], max_length=5)),
                    ('measure', models.CharField(max_length=100)),
                    ('dimension', models.CharField(max_length=30)),
                    ('title', models.CharField(max_length=300)),
                    ('figures', models.JSONField()),
                    ('notes', models.JSONField(default=list)),
                    ('told', models.JSONField(default=dict)),
                    ('profile', models.CharField(blank=True, max_length=30)),
                    ('for_whom', models.CharField(max_length=200)),
                    ('why', models.CharField(blank=True, max_length=1000)),
                    ('as_at', models.DateField()),
                    ('proposed_at', models.DateTimeField(null=True)),
                    ('released_at', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('ended_because', models.CharField(blank=True, max_length=1000)),
                    ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('released_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('proposed_by', None), ('released_by', None), models.Q(('proposed_by', models.F('released_by')), _negated=True), _connector='OR'), name='release_nobody_releases_alone'), models.CheckConstraint(condition=models.Q(models.Q(('released_at__isnull', False), ('state__in', ['released', 'withdrawn'])), models.Q(('released_at', None), ('state__in', ['proposed', 'sent back'])), _connector='OR'), name='release_left_when_it_was_released')],
                },
            ),
            migrations.CreateModel(
                name='ServedTally',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('service', models.CharField(max_length=60)),
                    ('dimension', models.CharField(max_length=30)),
                    ('group', models.CharField(max_length=80)),
                    ('unaccompanied', models.BooleanField(default=False)),
                    ('children', models.PositiveIntegerField()),
                ],
                options={
                    'indexes': [models.Index(fields=['service', 'dimension'], name='served_tally_by_service')],
                },
            ),
            migrations.CreateModel(
                name='CrossTally',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('measure', models.CharField(max_length=100)),
                    ('body', models.JSONField()),
                    ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.team')),
                ],
                options={
                    'indexes': [models.Index(fields=['measure', 'team'], name='cross_tally_by_measure')],
                },
            ),
            migrations.CreateModel(
                name='WaitTally',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('measure', models.CharField(max_length=100)),
                    ('dimension', models.CharField(max_length=30)),
                    ('until', models.DateField()),
                    ('body', models.JSONField()),
                    ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.team')),
                ],
                options={
                    'indexes': [models.Index(fields=['measure', 'dimension', 'team'], name='wait_tally_by_measure')],
                },
            ),
        ]),
    ]

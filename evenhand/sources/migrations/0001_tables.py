import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from evenhand.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Source',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=30, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('rank', models.PositiveSmallIntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='ImportBatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('label', models.CharField(max_length=255)),
                    ('started_at', models.DateTimeField()),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('progress', models.CharField(choices=[('reading', 'Reading'), ('merged', 'Merged'), ('refused', 'Refused'), ('stopped', 'Stopped')], max_length=10)),
                    ('as_at', models.DateField(null=True)),
                    ('sentence', models.TextField(blank=True)),
                    ('format', models.CharField(default='ssd', max_length=20)),
                    ('reckoned_at', models.DateTimeField(null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='sources.source')),
                ],
            ),
            migrations.CreateModel(
                name='Coverage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('fact', models.CharField(max_length=80)),
                    ('complete_from', models.DateField(null=True)),
                    ('complete_to', models.DateField(null=True)),
                    ('latest_only', models.BooleanField(default=False)),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coverage', to='sources.importbatch')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coverage', to='sources.source')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('source', 'fact'), name='one_coverage_of_a_fact')],
                },
            ),
            migrations.CreateModel(
                name='Difference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('kind', models.CharField(max_length=40)),
                    ('target', models.CharField(max_length=60)),
                    ('target_id', models.BigIntegerField()),
                    ('child_id', models.BigIntegerField(null=True)),
                    ('field', models.CharField(blank=True, max_length=60)),
                    ('held', models.CharField(blank=True, max_length=500)),
                    ('told', models.CharField(blank=True, max_length=500)),
                    ('standing', models.CharField(choices=[('open', 'Open'), ('settled', 'Settled'), ('gone', 'Gone')], default='open', max_length=10)),
                    ('decision', models.CharField(blank=True, max_length=20)),
                    ('reason', models.TextField(blank=True)),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='differences', to='sources.importbatch')),
                    ('believed', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.source')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='differences', to='sources.source')),
                ],
                options={
                    'indexes': [models.Index(fields=['standing', 'kind'], name='difference_by_standing'), models.Index(fields=['child_id'], name='difference_by_child')],
                    'constraints': [models.UniqueConstraint(fields=('source', 'target', 'target_id', 'field'), name='one_difference_of_a_field')],
                },
            ),
            migrations.CreateModel(
                name='FolderWatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('folder', models.CharField(max_length=255, unique=True)),
                    ('weekdays', models.JSONField(default=list)),
                    ('by_time', models.TimeField()),
                    ('is_active', models.BooleanField(default=True)),
                    ('looked_at', models.DateTimeField(null=True)),
                    ('arrived_at', models.DateTimeField(null=True)),
                    ('sentence', models.TextField(blank=True)),
                    ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='sources.importbatch')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='watches', to='sources.source')),
                ],
            ),
            migrations.CreateModel(
                name='ImportFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=255)),
                    ('kind', models.CharField(max_length=60)),
                    ('sha256', models.CharField(max_length=64)),
                    ('encoding', models.CharField(max_length=20)),
                    ('covers_from', models.DateField(null=True)),
                    ('covers_to', models.DateField(null=True)),
                    ('rows_read', models.PositiveIntegerField(default=0)),
                    ('created', models.PositiveIntegerField(default=0)),
                    ('changed', models.PositiveIntegerField(default=0)),
                    ('unchanged', models.PositiveIntegerField(default=0)),
                    ('duplicate', models.PositiveIntegerField(default=0)),
                    ('folded', models.PositiveIntegerField(default=0)),
                    ('ignored', models.PositiveIntegerField(default=0)),
                    ('quarantined', models.PositiveIntegerField(default=0)),
                    ('withdrawn', models.PositiveIntegerField(default=0)),
                    ('returned', models.PositiveIntegerField(default=0)),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='sources.importbatch')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('rows_read', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('created'), '+', models.F('changed')), '+', models.F('unchanged')), '+', models.F('duplicate')), '+', models.F('folded')), '+', models.F('ignored')), '+', models.F('quarantined')))), name='fates_sum_to_the_rows_read')],
                },
            ),
            migrations.CreateModel(
                name='Mend',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('table', models.CharField(max_length=60)),
                    ('column', models.CharField(max_length=80)),
                    ('key', models.CharField(blank=True, max_length=120)),
                    ('found', models.CharField(max_length=500)),
                    ('value', models.CharField(max_length=500)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mends', to='sources.source')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('source', 'table', 'column', 'key', 'found'), name='one_mend_of_a_value')],
                },
            ),
            migrations.CreateModel(
                name='ReportMapping',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('kind', models.CharField(max_length=40)),
                    ('header', models.CharField(max_length=64)),
                    ('sheet', models.CharField(blank=True, max_length=80)),
                    ('columns', models.JSONField(default=dict)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('saved_at', models.DateTimeField()),
                    ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mappings', to='sources.source')),
                ],
                options={
                    'indexes': [models.Index(fields=['header'], name='mapping_by_header')],
                    'constraints': [models.UniqueConstraint(fields=('name',), name='one_mapping_of_a_name')],
                },
            ),
            migrations.CreateModel(
                name='RowFinding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('line', models.PositiveIntegerField()),
                    ('fate', models.CharField(max_length=12)),
                    ('rule', models.CharField(max_length=12)),
                    ('key', models.CharField(blank=True, max_length=120)),
                    ('field', models.CharField(blank=True, max_length=80)),
                    ('found', models.CharField(blank=True, max_length=500)),
                    ('sentence', models.TextField()),
                    ('remedy', models.TextField(blank=True)),
                    ('row', models.JSONField(default=dict)),
                    ('standing', models.CharField(choices=[('open', 'Open'), ('mended', 'Mended'), ('discarded', 'Discarded'), ('noted', 'Noted')], max_length=10)),
                    ('mended_at', models.DateTimeField(null=True)),
                    ('reason', models.TextField(blank=True)),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='sources.importfile')),
                    ('mended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['standing', 'file'], name='finding_by_standing'), models.Index(fields=['rule', 'found'], name='finding_by_value')],
                },
            ),
            migrations.CreateModel(
                name='SourceRank',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40)),
                    ('rank', models.PositiveSmallIntegerField()),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ranks', to='sources.source')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('source', 'kind'), name='one_rank_for_a_kind')],
                },
            ),
            migrations.CreateModel(
                name='SourceReference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40)),
                    ('key', models.CharField(max_length=120)),
                    ('target', models.CharField(max_length=60)),
                    ('target_id', models.BigIntegerField()),
                    ('last_batch_id', models.BigIntegerField()),
                    ('withdrawn_in_id', models.BigIntegerField(null=True)),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='sources.source')),
                ],
                options={
                    'indexes': [models.Index(fields=['target', 'target_id'], name='reference_by_target')],
                    'constraints': [models.UniqueConstraint(fields=('source', 'kind', 'key'), name='one_target_for_a_key')],
                },
            ),
        ]),
    ]

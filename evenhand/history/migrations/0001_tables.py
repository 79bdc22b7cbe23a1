import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from evenhand.history import locks
from evenhand.tables import CreateTables


def install(apps, schema_editor):
    locks.install(schema_editor.connection)


def remove(apps, schema_editor):
    locks.remove(schema_editor.connection)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('salt', models.CharField(db_default='', default='', max_length=32)),
                    ('digest', models.CharField(db_default='', default='', max_length=64)),
                    ('mac', models.CharField(db_default='', default='', max_length=64)),
                    ('transaction', models.BigIntegerField(db_default=0, db_index=True, default=0)),
                    ('at', models.DateTimeField()),
                    ('action', models.CharField(max_length=60)),
                    ('subject', models.CharField(max_length=60)),
                    ('subject_id', models.BigIntegerField(null=True)),
                    ('child_id', models.BigIntegerField(null=True)),
                    ('import_batch_id', models.BigIntegerField(null=True)),
                    ('reason', models.TextField(blank=True)),
                    ('changes', models.JSONField(default=dict)),
                    ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['child_id', '-at'], name='entry_by_child'), models.Index(fields=['subject', 'subject_id', '-at'], name='entry_by_subject'), models.Index(fields=['import_batch_id'], name='entry_by_batch')],
                },
            ),
            migrations.CreateModel(
                name='Seal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('after', models.BigIntegerField()),
                    ('upto', models.BigIntegerField(unique=True)),
                    ('count', models.PositiveIntegerField()),
                    ('previous', models.CharField(blank=True, max_length=64)),
                    ('digest', models.CharField(max_length=64)),
                    ('scheme', models.PositiveSmallIntegerField(db_default=1, default=1)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('upto__gt', models.F('after'))), name='seal_covers_a_run')],
                },
            ),
            migrations.CreateModel(
                name='View',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('salt', models.CharField(db_default='', default='', max_length=32)),
                    ('digest', models.CharField(db_default='', default='', max_length=64)),
                    ('mac', models.CharField(db_default='', default='', max_length=64)),
                    ('transaction', models.BigIntegerField(db_default=0, db_index=True, default=0)),
                    ('at', models.DateTimeField()),
                    ('user_id', models.BigIntegerField()),
                    ('child_id', models.BigIntegerField()),
                    ('page', models.CharField(max_length=80)),
                    ('why', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'indexes': [models.Index(fields=['child_id', '-at'], name='view_by_child')],
                },
            ),
            migrations.CreateModel(
                name='ViewSeal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('after', models.BigIntegerField()),
                    ('upto', models.BigIntegerField(unique=True)),
                    ('count', models.PositiveIntegerField()),
                    ('previous', models.CharField(blank=True, max_length=64)),
                    ('digest', models.CharField(max_length=64)),
                    ('scheme', models.PositiveSmallIntegerField(db_default=1, default=1)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('upto__gt', models.F('after'))), name='view_seal_covers_a_run')],
                },
            ),
        ]),
        migrations.RunPython(install, remove),
        # The log of views has a file of its own on SQLite.
        migrations.RunPython(install, remove, hints={'model_name': 'view'}),
    ]

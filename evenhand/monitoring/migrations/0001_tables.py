from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from evenhand.tables import CreateTables

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

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('people', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Baseline',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('name', models.CharField(max_length=100, unique=True)),
                    ('as_at', models.DateField()),
                    ('body', models.JSONField()),
                    ('digest', models.CharField(max_length=64)),
                    ('pack_digest', models.CharField(max_length=64)),
                    ('frozen_at', models.DateTimeField()),
                    ('frozen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='BenchmarkFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('source', models.CharField(max_length=300)),
                    ('licence', models.CharField(max_length=200)),
                    ('rows', models.PositiveIntegerField()),
                    ('imported_at', models.DateTimeField()),
                    ('imported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Benchmark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('indicator', models.CharField(max_length=60)),
                    ('period', models.CharField(max_length=30)),
                    ('group', models.CharField(blank=True, max_length=80)),
                    ('authority', models.CharField(max_length=100)),
                    ('value', models.DecimalField(decimal_places=3, max_digits=12)),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='monitoring.benchmarkfile')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('indicator', 'period', 'group', 'authority'), name='one_value_of_an_authority_and_period')],
                },
            ),
            migrations.CreateModel(
                name='Judgement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('area', models.CharField(max_length=60)),
                    ('given', models.CharField(max_length=100)),
                    ('judged_on', models.DateField()),
                    ('source', models.CharField(max_length=300)),
                    ('entered_in_error', models.BooleanField(default=False)),
                    ('recorded_at', models.DateTimeField()),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='MonitoringRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('dataset', models.CharField(max_length=60)),
                    ('done_on', models.DateField()),
                    ('words', models.TextField()),
                    ('counted', models.PositiveIntegerField()),
                    ('asked', models.PositiveIntegerField()),
                    ('known', models.PositiveIntegerField()),
                    ('recorded_at', models.DateTimeField()),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['dataset', 'done_on'], name='run_by_dataset')],
                },
            ),
            migrations.CreateModel(
                name='Provision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('need', models.CharField(max_length=60)),
                    ('service', models.CharField(max_length=60)),
                    ('outcome', models.CharField(choices=[('supplied', 'It is supplied'), ('waiting', 'It is asked for, and they wait'), ('not there', 'There is no such service for them')], max_length=10)),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField(null=True)),
                    ('entered_in_error', models.BooleanField(default=False)),
                    ('recorded_at', models.DateTimeField()),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='provisions', to='people.child')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['need', 'child'], name='provision_by_need')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='provision_ends_after_it_starts')],
                },
            ),
            migrations.CreateModel(
                name='Resource',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('kind', models.CharField(max_length=100)),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField()),
                    ('told_by', models.CharField(max_length=200)),
                    ('decision', models.TextField(blank=True)),
                    ('decided_on', models.DateField(null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('kind', 'starts_on', 'ends_on'), name='one_share_out_of_a_kind_and_period'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='resource_ends_after_it_starts')],
                },
            ),
            migrations.CreateModel(
                name='ResourceShare',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.DecimalField(decimal_places=2, max_digits=14)),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                    ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='monitoring.resource')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('resource', 'area'), name='one_share_of_an_area'), models.CheckConstraint(condition=models.Q(('number__gte', 0)), name='a_share_is_no_debt')],
                },
            ),
            migrations.CreateModel(
                name='NeedTally',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('way', models.CharField(max_length=30)),
                    ('group', models.CharField(max_length=80)),
                    ('what', models.CharField(max_length=80)),
                    ('children', models.PositiveIntegerField()),
                    ('as_at', models.DateField()),
                    ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.team')),
                ],
                options={
                    'indexes': [models.Index(fields=['team', 'way'], name='need_tally_by_team')],
                },
            ),
            migrations.CreateModel(
                name='ServiceWaitTally',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('dimension', models.CharField(max_length=30)),
                    ('body', models.JSONField()),
                    ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.team')),
                ],
                options={
                    'indexes': [models.Index(fields=['dimension', 'team'], name='service_wait_by_dimension')],
                },
            ),
        ]),
        migrations.RunPython(install, remove),
    ]

# ruff: noqa: E501

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_adoption'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('postcode', models.CharField(max_length=8, unique=True)),
                ('decile', models.PositiveSmallIntegerField(null=True)),
                ('rural', models.CharField(blank=True, choices=[('rural', 'Rural'), ('urban', 'Urban')], max_length=5)),
                ('locality', models.CharField(blank=True, max_length=80)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('decile__isnull', True), ('decile__range', (1, 10)), _connector='OR'), name='a_decile_is_one_of_ten')],
            },
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('postcode', models.CharField(blank=True, max_length=8)),
                ('starts_on', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('withdrawn', models.BooleanField(default=False)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='people.child')),
            ],
            options={
                'indexes': [models.Index(fields=['postcode'], name='address_by_postcode')],
            },
        ),
        migrations.CreateModel(
            name='MonitoringObjection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_by', models.CharField(choices=[('child', 'The child or young person'), ('parent', 'A parent or carer, for the child')], max_length=6)),
                ('said_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_by', models.CharField(blank=True, choices=[('child', 'The child or young person'), ('parent', 'A parent or carer, for the child')], max_length=6)),
                ('withdrawn_on', models.DateField(null=True)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='monitoring_objections', to='people.child')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawal_recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_on__isnull', True)), fields=('child',), name='one_objection_of_a_child_at_a_time'), models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('withdrawn_on__gte', models.F('said_on')), _connector='OR'), name='an_objection_is_withdrawn_after_it_is_made')],
            },
        ),
    ]

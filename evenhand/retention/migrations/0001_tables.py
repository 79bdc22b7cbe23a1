import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from evenhand.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('people', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Certificate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('ground', models.CharField(max_length=30)),
                    ('rule', models.CharField(blank=True, max_length=60)),
                    ('basis', models.CharField(blank=True, max_length=20)),
                    ('citation', models.CharField(blank=True, max_length=300)),
                    ('pack_digest', models.CharField(max_length=16)),
                    ('rows', models.JSONField(default=dict)),
                    ('records', models.JSONField(default=list)),
                    ('keys', models.JSONField(default=list)),
                    ('decided_at', models.DateTimeField()),
                    ('made_at', models.DateTimeField()),
                    ('digest', models.CharField(max_length=64)),
                    ('scrubbed_at', models.DateTimeField(null=True)),
                    ('confirmed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['-made_at'], name='certificate_by_day')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('decided_by')), _negated=True), name='another_person_confirms_a_disposal')],
                },
            ),
            migrations.CreateModel(
                name='Correction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('target', models.CharField(max_length=60)),
                    ('target_id', models.BigIntegerField()),
                    ('field', models.CharField(max_length=60)),
                    ('held', models.CharField(blank=True, max_length=500)),
                    ('what_is_wrong', models.TextField()),
                    ('what_is_right', models.TextField()),
                    ('asked_by', models.CharField(max_length=200)),
                    ('received_on', models.DateField()),
                    ('standing', models.CharField(choices=[('asked', 'Asked'), ('at source', 'At Source'), ('corrected', 'Corrected'), ('refused', 'Refused')], default='asked', max_length=10)),
                    ('recorded_at', models.DateTimeField()),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('reason', models.TextField(blank=True)),
                    ('told_on', models.DateField(null=True)),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='people.child')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['standing', 'received_on'], name='correction_by_standing')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), ('standing', 'refused'), _negated=True), name='a_refusal_has_its_reasons')],
                },
            ),
            migrations.CreateModel(
                name='Decision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('what', models.CharField(choices=[('dispose', 'Dispose'), ('keep', 'Keep')], max_length=10)),
                    ('ground', models.CharField(max_length=30)),
                    ('reason', models.TextField()),
                    ('rule', models.CharField(blank=True, max_length=60)),
                    ('until', models.DateField(null=True)),
                    ('review_on', models.DateField(null=True)),
                    ('standing', models.CharField(choices=[('waiting', 'Waiting'), ('kept', 'Kept'), ('turned down', 'Turned Down')], max_length=12)),
                    ('decided_at', models.DateTimeField()),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('answer', models.TextField(blank=True)),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retention_decisions', to='people.child')),
                    ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['standing', 'decided_at'], name='decision_by_standing')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('standing', 'waiting')), fields=('child',), name='one_disposal_waits_for_a_child'), models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('decided_by')), _negated=True), _connector='OR'), name='another_person_answers_a_disposal')],
                },
            ),
            migrations.CreateModel(
                name='Filing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('target', models.CharField(max_length=60)),
                    ('target_id', models.BigIntegerField()),
                    ('reference', models.CharField(blank=True, max_length=120)),
                    ('not_filed_because', models.TextField(blank=True)),
                    ('filed_on', models.DateField()),
                    ('filed_at', models.DateTimeField()),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retention_filings', to='people.child')),
                    ('filed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('target', 'target_id'), name='filed_once'), models.CheckConstraint(condition=models.Q(('not_filed_because', ''), ('reference', ''), _negated=True), name='filed_somewhere_or_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='Hold',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('reason', models.TextField()),
                    ('starts_on', models.DateField()),
                    ('review_on', models.DateField()),
                    ('placed_at', models.DateTimeField()),
                    ('released_at', models.DateTimeField(null=True)),
                    ('released_because', models.TextField(blank=True)),
                    ('child', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='retention_holds', to='people.child')),
                    ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('released_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('review_on__gte', models.F('starts_on'))), name='hold_is_reviewed_after_it_starts'), models.CheckConstraint(condition=models.Q(('released_at__isnull', True), models.Q(('released_because', ''), _negated=True), _connector='OR'), name='a_hold_is_released_with_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='RetentionDate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('until', models.DateField(null=True)),
                    ('rule', models.CharField(max_length=60)),
                    ('reason', models.CharField(max_length=30)),
                    ('worked_out_at', models.DateTimeField()),
                    ('child', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.child')),
                ],
                options={
                    'indexes': [models.Index(fields=['until'], name='retention_by_until')],
                },
            ),
            migrations.CreateModel(
                name='WithdrawnReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('target', models.CharField(max_length=60)),
                    ('target_id', models.BigIntegerField()),
                    ('reason', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('target', 'target_id'), name='one_review_of_a_row')],
                },
            ),
        ]),
    ]

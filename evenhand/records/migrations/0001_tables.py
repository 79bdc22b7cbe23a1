import django.db.models.deletion
import evenhand.secrecy.fields
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
                name='RecordsRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('received_on', models.DateField()),
                    ('came_by', models.CharField(max_length=60)),
                    ('asked_by', models.CharField(max_length=40)),
                    ('asker_name', models.CharField(blank=True, max_length=200)),
                    ('wanted', models.TextField(max_length=2000)),
                    ('authority', models.CharField(blank=True, max_length=300)),
                    ('authority_on', models.DateField(null=True)),
                    ('identity_asked_on', models.DateField(null=True)),
                    ('identity_shown_on', models.DateField(null=True)),
                    ('identity_by', models.CharField(blank=True, max_length=60)),
                    ('extension_told_on', models.DateField(null=True)),
                    ('extension_why', models.TextField(blank=True, max_length=2000)),
                    ('decision', models.CharField(blank=True, choices=[('', 'Not decided yet'), ('whole', 'Given in full'), ('part', 'Given in part'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn by who asked')], max_length=10)),
                    ('decision_why', models.TextField(blank=True, max_length=2000)),
                    ('answered_on', models.DateField(null=True)),
                    ('given_by', models.CharField(blank=True, max_length=60)),
                    ('due_on', models.DateField(null=True)),
                    ('extended', models.BooleanField(default=False)),
                    ('paused', models.BooleanField(default=False)),
                    ('stopped', models.BooleanField(default=False)),
                    ('recorded_at', models.DateTimeField()),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records_requests', to='people.child')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['answered_on', 'due_on'], name='records_request_by_due')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('answered_on', None), models.Q(('decision', ''), _negated=True), _connector='OR'), name='what_is_answered_is_decided')],
                },
            ),
            migrations.CreateModel(
                name='Bundle',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('contents', evenhand.secrecy.fields.SealedTextField(bound_to='ref')),
                    ('letter', models.JSONField(default=list)),
                    ('pdf', evenhand.secrecy.fields.SealedTextField(blank=True, bound_to='ref')),
                    ('archive', evenhand.secrecy.fields.SealedTextField(blank=True, bound_to='ref')),
                    ('digest', models.CharField(blank=True, max_length=64)),
                    ('prepared_at', models.DateTimeField()),
                    ('released_at', models.DateTimeField(null=True)),
                    ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('released_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bundles', to='records.recordsrequest')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('released_at__isnull', False)), fields=('request',), name='one_bundle_is_released'), models.CheckConstraint(condition=models.Q(('released_by', None), models.Q(('released_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='another_person_releases')],
                },
            ),
            migrations.CreateModel(
                name='ChildsWish',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('asked_on', models.DateField()),
                    ('understands', models.BooleanField(null=True)),
                    ('wish', models.CharField(choices=[('agrees', 'They agree'), ('refuses', 'They do not want it'), ('not said', 'They did not say')], max_length=10)),
                    ('words', models.TextField(blank=True, max_length=2000)),
                    ('own_answers', models.BooleanField(default=False)),
                    ('recorded_at', models.DateTimeField()),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='records.recordsrequest')),
                ],
            ),
            migrations.CreateModel(
                name='Clarification',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('asked_on', models.DateField()),
                    ('asked', models.TextField(max_length=2000)),
                    ('answered_on', models.DateField(null=True)),
                    ('answer', models.TextField(blank=True, max_length=2000)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clarifications', to='records.recordsrequest')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('answered_on', None)), fields=('request',), name='one_open_clarification'), models.CheckConstraint(condition=models.Q(('answered_on', None), ('answered_on__gte', models.F('asked_on')), _connector='OR'), name='clarified_after_asking')],
                },
            ),
            migrations.CreateModel(
                name='DataComplaint',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('received_on', models.DateField()),
                    ('came_by', models.CharField(max_length=60)),
                    ('from_name', models.CharField(blank=True, max_length=200)),
                    ('about', models.TextField(max_length=2000)),
                    ('acknowledged_on', models.DateField(null=True)),
                    ('outcome_told_on', models.DateField(null=True)),
                    ('outcome', models.TextField(blank=True, max_length=2000)),
                    ('recorded_at', models.DateTimeField()),
                    ('child', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='records.recordsrequest')),
                ],
            ),
            migrations.CreateModel(
                name='Mark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('number', models.PositiveIntegerField()),
                    ('kind', models.CharField(max_length=40)),
                    ('words', evenhand.secrecy.fields.SealedTextField(bound_to='ref')),
                    ('where', models.CharField(max_length=120)),
                    ('places', models.PositiveIntegerField(default=1)),
                    ('proposed', models.BooleanField()),
                    ('leave_out', models.BooleanField(null=True)),
                    ('why', models.TextField(blank=True, max_length=2000)),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('bundle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='records.bundle')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('bundle', 'number'), name='one_mark_of_a_number')],
                },
            ),
            migrations.CreateModel(
                name='Progress',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('told_on', models.DateField()),
                    ('words', models.TextField(max_length=2000)),
                    ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='records.datacomplaint')),
                    ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Withholding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('exemption', models.CharField(max_length=40)),
                    ('what', models.TextField(max_length=2000)),
                    ('why', models.TextField(max_length=2000)),
                    ('opinion_of', models.CharField(blank=True, max_length=200)),
                    ('opinion_on', models.DateField(null=True)),
                    ('tell', models.BooleanField(default=True)),
                    ('decided_at', models.DateTimeField()),
                    ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withholdings', to='records.recordsrequest')),
                ],
            ),
        ]),
    ]

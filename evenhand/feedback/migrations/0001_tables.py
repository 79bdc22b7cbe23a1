import django.db.models.deletion
import evenhand.secrecy.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from evenhand.tables import CreateTables


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
                name='Barrier',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('code', models.CharField(max_length=40)),
                    ('service', models.CharField(blank=True, max_length=40)),
                    ('group', models.CharField(blank=True, max_length=40)),
                    ('cause', models.CharField(blank=True, max_length=40)),
                    ('status', models.CharField(default='open', max_length=20)),
                    ('action_words', models.TextField(blank=True)),
                    ('version', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('code', 'service', 'group', 'cause'), name='one_barrier_of_a_kind')],
                },
            ),
            migrations.CreateModel(
                name='BarrierMet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('target', models.CharField(blank=True, max_length=60)),
                    ('target_id', models.BigIntegerField(null=True)),
                    ('met_on', models.DateField(verbose_name='told on')),
                    ('words', evenhand.secrecy.fields.SealedTextField(blank=True, bound_to='ref', verbose_name='in their words')),
                    ('would_help', evenhand.secrecy.fields.SealedTextField(blank=True, bound_to='ref', verbose_name='what would help')),
                    ('contact', models.CharField(blank=True, max_length=200, verbose_name='person to contact')),
                    ('another_worker', models.BooleanField(null=True, verbose_name='another worker wanted')),
                    ('task', models.CharField(blank=True, max_length=12)),
                    ('reply', models.TextField(blank=True, verbose_name='what they were answered')),
                    ('replied_on', models.DateField(null=True, verbose_name='answered on')),
                    ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                    ('entered_in_error', models.BooleanField(default=False, verbose_name='entered in error')),
                    ('barrier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='met', to='feedback.barrier')),
                    ('child', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                ],
                options={
                    'verbose_name': 'barrier met',
                    'indexes': [models.Index(fields=['met_on', 'team'], name='barrier_met_by_day'), models.Index(fields=['child', '-met_on'], name='barrier_met_by_child')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('target', ''), ('target_id', None)), models.Q(models.Q(('target', ''), _negated=True), ('target_id__isnull', False)), _connector='OR'), name='barrier_is_fastened_whole')],
                },
            ),
            migrations.CreateModel(
                name='DiscriminationMet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('target', models.CharField(blank=True, max_length=60)),
                    ('target_id', models.BigIntegerField(null=True)),
                    ('noted_on', models.DateField(verbose_name='told on')),
                    ('ground', evenhand.secrecy.fields.SealedTextField(bound_to='ref', verbose_name='ground')),
                    ('form', models.CharField(blank=True, max_length=40, verbose_name='form')),
                    ('happened', evenhand.secrecy.fields.SealedTextField(blank=True, bound_to='ref', verbose_name='what happened')),
                    ('impact', evenhand.secrecy.fields.SealedTextField(blank=True, bound_to='ref', verbose_name='what it did')),
                    ('response', evenhand.secrecy.fields.SealedTextField(blank=True, bound_to='ref', verbose_name='what we did')),
                    ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                    ('entered_in_error', models.BooleanField(default=False, verbose_name='entered in error')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                ],
                options={
                    'verbose_name': 'discrimination met',
                    'indexes': [models.Index(fields=['noted_on', 'team'], name='discrimination_by_day'), models.Index(fields=['child', '-noted_on'], name='discrimination_by_child')],
                },
            ),
            migrations.CreateModel(
                name='Feedback',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('received_on', models.DateField(verbose_name='received on')),
                    ('respondent', models.CharField(max_length=30, verbose_name='who gave it')),
                    ('service', models.CharField(blank=True, max_length=40, verbose_name='service')),
                    ('theme', models.CharField(blank=True, max_length=40, verbose_name='what about')),
                    ('words', evenhand.secrecy.fields.SealedTextField(blank=True, bound_to='ref', verbose_name='in their words')),
                    ('confidence', models.CharField(blank=True, max_length=20, verbose_name='trust that needs will be met')),
                    ('considered_on', models.DateField(null=True, verbose_name='considered on')),
                    ('action_on', models.DateField(null=True, verbose_name='acted on')),
                    ('action_words', models.TextField(blank=True, verbose_name='what was done')),
                    ('answered_on', models.DateField(null=True, verbose_name='answered on')),
                    ('told_how', models.CharField(blank=True, max_length=40, verbose_name='how they were told')),
                    ('version', models.PositiveIntegerField(default=0)),
                    ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                    ('entered_in_error', models.BooleanField(default=False, verbose_name='entered in error')),
                    ('child', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child', verbose_name='child')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                ],
                options={
                    'verbose_name': 'feedback',
                    'indexes': [models.Index(fields=['received_on', 'team'], name='feedback_by_day'), models.Index(fields=['child', '-received_on'], name='feedback_by_child')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_on', None), ('told_how', '')), models.Q(('answered_on__isnull', False), models.Q(('told_how', ''), _negated=True)), _connector='OR'), name='an_answer_says_how_they_were_told')],
                },
            ),
            migrations.CreateModel(
                name='Survey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('title', models.CharField(max_length=200)),
                    ('opened_on', models.DateField()),
                    ('closed_on', models.DateField(null=True)),
                    ('invited', models.PositiveIntegerField()),
                    ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('closed_on', None), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='survey_closes_after_it_opens')],
                },
            ),
            migrations.CreateModel(
                name='SurveyAnswer',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('groups', models.JSONField(default=dict)),
                    ('said', models.JSONField(default=dict)),
                    ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='feedback.survey')),
                ],
            ),
            migrations.CreateModel(
                name='SurveyInvitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('is_used', models.BooleanField(default=False)),
                    ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='feedback.survey')),
                ],
            ),
        ]),
    ]

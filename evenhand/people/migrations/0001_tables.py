import django.db.models.deletion
import django.db.models.functions.text
import evenhand.secrecy.fields
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
                name='Adult',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('forename', models.CharField(blank=True, max_length=100)),
                    ('surname', models.CharField(blank=True, max_length=255)),
                    ('born_on', models.DateField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='Child',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('forename', models.CharField(blank=True, max_length=100)),
                    ('surname', models.CharField(blank=True, max_length=255)),
                    ('born_on', models.DateField(null=True)),
                    ('expected_on', models.DateField(null=True)),
                    ('died_on', models.DateField(null=True)),
                    ('upn', models.CharField(blank=True, max_length=13)),
                    ('is_open', models.BooleanField(default=False)),
                    ('merged_into', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='accounts.team')),
                    ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='accounts.worker')),
                ],
                options={
                    'indexes': [models.Index(fields=['team', 'surname', 'forename'], name='child_by_team'), models.Index(fields=['worker', 'surname', 'forename'], name='child_by_worker'), models.Index(fields=['surname', 'forename'], name='child_by_name'), models.Index(fields=['is_open', 'team'], name='child_open_by_team'), models.Index(condition=models.Q(('is_open', True), ('merged_into__isnull', True)), fields=['surname', 'forename'], name='child_open_by_name'), models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='child_merged'), models.Index(django.db.models.functions.text.Lower('surname'), django.db.models.functions.text.Lower('forename'), name='child_by_lower_surname'), models.Index(django.db.models.functions.text.Lower('forename'), name='child_by_lower_forename')],
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
                name='AdoptionOrder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('made_on', models.DateField(null=True)),
                    ('child', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='adoption_order', to='people.child')),
                ],
            ),
            migrations.CreateModel(
                name='Family',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                ],
            ),
            migrations.CreateModel(
                name='FamilyMember',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='families', to='people.child')),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.family')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('family', 'child'), name='once_in_a_family')],
                },
            ),
            migrations.CreateModel(
                name='IdentityCampaign',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('title', models.CharField(max_length=120)),
                    ('characteristics', models.CharField(max_length=400)),
                    ('starts_on', models.DateField()),
                    ('target_on', models.DateField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('stopped_at', models.DateTimeField(null=True)),
                    ('stopped_because', models.TextField(blank=True)),
                    ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('target_on__gte', models.F('starts_on'))), name='campaign_ends_after_it_starts')],
                },
            ),
            migrations.CreateModel(
                name='IdentityCampaignItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('characteristic', models.CharField(max_length=40)),
                    ('outcome', models.CharField(choices=[('waiting', 'Waiting'), ('filled', 'Filled'), ('declined', 'Declined')], default='waiting', max_length=10)),
                    ('adult', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.adult')),
                    ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='people.identitycampaign')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.child')),
                    ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.worker')),
                ],
                options={
                    'indexes': [models.Index(fields=['campaign', 'outcome', 'worker'], name='item_by_outcome'), models.Index(fields=['child', 'characteristic'], name='item_by_child')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('adult__isnull', True)), fields=('campaign', 'child', 'characteristic'), name='once_in_a_campaign'), models.UniqueConstraint(condition=models.Q(('adult__isnull', False)), fields=('campaign', 'child', 'adult', 'characteristic'), name='once_in_a_campaign_of_an_adult')],
                },
            ),
            migrations.CreateModel(
                name='IdentityQuestion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('characteristic', models.CharField(max_length=40)),
                    ('state', models.CharField(max_length=30)),
                    ('ask_from', models.DateField(null=True)),
                    ('is_first', models.BooleanField(default=False)),
                    ('urgency', models.PositiveSmallIntegerField(default=0)),
                    ('adult', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.adult')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identity_questions', to='people.child')),
                    ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.team')),
                    ('worker', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.worker')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('is_first', True)), fields=['-urgency', '-child'], name='question_first'), models.Index(condition=models.Q(('is_first', True)), fields=['team', '-urgency', '-child'], name='question_first_by_team'), models.Index(condition=models.Q(('ask_from__isnull', False)), fields=['characteristic', '-urgency', '-child'], name='question_by_item'), models.Index(condition=models.Q(('ask_from__isnull', False)), fields=['characteristic', 'team', '-urgency', '-child'], name='question_by_item_and_team')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('adult__isnull', True)), fields=('child', 'characteristic'), name='one_question_about_a_child'), models.UniqueConstraint(condition=models.Q(('adult__isnull', False)), fields=('child', 'adult', 'characteristic'), name='one_question_about_an_adult')],
                },
            ),
            migrations.CreateModel(
                name='IdentityStatement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('characteristic', models.CharField(max_length=40)),
                    ('status', models.CharField(choices=[('answered', 'Answered'), ('declined', 'Declined'), ('awaiting', 'Awaiting'), ('not known', 'Not Known')], max_length=10)),
                    ('answer', evenhand.secrecy.fields.SealableTextField(blank=True, bound_to='ref')),
                    ('own_words', evenhand.secrecy.fields.SealedTextField(blank=True, bound_to='ref')),
                    ('said_by', models.CharField(choices=[('child', 'Child'), ('parent', 'Parent'), ('adult', 'Adult'), ('worker', 'Worker'), ('import', 'Import')], max_length=10)),
                    ('source', models.CharField(blank=True, max_length=30)),
                    ('asked_on', models.DateField(null=True)),
                    ('how', models.CharField(blank=True, max_length=60)),
                    ('may_see', models.CharField(blank=True, max_length=60)),
                    ('recorded_at', models.DateTimeField()),
                    ('import_batch_id', models.BigIntegerField(null=True)),
                    ('entered_in_error', models.BooleanField(default=False)),
                    ('adult', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='identity_statements', to='people.adult')),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('child', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='identity_statements', to='people.child')),
                ],
                options={
                    'indexes': [models.Index(fields=['child', 'characteristic', '-recorded_at'], name='statement_child')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('adult__isnull', True), ('child__isnull', False)), models.Q(('adult__isnull', False), ('child__isnull', True)), _connector='OR'), name='statement_is_about_one_person'), models.CheckConstraint(condition=models.Q(('answer', ''), ('own_words', ''), ('status', 'answered'), _negated=True), name='an_answer_says_something'), models.CheckConstraint(condition=models.Q(('may_see', ''), ('answer', ''), ('answer__startswith', 'sealed1:'), _connector='OR'), name='what_is_volunteered_is_sealed')],
                },
            ),
            migrations.CreateModel(
                name='IdentityStanding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('characteristic', models.CharField(max_length=40)),
                    ('status', models.CharField(choices=[('answered', 'Answered'), ('declined', 'Declined'), ('awaiting', 'Awaiting'), ('not known', 'Not Known')], max_length=10)),
                    ('answer', models.CharField(blank=True, max_length=200)),
                    ('said_by', models.CharField(max_length=10)),
                    ('asked_on', models.DateField(null=True)),
                    ('conflict', models.BooleanField(default=False)),
                    ('adult', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='identity_standings', to='people.adult')),
                    ('child', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='identity_standings', to='people.child')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.identitystatement')),
                ],
                options={
                    'indexes': [models.Index(fields=['characteristic', 'status', 'answer'], name='standing_by_answer'), models.Index(condition=models.Q(('conflict', True)), fields=['characteristic'], name='standing_in_conflict')],
                    'constraints': [models.UniqueConstraint(fields=('child', 'characteristic'), name='one_leading_statement_of_a_child'), models.UniqueConstraint(fields=('adult', 'characteristic'), name='one_leading_statement_of_an_adult')],
                },
            ),
            migrations.CreateModel(
                name='IdentityTally',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.CharField(max_length=10)),
                    ('characteristic', models.CharField(max_length=40)),
                    ('state', models.CharField(max_length=30)),
                    ('count', models.IntegerField(default=0)),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.team')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('team', 'person', 'characteristic', 'state'), name='one_identity_tally_of_a_team'), models.UniqueConstraint(condition=models.Q(('team__isnull', True)), fields=('person', 'characteristic', 'state'), name='one_identity_tally_of_no_team')],
                },
            ),
            migrations.CreateModel(
                name='Involvement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(blank=True, max_length=200)),
                    ('starts_on', models.DateField(null=True)),
                    ('ends_on', models.DateField(null=True)),
                    ('change_reason', models.CharField(blank=True, max_length=200)),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to='people.child')),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                    ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to='accounts.worker')),
                ],
                options={
                    'indexes': [models.Index(fields=['worker', 'ends_on'], name='involvement_by_worker'), models.Index(fields=['child', '-starts_on'], name='involvement_by_child')],
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
            migrations.CreateModel(
                name='OwnFamily',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('declared_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('adult', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adult')),
                    ('child', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                    ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('adult__isnull', True), ('child__isnull', False)), models.Q(('adult__isnull', False), ('child__isnull', True)), _connector='OR'), name='a_child_or_an_adult_is_family')],
                },
            ),
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
                name='Relationship',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=20)),
                    ('adult', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relationships', to='people.adult')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relationships', to='people.child')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('child', 'adult', 'kind'), name='one_relationship_of_a_kind')],
                },
            ),
            migrations.CreateModel(
                name='Restriction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('reason', models.CharField(max_length=40)),
                    ('because', models.TextField(blank=True)),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField(null=True)),
                    ('review_on', models.DateField()),
                    ('lifted_on', models.DateField(null=True)),
                    ('lifted_because', models.TextField(blank=True)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='people.child')),
                    ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('restricted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='restriction_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('lifted_on__isnull', True)), fields=('child',), name='one_restriction_of_a_child_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='RestrictionName',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_shut_out', models.BooleanField(default=False)),
                    ('restriction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='people.restriction')),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('team__isnull', True), ('user__isnull', False)), models.Q(('is_shut_out', False), ('team__isnull', False), ('user__isnull', True)), _connector='OR'), name='a_person_or_a_team_is_named'), models.UniqueConstraint(fields=('restriction', 'user'), name='a_person_is_named_once'), models.UniqueConstraint(fields=('restriction', 'team'), name='a_team_is_named_once')],
                },
            ),
            migrations.CreateModel(
                name='SettledDifference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('characteristic', models.CharField(max_length=40)),
                    ('answers', models.CharField(max_length=400)),
                    ('reason', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('adult', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.adult')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('child', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('adult__isnull', True), ('child__isnull', False)), models.Q(('adult__isnull', False), ('child__isnull', True)), _connector='OR'), name='difference_is_of_one_person')],
                },
            ),
            migrations.CreateModel(
                name='TemporaryAccess',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('reason', models.CharField(max_length=40)),
                    ('because', models.TextField()),
                    ('starts_at', models.DateTimeField()),
                    ('ends_at', models.DateTimeField()),
                    ('verdict', models.CharField(blank=True, choices=[('appropriate', 'Appropriate'), ('not appropriate', 'Not Appropriate')], max_length=15)),
                    ('verdict_because', models.TextField(blank=True)),
                    ('reviewed_at', models.DateTimeField(null=True)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                    ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['user', 'ends_at'], name='temporary_access_by_user')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='temporary_access_ends_after_it_starts')],
                },
            ),
        ]),
    ]

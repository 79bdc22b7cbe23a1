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
                name='CaseNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('held_on', models.DateField(null=True)),
                    ('entered_on', models.DateField(null=True)),
                    ('author', models.CharField(blank=True, max_length=100)),
                    ('kind', models.CharField(blank=True, max_length=100)),
                    ('length', models.PositiveIntegerField(null=True)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='CareLeaver',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('eligibility', models.CharField(blank=True, max_length=100)),
                    ('in_touch', models.CharField(blank=True, max_length=100)),
                    ('accommodation', models.CharField(blank=True, max_length=100)),
                    ('accommodation_suitable', models.CharField(blank=True, max_length=100)),
                    ('activity', models.CharField(blank=True, max_length=100)),
                    ('adviser', models.CharField(blank=True, max_length=100)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                    ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.worker')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='AdviserContact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('contacted_on', models.DateField()),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                    ('care_leaver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='casework.careleaver')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Contact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('received_on', models.DateField(null=True)),
                    ('source_code', models.CharField(blank=True, max_length=48)),
                    ('source_text', models.CharField(blank=True, max_length=255)),
                    ('outcome', models.JSONField(default=dict)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='EarlyHelpEpisode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('started_on', models.DateField(null=True)),
                    ('ended_on', models.DateField(null=True)),
                    ('reason', models.TextField(blank=True)),
                    ('end_reason', models.TextField(blank=True)),
                    ('organisation', models.TextField(blank=True)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                    ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.worker')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ImmigrationStatus',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('status', models.CharField(blank=True, max_length=100)),
                    ('started_on', models.DateField(null=True)),
                    ('ended_on', models.DateField(null=True)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='MissingEpisode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('started_on', models.DateField(null=True)),
                    ('ended_on', models.DateField(null=True)),
                    ('kind', models.CharField(blank=True, max_length=100)),
                    ('interview_offered', models.CharField(blank=True, max_length=2)),
                    ('interview_accepted', models.CharField(blank=True, max_length=2)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='PathwayPlanReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('reviewed_on', models.DateField()),
                    ('care_leaver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pathway_plan_reviews', to='casework.careleaver')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Referral',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('received_on', models.DateField(null=True)),
                    ('source_code', models.CharField(blank=True, max_length=48)),
                    ('source_text', models.CharField(blank=True, max_length=255)),
                    ('primary_need', models.CharField(blank=True, max_length=10)),
                    ('no_further_action', models.BooleanField(null=True)),
                    ('outcome', models.JSONField(default=dict)),
                    ('closed_on', models.DateField(null=True)),
                    ('close_reason', models.CharField(blank=True, max_length=100)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                    ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.worker')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Assessment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('started_on', models.DateField(null=True)),
                    ('authorised_on', models.DateField(null=True)),
                    ('child_seen', models.BooleanField(null=True)),
                    ('no_further_action', models.BooleanField(null=True)),
                    ('outcome', models.JSONField(default=dict)),
                    ('factors', models.JSONField(default=list)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                    ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.worker')),
                    ('referral', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='casework.referral')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='CarePeriod',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('started_on', models.DateField(null=True)),
                    ('ended_on', models.DateField(null=True)),
                    ('end_reason', models.CharField(blank=True, max_length=255)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                    ('referral', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.referral')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='LegalStatus',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('status', models.CharField(blank=True, max_length=100)),
                    ('started_on', models.DateField(null=True)),
                    ('ended_on', models.DateField(null=True)),
                    ('care_period', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='legal_statuses', to='casework.careperiod')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='LookedAfterReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('held_on', models.DateField(null=True)),
                    ('due_on', models.DateField(null=True)),
                    ('cancelled', models.BooleanField(null=True)),
                    ('participation', models.CharField(blank=True, max_length=100)),
                    ('care_period', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='casework.careperiod')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='NeedPlan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('started_on', models.DateField(null=True)),
                    ('ended_on', models.DateField(null=True)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                    ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.worker')),
                    ('referral', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='need_plans', to='casework.referral')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Placement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('started_on', models.DateField(null=True)),
                    ('ended_on', models.DateField(null=True)),
                    ('kind', models.CharField(blank=True, max_length=100)),
                    ('provider', models.CharField(blank=True, max_length=48)),
                    ('urn', models.CharField(blank=True, max_length=48)),
                    ('postcode', models.CharField(blank=True, max_length=8)),
                    ('distance_miles', models.DecimalField(decimal_places=1, max_digits=6, null=True)),
                    ('change_reason', models.CharField(blank=True, max_length=100)),
                    ('care_period', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='casework.careperiod')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='CareEpisode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('started_on', models.DateField(null=True)),
                    ('start_reason', models.CharField(blank=True, max_length=100)),
                    ('primary_need', models.CharField(blank=True, max_length=10)),
                    ('ended_on', models.DateField(null=True)),
                    ('end_reason', models.CharField(blank=True, max_length=255)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                    ('care_period', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='episodes', to='casework.careperiod')),
                    ('placement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.placement')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ReviewingOfficerContact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('contacted_on', models.DateField()),
                    ('care_period', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviewing_officer_contacts', to='casework.careperiod')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Section47',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('started_on', models.DateField(null=True)),
                    ('strategy_minutes_on', models.DateField(null=True)),
                    ('ended_on', models.DateField(null=True)),
                    ('no_further_action', models.BooleanField(null=True)),
                    ('conference_needed', models.BooleanField(null=True)),
                    ('outcome', models.JSONField(default=dict)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                    ('referral', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='section_47s', to='casework.referral')),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                    ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.worker')),
                ],
                options={
                    'indexes': [models.Index(fields=['strategy_minutes_on'], name='strategy_minutes_by_day')],
                },
            ),
            migrations.CreateModel(
                name='InitialConference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('meeting', models.CharField(blank=True, max_length=48)),
                    ('held_on', models.DateField(null=True)),
                    ('target_on', models.DateField(null=True)),
                    ('transferred_in', models.BooleanField(null=True)),
                    ('plan_made', models.BooleanField(null=True)),
                    ('outcome', models.JSONField(default=dict)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                    ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.worker')),
                    ('referral', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.referral')),
                    ('section_47', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conferences', to='casework.section47')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ProtectionPlan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('started_on', models.DateField(null=True)),
                    ('ended_on', models.DateField(null=True)),
                    ('initial_category', models.CharField(blank=True, max_length=100)),
                    ('latest_category', models.CharField(blank=True, max_length=100)),
                    ('of_other_authority', models.BooleanField(null=True)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                    ('conference', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='casework.initialconference')),
                    ('referral', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.referral')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='CoreGroup',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('held_on', models.DateField()),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='core_groups', to='casework.protectionplan')),
                ],
                options={
                    'indexes': [models.Index(fields=['held_on'], name='core_group_by_day')],
                },
            ),
            migrations.CreateModel(
                name='ReviewConference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('held_on', models.DateField(null=True)),
                    ('due_on', models.DateField(null=True)),
                    ('meeting', models.CharField(blank=True, max_length=48)),
                    ('plan_continues', models.BooleanField(null=True)),
                    ('quorate', models.CharField(blank=True, max_length=100)),
                    ('participation', models.CharField(blank=True, max_length=100)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                    ('plan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='casework.protectionplan')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Visit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('withdrawn', models.BooleanField(default=False)),
                    ('kind', models.CharField(choices=[('need', 'Need'), ('protection', 'Protection'), ('care', 'Care')], max_length=12)),
                    ('held_on', models.DateField(null=True)),
                    ('seen', models.BooleanField(null=True)),
                    ('seen_alone', models.BooleanField(null=True)),
                    ('bedroom_seen', models.BooleanField(null=True)),
                    ('care_period', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='casework.careperiod')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.child')),
                    ('need_plan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='casework.needplan')),
                    ('plan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='casework.protectionplan')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
    ]

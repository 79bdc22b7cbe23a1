import django.db.models.deletion
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
                name='Task',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('kind', models.CharField(max_length=40)),
                    ('what', models.CharField(max_length=500)),
                    ('why', models.TextField(blank=True)),
                    ('clauses', models.JSONField(default=list)),
                    ('about', models.CharField(blank=True, max_length=300)),
                    ('route', models.CharField(blank=True, max_length=80)),
                    ('route_args', models.JSONField(default=list)),
                    ('query', models.CharField(blank=True, max_length=300)),
                    ('role', models.CharField(blank=True, max_length=30)),
                    ('opened_at', models.DateTimeField()),
                    ('due_on', models.DateField()),
                    ('later_until', models.DateField(null=True)),
                    ('state', models.CharField(choices=[('open', 'Open'), ('to be checked', 'To Be Checked'), ('done', 'Done'), ('not needed', 'Not Needed')], default='open', max_length=13)),
                    ('outcome', models.CharField(blank=True, max_length=40)),
                    ('looked_at', models.PositiveIntegerField(null=True)),
                    ('evidence', models.TextField(blank=True)),
                    ('done_at', models.DateTimeField(null=True)),
                    ('checked_at', models.DateTimeField(null=True)),
                    ('measure', models.CharField(blank=True, max_length=40)),
                    ('measured', models.JSONField(default=dict)),
                    ('review_on', models.DateField(null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('child', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                    ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                ],
                options={
                    'indexes': [models.Index(fields=['owner', 'state', 'due_on'], name='task_by_owner'), models.Index(fields=['role', 'state', 'due_on'], name='task_by_role'), models.Index(fields=['about'], name='task_by_about'), models.Index(condition=models.Q(('measure', ''), _negated=True), fields=['review_on'], name='task_to_measure_again')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('owner__isnull', False), models.Q(('role', ''), _negated=True), _connector='OR'), name='a_task_is_somebodys'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('done_at__isnull', False)), _connector='OR'), name='a_task_that_is_not_open_was_closed'), models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), ('done_by__isnull', True), models.Q(('checked_by', models.F('done_by')), _negated=True), _connector='OR'), name='nobody_checks_their_own_task'), models.UniqueConstraint(condition=models.Q(('state__in', ('open', 'to be checked')), models.Q(('about', ''), _negated=True)), fields=('kind', 'about'), name='one_open_task_about_a_thing')],
                },
            ),
            migrations.CreateModel(
                name='Reading',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('taken_at', models.DateTimeField()),
                    ('as_at', models.DateField()),
                    ('since', models.DateField(null=True)),
                    ('until', models.DateField(null=True)),
                    ('of_what', models.CharField(max_length=500)),
                    ('n', models.PositiveIntegerField()),
                    ('of', models.PositiveIntegerField()),
                    ('against', models.CharField(blank=True, max_length=200)),
                    ('others_n', models.PositiveIntegerField(null=True)),
                    ('others_of', models.PositiveIntegerField(null=True)),
                    ('chance', models.FloatField(null=True)),
                    ('is_small', models.BooleanField(default=False)),
                    ('definition', models.CharField(max_length=64)),
                    ('pack', models.CharField(max_length=64)),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='work.task')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('n__lte', models.F('of'))), name='reading_counts_a_part_of_a_whole')],
                },
            ),
        ]),
    ]

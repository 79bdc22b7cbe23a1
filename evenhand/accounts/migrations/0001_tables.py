import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import evenhand.accounts.references
import evenhand.accounts.roles
import evenhand.secrecy.fields
from django.conf import settings
from django.db import migrations, models

from evenhand.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Team',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('code', models.CharField(max_length=48, unique=True)),
                    ('name', models.CharField(max_length=255)),
                    ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='accounts.team')),
                ],
            ),
            migrations.CreateModel(
                name='Worker',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(max_length=12, unique=True)),
                    ('code', models.CharField(max_length=48, unique=True)),
                    ('name', models.CharField(blank=True, max_length=300)),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('job_title', models.CharField(blank=True, max_length=500)),
                    ('registration', models.CharField(blank=True, max_length=48)),
                    ('is_agency', models.BooleanField(null=True)),
                    ('manager', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.worker')),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='workers', to='accounts.team')),
                ],
            ),
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                    ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                    ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                    ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                    ('ref', models.CharField(default=evenhand.accounts.references.new_reference, max_length=12, unique=True)),
                    ('name', models.CharField(max_length=300)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ('worker', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='user', to='accounts.worker')),
                ],
                options={
                    'verbose_name': 'user',
                    'verbose_name_plural': 'users',
                    'abstract': False,
                },
                managers=[
                    ('objects', django.contrib.auth.models.UserManager()),
                ],
            ),
            migrations.CreateModel(
                name='Attempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(db_index=True)),
                    ('kind', models.CharField(choices=[('tried', 'Did not finish'), ('signed_in', 'Signed in'), ('password', 'Right password, second step not given'), ('failed', 'Wrong username or password'), ('step_tried', 'Second step did not finish'), ('step_failed', 'Wrong code in the second step'), ('paused', 'Refused while signing in was paused'), ('directory', 'Refused by the directory'), ('signed_out', 'Signed out'), ('resumed', 'Pause ended by an administrator')], max_length=20)),
                    ('name_digest', models.CharField(blank=True, max_length=64)),
                    ('address', models.CharField(blank=True, max_length=45)),
                    ('browser', models.CharField(blank=True, max_length=300)),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['name_digest', '-at'], name='attempt_by_name'), models.Index(fields=['address', '-at'], name='attempt_by_address')],
                },
            ),
            migrations.CreateModel(
                name='DirectoryIdentity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('issuer', models.CharField(max_length=500)),
                    ('subject', models.CharField(max_length=255)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identities', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('issuer', 'subject'), name='one_user_for_a_subject')],
                },
            ),
            migrations.CreateModel(
                name='KeptForm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(default=evenhand.accounts.references.new_reference, max_length=12, unique=True)),
                    ('path', models.CharField(max_length=500)),
                    ('page', models.CharField(max_length=500)),
                    ('words', evenhand.secrecy.fields.SealedTextField(bound_to='ref')),
                    ('kept_until', models.DateTimeField(db_index=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_forms', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='RoleGrant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(max_length=30, validators=[evenhand.accounts.roles.known_role])),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField(null=True)),
                    ('source', models.CharField(blank=True, max_length=20)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('user', 'role', 'team', 'starts_on'), name='one_grant_over_a_team'), models.UniqueConstraint(condition=models.Q(('team__isnull', True)), fields=('user', 'role', 'starts_on'), name='one_grant_over_the_authority'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='grant_ends_after_it_starts')],
                },
            ),
            migrations.CreateModel(
                name='SecondStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(default=evenhand.accounts.references.new_reference, max_length=12, unique=True)),
                    ('key', evenhand.secrecy.fields.SealedTextField(bound_to='ref')),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('last_counter', models.BigIntegerField(default=0)),
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='second_step', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='RecoveryCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64)),
                    ('used_at', models.DateTimeField(null=True)),
                    ('step', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='accounts.secondstep')),
                ],
            ),
            migrations.CreateModel(
                name='Session',
                fields=[
                    ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                    ('session_data', models.TextField(verbose_name='session data')),
                    ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                    ('ref', models.CharField(default=evenhand.accounts.references.new_reference, max_length=12, unique=True)),
                    ('started_at', models.DateTimeField(null=True)),
                    ('used_at', models.DateTimeField(null=True)),
                    ('browser', models.CharField(blank=True, max_length=300)),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'session',
                    'verbose_name_plural': 'sessions',
                    'abstract': False,
                },
            ),
        ]),
    ]

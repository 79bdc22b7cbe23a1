from django.db import migrations, models

from evenhand.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Submission',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token', models.CharField(max_length=64)),
                    ('user_id', models.BigIntegerField()),
                    ('at', models.DateTimeField(db_index=True)),
                    ('location', models.CharField(blank=True, max_length=500)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('token', 'user_id'), name='a_form_is_taken_once')],
                },
            ),
        ]),
    ]

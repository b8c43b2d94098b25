"""Rows are dated by the clock that the steps read; nothing changes in the database."""

from django.db import migrations, models

import casework.clock


class Migration(migrations.Migration):
    dependencies = [
        ("objections", "0006_kept_objections"),
    ]

    operations = [
        migrations.AlterField(
            model_name="appeal",
            name="created_at",
            field=models.DateTimeField(default=casework.clock.now),
        ),
        migrations.AlterField(
            model_name="hearing",
            name="created_at",
            field=models.DateTimeField(default=casework.clock.now),
        ),
        migrations.AlterField(
            model_name="objection",
            name="created_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="begun"),
        ),
        migrations.AlterField(
            model_name="objectiondecision",
            name="taken_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="taken"),
        ),
        migrations.AlterField(
            model_name="objectionnote",
            name="at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="moment"),
        ),
        migrations.AlterField(
            model_name="repairrequest",
            name="created_at",
            field=models.DateTimeField(default=casework.clock.now),
        ),
    ]

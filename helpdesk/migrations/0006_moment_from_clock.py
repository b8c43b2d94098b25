"""Rows are dated by the clock that the steps read; nothing changes in the database."""

from django.db import migrations, models

import casework.clock


class Migration(migrations.Migration):
    dependencies = [
        ("helpdesk", "0005_question_takes_steps"),
    ]

    operations = [
        migrations.AlterField(
            model_name="advicerequest",
            name="asked_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="asked"),
        ),
        migrations.AlterField(
            model_name="conversation",
            name="began_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="began"),
        ),
        migrations.AlterField(
            model_name="conversation",
            name="last_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="last question"),
        ),
        migrations.AlterField(
            model_name="mail",
            name="at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="date"),
        ),
        migrations.AlterField(
            model_name="measuredtime",
            name="measured_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="measured"),
        ),
        migrations.AlterField(
            model_name="outage",
            name="noted_at",
            field=models.DateTimeField(default=casework.clock.now, editable=False, verbose_name="noted"),
        ),
        migrations.AlterField(
            model_name="question",
            name="asked_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="asked"),
        ),
        migrations.AlterField(
            model_name="question",
            name="changed_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="last email"),
        ),
        migrations.AlterField(
            model_name="topictext",
            name="written_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="written"),
        ),
        migrations.AlterField(
            model_name="turn",
            name="asked_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="asked"),
        ),
        migrations.AlterField(
            model_name="unreadmail",
            name="began_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="first attempt"),
        ),
    ]

"""Rows are dated by the clock that the steps read; nothing changes in the database."""

from django.db import migrations, models

import casework.clock


class Migration(migrations.Migration):
    dependencies = [
        ("exemptions", "0018_never_twice_at_once"),
    ]

    operations = [
        migrations.AlterField(
            model_name="applicant",
            name="created_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="registered"),
        ),
        migrations.AlterField(
            model_name="application",
            name="changed_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="last changed"),
        ),
        migrations.AlterField(
            model_name="application",
            name="created_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="begun"),
        ),
        migrations.AlterField(
            model_name="channelchoice",
            name="chosen_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="chosen"),
        ),
        migrations.AlterField(
            model_name="completionrequest",
            name="sent_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="sent at"),
        ),
        migrations.AlterField(
            model_name="decision",
            name="taken_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="taken"),
        ),
        migrations.AlterField(
            model_name="expirynotice",
            name="sent_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="sent"),
        ),
        migrations.AlterField(
            model_name="factsrecord",
            name="as_of",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="as of"),
        ),
        migrations.AlterField(
            model_name="fleetbatch",
            name="created_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="made"),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="sent_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="sent"),
        ),
        migrations.AlterField(
            model_name="letterreading",
            name="read_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="read"),
        ),
        migrations.AlterField(
            model_name="mandate",
            name="since",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="since"),
        ),
        migrations.AlterField(
            model_name="note",
            name="at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="moment"),
        ),
        migrations.AlterField(
            model_name="postalcopy",
            name="marked_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="marked"),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="made_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="proposed"),
        ),
        migrations.AlterField(
            model_name="thresholdversion",
            name="made_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="made"),
        ),
        migrations.AlterField(
            model_name="vehicle",
            name="added_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="added"),
        ),
        migrations.AlterField(
            model_name="viewrequest",
            name="created_at",
            field=models.DateTimeField(default=casework.clock.now),
        ),
    ]

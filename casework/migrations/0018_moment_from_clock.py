"""Rows are dated by the clock that the steps read; nothing changes in the database."""

from django.db import migrations, models

import casework.clock


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0017_keys_are_foreign"),
    ]

    operations = [
        migrations.AlterField(
            model_name="deadline",
            name="opened_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="opened"),
        ),
        migrations.AlterField(
            model_name="document",
            name="added_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="added"),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="opened_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="opened"),
        ),
        migrations.AlterField(
            model_name="event",
            name="at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="moment"),
        ),
        migrations.AlterField(
            model_name="export",
            name="asked_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="asked"),
        ),
        migrations.AlterField(
            model_name="letter",
            name="placed_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="in the portal since"),
        ),
        migrations.AlterField(
            model_name="lettertext",
            name="created_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="written"),
        ),
        migrations.AlterField(
            model_name="message",
            name="created_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="written"),
        ),
        migrations.AlterField(
            model_name="message",
            name="not_before",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="not before"),
        ),
        migrations.AlterField(
            model_name="pendingstep",
            name="made_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="decided"),
        ),
        migrations.AlterField(
            model_name="referencechange",
            name="proposed_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="proposed"),
        ),
    ]

"""Rows are dated by the clock that the steps read; nothing changes in the database."""

from django.db import migrations, models

import casework.clock


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0008_no_spreadsheet_of_the_site"),
    ]

    operations = [
        migrations.AlterField(
            model_name="branchsignal",
            name="noted_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="noted"),
        ),
        migrations.AlterField(
            model_name="formertext",
            name="replaced_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="replaced"),
        ),
        migrations.AlterField(
            model_name="reporttext",
            name="changed_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="changed"),
        ),
        migrations.AlterField(
            model_name="reporttoparliament",
            name="made_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="made"),
        ),
        migrations.AlterField(
            model_name="returnupload",
            name="uploaded_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="uploaded"),
        ),
        migrations.AlterField(
            model_name="returnversion",
            name="delivered_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="handed in"),
        ),
        migrations.AlterField(
            model_name="sitemonthversion",
            name="delivered_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="handed in"),
        ),
    ]

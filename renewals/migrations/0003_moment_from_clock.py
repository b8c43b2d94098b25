"""Rows are dated by the clock that the steps read; nothing changes in the database."""

from django.db import migrations, models

import casework.clock


class Migration(migrations.Migration):
    dependencies = [
        ("renewals", "0002_wording"),
    ]

    operations = [
        migrations.AlterField(
            model_name="renewal",
            name="listed_at",
            field=models.DateTimeField(default=casework.clock.now, verbose_name="list made"),
        ),
    ]

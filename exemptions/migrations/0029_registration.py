"""By which way an application came in, and what a colleague wrote down where that was not the portal.

What was filed before came in by the portal: there was no other way. Who applies on paper may have no mail address.
"""

import django.db.models.deletion
from django.db import migrations, models

CHANNELS = [
    ("portal", "portal"),
    ("post", "post"),
    ("counter", "counter"),
    ("phone", "telephone"),
    ("email", "email"),
]


class Migration(migrations.Migration):
    dependencies = (("exemptions", "0028_grant_in_part"),)

    operations = (
        migrations.AddField(
            model_name="application",
            name="channel",
            field=models.CharField(choices=CHANNELS, default="portal", max_length=10, verbose_name="came in by"),
        ),
        migrations.AlterField(
            model_name="applicant",
            name="email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="email address"),
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("came_in_on", models.DateField(verbose_name="came in on")),
                ("signed", models.BooleanField(default=True, verbose_name="signed")),
                ("lookup", models.CharField(blank=True, max_length=254, verbose_name="known as")),
                (
                    "repair_by",
                    models.DateField(blank=True, null=True, verbose_name="last day to send it by an open way"),
                ),
                ("repaired_on", models.DateField(blank=True, null=True, verbose_name="sent by an open way")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registration",
                        to="exemptions.application",
                        verbose_name="application",
                    ),
                ),
            ],
            options={
                "verbose_name": "registration",
                "verbose_name_plural": "registrations",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(repaired_on=None)
                        | models.Q(repair_by__isnull=False, repaired_on__gte=models.F("came_in_on")),
                        name="registration_repaired_after_sending",
                    )
                ],
            },
        ),
    )

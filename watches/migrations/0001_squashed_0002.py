import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import casework.clock
import watches.models


class Migration(migrations.Migration):
    replaces = [("watches", "0001_watch"), ("watches", "0002_earlier_notices")]

    initial = True

    dependencies = [
        ("casework", "0001_squashed_0026"),
        ("exemptions", "0001_squashed_0040"),
    ]

    operations = [
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(default=watches.models.new_token, max_length=43, unique=True)),
                (
                    "email",
                    models.EmailField(help_text="In small letters.", max_length=254, verbose_name="email address"),
                ),
                ("plate", models.CharField(max_length=12, verbose_name="plate")),
                ("country", models.CharField(default="NL", max_length=3, verbose_name="country")),
                ("language", models.CharField(default="nl", max_length=2, verbose_name="language")),
                ("typed", models.JSONField(blank=True, default=dict, verbose_name="facts that the watcher typed")),
                ("facts", models.JSONField(blank=True, default=dict, verbose_name="facts")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="answer of")),
                ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="register last asked")),
                ("asked_at", models.DateTimeField(default=casework.clock.now, verbose_name="asked")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
            ],
            options={
                "verbose_name": "watch",
                "verbose_name_plural": "watches",
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("tried_at"), nulls_first=True), models.F("id"), name="watch_by_last_try"
                    ),
                    models.Index(
                        condition=models.Q(("confirmed_at", None)), fields=["asked_at"], name="watch_unconfirmed"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("email", "plate", "country"), name="watch_once_an_address"),
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="watch_email_in_small_letters",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EndNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.EmailField(max_length=254, verbose_name="to")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("days_before", models.PositiveSmallIntegerField(default=0, verbose_name="days before")),
                ("found_at", models.DateTimeField(default=casework.clock.now, verbose_name="found")),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="mailed on")),
                (
                    "change",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.referencechange",
                        verbose_name="change to settings and rules",
                    ),
                ),
                (
                    "exemption",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="exemptions.exemption",
                        verbose_name="exemption",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="casework.message",
                        verbose_name="message",
                    ),
                ),
                (
                    "vehicle",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="exemptions.vehicle",
                        verbose_name="vehicle",
                    ),
                ),
                (
                    "watch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="end_notices",
                        to="watches.watch",
                        verbose_name="watch",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice of an end",
                "verbose_name_plural": "notices of ends",
                "indexes": [
                    models.Index(condition=models.Q(("sent_on", None)), fields=["to"], name="endnotice_waiting"),
                    models.Index(fields=["to", "sent_on"], name="endnotice_by_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("change", None), ("watch__isnull", False)),
                        fields=("watch", "to", "ends_on", "days_before"),
                        name="endnotice_once_a_watch",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("change", None), ("vehicle__isnull", False)),
                        fields=("vehicle", "to", "ends_on", "days_before"),
                        name="endnotice_once_a_vehicle",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("change", None), ("exemption__isnull", False)),
                        fields=("exemption", "to", "ends_on", "days_before"),
                        name="endnotice_once_a_exemption",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("change__isnull", False), ("watch__isnull", False)),
                        fields=("watch", "to", "change"),
                        name="endnotice_once_a_change_and_watch",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("change__isnull", False), ("vehicle__isnull", False)),
                        fields=("vehicle", "to", "change"),
                        name="endnotice_once_a_change_and_vehicle",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__isnull", False), ("change__isnull", False), _connector="OR"),
                        name="endnotice_without_end_by_change_alone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exemption", None), ("vehicle", None), ("watch__isnull", False)),
                            models.Q(("exemption", None), ("vehicle__isnull", False), ("watch", None)),
                            models.Q(("exemption__isnull", False), ("vehicle", None), ("watch", None)),
                            _connector="OR",
                        ),
                        name="endnotice_about_one_thing",
                    ),
                ],
            },
        ),
    ]

"""The holder can ask to change an exemption: requests, and decisions that refuse one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import casework.clock


class Migration(migrations.Migration):
    dependencies = [
        ("exemptions", "0037_expiry_notices_moved"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangeRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("vehicle", "another vehicle"),
                            ("request", "ended at the request of the holder"),
                            ("revocation", "revoked"),
                            ("suspension", "suspended"),
                            ("lifting", "suspension lifted"),
                            ("longer", "made longer"),
                            ("shorter", "made shorter"),
                            ("correction", "clerical error corrected"),
                            ("loan", "temporary vehicle"),
                            ("name", "another name of the holder"),
                        ],
                        max_length=20,
                        verbose_name="change",
                    ),
                ),
                ("plate", models.CharField(blank=True, max_length=12, verbose_name="plate")),
                ("country", models.CharField(blank=True, max_length=3, verbose_name="country of the plate")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                ("asked_at", models.DateTimeField(default=casework.clock.now, verbose_name="asked")),
                ("answer_by", models.DateField(help_text="Awb 4:13.", verbose_name="answer by")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("carried_out", "carried out"),
                            ("refused", "refused"),
                            ("taken_back", "taken back"),
                            ("needless", "needless: the exemption ended"),
                        ],
                        max_length=20,
                        verbose_name="result",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for a change",
                "verbose_name_plural": "requests for a change",
                "ordering": ("asked_at", "pk"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_after_the_grant_says_what_changed",
        ),
        migrations.AlterField(
            model_name="decision",
            name="change",
            field=models.CharField(
                blank=True,
                choices=[
                    ("vehicle", "another vehicle"),
                    ("request", "ended at the request of the holder"),
                    ("revocation", "revoked"),
                    ("suspension", "suspended"),
                    ("lifting", "suspension lifted"),
                    ("longer", "made longer"),
                    ("shorter", "made shorter"),
                    ("correction", "clerical error corrected"),
                    ("loan", "temporary vehicle"),
                    ("name", "another name of the holder"),
                ],
                db_default="",
                default="",
                max_length=20,
                verbose_name="change",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("granted", "granted"),
                    ("rejected", "rejected"),
                    ("set_aside", "set aside"),
                    ("penalty", "penalty set for deciding late"),
                    ("converted", "not decided on: converted to another kind"),
                    ("ended", "exemption ended"),
                    ("suspended", "exemption suspended"),
                    ("resumed", "suspension lifted"),
                    ("temporary", "temporary vehicle allowed"),
                    ("refused", "change refused"),
                ],
                max_length=20,
                verbose_name="outcome",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="change",
            field=models.CharField(
                blank=True,
                choices=[
                    ("vehicle", "another vehicle"),
                    ("request", "ended at the request of the holder"),
                    ("revocation", "revoked"),
                    ("suspension", "suspended"),
                    ("lifting", "suspension lifted"),
                    ("longer", "made longer"),
                    ("shorter", "made shorter"),
                    ("correction", "clerical error corrected"),
                    ("loan", "temporary vehicle"),
                    ("name", "another name of the holder"),
                ],
                db_default="",
                default="",
                max_length=20,
                verbose_name="change",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("granted", "granted"),
                    ("rejected", "rejected"),
                    ("set_aside", "set aside"),
                    ("penalty", "penalty set for deciding late"),
                    ("converted", "not decided on: converted to another kind"),
                    ("ended", "exemption ended"),
                    ("suspended", "exemption suspended"),
                    ("resumed", "suspension lifted"),
                    ("temporary", "temporary vehicle allowed"),
                    ("refused", "change refused"),
                ],
                max_length=20,
                verbose_name="outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__in", ["ended", "suspended", "resumed", "temporary", "refused"]), _negated=True),
                    models.Q(("change", ""), _negated=True),
                    _connector="OR",
                ),
                name="decision_after_the_grant_says_what_changed",
            ),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="change_requests",
                to="exemptions.application",
                verbose_name="application",
            ),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked by",
            ),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="change_requests",
                to="exemptions.decision",
                verbose_name="decision",
            ),
        ),
        migrations.AddIndex(
            model_name="changerequest",
            index=models.Index(
                condition=models.Q(("settled_at", None)), fields=["answer_by"], name="changerequest_open_by_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at", None)),
                fields=("application", "what"),
                name="changerequest_one_open_a_change",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", ""), ("settled_at", None)),
                    models.Q(("settled_at__isnull", False), models.Q(("result", ""), _negated=True)),
                    _connector="OR",
                ),
                name="changerequest_settled_with_a_result",
            ),
        ),
    ]

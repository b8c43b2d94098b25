"""A granted exemption can be changed: what a decision changed, who was heard, and never two exemptions at once."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

TRIGGER = """
CREATE FUNCTION exemptions_refuse_two_vehicles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM exemptions_exemption loan
        JOIN exemptions_exemption base ON base.application_id = loan.application_id AND NOT base.temporary
        CROSS JOIN LATERAL (
            SELECT tstzrange(base.starts_at, base.ends_at) * tstzrange(loan.starts_at, loan.ends_at) AS both_hold
        ) AS times
        WHERE loan.id = NEW.id AND loan.revoked_at IS NULL AND base.revoked_at IS NULL AND NOT isempty(both_hold)
        AND NOT coalesce(both_hold <@ (
            SELECT range_agg(tstzrange(off.starts_at, off.ends_at))
            FROM exemptions_exemptionsuspension off WHERE off.exemption_id = base.id
        ), false)
    ) THEN
        RAISE EXCEPTION 'while a temporary vehicle has an exemption, the own vehicle has none'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'exemption_one_vehicle_at_a_time';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER exemptions_exemption_one_vehicle AFTER INSERT ON exemptions_exemption
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.temporary)
    EXECUTE FUNCTION exemptions_refuse_two_vehicles();
"""
"""When the transaction ends: the suspension of the own vehicle is written after the exemption of the other."""
UNDO = """
DROP TRIGGER exemptions_exemption_one_vehicle ON exemptions_exemption;
DROP FUNCTION exemptions_refuse_two_vehicles();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exemptions", "0035_exemption_suspension"),
    ]

    operations = [
        migrations.AddField(
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
                ],
                db_default="",
                default="",
                max_length=20,
                verbose_name="change",
            ),
        ),
        migrations.AddField(
            model_name="exemption",
            name="temporary",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="While it holds, the exemption of the own vehicle does not.",
                verbose_name="for a temporary vehicle",
            ),
        ),
        migrations.AddField(
            model_name="exemptionsuspension",
            name="decision",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suspension",
                to="exemptions.decision",
                verbose_name="decision",
            ),
        ),
        migrations.AddField(
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
                ],
                db_default="",
                default="",
                max_length=20,
                verbose_name="change",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="unheard_because",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Awb 4:11.",
                verbose_name="why the holder was not heard",
            ),
        ),
        migrations.AddField(
            model_name="viewrequest",
            name="about",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="view_requests",
                to="exemptions.decision",
                verbose_name="about the decision",
            ),
        ),
        migrations.AddField(
            model_name="viewrequest",
            name="settled_at",
            field=models.DateTimeField(
                blank=True, help_text="We decided, or left the exemption as it is.", null=True, verbose_name="settled"
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
                ],
                max_length=20,
                verbose_name="outcome",
            ),
        ),
        migrations.AlterField(
            model_name="ground",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("grant", "granting"),
                    ("reject", "rejecting"),
                    ("set_aside", "setting aside"),
                    ("revoke", "revoking, suspending or shortening"),
                ],
                max_length=20,
                verbose_name="outcome",
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
                ],
                max_length=20,
                verbose_name="outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__in", ["ended", "suspended", "resumed", "temporary"]), _negated=True),
                    models.Q(("change", ""), _negated=True),
                    _connector="OR",
                ),
                name="decision_after_the_grant_says_what_changed",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemption",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("revoked_at", None), ("temporary", False)),
                expressions=[
                    (models.Func("application", "application", models.Value("[]"), function="int8range"), "&&"),
                    (models.Func("starts_at", "ends_at", function="tstzrange"), "&&"),
                ],
                name="exemption_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemption",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("revoked_at", None), ("temporary", True)),
                expressions=[
                    (models.Func("application", "application", models.Value("[]"), function="int8range"), "&&"),
                    (models.Func("starts_at", "ends_at", function="tstzrange"), "&&"),
                ],
                name="exemption_one_temporary_at_a_time",
            ),
        ),
        migrations.RunSQL(TRIGGER, UNDO),
    ]

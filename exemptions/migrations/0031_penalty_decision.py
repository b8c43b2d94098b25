"""Setting the penalty for deciding late is a decision (Awb 4:18): a row of its own, beside those on what was asked."""

import django.db.models.deletion
from django.db import migrations, models

OUTCOMES = [
    ("granted", "granted"),
    ("rejected", "rejected"),
    ("set_aside", "set aside"),
    ("penalty", "penalty set for deciding late"),
]
HAS_AMOUNT = models.Q(outcome="penalty", penalty__isnull=False, penalty_eur__isnull=False) | ~models.Q(
    outcome="penalty"
) & models.Q(penalty=None, penalty_eur=None)


class Migration(migrations.Migration):
    dependencies = [("casework", "0026_other_body"), ("exemptions", "0030_policy_rules_named")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="penalty",
            field=models.ForeignKey(
                blank=True,
                help_text="Whose penalty was set (Awb 4:18).",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="casework.defaultnotice",
                verbose_name="notice of default",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="penalty_eur",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="penalty in euros"),
        ),
        *(
            migrations.AlterField(
                model_name=name,
                name="outcome",
                field=models.CharField(choices=OUTCOMES, max_length=20, verbose_name="outcome"),
            )
            for name in ("decision", "proposal")
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(condition=HAS_AMOUNT, name="decision_penalty_has_an_amount"),
        ),
    ]

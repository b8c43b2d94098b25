"""What speaks against a decision, and what a ground asks of the proof."""

import django.contrib.postgres.fields
from django.db import migrations, models

SHORT = (
    "evidence_insufficient",
    "need_not_shown",
    "no_order",
    "no_permit",
    "no_steps",
    "not_for_disability",
    "not_proved",
)
NONE = (
    "business_tariff",
    "maximum_reached",
    "no_response",
    "not_a_person",
    "not_needed",
    "not_plug_in",
    "repeated",
    "too_old",
    "vehicle_after_start",
    "vehicle_not_covered",
    "wrong_data",
)


def say_what_grounds_ask(apps, schema_editor):
    """The grounds that are there already get what grounds.csv says of them."""
    grounds = apps.get_model("exemptions", "Ground").objects
    grounds.filter(code__in=SHORT).update(proof="short")
    grounds.filter(code__in=NONE).update(proof="none")
    grounds.filter(kind_code="DAG").update(proof="none")


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0006_fleet")]

    operations = [
        *(
            operation
            for model in ("decision", "proposal")
            for operation in (
                migrations.AddField(
                    model_name=model,
                    name="doubts",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="what speaks against it",
                    ),
                ),
                migrations.AddField(
                    model_name=model,
                    name="doubts_reason",
                    field=models.TextField(blank=True, default="", verbose_name="why all the same"),
                    preserve_default=False,
                ),
            )
        ),
        migrations.AddField(
            model_name="ground",
            name="proof",
            field=models.CharField(
                choices=[
                    ("needed", "every item of proof has been judged"),
                    ("short", "the proof falls short"),
                    ("none", "the proof does not matter"),
                ],
                default="needed",
                help_text="What a decision on this ground asks of the proof; otherwise the desk must say why it decides so.",
                max_length=10,
                verbose_name="proof",
            ),
        ),
        migrations.RunPython(say_what_grounds_ask, migrations.RunPython.noop),
    ]

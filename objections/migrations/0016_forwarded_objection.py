"""An objection is forwarded to the court, or to another body (Awb 6:15)."""

import django_fsm
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("objections", "0015_penalties_set_before"),
    ]

    operations = [
        migrations.AlterField(
            model_name="objection",
            name="status",
            field=django_fsm.FSMField(
                choices=[
                    ("draft", "draft"),
                    ("registered", "received, to be assessed"),
                    ("repair", "waiting for repair"),
                    ("handling", "admissible, being handled"),
                    ("hearing_offered", "hearing offered"),
                    ("hearing_planned", "hearing planned"),
                    ("upheld", "upheld"),
                    ("upheld_in_part", "upheld in part"),
                    ("unfounded", "unfounded"),
                    ("inadmissible", "inadmissible"),
                    ("withdrawn", "withdrawn"),
                    ("forwarded", "forwarded"),
                ],
                default="draft",
                max_length=20,
                protected=True,
                verbose_name="status",
            ),
        ),
    ]

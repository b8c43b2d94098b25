"""An application can be forwarded to another body (Awb 2:3)."""

import django_fsm
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("exemptions", "0031_penalty_decision"),
    ]

    operations = [
        migrations.AlterField(
            model_name="application",
            name="status",
            field=django_fsm.FSMField(
                choices=[
                    ("draft", "draft"),
                    ("submitted", "received"),
                    ("in_review", "taken up"),
                    ("waiting", "waiting for the applicant"),
                    ("supplied", "answered"),
                    ("hearing", "waiting for a view"),
                    ("proposed", "waiting for a second pair of eyes"),
                    ("granted", "granted"),
                    ("rejected", "rejected"),
                    ("set_aside", "set aside"),
                    ("converted", "converted to another kind"),
                    ("withdrawn", "withdrawn"),
                    ("forwarded", "forwarded to another body"),
                ],
                default="draft",
                max_length=20,
                protected=True,
                verbose_name="status",
            ),
        ),
    ]

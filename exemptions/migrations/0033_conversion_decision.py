"""Not to decide on what was asked, but to go on as another kind, is a decision too (Awb 6:2(a)): a row of its own."""

from django.db import migrations, models

OUTCOMES = [
    ("granted", "granted"),
    ("rejected", "rejected"),
    ("set_aside", "set aside"),
    ("penalty", "penalty set for deciding late"),
    ("converted", "not decided on: converted to another kind"),
]


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0032_forwarded_application")]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="outcome",
            field=models.CharField(choices=OUTCOMES, max_length=20, verbose_name="outcome"),
        )
        for name in ("decision", "proposal")
    ]

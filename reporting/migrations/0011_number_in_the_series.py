"""Which letter of the series a letter is. Letters of before say it nowhere: published ones stay as they are."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0010_deliveries_kept")]

    operations = [
        migrations.AddField(
            model_name="reporttoparliament",
            name="number",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="4 for the fourth letter since the motion. Leave it empty to leave it out of the letter.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(999),
                ],
                verbose_name="number in the series",
            ),
        )
    ]

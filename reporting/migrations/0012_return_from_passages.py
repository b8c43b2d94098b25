"""A return may rest on a count of passages, which is kept with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0011_number_in_the_series")]

    operations = [
        migrations.AddField(
            model_name="returnversion",
            name="compliance",
            field=models.JSONField(
                blank=True,
                help_text="The file that it was read from, with the version of the rules and exemptions.",
                null=True,
                verbose_name="count of passages",
            ),
        ),
        migrations.AlterField(
            model_name="returnversion",
            name="channel",
            field=models.CharField(
                choices=[("form", "form"), ("sheet", "spreadsheet"), ("passages", "count of passages")],
                max_length=10,
                verbose_name="by",
            ),
        ),
    ]

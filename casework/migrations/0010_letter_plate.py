"""A letter keeps the plate of the exemption that it announces: its QR code carries reference and plate."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0009_mail_of_a_letter")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="plate",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Of the exemption that it announces; its QR code carries it.",
                max_length=12,
                verbose_name="plate",
            ),
            preserve_default=False,
        ),
    ]

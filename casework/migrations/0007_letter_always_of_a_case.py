"""Every letter is about a case. By itself, for PostgreSQL alters no table in the transaction that filled it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """After all letters have found theirs."""

    dependencies = (("casework", "0006_letter_of_a_case"),)

    operations = (migrations.AlterField("letter", "case_id", models.BigIntegerField(verbose_name="case id")),)

"""The words of a note are called as on an application."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("objections", "0007_moment_from_clock"),)

    operations = (
        migrations.AlterField(model_name="objectionnote", name="text", field=models.TextField(verbose_name="note")),
    )

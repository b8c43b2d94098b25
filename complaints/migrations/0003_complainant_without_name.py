"""The name of who complains may be an email address, which is longer than a name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0002_kept_complaints")]

    operations = [
        migrations.AlterField(
            model_name="complaint", name="name", field=models.CharField(max_length=254, verbose_name="name")
        ),
    ]

from django.db import migrations, models

import accounts.site_languages


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_absence"),
    ]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="language",
            field=models.CharField(
                choices=accounts.site_languages.list_choices,
                default="nl",
                max_length=2,
                verbose_name="language",
            ),
        ),
    ]

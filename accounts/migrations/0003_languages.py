from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_mail_choices"),
    ]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="language",
            field=models.CharField(
                choices=[
                    ("nl", "Nederlands"),
                    ("en", "English"),
                    ("de", "Deutsch"),
                    ("fr", "Français"),
                    ("pl", "Polski"),
                ],
                default="nl",
                max_length=2,
                verbose_name="language",
            ),
        ),
    ]

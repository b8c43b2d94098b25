"""The day on which a decision on an objection went by post."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """After the objections."""

    dependencies = (("objections", "0002_decider"),)

    operations = (
        migrations.AddField(
            model_name="objectiondecision",
            name="posted_on",
            field=models.DateField(
                blank=True,
                help_text="The day on which its letter went by post, where it did.",
                null=True,
                verbose_name="posted on",
            ),
        ),
    )

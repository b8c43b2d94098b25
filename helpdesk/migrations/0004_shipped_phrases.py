"""Which ways to ask are of the product: those, and only those, go when a new version no longer has them.

What is there already counts as an editor's until the next load recognises it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0003_wording")]

    operations = [
        migrations.AddField(
            model_name="phrase",
            name="is_shipped",
            field=models.BooleanField(
                default=False, help_text="Goes when a new version no longer has it.", verbose_name="of the product"
            ),
        ),
    ]

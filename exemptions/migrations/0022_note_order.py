"""Notes of the same moment have an order, as those on an objection have."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("exemptions", "0021_postal_copy_to_casework"),)

    operations = (
        migrations.AlterModelOptions(
            name="note",
            options={"ordering": ("at", "pk"), "verbose_name": "note", "verbose_name_plural": "notes"},
        ),
    )

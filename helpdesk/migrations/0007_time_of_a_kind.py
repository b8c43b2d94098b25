"""What was measured is of a kind that there is."""

import django.db.models.deletion
from django.db import migrations, models

OF_NO_KIND = "DELETE FROM helpdesk_measuredtime WHERE kind_code NOT IN (SELECT code FROM exemptions_kind)"


class Migration(migrations.Migration):
    dependencies = (("helpdesk", "0006_moment_from_clock"), ("exemptions", "0024_kind_and_versions"))

    operations = (
        migrations.RunSQL(OF_NO_KIND, migrations.RunSQL.noop),
        migrations.RenameField("measuredtime", "kind_code", "kind"),
        migrations.AlterField(
            "measuredtime",
            "kind",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="measured_time",
                to="exemptions.kind",
                verbose_name="kind",
            ),
        ),
        migrations.AlterModelOptions(
            "measuredtime",
            {
                "ordering": ("kind_id",),
                "verbose_name": "measured lead time",
                "verbose_name_plural": "measured lead times",
            },
        ),
    )

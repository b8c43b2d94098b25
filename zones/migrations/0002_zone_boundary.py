"""Where a zone lies, for the drawing on its page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("zones", "0001_zones"),
    ]

    operations = [
        migrations.AddField(
            model_name="zone",
            name="boundary",
            field=models.JSONField(
                blank=True,
                editable=False,
                help_text="A GeoJSON polygon or multipolygon in WGS84; loaded with load_zone_boundaries.",
                null=True,
                verbose_name="boundary",
            ),
        ),
        migrations.AddField(
            model_name="zone",
            name="boundary_is_invented",
            field=models.BooleanField(
                default=False,
                help_text="The page says so: nobody may steer by it.",
                verbose_name="boundary is invented",
            ),
        ),
        migrations.AddField(
            model_name="zone",
            name="boundary_source",
            field=models.CharField(blank=True, max_length=300, verbose_name="source of the boundary"),
        ),
    ]

"""A letter names the policy rules of who decides, with where they were published (Awb 3:47, 4:82).

The articles that came with the product said only that there are such rules; now they say where their name goes. Those
that the desk wrote itself stay as they are.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Value
from django.db.models.functions import Replace

DUTCH = "de beleidsregels ontheffingen zero-emissiezone"
ENGLISH = "the policy rules on exemptions for zero-emission zones"


def make_room(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """In both languages: each has its own words for them. A row is changed once, so its unchanged keys are not checked."""
    named = {
        field: Replace(F(field), Value(words), Value("{rules}"))
        for field, words in (("article", DUTCH), ("article_en", ENGLISH))
    }
    apps.get_model("exemptions", "Ground").objects.update(**named)


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0029_registration")]

    operations = [
        migrations.AlterField(
            model_name="ground",
            name="article",
            field=models.CharField(
                help_text="{rules} becomes the policy rules of who decides, with where they were published.",
                max_length=200,
                verbose_name="article of law",
            ),
        ),
        migrations.RunPython(make_room, migrations.RunPython.noop),
    ]

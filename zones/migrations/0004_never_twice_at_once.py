"""No two versions of a zone or a rule hold on one day: the database sees to it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import migrations, models
from django.db.models.functions import Cast

KEYS = {"accessrule": ("code",), "automaticexemption": ("code",), "zone": ("municipality", "name")}


def end_with_the_next(apps, schema_editor):
    """Where two versions held at once, the later one counted: the earlier one ends with it."""
    for name, key in KEYS.items():
        end_versions(apps.get_model("zones", name), key)


def end_versions(model, key):
    """Each version ends when the next of the same begins."""
    before = None
    for row in model.objects.order_by(*key, "valid_from"):
        same = before is not None and all(getattr(before, name) == getattr(row, name) for name in key)
        if same and (before.valid_until is None or before.valid_until > row.valid_from):
            model.objects.filter(pk=before.pk).update(valid_until=row.valid_from)
        before = row


def never_twice_at_once(name, *keys):
    """Of what the keys name together, no two versions hold on one day."""
    texts = [Cast(key, models.TextField()) for key in keys]
    same = [models.Func(text, text, models.Value("[]"), function="text_range") for text in texts]
    days = models.Func("valid_from", "valid_until", function="daterange")
    return ExclusionConstraint(
        name=f"{name}_never_twice_at_once",
        expressions=[(part, "&&") for part in (*same, days)],
        violation_error_message="Another version holds on some of these days.",
    )


class Migration(migrations.Migration):
    dependencies = [("zones", "0003_wording")]

    operations = [
        migrations.RunPython(end_with_the_next, migrations.RunPython.noop, elidable=True),
        migrations.RunSQL("CREATE TYPE text_range AS RANGE (subtype = text)", "DROP TYPE text_range"),
        *(migrations.AddConstraint(name, never_twice_at_once(name, *key)) for name, key in KEYS.items()),
    ]

"""No two versions of a kind or a ground hold on one day: the database sees to it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import migrations, models
from django.db.models.functions import Cast

KEYS = {"kind": ("code",), "ground": ("kind_code", "code")}

FIRST_DAY_WITHOUT = models.DateField(
    "valid until", null=True, blank=True, help_text="The first day on which it no longer applies."
)


def end_with_the_next(apps, schema_editor):
    """Where two versions held at once, the later one counted: the earlier one ends with it."""
    for name, key in KEYS.items():
        end_versions(apps.get_model("exemptions", name), key)


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


def holds_for_a_while(name):
    """A row that ends before it begins was mistyped."""
    return models.CheckConstraint(
        condition=models.Q(valid_until=None) | models.Q(valid_until__gt=models.F("valid_from")),
        name=f"{name}_holds_for_a_while",
        violation_error_message="The end must be after the beginning.",
    )


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0017_kept_cases"), ("zones", "0004_never_twice_at_once")]

    operations = [
        migrations.RunPython(end_with_the_next, migrations.RunPython.noop, elidable=True),
        *(migrations.AddConstraint(name, never_twice_at_once(name, *key)) for name, key in KEYS.items()),
        *(migrations.AddConstraint(name, holds_for_a_while(name)) for name in KEYS),
        *(migrations.AlterField(name, "valid_until", FIRST_DAY_WITHOUT) for name in KEYS),
    ]

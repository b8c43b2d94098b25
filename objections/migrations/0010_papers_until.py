"""The last day for papers is kept as the invitation named it: a hearing planned before stays as it was announced."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

if TYPE_CHECKING:
    from objections.models import Hearing

ANNOUNCED = timedelta(days=10)
"""What invitations named until now."""


def keep_announced_day(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Every hearing that has a day."""
    model: type[Hearing] = apps.get_model("objections", "Hearing")
    hearings = list(model.objects.exclude(held_at=None))
    for hearing in hearings:
        hearing.papers_until = timezone.localdate(hearing.held_at) - ANNOUNCED
    model.objects.bulk_update(hearings, ["papers_until"], batch_size=1000)


class Migration(migrations.Migration):
    dependencies = (("objections", "0009_court_from_events"),)

    operations = (
        migrations.AddField(
            model_name="hearing",
            name="papers_until",
            field=models.DateField(blank=True, null=True, verbose_name="papers until (Awb 7:4)"),
        ),
        migrations.RunPython(keep_announced_day, migrations.RunPython.noop),
    )

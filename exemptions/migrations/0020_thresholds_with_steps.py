"""A version of the thresholds takes steps: a status, a dossier of its own, and events for what happened to it before."""

from typing import Any

import django.db.models.deletion
import django_fsm
from django.db import migrations, models

AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE"
"""Rows that were written are checked now: a column cannot change while a check is due."""

KEEP_KEYS = """
INSERT INTO casework_casekey (case_type, case_id) SELECT 'thresholds', id FROM exemptions_thresholdversion;
CREATE TRIGGER casework_key_of_case AFTER INSERT OR DELETE ON exemptions_thresholdversion
    FOR EACH ROW EXECUTE FUNCTION casework_key_of_case('thresholds');
"""
FORGET_KEYS = """
DROP TRIGGER casework_key_of_case ON exemptions_thresholdversion;
DELETE FROM casework_casekey WHERE case_type = 'thresholds';
"""


def tell_what_happened(apps: Any, _schema_editor: Any) -> None:
    """Written when it was made, published when it was published."""
    dossiers, events = apps.get_model("casework", "Dossier"), apps.get_model("casework", "Event")
    versions = apps.get_model("exemptions", "ThresholdVersion").objects
    for version in versions.all():
        own = dossiers.objects.create(opened_at=version.made_at)
        day = {"valid_from": version.valid_from.isoformat()}
        shared = {
            "dossier": own,
            "case_type": "thresholds",
            "case_id": version.pk,
            "from_status": "draft",
            "detail": day,
        }
        events.objects.create(step="edit", to_status="draft", by=version.made_by, at=version.made_at, **shared)
        if version.published_at:
            by, at = version.approved_by, version.published_at
            events.objects.create(step="publish", to_status="published", by=by, at=at, **shared)
        status = "published" if version.published_at else "draft"
        versions.filter(pk=version.pk).update(dossier=own, status=status)  # the field itself takes steps only


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0018_moment_from_clock"),
        ("exemptions", "0019_moment_from_clock"),
    ]

    operations = [
        migrations.AddField(
            "thresholdversion",
            "dossier",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="thresholds",
                to="casework.dossier",
                verbose_name="dossier",
            ),
        ),
        migrations.AddField(
            "thresholdversion",
            "status",
            django_fsm.FSMField(
                choices=[("draft", "draft"), ("published", "published")],
                default="draft",
                max_length=20,
                protected=True,
                verbose_name="status",
            ),
        ),
        migrations.RunSQL(KEEP_KEYS, FORGET_KEYS),
        migrations.RunPython(tell_what_happened, migrations.RunPython.noop),
        migrations.RunSQL(AT_ONCE, AT_ONCE),
        migrations.AlterField(
            "thresholdversion",
            "dossier",
            models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="thresholds",
                to="casework.dossier",
                verbose_name="dossier",
            ),
        ),
        migrations.AddConstraint(
            "thresholdversion",
            models.CheckConstraint(
                condition=models.Q(("published_at", None), ("status", "draft"))
                | models.Q(("published_at__isnull", False), ("status", "published")),
                name="thresholdversion_published_has_a_moment",
            ),
        ),
    ]

"""A question takes steps: a dossier of its own, and events for what is known of it; the dossier of a case is named so."""

from collections.abc import Iterator
from typing import Any

import django.db.models.deletion
import django_fsm
from django.db import migrations, models

AT_ONCE = 1_000
"""Questions at a time."""
CHECKED = "SET CONSTRAINTS ALL IMMEDIATE"
"""Rows that were written are checked now: a column cannot change while a check is due."""
KEEP_KEYS = """
INSERT INTO casework_casekey (case_type, case_id) SELECT 'question', id FROM helpdesk_question;
CREATE TRIGGER casework_key_of_case AFTER INSERT OR DELETE ON helpdesk_question
    FOR EACH ROW EXECUTE FUNCTION casework_key_of_case('question');
"""
FORGET_KEYS = """
DROP TRIGGER casework_key_of_case ON helpdesk_question;
DELETE FROM casework_casekey WHERE case_type = 'question';
"""
LED_TO = {
    "answered": ("answer", "answered_at"),
    "closed": ("close", "closed_at"),
    "spam": ("mark_as_spam", "closed_at"),
}


def tell_what_happened(apps: Any, _schema_editor: Any) -> None:
    """Every question came in; and where it stands now, it got when its own dates say."""
    question, dossier = apps.get_model("helpdesk", "Question"), apps.get_model("casework", "Dossier")
    event = apps.get_model("casework", "Event")
    while rows := list(question.objects.filter(dossier=None).order_by("pk")[:AT_ONCE]):
        made = dossier.objects.bulk_create(dossier(opened_at=row.asked_at) for row in rows)
        for row, own in zip(rows, made, strict=True):
            row.dossier = own
        question.objects.bulk_update(rows, ["dossier"])
        event.objects.bulk_create(event(**values) for row in rows for values in events_of(row))


def events_of(row: Any) -> Iterator[dict[str, Any]]:
    """That it came in, and what it led to."""
    shared = {"dossier_id": row.dossier_id, "case_type": "question", "case_id": row.pk, "from_status": "open"}
    yield {**shared, "step": "receive", "to_status": "open", "at": row.asked_at}
    if row.status in LED_TO:
        step, moment = LED_TO[row.status]
        at = getattr(row, moment) or row.changed_at
        yield {**shared, "step": step, "to_status": row.status, "at": at, "by_id": row.handled_by_id}


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0019_postal_copy"),
        ("helpdesk", "0004_shipped_phrases"),
    ]

    operations = [
        migrations.RenameField("question", "dossier", "case_dossier"),
        migrations.AlterField(
            "question",
            "case_dossier",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="questions",
                to="casework.dossier",
                verbose_name="dossier of the case",
            ),
        ),
        migrations.RemoveField("question", "revision"),
        migrations.AlterField(
            "question",
            "status",
            django_fsm.FSMField(
                choices=[
                    ("open", "open"),
                    ("answered", "answered"),
                    ("closed", "closed without an answer"),
                    ("spam", "spam"),
                ],
                default="open",
                max_length=10,
                protected=True,
                verbose_name="status",
            ),
        ),
        migrations.AddField(
            "question",
            "dossier",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="question",
                to="casework.dossier",
                verbose_name="dossier",
            ),
        ),
        migrations.RunSQL(KEEP_KEYS, FORGET_KEYS),
        migrations.RunPython(tell_what_happened, migrations.RunPython.noop),
        migrations.RunSQL(CHECKED, CHECKED),
        migrations.AlterField(
            "question",
            "dossier",
            models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="question",
                to="casework.dossier",
                verbose_name="dossier",
            ),
        ),
    ]

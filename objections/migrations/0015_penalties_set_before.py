"""Penalties that were set before get their decision, so that one can object to them (Awb 4:18); one row each.

From the events: who set it and when; the letter that told it makes it known, and names it from now on. What a court
set (8:55c) is no decision of ours.
"""

from typing import Any

from django.db import migrations
from django.utils import timezone

LIFT = """
ALTER TABLE casework_letter DISABLE TRIGGER casework_letter_kept, DISABLE TRIGGER casework_letter_kept_unsent
"""
SET = """
ALTER TABLE casework_letter ENABLE TRIGGER casework_letter_kept, ENABLE TRIGGER casework_letter_kept_unsent
"""


def make_decisions(apps: Any, _schema_editor: Any) -> None:
    """One for each event of setting a penalty whose notice is known."""
    for event in apps.get_model("casework", "Event").objects.filter(step="set_penalty").order_by("pk"):
        notice, application = find_notice(apps, event), find_application(apps, event)
        if notice is not None and application is not None:
            make_decision(apps, event, notice, application)


def find_notice(apps: Any, event: Any) -> Any:
    """The notice of the case whose penalty was set that day."""
    notices = apps.get_model("casework", "DefaultNotice").objects.filter(decisions=None, by_court=False)
    same = notices.filter(case_type=event.case_type, case_id=event.case_id, set_on=timezone.localdate(event.at))
    return same.exclude(first_day=None).exclude(amount_eur=None).order_by("pk").first()


def find_application(apps: Any, event: Any) -> int | None:
    """The key of the application in whose dossier the penalty was set."""
    if event.case_type == "application":
        return int(event.case_id)
    objection = apps.get_model("objections", "Objection").objects.filter(pk=event.case_id).first()
    return objection.decision.application_id if objection else None


def make_decision(apps: Any, event: Any, notice: Any, application: int) -> None:
    """The decision, known since its letter was; that letter names it."""
    letters = apps.get_model("casework", "Letter").objects.filter(kind="penalty_set", reference="")
    about = letters.filter(case_type=event.case_type, case_id=event.case_id, placed_at__lte=event.at)
    letter = about.order_by("-placed_at", "-pk").first()
    decision = apps.get_model("exemptions", "Decision").objects.create(
        application_id=application,
        outcome="penalty",
        penalty=notice,
        penalty_eur=notice.amount_eur,
        taken_at=event.at,
        taken_by_id=event.by_id,
        made_known_on=letter.made_known_on if letter else timezone.localdate(event.at),
    )
    if letter:
        letters.filter(pk=letter.pk).update(reference=decision.reference)


class Migration(migrations.Migration):
    dependencies = [("objections", "0014_penalty_contested"), ("exemptions", "0031_penalty_decision")]

    operations = [
        migrations.RunSQL(LIFT, SET),
        migrations.RunPython(make_decisions, migrations.RunPython.noop),
        migrations.RunSQL(SET, LIFT),
    ]

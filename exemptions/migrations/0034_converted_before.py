"""Conversions of before get their decision, so that one can object to them (Awb 6:2(a)); one row each.

From the events: who converted and when; the letter that told it makes it known, and names it from now on.
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
    """One for each conversion that has none: an application is converted once."""
    known = set(apps.get_model("exemptions", "Decision").objects.filter(outcome="converted").values_list("application"))
    events = apps.get_model("casework", "Event").objects.filter(case_type="application", step="convert")
    for event in events.order_by("pk").iterator():
        if (event.case_id,) not in known:
            make_decision(apps, event)


def make_decision(apps: Any, event: Any) -> None:
    """The decision, known since its letter was; that letter names it. One that waits to be posted is not known yet."""
    letters = apps.get_model("casework", "Letter").objects.filter(kind="converted", reference="")
    letter = letters.filter(case_type="application", case_id=event.case_id).order_by("-placed_at", "-pk").first()
    decision = apps.get_model("exemptions", "Decision").objects.create(
        application_id=event.case_id,
        outcome="converted",
        taken_at=event.at,
        taken_by_id=event.by_id,
        made_known_on=letter.made_known_on if letter else timezone.localdate(event.at),
    )
    if letter:
        letters.filter(pk=letter.pk).update(reference=decision.reference)


class Migration(migrations.Migration):
    dependencies = [("casework", "0026_other_body"), ("exemptions", "0033_conversion_decision")]

    operations = [
        migrations.RunSQL(LIFT, SET),
        migrations.RunPython(make_decisions, migrations.RunPython.noop),
        migrations.RunSQL(SET, LIFT),
    ]

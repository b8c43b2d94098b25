"""The class of vehicle of a day exemption stands in the event that granted it: the desk may correct the data later.

In events of before it is written here, as the decision knew it; the guard on events is lifted for this one time.
"""

from django.db import migrations

LIFT = "ALTER TABLE casework_event DISABLE TRIGGER casework_event_append_only"
SET = "ALTER TABLE casework_event ENABLE TRIGGER casework_event_append_only"
CLASSES = """
UPDATE casework_event AS event
SET detail = event.detail || jsonb_build_object('vehicle_class', granted.vehicle_class)
FROM (
    SELECT taken.id, coalesce(known.category, application.vehicle_class) AS vehicle_class
    FROM casework_event AS taken
    JOIN exemptions_application AS application ON application.id = taken.case_id
    LEFT JOIN LATERAL (
        SELECT facts.facts ->> 'category' AS category
        FROM exemptions_decision AS decision JOIN exemptions_factsrecord AS facts ON facts.id = decision.facts_id
        WHERE decision.application_id = application.id
        ORDER BY decision.taken_at, decision.id
        LIMIT 1
    ) AS known ON known.category IN ('van', 'truck')
    WHERE taken.case_type = 'application' AND taken.step = 'grant_at_once'
) AS granted
WHERE granted.id = event.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0020_counted_from_events"),
        ("exemptions", "0024_kind_and_versions"),
    ]

    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (LIFT, CLASSES, SET)]

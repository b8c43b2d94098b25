"""What figures count stands in the events: the term of each decision, and the amount of each penalty.

The steps record both from now on. Into the events of before they are written here, from the rows that the figures
read until now: the one time that an event is added to, so the guard is lifted for it.
"""

from django.db import migrations

LIFT = "ALTER TABLE casework_event DISABLE TRIGGER casework_event_append_only"
SET = "ALTER TABLE casework_event ENABLE TRIGGER casework_event_append_only"
TERMS = """
UPDATE casework_event AS event
SET detail = event.detail || jsonb_build_object('decision_term', decided.term)
FROM (
    SELECT taken.id, jsonb_build_object(
        'received', coalesce(last.basis ->> 'received', came_in.received_on),
        'due', last.due,
        'suspended_days', last.basis -> 'suspended_days'
    ) AS term
    FROM casework_event AS taken
    CROSS JOIN LATERAL (
        SELECT due, basis FROM casework_deadline AS deadline
        WHERE deadline.dossier_id = taken.dossier_id AND deadline.case_type = taken.case_type
          AND deadline.case_id = taken.case_id AND deadline.opened_at <= taken.at
          AND deadline.kind = CASE taken.case_type WHEN 'objection' THEN 'decide_objection' ELSE 'decide' END
        ORDER BY deadline.opened_at DESC, deadline.id DESC
        LIMIT 1
    ) AS last
    LEFT JOIN LATERAL (
        SELECT detail ->> 'received_on' AS received_on FROM casework_event AS sent
        WHERE sent.case_type = taken.case_type AND sent.case_id = taken.case_id
          AND taken.case_type = 'objection' AND sent.step IN ('file', 'register')
        LIMIT 1
    ) AS came_in ON true
    WHERE (taken.case_type = 'application'
           AND taken.step IN ('grant', 'reject', 'set_aside', 'approve_grant', 'approve_rejection'))
       OR (taken.case_type = 'objection'
           AND taken.step IN ('uphold', 'settle_by_renewal', 'uphold_in_part', 'uphold_and_reopen',
                              'declare_unfounded', 'declare_inadmissible'))
) AS decided
WHERE decided.id = event.id
"""
# Of several notices of one case that were settled on one day, the earlier one was settled first.
AMOUNTS = """
UPDATE casework_event AS event
SET detail = event.detail || jsonb_build_object('amount_eur', notice.amount_eur)
FROM (
    SELECT id, case_type, case_id, (at AT TIME ZONE 'Europe/Amsterdam')::date AS day, row_number() OVER (
        PARTITION BY case_type, case_id, (at AT TIME ZONE 'Europe/Amsterdam')::date ORDER BY at, id
    ) AS place
    FROM casework_event WHERE step = 'set_penalty'
) AS taken
JOIN (
    SELECT case_type, case_id, set_on, amount_eur, row_number() OVER (
        PARTITION BY case_type, case_id, set_on ORDER BY set_by_id IS NULL, received_on, id
    ) AS place
    FROM casework_defaultnotice WHERE set_on IS NOT NULL
) AS notice ON notice.case_type = taken.case_type AND notice.case_id = taken.case_id
           AND notice.set_on = taken.day AND notice.place = taken.place
WHERE taken.id = event.id
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0019_postal_copy")]

    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (LIFT, TERMS, AMOUNTS, SET)]

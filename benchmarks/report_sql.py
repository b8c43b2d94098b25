"""The aggregates that the report needs as hand-written SQL: the baseline of `report`.

One statement per figure; R02 to R04 share theirs. R14 to R21 read a few hundred rows that others handed in and are
left out, which makes the comparison stricter.
"""

FILED = """
FROM casework_event e
JOIN exemptions_application a ON a.dossier_id = e.dossier_id
JOIN exemptions_kindversion k ON k.id = a.filed_as_id
WHERE e.case_type = 'application' AND e.step = 'file' AND e.at >= %(starts_at)s AND e.at < %(ends_at)s
"""
GRANTED_DAYS = FILED.replace("'file'", "'grant_at_once'")
AMSTERDAM = "AT TIME ZONE 'Europe/Amsterdam'"
OBJECTED = """
FROM casework_event e
JOIN objections_objection o ON o.id = e.case_id
JOIN exemptions_application a ON a.dossier_id = e.dossier_id
JOIN exemptions_kindversion k ON k.id = a.filed_as_id
WHERE e.case_type = 'objection' AND e.step IN ('file', 'register') AND e.at < %(ends_at)s
  AND e.detail ->> 'received_on' BETWEEN %(first)s AND %(last)s
"""

# ruff: noqa: S608 -- our own constants, no input
STATEMENTS: dict[str, str] = {
    "R01": f"SELECT k.scope, count(*) {FILED} GROUP BY k.scope",
    "R02 R03 R04": f"""
        WITH filed AS (SELECT e.case_id {FILED} AND k.scope = 'national'),
        moved AS (
            SELECT DISTINCT ON (e.case_id) e.case_id, e.to_status, e.from_status
            FROM casework_event e JOIN filed USING (case_id)
            WHERE e.case_type = 'application' AND e.at < %(ends_at)s AND e.from_status <> e.to_status
            ORDER BY e.case_id, e.at DESC, e.id DESC
        ), judged AS (
            SELECT DISTINCT ON (e.case_id) e.case_id, (e.detail ->> 'ground')::bigint AS ground
            FROM casework_event e JOIN filed USING (case_id)
            WHERE e.case_type = 'application' AND e.at < %(ends_at)s
              AND e.step IN ('reject', 'propose_rejection', 'set_aside')
            ORDER BY e.case_id, e.at DESC, e.id DESC
        )
        SELECT to_status, from_status, g.category, count(*)
        FROM moved LEFT JOIN judged USING (case_id) LEFT JOIN exemptions_ground g ON g.id = judged.ground
        GROUP BY 1, 2, 3""",
    "R05": f"""
        SELECT date_trunc('week', e.at {AMSTERDAM})::date, count(*) {FILED} AND k.scope <> 'day' GROUP BY 1""",
    "R06": f"""
        SELECT date_trunc('month', e.at {AMSTERDAM})::date, a.vehicle_class, count(*) {GRANTED_DAYS} GROUP BY 1, 2""",
    "R07": f"SELECT a.vehicle_class, count(*) {GRANTED_DAYS} GROUP BY 1",
    "R08": """
        SELECT used, count(*) FROM (
            SELECT u.plate, u.country, u.municipality_id, u.year, count(*) AS used
            FROM casework_event e
            JOIN exemptions_application a ON a.dossier_id = e.dossier_id
            JOIN exemptions_exemption x ON x.application_id = a.id
            JOIN exemptions_dayuse u ON u.exemption_id = x.id
            WHERE e.case_type = 'application' AND e.step = 'grant_at_once'
              AND e.at >= %(starts_at)s AND e.at < %(ends_at)s
            GROUP BY 1, 2, 3, 4
        ) AS vehicle GROUP BY used""",
    "R09": f"SELECT k.kind_id, count(*) {FILED} AND k.scope = 'local' GROUP BY k.kind_id",
    "R10": f"SELECT k.kind_id, count(*) {OBJECTED} GROUP BY k.kind_id",
    "R11": f"SELECT o.status, count(*) {OBJECTED} GROUP BY o.status",
    "R12": """
        SELECT p.status, count(*) FROM casework_event e JOIN objections_appeal p ON p.id = e.case_id
        WHERE e.case_type = 'appeal' AND e.step = 'lodge' AND e.at < %(ends_at)s
          AND e.detail ->> 'filed_on' BETWEEN %(first)s AND %(last)s GROUP BY p.status""",
    "R22": f"""
        SELECT k.kind_id, percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (
                   ORDER BY (e.at {AMSTERDAM})::date - (d.basis ->> 'received')::date),
               count(*), count(*) FILTER (WHERE (e.at {AMSTERDAM})::date <= d.due),
               sum((d.basis ->> 'suspended_days')::int)
        FROM casework_event e
        JOIN exemptions_application a ON a.dossier_id = e.dossier_id
        JOIN exemptions_kindversion k ON k.id = a.filed_as_id
        JOIN casework_deadline d ON d.dossier_id = e.dossier_id AND d.case_type = e.case_type
                                AND d.case_id = e.case_id AND d.kind = 'decide' AND d.opened_at <= e.at
        WHERE e.case_type = 'application'
          AND e.step IN ('grant', 'reject', 'set_aside', 'approve_grant', 'approve_rejection')
          AND e.at >= %(starts_at)s AND e.at < %(ends_at)s
        GROUP BY k.kind_id""",
    "R23": """
        SELECT k.kind_id, e.detail ->> 'kind', count(*)
        FROM casework_event e
        JOIN exemptions_application a ON a.dossier_id = e.dossier_id
        JOIN exemptions_kindversion k ON k.id = a.filed_as_id
        WHERE e.case_type = 'application' AND e.step = 'convert'
          AND e.at >= %(starts_at)s AND e.at < %(ends_at)s
        GROUP BY 1, 2""",
    "R24": f"""
        SELECT a.municipality_id, count(*), count(*) FILTER (WHERE a.country <> 'NL')
        {FILED} AND a.plate <> '' GROUP BY 1""",
    "R25": """
        SELECT e.to_status, e.detail ->> 'outcome', count(*) FROM casework_event e
        WHERE e.case_type = 'complaint' AND e.from_status <> e.to_status
          AND e.to_status IN ('concluded', 'settled', 'declined', 'withdrawn', 'forwarded')
          AND e.at >= %(starts_at)s AND e.at < %(ends_at)s
        GROUP BY 1, 2""",
    "R26": """
        SELECT e.detail ->> 'made_known_on' <= e.detail -> 'decision_term' ->> 'due', count(*) FROM casework_event e
        WHERE e.case_type = 'complaint' AND e.step = 'conclude'
          AND e.at >= %(starts_at)s AND e.at < %(ends_at)s
        GROUP BY 1""",
    "R27": f"SELECT coalesce(e.detail ->> 'channel', 'portal'), count(*) {FILED} GROUP BY 1",
    "R28": """
        SELECT e.detail ->> 'score', count(*) FROM casework_event e
        WHERE e.case_type = 'application' AND e.step = 'rate' AND e.at >= %(starts_at)s AND e.at < %(ends_at)s
        GROUP BY 1""",
}

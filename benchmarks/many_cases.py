"""Inserts 100,000 or more applications by SQL within seconds: only for measuring, not plausible enough to look at."""

from django.db import connection, transaction
from django.db.models import Max
from django.db.models.functions import Coalesce

from accounts.models import User
from casework.models import Dossier
from exemptions.models import Applicant, Application

CASES = 100_000
CASES_EACH = 5
"""Cases per applicant, on average."""
CASEWORKERS = 50

FIRST = [
    "Bakkerij",
    "Verhuisbedrijf",
    "Loodgieter",
    "Bloemen",
    "Schildersbedrijf",
    "Installatie",
    "Koerier",
    "Slagerij",
]
LAST = ["De Korst", "Vlot", "Jansen", "De Vries", "Yilmaz", "Van den Berg", "El Amrani", "Bakker", "Visser", "Smit"]

USERS_SQL = """
INSERT INTO accounts_user
    (password, is_superuser, email, name, language, is_active, is_staff, date_joined, mail_expiry, mail_progress,
     function)
SELECT '!', false, sort || i || '@bench.example', 'Gebruiker ' || i, 'nl', true, sort = 'desk', now(), true, false, ''
FROM (VALUES ('desk', %(desk)s, %(caseworkers)s), ('owner', %(present)s, %(applicants)s))
     AS kinds (sort, present, many),
     generate_series(present + 1, many) AS i
"""
APPLICANTS_SQL = """
INSERT INTO exemptions_applicant
    (form, name, kvk_number, branch_number, street, postcode, city, country, email, phone, created_at, second_email,
     mail_expiry, mail_progress)
SELECT 'organisation',
       (%(first)s::text[])[1 + i %% array_length(%(first)s::text[], 1)] || ' '
           || (%(last_names)s::text[])[1 + i %% array_length(%(last_names)s::text[], 1)] || ' ' || i,
       lpad(i::text, 8, '1'), '', 'Oudegracht ' || i, '3511 AA', 'Utrecht', 'NL',
       'post' || i || '@bench.example', '', now(), '', true, false
FROM generate_series(%(present)s + 1, %(applicants)s) AS i
"""
MANDATES_SQL = """
INSERT INTO exemptions_mandate (user_id, applicant_id, role, since)
SELECT u.first + n, a.first + n, 'owner', now()
FROM generate_series(%(present)s, %(applicants)s - 1) AS n
CROSS JOIN (SELECT min(id) AS first FROM exemptions_applicant) AS a
CROSS JOIN (SELECT min(id) AS first FROM accounts_user WHERE email LIKE 'owner%%@bench.example') AS u
"""
# All of them chose letters in the portal.
CHANNELS_SQL = """
INSERT INTO exemptions_channelchoice (applicant_id, electronic, chosen_by_id, chosen_at, text_version, text)
SELECT applicant_id, true, user_id, now(), current_date, 'In het portaal.'
FROM exemptions_mandate WHERE applicant_id NOT IN (SELECT applicant_id FROM exemptions_channelchoice)
"""
DOSSIERS_SQL = """
INSERT INTO casework_dossier (number, opened_at)
SELECT 'ZES-' || 2025 - i / 1000000 || '-' || lpad((i %% 1000000)::text, 6, '0'), now() - (i %% 700) * interval '1 day'
FROM generate_series(%(filled)s + 1, %(cases)s) AS i
"""
# Nine in ten have ended; the rest are spread over every status that needs work.
APPLICATIONS_SQL = """
INSERT INTO exemptions_application
    (key, dossier_id, status, kind_id, filed_as_id, applicant_id, owner_id, language, plate, country, vehicle_class,
     facts_verified, facts_disputed, municipality_id, answers, draft_step, created_at, changed_at, received_at,
     decide_by, assigned_to_id, channel)
SELECT gen_random_uuid(), d.id,
       CASE WHEN n %% 10 > 0 THEN (ARRAY['granted','rejected','set_aside','withdrawn','converted'])[1 + n %% 5]
            ELSE (ARRAY['submitted','in_review','waiting','supplied','hearing','proposed'])[1 + (n / 10) %% 6] END,
       k.id, k.id, a.first + n %% %(applicants)s, o.first + n %% %(applicants)s, 'nl',
       upper(substr(md5(n::text), 1, 8)), 'NL', 'van', true, '',
       CASE WHEN k.scope = 'local' THEN (SELECT min(id) FROM zones_municipality) + n %% 15 END,
       '{}', '', d.opened_at, d.opened_at, d.opened_at, current_date - 30 + (n %% 80)::int,
       CASE WHEN n %% 3 > 0 THEN u.first + n %% %(caseworkers)s END, 'portal'
FROM (SELECT id, opened_at, %(filled)s + row_number() OVER (ORDER BY id) AS n FROM casework_dossier
      WHERE id > %(last_dossier)s) AS d
JOIN (SELECT id, scope, row_number() OVER (ORDER BY id) - 1 AS r, count(*) OVER () AS of
      FROM exemptions_kindversion WHERE scope <> 'day') AS k ON k.r = d.n %% k.of
CROSS JOIN (SELECT min(id) AS first FROM exemptions_applicant) AS a
CROSS JOIN (SELECT min(id) AS first FROM accounts_user WHERE email LIKE 'desk%%@bench.example') AS u
CROSS JOIN (SELECT min(id) AS first FROM accounts_user WHERE email LIKE 'owner%%@bench.example') AS o
"""
DEADLINES_SQL = """
INSERT INTO casework_deadline (dossier_id, case_type, case_id, kind, due, basis, opened_at)
SELECT dossier_id, 'application', id, 'decide', decide_by,
       jsonb_build_object('received', received_at::date, 'weeks', 8, 'extended_to', NULL, 'raw', decide_by,
                          'suspended_days', 0, 'suspended_by', '{}'::jsonb, 'stood_still_until', NULL,
                          'skipped', '[]'::jsonb),
       received_at FROM exemptions_application
WHERE id > %(last)s AND status IN ('submitted','in_review','waiting','supplied','hearing','proposed')
UNION ALL
SELECT dossier_id, 'application', id, 'set_aside', decide_by,
       jsonb_build_object('term_ended', received_at::date, 'weeks', 4), received_at FROM exemptions_application
WHERE id > %(last)s AND status = 'waiting' AND id %% 20 = 0
"""

# For nineteen in twenty open requests, the term has not ended yet.
REQUESTS_SQL = """
WITH letter AS (
    INSERT INTO casework_letter
        (dossier_id, case_type, case_id, kind, language, subject, body, address, reference, plate, placed_at,
         made_known_on)
    SELECT dossier_id, 'application', id, 'completion', 'nl', 'bench', 'bench', '', '', '', received_at,
           received_at::date
    FROM exemptions_application WHERE id > %(last)s AND status = 'waiting'
    RETURNING id, case_id, made_known_on
)
INSERT INTO exemptions_completionrequest
    (letter_id, application_id, round, sent_at, sent_on, ends_on, explanation, answer)
SELECT id, case_id, 1, now(), made_known_on,
       CASE WHEN case_id %% 20 = 0 THEN made_known_on + 14 ELSE current_date + 14 END, '', ''
FROM letter
"""
EVENTS_SQL = """
INSERT INTO casework_event (dossier_id, case_type, case_id, at, step, from_status, to_status, by_id, detail)
SELECT dossier_id, 'application', id, received_at + place * interval '1 day', step, came_from, became,
       CASE WHEN place = 0 THEN owner_id ELSE assigned_to_id END, '{}'
FROM exemptions_application
CROSS JOIN (VALUES (0, 'file', 'draft', 'submitted'), (3, 'take_up', 'submitted', 'in_review'),
                   (30, 'grant', 'in_review', 'granted')) AS taken (place, step, came_from, became)
WHERE id > %(last)s
AND (place = 0 OR status NOT IN ('submitted', 'in_review', 'waiting', 'supplied', 'hearing', 'proposed'))
"""


def fill(*, cases: int = CASES) -> None:
    """Insert the cases that are missing and update PostgreSQL's statistics."""
    filled = Application.objects.filter(owner__email__endswith="@bench.example").count()
    if filled >= cases:
        return
    sizes: dict[str, int | list[str]] = {
        "filled": filled,
        "cases": cases,
        "present": Applicant.objects.filter(email__endswith="@bench.example").count(),
        "applicants": max(1, cases // CASES_EACH),
        "desk": User.objects.filter(email__startswith="desk", email__endswith="@bench.example").count(),
        "caseworkers": CASEWORKERS,
        "last": Application.objects.aggregate(last=Coalesce(Max("pk"), 0))["last"],
        "last_dossier": Dossier.objects.aggregate(last=Coalesce(Max("pk"), 0))["last"],
        "first": FIRST,
        "last_names": LAST,
    }
    statements = (
        USERS_SQL,
        APPLICANTS_SQL,
        MANDATES_SQL,
        CHANNELS_SQL,
        DOSSIERS_SQL,
        APPLICATIONS_SQL,
        DEADLINES_SQL,
        REQUESTS_SQL,
        EVENTS_SQL,
    )
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, sizes)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")


# Copies of the ended cases, each set with numbers from another year.
MORE_SQL = """
WITH ended AS (
    SELECT a.*, d.number, d.opened_at FROM exemptions_application AS a JOIN casework_dossier AS d ON d.id = a.dossier_id
    WHERE status IN ('granted', 'rejected', 'set_aside', 'withdrawn', 'converted')
), more AS (
    INSERT INTO casework_dossier (number, opened_at)
    SELECT 'ZES-' || 2100 + time || substr(number, 9), opened_at FROM ended, generate_series(2, %(times)s) AS time
    RETURNING id, number
)
INSERT INTO exemptions_application
    (key, dossier_id, status, kind_id, filed_as_id, applicant_id, owner_id, language, plate, country, vehicle_class,
     facts_verified, facts_disputed, municipality_id, answers, draft_step, created_at, changed_at, received_at,
     decide_by, assigned_to_id, channel)
SELECT gen_random_uuid(), more.id, status, kind_id, filed_as_id, applicant_id, owner_id, language, plate, country,
       vehicle_class, facts_verified, facts_disputed, municipality_id, answers, draft_step, created_at, changed_at,
       received_at, decide_by, assigned_to_id, channel
FROM more JOIN ended ON substr(ended.number, 9) = substr(more.number, 9)
"""


def multiply(times: int) -> None:
    """Copy the ended cases that `fill` made, for measurements that need very many."""
    with connection.cursor() as cursor:
        cursor.execute(MORE_SQL, {"times": times})
        cursor.execute("ANALYZE")

"""Enforcement queries: a single one against a bare view, and 200,000 plates in one request against bare SQL."""

import json
import statistics
from collections.abc import Iterator
from functools import partial
from typing import Any

import httpx

from benchmarks.measurement import Measurement, timed
from benchmarks.served import product

PLATES = 200_000
EXEMPT_EACH = 10  # one in ten plates has an exemption
ASKED = 300
RATE, TIMES = 0.6, 3.0
AT = "2026-12-01T10:00:00+01:00"

# An exemption for each application, and facts as the register gave them an hour ago.
FILL = """
WITH exempt AS (
    SELECT id, row_number() OVER (ORDER BY id) AS i FROM exemptions_application ORDER BY id LIMIT %(exempt)s
), decided AS (
    INSERT INTO exemptions_decision
        (application_id, outcome, explanation, reference, taken_at, starts_on, ends_on, in_part, doubts, doubts_reason)
    SELECT id, 'granted', '', 'BENCH' || i, now(), '2026-01-01', '2027-12-31', false, '{}', '' FROM exempt
    RETURNING id, application_id, reference
)
INSERT INTO exemptions_exemption (decision_id, application_id, plate, country, starts_at, ends_at, ends_on)
SELECT id, application_id, 'B' || lpad(substr(reference, 6)::int * %(each)s || '', 6, '0'), 'PL',
       '2026-01-01', '2028-01-01', '2027-12-31' FROM decided
"""
BARE = """
SELECT q.i, e.id, e.ends_at, d.reference, r.facts
FROM unnest(%(plates)s::text[], %(digests)s::bytea[]) WITH ORDINALITY AS q(plate, digest, i)
LEFT JOIN exemptions_exemption e ON e.plate = q.plate AND e.country = 'PL' AND e.revoked_at IS NULL
    AND e.starts_at <= %(at)s AND e.ends_at > %(at)s AND NOT EXISTS (
        SELECT FROM exemptions_exemptionsuspension s WHERE s.exemption_id = e.id AND s.starts_at <= %(at)s
            AND (s.ends_at IS NULL OR s.ends_at > %(at)s))
LEFT JOIN exemptions_decision d ON d.id = e.decision_id
LEFT JOIN enforcement_registerentry r ON r.digest = q.digest
ORDER BY q.i
"""


def measure() -> Iterator[Measurement]:
    """Serve the product with its own web server, and measure both."""
    plates = fill()
    headers = {"Authorization": f"Bearer {make_token()}"}
    with product() as address, httpx.Client(base_url=address, headers=headers, timeout=120) as client:
        yield from measure_one(client)
        yield from measure_many(client, plates)


def measure_one(client: httpx.Client) -> Iterator[Measurement]:
    """Alternate with the bare view, so that other load on the machine affects both alike."""
    question = {"plate": "B000010", "country": "PL", "zone": "GM0344", "at": AT}
    ask = partial(client.post, "/api/v1/ontheffingscontroles", json=question)
    see, keep = partial(client.get, "/bare/"), partial(client.get, "/bare-row/")
    if ask().json()["by"] != "exemption":
        raise AssertionError("the question got no answer")
    asked, seen, kept = [], [], []
    for _turn in range(10):
        asked.append(timed("a question", ask, runs=ASKED // 10).median_ms)
        seen.append(timed("a bare view", see, runs=ASKED // 10).median_ms)
        kept.append(timed("a bare row", keep, runs=ASKED // 10).median_ms)
    question_ms, bare_ms, row_ms = statistics.median(asked), statistics.median(seen), statistics.median(kept)
    yield Measurement(name="enforcement: a bare view", median_ms=bare_ms, worst_ms=max(seen), runs=ASKED)
    yield Measurement(name="enforcement: a bare view and a row", median_ms=row_ms, worst_ms=max(kept), runs=ASKED)
    yield Measurement(
        name="enforcement: one question",
        median_ms=question_ms,
        worst_ms=max(asked),
        runs=ASKED,
        limit_ms=bare_ms / RATE,
        over={
            "rate_beside_bare": round(bare_ms / question_ms, 2),
            "rate_beside_row": round(row_ms / question_ms, 2),
        },
    )


def measure_many(client: httpx.Client, plates: list[tuple[str, str]]) -> Iterator[Measurement]:
    """Half of the plates are Dutch with known facts; a tenth of the foreign ones are exempt."""
    lines = (json.dumps({"plate": plate, "country": country, "zone": "GM0344", "at": AT}) for plate, country in plates)
    body = "\n".join(lines).encode()
    kind = {"Content-Type": "application/x-ndjson"}
    bare = timed("enforcement: bare SQL of 200,000 plates", partial(run_bare, plates), runs=3, plates=PLATES)
    ask = partial(client.post, "/api/v1/ontheffingscontroles/bulk", content=body, headers=kind)
    if ask().text.count("\n") != PLATES:
        raise AssertionError("not every line was answered")
    taken = timed("enforcement: 200,000 plates in one request", ask, runs=3, plates=PLATES)
    ratio = round(taken.median_ms / bare.median_ms, 2)
    yield bare
    yield Measurement(**{**vars(taken), "over": {**taken.over, "times_sql": ratio}, "at_most": {"times_sql": TIMES}})


def fill() -> list[tuple[str, str]]:
    """Fill the tables; returns the plates to ask about, with their countries."""
    from django.db import connection
    from django.utils import timezone

    from benchmarks import many_cases
    from enforcement.register_entries import keep_entries

    many_cases.fill(cases=PLATES // EXEMPT_EACH)
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"exempt": PLATES // EXEMPT_EACH, "each": EXEMPT_EACH})
    foreign = [(f"B{number:06}", "PL") for number in range(PLATES // 2)]
    dutch = [(f"B{number:05}", "NL") for number in range(PLATES // 2)]
    facts = [f"van||{number % 7}|{2005 + number % 20}-0{1 + number % 9}-1{number % 10}|||" for number in range(5000)]
    told = {plate: facts[number % len(facts)] for number, (plate, _country) in enumerate(dutch)}
    keep_entries(told, as_of=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [plate for both in zip(foreign, dutch, strict=True) for plate in both]


def run_bare(plates: list[tuple[str, str]]) -> int:
    """Fetch the same rows by SQL alone."""
    from django.db import connection

    from enforcement.digests import digest_plate

    asked: dict[str, Any] = {"plates": [plate for plate, _country in plates], "at": AT}
    asked["digests"] = [digest_plate(plate, country) for plate, country in plates]
    with connection.cursor() as cursor:
        cursor.execute(BARE, asked)
        return len(cursor.fetchall())


def make_token() -> str:
    """An access token for a program of Utrecht, valid for an hour."""
    from datetime import timedelta

    from allauth.idp.oidc.adapter import get_adapter
    from allauth.idp.oidc.models import Token
    from django.utils import timezone

    from accounts.models import User
    from enforcement.credentials import issue_credentials
    from enforcement.models import SCOPES
    from zones.models import Municipality

    chief = User.objects.create_superuser("chief@bench.example", "bench", name="Chief")
    place = Municipality.objects.get(cbs_code="GM0344")
    machine, _secret = issue_credentials(municipality=place, name="b", purpose="b", scopes=list(SCOPES), by=chief)
    value = "benchmark-token"
    ends = timezone.now() + timedelta(hours=1)
    about = {"type": Token.Type.ACCESS_TOKEN, "client": machine.client, "scopes": "\n".join(SCOPES)}
    Token.objects.create(hash=get_adapter().hash_token(value), expires_at=ends, **about)
    return value

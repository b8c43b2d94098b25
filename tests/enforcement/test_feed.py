"""The journal, its feed and the signed list: nothing forgotten, nothing lost, and nothing of another municipality."""

import json
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from casework import clock
from enforcement import feed
from enforcement.models import ExemptionChange
from exemptions.models import Exemption
from tests import given
from tests.enforcement.exempted import AMSTERDAM, UTRECHT, exempted

FEED = "/api/v1/ontheffingswijzigingen"
committed = pytest.mark.django_db(transaction=True)
KILLS = 20
KEPT = "exemptions_exemption_counted"


def read(client: Client, after: str = "") -> dict[str, Any]:
    answer = client.get(FEED, {"after": after} if after else {})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def suspend_or_lift(exemption: Exemption) -> None:
    if not exemption.suspensions.filter(ends_at=None).update(ends_at=clock.now()):
        exemption.suspensions.create()


def lines(client: Client, after: str = "") -> list[tuple[str, str]]:
    return [(line["plate"], line["what"]) for line in read(client, after)["results"]]


@contextmanager
def another_connection(database: str = "") -> Iterator[Any]:
    """Somebody else's, with a transaction of its own that is not committed yet."""
    other = connection.copy()
    other.settings_dict["NAME"] = database or connection.settings_dict["NAME"]
    other.set_autocommit(False)
    try:
        yield other
    finally:
        other.close()


@contextmanager
def mending() -> Iterator[None]:
    """A step that changes an exemption itself, which the database does not let any writer do yet."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE exemptions_exemption DISABLE TRIGGER {KEPT}")
        try:
            yield
        finally:
            cursor.execute(f"ALTER TABLE exemptions_exemption ENABLE TRIGGER {KEPT}")


# --- What the database writes -------------------------------------------------------------------------


@committed
def test_the_steps_write_it_without_knowing(as_program: Client, applicant: User, caseworker: User):
    application = given.granted(by=applicant, desk=caseworker)
    exemption = application.exemptions.get()

    [line] = read(as_program)["results"]

    assert (line["what"], line["plate"], line["zone"]) == ("granted", exemption.plate, None)
    assert line["reference"] == exemption.decision.reference
    pauses = {"paused_from", "paused_until"}
    assert set(line) == {"reference", "plate", "country", "zone", "what", "starts_at", "ends_at", "at", *pauses}


@committed
def test_every_way_in_which_one_ends_or_changes(as_program: Client, applicant: User):
    now = clock.now()
    rows = Exemption.objects.filter(pk=exempted("AA1", country="PL", by=applicant).pk)
    with mending():
        rows.update(ends_at=now + timedelta(days=3))
        pause = rows.get().suspensions.create(starts_at=now)
        pause.ends_at = now + timedelta(hours=1)
        pause.save()
        rows.update(plate="BB2")
        rows.update(revoked_at=now)
        rows.update(ends_on=now.date())  # nobody outside sees this

    assert lines(as_program) == [
        *(("AA1", what) for what in ("granted", "changed", "ended", "changed", "ended")),
        *(("BB2", what) for what in ("changed", "ended")),
    ]


@committed
def test_until_another_vehicle_has_it_the_own_one_does(as_program: Client, applicant: User):
    one = exempted("AA1", country="PL", by=applicant)
    first, last = one.starts_at + timedelta(days=3), one.starts_at + timedelta(days=5)

    one.suspensions.create(starts_at=first, ends_at=last)

    line, now = read(as_program)["results"][-1], timezone.localtime
    assert (line["starts_at"], line["ends_at"]) == (now(one.starts_at).isoformat(), now(one.ends_at).isoformat())
    assert (line["paused_from"], line["paused_until"]) == (now(first).isoformat(), now(last).isoformat())


@committed
def test_what_another_municipality_granted_is_not_told(as_program: Client, applicant: User):
    exempted("AA1", country="PL", zone=AMSTERDAM, by=applicant)
    moved = exempted("BB2", country="PL", zone=UTRECHT, by=applicant)
    exempted("CC3", country="PL", by=applicant)
    with mending():
        Exemption.objects.filter(pk=moved.pk).update(municipality=None)

    assert lines(as_program) == [("BB2", "granted"), ("CC3", "granted"), ("BB2", "ended"), ("BB2", "changed")]
    assert [line["plate"] for line in read_list(as_program)["exemptions"]] == ["BB2", "CC3"]


@committed
def test_nobody_rewrites_the_journal(applicant: User):
    exempted("AA1", country="PL", by=applicant)

    for change in (ExemptionChange.objects.all().delete, lambda: ExemptionChange.objects.update(plate="X")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


# --- Nothing is lost ------------------------------------------------------------------------------------


@committed
def test_what_commits_late_is_not_lost(as_program: Client, applicant: User):
    slow = exempted("AA1", country="PL", by=applicant)
    quick = exempted("BB2", country="PL", by=applicant)
    after = read(as_program)["next"]
    with another_connection() as other:
        with other.cursor() as cursor:
            cursor.execute("UPDATE exemptions_exemption SET revoked_at = now() WHERE id = %s", [slow.pk])
        Exemption.objects.filter(pk=quick.pk).update(revoked_at=clock.now())
        meanwhile = read(as_program, after)
        other.commit()

    assert meanwhile["results"] == []
    assert lines(as_program, meanwhile["next"]) == [("AA1", "ended"), ("BB2", "ended")]


@committed
def test_nobody_waits_for_another_database_of_the_server(as_program: Client, applicant: User):
    with another_connection("postgres") as other:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        exempted("AA1", country="PL", by=applicant)

        assert lines(as_program) == [("AA1", "granted")]


@committed
def test_a_consumer_that_is_killed_again_and_again_loses_and_doubles_nothing(
    as_program: Client, applicant: User, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(feed.read_changes, "__kwdefaults__", {"most": 3})
    chance, cursor, kills = random.Random(14), "", 0
    kept: list[dict[str, Any]] = []
    made = [exempted(f"AA{number}", country="PL", by=applicant) for number in range(12)]
    while kills < KILLS or read(as_program, cursor)["results"]:
        if kills < KILLS:
            suspend_or_lift(chance.choice(made))
        page = read(as_program, cursor)
        if kills < KILLS and chance.random() < 0.7:
            kills += 1  # before it kept what it had read
            continue
        kept, cursor = [*kept, *page["results"]], page["next"]

    everything = ExemptionChange.objects.order_by("transaction", "pk").values_list("plate", "what")
    assert [(line["plate"], line["what"]) for line in kept] == list(everything)


@committed
def test_asked_again_with_the_same_cursor_it_says_the_same(as_program: Client, applicant: User):
    exempted("AA1", country="PL", by=applicant)

    assert read(as_program) == read(as_program)


@committed
def test_after_a_restore_consumers_are_told_to_begin_again(as_program: Client, applicant: User):
    exempted("AA1", country="PL", by=applicant)
    after = read(as_program)["next"]
    with given.rewriting():
        feed.begin_series()

    assert as_program.get(FEED, {"after": after}).status_code == 410
    assert lines(as_program) == [("AA1", "granted")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('enforcement_feed_series', 1, false)")


@pytest.mark.django_db
def test_what_is_no_cursor_is_refused(as_program: Client):
    for cursor in ("x", "1", "-1-1-1", "1-1", "1-1-1-1", "9" * 40, "1-1-1\n", "١-1-1"):
        assert as_program.get(FEED, {"after": cursor}).status_code == 400


# --- Beside grants ----------------------------------------------------------------------------------------


@committed
def test_a_hundred_questions_beside_grants(token: str, applicant: User):
    def ask(number: int) -> tuple[int, Any]:
        question = {"plate": f"AA{number % 10}", "country": "PL", "zone": UTRECHT}
        client = Client(headers={"Authorization": f"Bearer {token}"})
        try:
            asked = client.post("/api/v1/ontheffingscontroles", question, content_type="application/json")
            return asked.status_code, asked.json()["allowed"]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        asked = pool.map(ask, range(100))
        for number in range(10):
            exempted(f"AA{number}", country="PL", by=applicant)
        answers = list(asked)

    assert {status for status, _allowed in answers} == {200}
    assert {allowed for _status, allowed in answers} <= {True, None}
    assert [ask(number) for number in range(10)] == [(200, True)] * 10


# --- The signed list --------------------------------------------------------------------------------------


def read_list(client: Client, zone: str = UTRECHT) -> dict[str, Any]:
    """As a receiver reads it: with the key that we publish."""
    signed = client.get(f"/api/v1/ontheffingslijsten/{zone}").content.decode()
    [key] = Client().get("/.well-known/jwks.json").json()["keys"]
    assert jwt.get_unverified_header(signed)["kid"] == key["kid"]
    read: dict[str, Any] = jwt.decode(signed, jwt.PyJWK.from_json(json.dumps(key)), algorithms=["RS256"])
    return read


@pytest.mark.django_db
def test_the_list_has_what_is_in_force_there_now(as_program: Client, applicant: User):
    here = exempted("AA1", country="PL", zone=UTRECHT, by=applicant)
    exempted("BB2", country="PL", zone=AMSTERDAM, by=applicant)
    exempted("CC3", country="PL", revoked_at=clock.now(), by=applicant)
    exempted("DD4", country="PL", starts_at=clock.now() + timedelta(days=1), by=applicant)

    listed = read_list(as_program)

    assert [(line["plate"], line["reference"]) for line in listed["exemptions"]] == [("AA1", here.decision.reference)]
    assert listed["zone"] == UTRECHT


@pytest.mark.django_db
def test_the_list_says_until_when_it_holds_before_another_vehicle_has_it(as_program: Client, applicant: User):
    one = exempted("AA1", country="PL", by=applicant)
    first = one.starts_at + timedelta(days=3)
    one.suspensions.create(starts_at=first, ends_at=first + timedelta(days=1))

    [line] = read_list(as_program)["exemptions"]

    assert line["ends_at"] == timezone.localtime(first).isoformat()


@pytest.mark.django_db
def test_a_list_that_was_changed_is_no_list_of_ours(as_program: Client):
    head, _body, signature = as_program.get(f"/api/v1/ontheffingslijsten/{UTRECHT}").content.decode().split(".")
    forged = ".".join((head, jwt.utils.base64url_encode(b'{"exemptions": []}').decode(), signature))
    [key] = Client().get("/.well-known/jwks.json").json()["keys"]

    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(forged, jwt.PyJWK.from_json(json.dumps(key)), algorithms=["RS256"])


@pytest.mark.django_db
def test_the_list_of_another_municipality_is_refused(as_program: Client):
    assert as_program.get(f"/api/v1/ontheffingslijsten/{AMSTERDAM}").status_code == 403


@pytest.mark.django_db
def test_without_a_key_production_signs_nothing(as_program: Client, settings: Any):
    settings.PRODUCTION, settings.LIST_SIGNING_KEY = True, ""

    assert as_program.get(f"/api/v1/ontheffingslijsten/{UTRECHT}").status_code == 503

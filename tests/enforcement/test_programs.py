"""Programs get tokens with their secret, and the tokens are for what they are for."""

from datetime import timedelta

import pytest
import time_machine
from allauth.idp.oidc.models import Client as Credentials
from allauth.idp.oidc.models import Token
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from enforcement.credentials import revoke_credentials, rotate_secret
from enforcement.models import CHANGES, CHECKS, MachineClient, RegisterEntry
from enforcement.tasks import drop_expired
from tests.enforcement.conftest import ask_token
from tests.enforcement.exempted import UTRECHT, program
from tests.looping import each

pytestmark = pytest.mark.django_db

CHECK, FEED = "/api/v1/ontheffingscontroles", "/api/v1/ontheffingswijzigingen"
QUESTION = {"plate": "WX-12345", "country": "PL", "zone": UTRECHT}


def ask(token: str, address: str = CHECK) -> int:
    client = Client(headers={"Authorization": f"Bearer {token}"})
    asked = client.post(address, QUESTION, content_type="application/json") if address == CHECK else client.get(address)
    return asked.status_code


def test_the_token_address_is_told_where_programs_look():
    for place in ("openid-configuration", "oauth-authorization-server"):
        described = Client().get(f"/.well-known/{place}").json()

        assert described["token_endpoint"].endswith("/oauth/token")
        assert described["grant_types_supported"] == ["client_credentials"]
        assert {CHECKS, CHANGES} <= set(described["scopes_supported"])


def test_a_secret_gives_a_token_that_holds_an_hour(token: str):
    assert ask(token) == 200

    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert ask(token) == 401


def test_a_wrong_secret_gives_none(machine: MachineClient):
    asked = ask_token(machine, "geraden")

    assert asked.status_code == 401
    assert asked.json()["error"] == "invalid_client"


@each("grant", ["authorization_code", "password", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code", ""])
def test_no_other_grant_exists(issued: tuple[MachineClient, str], grant: str):
    machine, secret = issued

    asked = ask_token(machine, secret, grant_type=grant)

    assert (asked.status_code, asked.json()) == (400, {"error": "unsupported_grant_type"})


def test_the_pages_of_other_grants_do_not_exist():
    for address in ("/identity/o/authorize", "/identity/o/api/token", "/oauth/authorize", "/identity/o/device"):
        assert Client().get(address).status_code == 404


def test_the_token_is_for_what_was_asked_and_no_more(issued: tuple[MachineClient, str]):
    only_changes = ask_token(*issued, scope=CHANGES).json()["access_token"]

    assert (ask(only_changes), ask(only_changes, FEED)) == (403, 200)


def test_a_program_cannot_ask_for_more_than_it_was_given(administrator: User):
    machine, secret = program(by=administrator, scopes=(CHANGES,))

    assert ask_token(machine, secret, scope=CHECKS).status_code in {400, 401}


def test_a_secret_that_was_replaced_gives_nothing_any_more(issued, token: str, administrator: User):
    machine, old = issued
    new = rotate_secret(machine, by=administrator)

    assert (ask(token), ask_token(machine, old).status_code) == (401, 401)
    assert ask(ask_token(machine, new).json()["access_token"]) == 200


def test_a_program_that_was_revoked_is_out_at_once_and_for_good(issued, token: str, administrator: User):
    machine, secret = issued
    for _twice in range(2):
        revoke_credentials(machine, by=administrator)

    assert (ask(token), ask_token(machine, secret).status_code) == (401, 401)
    with pytest.raises(PermissionDenied):
        rotate_secret(machine, by=administrator)


@each("token", ["", "x", "a b", "é", "x" * 10_000, "' OR 1=1 --"])
def test_what_is_no_token_opens_nothing(machine: MachineClient, token: str):
    refused = Client(headers={"Authorization": f"Bearer {token}"}).post(
        CHECK, QUESTION, content_type="application/json"
    )

    assert refused.status_code == 401
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["WWW-Authenticate"].startswith("Bearer")


def test_who_is_logged_in_at_the_desk_is_no_program(as_caseworker: Client):
    assert as_caseworker.post(CHECK, QUESTION, content_type="application/json").status_code == 401


def test_only_who_keeps_the_secrets_issues_one(caseworker: User):
    with pytest.raises(PermissionDenied):
        program(by=caseworker)


def test_the_secret_is_kept_nowhere(issued):
    machine, secret = issued

    assert secret not in str(vars(Credentials.objects.get(pk=machine.client_id)))


def test_who_issued_and_revoked_is_kept(issued, administrator: User):
    machine, _secret = issued
    revoke_credentials(machine, by=administrator)

    assert [change.what for change in machine.changes.all()] == ["issued", "revoked"]
    with pytest.raises(DatabaseError), transaction.atomic():
        machine.changes.all().delete()


def test_guessing_secrets_soon_ends(machine: MachineClient):
    asked = [ask_token(machine, "geraden").status_code for _time in range(31)]

    assert asked[-1] == 429


def test_the_desk_sees_when_a_program_was_last_used(machine: MachineClient, token: str):
    ask(token)

    machine.refresh_from_db()
    assert machine.seen_at


def test_what_has_ended_is_not_kept(token: str):
    def count_kept() -> tuple[int, int]:
        return RegisterEntry.objects.count(), Token.objects.count()

    RegisterEntry.objects.create(digest=b"0" * 16)
    assert (drop_expired(), count_kept()) == (0, (1, 1))

    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert (drop_expired(), count_kept()) == (2, (0, 0))

"""Programs at the desk: the secret is shown once, replaced and revoked, by who keeps them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from enforcement.credentials import issue_credentials, revoke_credentials
from enforcement.models import MachineClient
from tests.enforcement.conftest import ask_token
from zones.models import Municipality

pytestmark = pytest.mark.django_db

BASE = "admin:enforcement_machineclient_"


def read_secret(page: str) -> str:
    found = re.search(r'Geheim</dt><dd class="desk-lines">([^<]+)<', page)
    assert found
    return found[1]


def test_a_secret_is_issued_and_shown_once(as_administrator: Client):
    place = Municipality.objects.get(cbs_code="GM0344").pk
    form = {"municipality": place, "name": "Camera's", "purpose": "Handhaving", "scopes": ["loket.controle"]}

    secret = read_secret(as_administrator.post(reverse(f"{BASE}add"), form).content.decode())

    machine = MachineClient.objects.get()
    page = as_administrator.get(reverse(f"{BASE}change", args=[machine.pk])).content.decode()
    assert secret not in page
    assert ask_token(machine, secret).status_code == 200


def test_another_secret_in_place_of_it(as_administrator: Client, machine: MachineClient):
    address = reverse(f"{BASE}rotate", args=[machine.pk])
    assert "nog hetzelfde" in as_administrator.post(address, follow=True).content.decode()
    assert list(machine.changes.values_list("what", flat=True)) == ["issued"]

    page = as_administrator.post(address, {"sure": "on"}).content.decode()

    assert ask_token(machine, read_secret(page)).status_code == 200


def test_revoking_asks_whether_one_is_sure(as_administrator: Client, machine: MachineClient):
    address = reverse(f"{BASE}revoke", args=[machine.pk])
    as_administrator.post(address)
    assert MachineClient.objects.filter(revoked_at=None).exists()

    as_administrator.post(address, {"sure": "on"})

    assert not MachineClient.objects.filter(revoked_at=None).exists()
    assert as_administrator.post(reverse(f"{BASE}rotate", args=[machine.pk])).status_code == 409


def test_the_list_begins_with_what_still_holds(as_administrator: Client, machine: MachineClient, administrator: User):
    ended, _secret = issue_credentials(
        municipality=machine.municipality, name="Aanhef", purpose="Handhaving", scopes=[], by=administrator
    )
    revoke_credentials(ended, by=administrator)

    page = as_administrator.get(reverse(f"{BASE}changelist"))

    assert list(page.context["cl"].result_list) == [machine, ended]


def test_the_page_says_in_words_what_a_program_may_do(as_administrator: Client, machine: MachineClient):
    page = as_administrator.get(reverse(f"{BASE}change", args=[machine.pk])).content.decode()

    assert "vragen of een voertuig in de zone mag zijn" in page


def test_nobody_else_sees_them(as_caseworker: Client, as_team_lead: Client, machine: MachineClient):
    for client in (as_caseworker, as_team_lead):
        for page in ("changelist", "add"):
            assert client.get(reverse(BASE + page)).status_code == 403
        assert client.post(reverse(f"{BASE}revoke", args=[machine.pk]), {"sure": "on"}).status_code == 403

"""The copy of a proof for a telephone, and what makes the portal an app."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from exemptions.models import Exemption, ExemptionSuspension
from exemptions.portal.proof_copy import build_copy
from tests import given
from zesportal.installed_app import read_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def exemption(applicant, caseworker) -> Exemption:
    return given.granted(by=applicant, desk=caseworker).exemptions.get()


def address(exemption: Exemption) -> str:
    return reverse("copy_proof", args=[exemption.pk])


def test_a_copy_says_what_a_check_at_the_roadside_needs_and_nothing_of_a_person(as_applicant, applicant, exemption):
    answer = as_applicant.get(address(exemption))

    said = answer.content.decode()
    assert set(answer.json()) == {"plate", "rows", "kept", "starts_at", "ends_at", "url", "qr"}
    assert "VX-123-Z" in said
    assert exemption.decision.reference in said
    assert "Het register beslist." in answer.json()["kept"]
    assert str(exemption.application.applicant) not in said
    assert applicant.email not in said


def test_only_those_who_act_for_the_holder_get_a_copy(client, as_stranger, as_caseworker, exemption):
    assert client.get(address(exemption)).status_code == 302
    assert as_stranger.get(address(exemption)).status_code == 404
    assert as_caseworker.get(address(exemption)).status_code == 404


def test_what_does_not_hold_is_not_copied_and_its_proof_offers_no_copy(as_applicant, exemption):
    proof = reverse("exemption_proof", args=[exemption.pk])
    assert 'id="keep"' in as_applicant.get(proof).content.decode()

    ExemptionSuspension.objects.create(exemption=exemption, starts_at=timezone.now() - timedelta(minutes=1))

    assert as_applicant.get(address(exemption)).status_code == 404
    assert 'id="keep"' not in as_applicant.get(proof).content.decode()


def test_a_day_exemption_ends_at_an_hour_and_another_with_its_last_day(exemption):
    kept = build_copy(exemption, plate="VX-123-Z", url="", qr="").kept

    assert "geldig tot en met" in kept
    exemption.application.kind = given.kind("DAG")
    assert "geldig tot en met" not in build_copy(exemption, plate="VX-123-Z", url="", qr="").kept


def test_the_manifest_has_the_name_and_the_mark_of_this_installation(client, settings):
    settings.THEME_ICONS, settings.THEME_COLOUR = "maps/huis", "#123456"

    manifest = client.get(reverse("manifest"))

    assert manifest["Content-Type"] == "application/manifest+json"
    assert manifest.json()["start_url"] == reverse("my_applications")
    assert manifest.json()["theme_color"] == "#123456"
    assert {one["src"] for one in manifest.json()["icons"] if one["purpose"] == "maskable"} == {
        "/static/maps/huis-maskable-512.png"
    }
    assert "manifest-src 'self'" in manifest["Content-Security-Policy"]


def test_the_worker_is_asked_anew_and_keeps_only_what_it_names(client):
    worker = client.get(reverse("worker"))

    script = worker.content.decode()
    files = json.loads(
        next(line for line in script.splitlines() if line.startswith("const FILES")).partition("= ")[2][:-1]
    )
    assert worker["Content-Type"] == "text/javascript"
    assert worker["Cache-Control"] == "no-cache"
    assert all(name.startswith("/static/") for name in files)
    assert read_version() in script


def test_the_page_without_a_connection_is_the_same_for_everybody(client, as_applicant, applicant):
    page = as_applicant.get(reverse("offline")).content.decode()

    assert page == client.get(reverse("offline")).content.decode()
    assert applicant.email not in page


def test_the_worker_keeps_nobody_logged_in(as_caseworker):
    before = dict(as_caseworker.session)

    for name in ("worker", "manifest", "offline"):
        as_caseworker.get(reverse(name))

    assert dict(as_caseworker.session) == before

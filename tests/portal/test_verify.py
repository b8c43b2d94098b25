"""Anybody can see whether a decision is genuine and in force, and learns nothing about anybody."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from exemptions.models import Application, Decision, Exemption
from exemptions.views.verify import qr_of
from tests import given
from tests.limits import find_most

PLATE = "VX-123-Z"


def check(client: Client, reference: str, plate: str = PLATE) -> tuple[int, str]:
    response = client.post(reverse("verify"), {"reference": reference, "plate": plate})
    return response.status_code, response.content.decode()


def scan(client: Client, reference: str) -> tuple[int, str]:
    """What a browser requests for a code: everything before the #."""
    response = client.get(reverse("verify_reference", args=[reference]))
    return response.status_code, response.content.decode()


@pytest.fixture
def granted(applicant: User, caseworker: User) -> Application:
    return given.granted(by=applicant, desk=caseworker)


@pytest.fixture
def reference(granted: Application) -> str:
    return Decision.objects.get(application=granted).reference


def test_an_exemption_in_force_is_valid(client: Client, reference: str) -> None:
    code, words = check(client, reference)

    assert code == 200
    assert "de ontheffing geldt nu" in words
    assert "alle nul-emissiezones in Nederland" in words or "alle zero-emissiezones in Nederland" in words


def test_a_reference_alone_is_genuine_and_never_valid(client: Client, reference: str) -> None:
    code, words = scan(client, reference)

    assert code == 200
    assert "Dit besluit is echt" in words
    assert "Geldig" not in words


def test_a_copy_of_a_letter_says_nothing_about_another_vehicle(client: Client, reference: str) -> None:
    code, words = check(client, reference, plate="VX-999-Z")

    assert code == 200
    assert "Niet voor dit voertuig" in words
    assert "Laatste dag" not in words


@pytest.mark.parametrize("typed", ["vx123z", " VX 123 Z ", "vx-123-z"])
def test_a_plate_may_be_typed_any_way(client: Client, reference: str, typed: str) -> None:
    assert "de ontheffing geldt nu" in check(client, reference, plate=typed)[1]


@pytest.mark.parametrize("typed", ["", "-", "A", "X" * 13])
def test_a_plate_that_can_be_none_gets_a_sentence(client: Client, reference: str, typed: str) -> None:
    words = check(client, reference, plate=typed)[1]

    assert "Er klopt nog iets niet" in words
    assert reference in words


def test_nothing_tells_whose_or_which_vehicle(client: Client, granted: Application, reference: str) -> None:
    for words in (scan(client, reference)[1], check(client, reference, plate="VX999Z")[1]):
        for secret in ("VX123Z", "VX-123-Z", "Bakkerij De Korst", "anna", str(granted.dossier), str(granted.kind)):
            assert secret not in words


def test_the_code_of_a_proof_carries_reference_and_plate(granted: Application, reference: str) -> None:
    address = qr_of(granted.exemptions.get()).url

    assert address.endswith(f"/controle/{reference}/#VX123Z")


def test_the_code_on_the_letter_carries_them_too(granted: Application) -> None:
    letter = granted.dossier.letters.get(kind="granted")

    assert letter.plate == "VX123Z"
    assert f"/controle/{letter.reference}/#VX123Z" in letter.body.replace("\\", "")


def test_it_ends_with_the_last_day(client: Client, reference: str) -> None:
    with time_machine.travel(timezone.localtime() + timedelta(days=101)):
        assert "de ontheffing is afgelopen" in check(client, reference)[1]


def test_it_can_begin_later(client: Client, reference: str) -> None:
    with given.rewriting():
        Exemption.objects.update(starts_at=timezone.localtime() + timedelta(days=3))

    assert "nog niet geldig" in check(client, reference)[1]


def test_a_revoked_exemption_is_not_valid(client: Client, reference: str) -> None:
    Exemption.objects.update(revoked_at=timezone.now())

    assert "Deze ontheffing is ingetrokken." in check(client, reference)[1]


def test_a_replaced_decision_is_not_valid(client: Client, granted: Application, reference: str) -> None:
    newer = granted.decisions.create(outcome="rejected")
    Decision.objects.filter(reference=reference).update(replaced_by=newer)
    Exemption.objects.update(revoked_at=timezone.now())

    assert "vervangen door een ander besluit" in check(client, reference)[1]


def test_a_rejection_is_genuine_and_no_exemption(
    client: Client, applicant: User, caseworker: User, other_caseworker: User
) -> None:
    application = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)

    _found, words = check(client, application.decisions.get().reference)
    assert "Dit besluit is echt, maar het is geen ontheffing." in words


@pytest.mark.parametrize("nonsense", ["BBBB-CCCC-DDDD", "x", "' OR 1=1 --", "🚚", "a" * 300])
def test_an_unknown_reference_is_said_to_be_unknown(client: Client, db: None, nonsense: str) -> None:
    code, words = scan(client, nonsense)

    assert code == 404
    assert "Dit kenmerk kennen wij niet" in words


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\t"])
def test_a_reference_may_be_typed_any_way(client: Client, reference: str, typed: str) -> None:
    sloppy = typed.format(reference.lower().replace("-", " "))

    assert "de ontheffing geldt nu" in check(client, sloppy)[1]


@pytest.mark.parametrize("typed", ["", "K7RT", "K7RT-4MWD-9XHC-K7RT", "é" * 12])
def test_a_reference_that_can_be_none_gets_a_sentence(client: Client, db: None, typed: str) -> None:
    response = client.post(reverse("verify"), {"reference": typed, "plate": PLATE})

    assert response.status_code == 200
    assert "Er klopt nog iets niet" in response.content.decode()
    assert typed in response.content.decode()


def test_who_tries_many_references_waits(client: Client, reference: str) -> None:
    codes = [check(client, reference)[0] for _time in range(find_most("verifications_a_minute") + 1)]

    assert codes == [200] * find_most("verifications_a_minute") + [429]


@pytest.mark.usefixtures("redis_away")
def test_it_answers_without_redis(client: Client, reference: str) -> None:
    assert check(client, reference)[0] == 200


@pytest.mark.parametrize("typed", ["ABC-123", "zes-2026-000103", "A" * 30])
def test_what_can_be_no_reference_is_shown_as_it_was_typed(client: Client, db: None, typed: str) -> None:
    code, words = scan(client, typed)

    assert code == 404
    assert f">{typed}</strong>" in words


def test_signs_that_cannot_be_printed_are_left_out(client: Client, db: None) -> None:
    assert ">AB</strong>" in scan(client, "A\x01B")[1]

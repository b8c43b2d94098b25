"""Who signed for a list signed for what it was then: a second tab or a colleague changes nothing afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casework.uploads.upload_checks import CheckedFile
from exemptions.fleet import application_batch, common_answers
from exemptions.models import Application, FleetBatch
from tests import given
from tests.locks import wait_until_blocked
from tests.portal.files import PDF
from tests.portal.fleet.many import confirm, look
from tests.portal.wizard import SIGNED

SENT_ALREADY = "Deze aanvragen zijn al verstuurd."


def add_file(batch: FleetBatch) -> None:
    item = given.kind("LEV").evidence.all()[0]
    common_answers.add_file(batch, item, CheckedFile("later.pdf", PDF, "application/pdf"))


CHANGES: dict[str, Callable[[FleetBatch], object]] = {
    "another kind": lambda batch: common_answers.choose_kind(batch, given.kind("DAG")),
    "other days": lambda batch: common_answers.save_wish(batch, is_complete=False, wanted_from=None),
    "van or truck": lambda batch: common_answers.save_classes(batch, {}),
    "a file more": add_file,
    "a file less": lambda batch: common_answers.remove_file(batch, 1),
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_changed_once_it_is_confirmed(lasting: FleetBatch, applicant: User, change: str) -> None:
    opened_before = FleetBatch.objects.get(pk=lasting.pk)
    application_batch.confirm_batch(lasting, by=applicant, shown=[SIGNED["declared"]])

    with pytest.raises(common_answers.AlreadyConfirmed):
        CHANGES[change](opened_before)

    lasting.refresh_from_db()
    assert lasting.is_filled_in


def test_a_second_tab_is_told(days: FleetBatch, as_applicant: Client) -> None:
    confirm(as_applicant, days)

    for name, data in (("fleet_what", {"kind": "LEV"}), ("fleet_form", {"upload": "1"})):
        page = as_applicant.post(reverse(name, args=[days.key]), data, follow=True).content.decode()
        assert SENT_ALREADY in page
        assert "3 aanvragen ingediend" in page


@pytest.mark.django_db(transaction=True)
def test_what_another_tab_confirms_while_files_come_in_stays_as_it_was(
    lasting: FleetBatch, as_applicant: Client, applicant: User
) -> None:
    def upload() -> str:
        try:
            data = {"upload": "1", "item-contract": SimpleUploadedFile("later.pdf", PDF + b"later")}
            page: str = as_applicant.post(reverse("fleet_form", args=[lasting.key]), data, follow=True).content.decode()
            return page
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            application_batch.confirm_batch(lasting, by=applicant, shown=[SIGNED["declared"]])
            page = pool.submit(upload)
            wait_until_blocked()
        assert SENT_ALREADY in page.result()

    lasting.refresh_from_db()
    assert lasting.is_filled_in
    assert not lasting.files.filter(name="later.pdf").exists()
    assert "Wij dienen uw aanvragen in" in look(as_applicant, lasting)


def test_one_signature_covers_what_is_declared_for_every_vehicle(lasting: FleetBatch, as_applicant: Client) -> None:
    declared = SIGNED["declared"]
    page = look(as_applicant, lasting)
    assert declared in page

    assert "Wat u verklaart, is veranderd" in confirm(as_applicant, lasting, declared="").content.decode()
    assert not Application.objects.filed().exists()
    confirm(as_applicant, lasting)

    assert {one.answers["replaces"] for one in Application.objects.filed()} == {"yes"}

"""The checklist."""

import pytest
from django.urls import reverse

from exemptions.models import Application
from tests import given
from tests.portal import files
from tests.portal.files import upload
from tests.portal.wizard import filled_in, goes_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(as_applicant, applicant):
    return filled_in(as_applicant, applicant)


def names(begun, code="contract"):
    """What was handed in for an item."""
    return [document.name for document in begun.draft.evidence_items.get(requirement__code=code).documents.all()]


def test_several_files_for_an_item_at_once(begun):
    sent = [upload(files.PDF, "deel 1.pdf"), upload(files.JPEG, "deel 2.jpg")]

    answer = begun.send("evidence", **{"item-contract": sent, "upload": "contract"})

    assert goes_to(answer, begun, "evidence")
    assert names(begun) == ["deel 1.pdf", "deel 2.jpg"]
    assert "deel 2.jpg" in begun.look("evidence")


def test_a_wrong_file_does_not_stop_the_good_ones(begun):
    sent = [upload(files.PDF, "goed.pdf"), upload(b"MZ" + b"\0" * 99, "fout.pdf"), upload(b"", "leeg.pdf")]

    page = begun.send("evidence", **{"item-contract": sent, "item-supplier_letter": upload(files.PNG, "ook.png")})

    assert "‘fout.pdf’ is een programma" in page.content.decode()
    assert "‘leeg.pdf’ is leeg" in page.content.decode()
    assert names(begun) == ["goed.pdf"]
    assert names(begun, "supplier_letter") == ["ook.png"]


def test_the_content_is_kept_under_a_path_that_tells_nothing(begun):
    begun.send("evidence", **{"item-contract": upload(files.PDF, "geheim contract.pdf")})

    document = begun.draft.dossier.documents.get()
    assert document.file.read() == files.PDF
    assert "geheim" not in document.file.name
    assert (document.content_type, document.added_by) == ("application/pdf", begun.draft.owner)


def test_the_same_file_twice_is_kept_once(begun):
    for name in ("een.pdf", "twee.pdf"):
        begun.send("evidence", **{"item-contract": upload(files.PDF, name)})

    assert names(begun) == ["een.pdf"]


def test_twenty_files_an_item_and_no_more(begun):
    sent = [upload(files.PDF + str(number).encode() + b"%%EOF", f"{number}.pdf") for number in range(21)]

    page = begun.send("evidence", **{"item-contract": sent}).content.decode()

    assert "hoogstens 20 bestanden" in page
    assert len(names(begun)) == 20


def test_a_file_can_be_taken_out_again(begun):
    begun.send("evidence", **{"item-contract": upload(files.PDF, "weg.pdf")})

    begun.send("evidence", remove=str(begun.draft.dossier.documents.get().pk))

    assert names(begun) == []
    assert begun.draft.dossier.documents.count() == 0


def test_a_file_that_was_taken_out_leaves_the_disk(begun, django_capture_on_commit_callbacks):
    begun.send("evidence", **{"item-contract": upload(files.PDF, "weg.pdf")})
    document = begun.draft.dossier.documents.get()
    storage, path = document.file.storage, document.file.name
    assert storage.exists(path)

    with django_capture_on_commit_callbacks(execute=True):
        begun.send("evidence", remove=str(document.pk))

    assert not storage.exists(path)


@pytest.mark.parametrize("wanted", ["", "x", "-1", "9" * 30, "999999"])
def test_taking_out_what_is_not_there_does_nothing(begun, wanted):
    begun.send("evidence", **{"item-contract": upload(files.PDF, "blijft.pdf")})

    assert goes_to(begun.send("evidence", remove=wanted), begun, "evidence")
    assert names(begun) == ["blijft.pdf"]


def test_the_file_of_another_dossier_is_out_of_reach(begun, as_stranger, stranger):
    other = filled_in(as_stranger, stranger, plate="TRU02E")
    other.send("evidence", **{"item-contract": upload(files.PDF, "andermans.pdf")})

    begun.send("evidence", remove=str(other.draft.dossier.documents.get().pk))

    assert names(other) == ["andermans.pdf"]


def test_files_chosen_before_pressing_next_or_later_are_kept_too(begun):
    begun.send("evidence", **{"item-contract": upload(files.PDF, "een.pdf"), "later": "1"})
    answer = begun.send("evidence", **{"item-supplier_letter": upload(files.PDF, "twee.pdf")})

    assert goes_to(answer, begun, "questions")
    assert (names(begun), names(begun, "supplier_letter")) == (["een.pdf"], ["twee.pdf"])


def test_what_is_required_is_said_here_and_one_can_go_on_knowing_it(begun):
    page = begun.send("evidence").content.decode()

    assert "Dit hebt u nodig om uw aanvraag te versturen" in page
    assert "#id_proof" in page
    assert goes_to(begun.send("evidence", without="1"), begun, "questions")


def test_the_registration_document_of_a_vehicle_that_the_register_knows_is_not_asked(begun):
    assert "item-registration_document" not in begun.look("evidence")


def test_another_kind_keeps_the_files_that_it_asks_too(begun):
    Application.objects.filter(key=begun.key).update(country="DE")
    begun.send("evidence", **{"item-contract": upload(files.PDF, "contract.pdf")})
    begun.send("evidence", **{"item-registration_document": upload(files.JPEG, "kentekenbewijs.jpg")})
    assert "verwijderen wij de bestanden" in begun.look("kind")

    begun.send("kind", kind="NET")

    assert names(begun, "registration_document") == ["kentekenbewijs.jpg"]
    assert [document.name for document in begun.draft.dossier.documents.all()] == ["kentekenbewijs.jpg"]


def test_the_limits_stand_on_the_page(begun):
    assert "Per onderdeel hoogstens 20 bestanden, elk van hoogstens 20 MB" in begun.look("evidence")


def test_a_page_with_one_file_chooser_does_not_speak_of_items(as_applicant, applicant, rejected):
    for address in (reverse("contact"), reverse("object_to", args=[rejected.key])):
        page = as_applicant.get(address, follow=True).content.decode()

        assert "Hoogstens 20 bestanden, elk van hoogstens 20 MB" in page
        assert "Per onderdeel" not in page


def test_a_foreign_plate_wants_its_registration_document(as_applicant, applicant):
    draft = given.draft(by=applicant, plate="WX123AB")
    Application.objects.filter(pk=draft.pk).update(country="DE")
    draft.evidence_items.get(requirement__code="registration_document").documents.clear()

    words = as_applicant.get(reverse("apply", args=[draft.key, "check"])).content.decode()

    assert "Voeg een bestand toe: Kentekenbewijs van het voertuig" in words

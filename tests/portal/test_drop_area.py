"""One area for all proof: sorted by itself, moved by hand, and read for the next page."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from exemptions.intake import draft_files, drafts
from exemptions.models import Application
from tests import given
from tests.portal import contracts, files
from tests.portal.files import upload
from tests.portal.wizard import ANSWERS, SIGNED, filled_in, goes_to, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(as_applicant, applicant):
    """One item is needed, another may be added."""
    return filled_in(as_applicant, applicant)


@pytest.fixture
def many(begun):
    """A kind that needs six."""
    drafts.choose_kind(begun.draft, given.kind("BEO"))
    return begun


def numbered(number: int):
    return upload(files.PDF + b"%d" % number + b"%%EOF", f"{number}.pdf")


def where(begun) -> dict[str, list[str]]:
    """The names of the files by item; those without one under nothing."""
    found = {"": [document.name for document in begun.draft.unsorted_files]}
    for item in begun.draft.evidence_items.with_all():
        found[item.requirement.code] = [document.name for document in item.documents.all()]
    return {code: names for code, names in found.items() if names}


def pk_of(begun, name: str) -> int:
    found: int = draft_files.find_files(begun.draft).get(name=name).pk
    return found


def order() -> bytes:
    today = timezone.localdate()
    days = {"ordered_on": today - timedelta(days=30), "expected_on": today + timedelta(days=300)}
    return contracts.as_pdf(contracts.order(**days))


# --- Sorting --------------------------------------------------------------------------------------------


def test_each_file_goes_where_its_name_tells_and_the_others_wait(many):
    answer = many.send("evidence", proof=[numbered(1), upload(files.JPEG, "btw Q1.jpg")], upload="")

    assert goes_to(answer, many, "evidence")
    assert where(many) == {"": ["1.pdf"], "vat_returns": ["btw Q1.jpg"]}
    page = many.look("evidence")
    assert "Nog niet ingedeeld: wat is dit?" in page
    assert "2 bestanden zijn toegevoegd" in page


def test_a_scan_is_sorted_by_its_words(many):
    many.send("evidence", proof=upload(contracts.as_pdf("Rittenlijst van mei"), "scan.pdf"))

    assert where(many) == {"trips": ["scan.pdf"]}


def test_with_one_item_that_is_needed_a_photo_goes_there(begun):
    begun.send("evidence", photo=upload(files.JPEG, "image.jpg"))

    assert where(begun) == {"contract": ["image.jpg"]}


def test_a_refused_file_is_named_and_the_others_are_kept(begun):
    sent = [upload(b"MZ" + b"\0" * 99, "fout.pdf"), upload(b"", "leeg.pdf"), upload(files.PDF, "goed.pdf")]

    page = begun.send("evidence", proof=sent).content.decode()

    assert "‘fout.pdf’ is een programma" in page
    assert "‘leeg.pdf’ is leeg" in page
    assert where(begun) == {"contract": ["goed.pdf"]}


def test_the_same_file_twice_is_there_once_wherever_it_is(many):
    many.send("evidence", proof=[upload(files.PDF, "btw.pdf"), upload(files.PDF, "ritten.pdf")])
    many.send("evidence", proof=[upload(files.JPEG, "IMG_1.jpg"), upload(files.JPEG, "IMG_2.jpg")])

    assert where(many) == {"": ["IMG_1.jpg"], "vat_returns": ["btw.pdf"]}


def test_who_adds_a_file_again_is_told_that_it_was_there(many):
    many.send("evidence", proof=[upload(files.PDF, "btw.pdf")], upload="")
    assert "1 bestand is toegevoegd." in many.look("evidence")

    many.send("evidence", proof=[upload(files.PDF, "nog eens.pdf")], upload="")

    page = many.look("evidence")
    assert "‘nog eens.pdf’ was er al." in page
    assert "is toegevoegd" not in page


def test_who_is_stopped_hears_it_as_an_error_and_every_note_is_there(many):
    page = HTMLParser(many.send("evidence").content.decode())

    assert page.css_first("title").text().startswith("Fout: ")
    assert page.css_first("#error-summary[tabindex='-1'][role=alert]") is not None
    named = {name for one in page.css("[aria-describedby]") for name in one.attributes["aria-describedby"].split()}
    assert {name for name in named if page.css_first(f"[id='{name}']") is None} == set()


def test_of_thirty_files_at_once_twenty_fit_and_the_others_are_named(begun):
    page = begun.send("evidence", proof=[numbered(number) for number in range(30)]).content.decode()

    assert len(where(begun)["contract"]) == 20
    assert "‘20.pdf’ is niet toegevoegd: per onderdeel passen hoogstens 20 bestanden" in page
    assert "‘29.pdf’ is niet toegevoegd" in page


def test_no_more_than_twenty_wait_to_be_sorted(many):
    many.send("evidence", proof=[numbered(number) for number in range(21)])

    assert len(where(many)[""]) == 20


def test_a_long_name_in_another_direction_is_shown_as_it_is(many):
    name = "\u202e" + "א" * 300 + ".pdf"

    many.send("evidence", proof=SimpleUploadedFile(name, files.PDF))

    (kept,) = where(many)[""]
    assert (len(kept), kept.endswith(".pdf"), "\u202e" in kept) == (150, True, False)
    assert f"<bdi>{kept}</bdi>" in many.look("evidence")


def test_a_spreadsheet_that_is_not_our_form_waits(many):
    many.send("evidence", proof=upload(files.XLSX, "financieel formulier.xlsx"))

    assert where(many) == {"": ["financieel formulier.xlsx"]}


# --- Moving ---------------------------------------------------------------------------------------------


def test_nobody_goes_on_with_a_file_that_is_not_sorted(many):
    page = many.send("evidence", proof=numbered(1), without="1")
    assert goes_to(page, many, "questions")

    assert "Geef aan wat dit bestand is: 1.pdf" in many.look("check")
    assert "Geef aan wat dit bestand is: 1.pdf" in many.send("evidence").content.decode()
    many.send("check", **SIGNED)
    assert many.draft.is_draft


def test_what_a_file_is_can_be_said_with_any_button(many):
    many.send("evidence", proof=[numbered(1), numbered(2)])
    chosen = {f"place-{pk_of(many, '1.pdf')}": "trips", f"place-{pk_of(many, '2.pdf')}": "annual_accounts"}

    many.send("evidence", later="1", **chosen)

    assert where(many) == {"trips": ["1.pdf"], "annual_accounts": ["2.pdf"]}


def test_a_sorted_file_can_be_moved(begun):
    begun.send("evidence", proof=upload(files.PDF, "contract.pdf"))
    pk = pk_of(begun, "contract.pdf")

    answer = begun.send("evidence", move=str(pk), **{f"place-{pk}": "supplier_letter"})

    assert goes_to(answer, begun, "evidence")
    assert where(begun) == {"supplier_letter": ["contract.pdf"]}
    assert "‘contract.pdf’ staat nu bij" in begun.look("evidence")


def test_moving_to_an_item_that_is_full_is_refused(begun):
    begun.send("evidence", **{"item-contract": [numbered(number) for number in range(20)]})
    begun.send("evidence", **{"item-supplier_letter": upload(files.PNG, "los.png")})
    pk = pk_of(begun, "los.png")

    assert goes_to(begun.send("evidence", **{f"place-{pk}": "contract"}), begun, "evidence")

    assert "‘los.png’ is niet verplaatst" in begun.look("evidence")
    assert where(begun)["supplier_letter"] == ["los.png"]


def test_moving_to_where_the_same_file_is_leaves_one(begun):
    begun.send("evidence", **{"item-contract": upload(files.PDF, "een.pdf")})
    begun.send("evidence", **{"item-supplier_letter": upload(files.PDF, "twee.pdf")})

    begun.send("evidence", **{f"place-{pk_of(begun, 'twee.pdf')}": "contract"})

    assert where(begun) == {"contract": ["een.pdf"]}


def test_a_spreadsheet_is_moved_to_a_form_only_if_it_is_that_form(many):
    many.send("evidence", proof=upload(files.XLSX, "lijst.xlsx"))

    many.send("evidence", **{f"place-{pk_of(many, 'lijst.xlsx')}": "financial_form"})

    assert where(many) == {"": ["lijst.xlsx"]}


@pytest.mark.parametrize("code", ["", "registration_document", "no_such", "' OR 1=1"])
def test_an_item_that_is_not_there_is_no_place(begun, code):
    begun.send("evidence", proof=upload(files.PDF, "contract.pdf"))

    begun.send("evidence", **{f"place-{pk_of(begun, 'contract.pdf')}": code})

    assert where(begun) == {"contract": ["contract.pdf"]}


def test_the_file_of_another_draft_cannot_be_moved(begun, as_stranger, stranger):
    other = filled_in(as_stranger, stranger, plate="TRU02E")
    other.send("evidence", proof=upload(files.PDF, "andermans.pdf"))
    pk = pk_of(other, "andermans.pdf")

    assert begun.send("evidence", move=str(pk), **{f"place-{pk}": "supplier_letter"}).status_code == 404
    assert begun.client.post(other.url("evidence"), {f"place-{pk}": "supplier_letter"}).status_code == 404
    assert where(other) == {"contract": ["andermans.pdf"]}


def test_after_sending_nothing_moves_in_another_tab(begun):
    begun.send("evidence", proof=upload(files.PDF, "contract.pdf"))
    draft, pk = begun.draft, pk_of(begun, "contract.pdf")
    begun.send("check", **SIGNED)

    begun.send("evidence", move=str(pk), **{f"place-{pk}": "supplier_letter"})

    assert not begun.draft.is_draft
    letter = draft.evidence_items.get(requirement__code="supplier_letter")
    assert draft_files.move_file(draft, draft.dossier.documents.first(), letter) is False
    assert where(begun) == {"contract": ["contract.pdf"]}


def test_a_file_that_waits_can_be_taken_out(many):
    many.send("evidence", proof=numbered(1))

    many.send("evidence", remove=str(pk_of(many, "1.pdf")))

    assert where(many) == {}


# --- What is read ---------------------------------------------------------------------------------------


@pytest.fixture
def asked(as_applicant, applicant):
    """Nothing was answered yet."""
    wizard = started(as_applicant)
    wizard.send("applicant", applicant=str(applicant.mandates.get().applicant_id))
    wizard.send("vehicle", plate="TRU01E", country="NL")
    wizard.send("vehicle", verdict="right")
    wizard.send("kind", kind="LEV")
    return wizard


def test_what_a_contract_says_stands_in_the_questions_with_its_source(asked):
    asked.send("evidence", proof=upload(order(), "order.pdf"))

    page = asked.look("questions")

    assert 'value="Volvo FE Electric"' in page
    assert page.count("Uit ‘order.pdf’. Klopt dit?") == 4
    assert "ordered_on" not in asked.draft.answers


def test_what_was_read_is_no_answer_and_an_answer_is_not_read_over(asked):
    asked.send("evidence", proof=upload(order(), "order.pdf"))
    drafts.save_answers(asked.draft, {"ordered_vehicle": "eTruck 12"})

    page = asked.look("questions")

    assert 'value="eTruck 12"' in page
    assert "Volvo" not in page
    assert "Beantwoord de vraag: Wanneer hebt u het besteld?" in asked.look("check")


def test_without_its_file_nothing_is_suggested(asked):
    asked.send("evidence", proof=upload(order(), "order.pdf"))

    asked.send("evidence", remove=str(pk_of(asked, "order.pdf")))

    assert "Volvo" not in asked.look("questions")


def test_a_lease_asks_its_months_at_once(asked):
    asked.send("evidence", **{"item-contract": upload(contracts.as_pdf(contracts.LEASE), "lease.pdf")})

    assert 'value="60"' in asked.look("questions")


@pytest.mark.parametrize("content", [contracts.scan(), files.PDF], ids=["scan", "tiny"])
def test_a_contract_without_words_is_kept_and_suggests_nothing(asked, content):
    asked.send("evidence", proof=upload(content, "scan.pdf"))

    assert where(asked) == {"contract": ["scan.pdf"]}
    assert "Klopt dit?" not in asked.look("questions")


def test_what_was_read_does_not_go_along_with_the_application(asked):
    asked.send("evidence", proof=upload(order(), "order.pdf"))
    initial = asked.client.get(asked.url("questions")).context["form"].initial
    asked.send("questions", **initial, shown=[*initial])

    asked.send("check", **SIGNED)

    sent = Application.objects.get(key=asked.key)
    assert sent.status == "submitted"
    assert set(sent.answers) == {*initial, "replaces"}


def test_a_contract_of_two_other_companies_is_asked_about(asked):
    own = asked.draft.applicant.kvk_number
    asked.send("evidence", proof=upload(contracts.as_pdf(contracts.ORDER.replace(own, "99999999")), "order.pdf"))
    assert f"vinden wij het KVK-nummer van {asked.draft.applicant} ({own}) niet." in asked.look("questions")

    asked.send("evidence", remove=str(pk_of(asked, "order.pdf")))
    assert "vinden wij het KVK-nummer" not in asked.look("questions")


def test_the_names_in_a_contract_stand_there_to_be_looked_at_and_a_stranger_is_asked_about(asked):
    holder = asked.draft.applicant
    asked.send(
        "evidence", proof=upload(contracts.as_pdf("Koper: Klusbedrijf Berg\n\nGetekend door: A. de Boer"), "a.pdf")
    )

    page = asked.look("questions")

    assert "Koper of lessee: Klusbedrijf Berg" in page
    assert "Ondertekend door: A. de Boer" in page
    assert f"koopt of leaset Klusbedrijf Berg het voertuig. U vraagt aan voor {holder}." in page


def test_its_own_number_or_name_is_no_reason_to_ask(asked):
    holder = asked.draft.applicant
    asked.send("evidence", proof=upload(contracts.as_pdf("Koper: De Korst"), "a.pdf"))
    asked.send("evidence", proof=upload(contracts.as_pdf(f"Koper: Klus\n\nKvK {holder.kvk_number}"), "b.pdf"))

    page = asked.look("questions")

    assert "Koper of lessee: Klus" in page
    assert f"KVK-nummer: {holder.kvk_number}" in page
    assert "U vraagt aan voor" not in page


def test_hostile_names_stay_words(asked):
    asked.send("evidence", proof=upload(contracts.as_pdf("Koper: Bakker&nbsp;Co"), "a.pdf"))

    assert "Bakker&amp;nbsp" in asked.client.get(asked.url("questions")).content.decode()


# --- Where and when -------------------------------------------------------------------------------------


def test_a_national_exemption_begins_today_unless_one_says_otherwise(asked):
    answer = asked.send("questions", **ANSWERS)

    assert goes_to(answer, asked, "check")
    assert asked.draft.wanted_from == timezone.localdate()
    assert asked.url("period") + "?check=1" in asked.look("check")


def test_a_draft_that_waited_begins_on_the_day_that_it_is_sent(asked):
    asked.send("questions", **ANSWERS)
    Application.objects.filter(key=asked.key).update(wanted_from=timezone.localdate() - timedelta(days=9))

    asked.look("check")

    assert asked.draft.wanted_from == timezone.localdate()

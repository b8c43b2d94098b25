"""Photos of the evidence by telephone: only for one draft, one telephone and some minutes, and nothing can be read."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.current_policy import CurrentPolicy
from casework.uploads.upload_checks import MAX_PER_ITEM, check_upload
from exemptions.intake import phone_links
from exemptions.models import Mandate, PhoneLink
from exemptions.portal.phone_code import build_address
from exemptions.views.phone import COOKIE
from tests import given
from tests.limits import find_most
from tests.portal import files
from tests.portal.files import upload
from tests.portal.wizard import filled_in

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def begun(as_applicant, applicant):
    return filled_in(as_applicant, applicant)


@pytest.fixture
def phone(begun) -> Client:
    """A telephone that scanned the code and pressed 'Begin'."""
    begun.client.post(panel(begun))
    taken = Client()
    taken.post(page(begun), {"begin": "1"})
    return taken


def panel(begun) -> str:
    return reverse("phone_link", args=[begun.key])


def page(begun) -> str:
    return reverse("send_photos", args=[phone_links.sign_token(PhoneLink.objects.get(application=begun.draft))])


def names(begun, code="contract") -> list[str]:
    return [document.name for document in begun.draft.evidence_items.get(requirement__code=code).documents.all()]


def send(phone: Client, address: str, *photos, item="contract"):
    return phone.post(address, {"item": item, "photos": list(photos)})


def test_a_photo_arrives_with_its_item_in_the_name_of_who_showed_the_code(begun, phone, applicant):
    answer = send(phone, page(begun), upload(files.JPEG, "foto.jpg"))

    assert answer.status_code == 302
    assert names(begun) == ["foto.jpg"]
    assert begun.draft.dossier.documents.get().added_by == applicant
    assert "1 bestand is toegevoegd" in phone.get(page(begun)).content.decode()


def test_the_panel_shows_a_code_then_that_the_phone_is_there_then_what_arrived(begun):
    shown = begun.client.post(panel(begun), headers=HTMX).content.decode()
    assert "data:image/svg+xml" in shown
    phone = Client()
    phone.post(page(begun), {"begin": "1"})
    assert "Uw telefoon is verbonden" in begun.look("evidence")
    send(phone, page(begun), upload(files.JPEG, "foto.jpg"))

    assert "Er is 1 bestand binnengekomen" in begun.client.get(panel(begun), headers=HTMX).content.decode()
    assert begun.client.get(panel(begun), {"state": "1-1"}, headers=HTMX).status_code == 204


def test_without_a_script_the_panel_is_on_the_page_itself(begun):
    answer = begun.client.post(panel(begun), follow=True)

    assert answer.redirect_chain[-1][0].endswith("#on-my-phone")
    assert "data:image/svg+xml" in answer.content.decode()


def test_the_phone_reads_nothing_but_what_proof_is_asked(begun, phone):
    draft = begun.draft
    said = phone.get(page(begun)).content.decode()

    assert str(draft.evidence_items.with_all()[0].requirement) in said
    for secret in (
        draft.plate,
        "TR-U01-E",
        str(draft.applicant),
        draft.owner.email,
        str(draft.dossier),
        str(draft.key),
    ):
        assert secret not in said


def test_a_look_by_a_messenger_uses_nothing_up(begun):
    begun.client.post(panel(begun))

    for ask in (Client().head, Client().get, Client().get):
        assert ask(page(begun)).status_code == 200
    assert PhoneLink.objects.get().device == ""


def test_a_second_phone_is_too_late(begun, phone):
    second = Client()

    assert second.get(page(begun)).status_code == 409
    assert second.post(page(begun), {"begin": "1"}).status_code == 409
    assert send(second, page(begun), upload(files.PDF, "andermans.pdf")).status_code == 409
    assert names(begun) == []


def test_of_two_that_begin_at_once_one_gets_it(begun):
    link = phone_links.open_link(begun.draft, by=begun.draft.owner)

    assert phone_links.bind_device(link)
    assert phone_links.bind_device(link) is None


def test_an_invented_cookie_is_no_phone(begun, phone):
    stranger = Client()
    stranger.cookies[COOKIE] = PhoneLink.objects.get().device

    assert send(stranger, page(begun), upload(files.PDF, "x.pdf")).status_code == 409


def test_it_ends_with_time(begun, phone, time_machine):
    minutes = CurrentPolicy.on(timezone.localdate()).number("phone_link_minutes")
    address = page(begun)
    time_machine.move_to(timezone.now() + timedelta(minutes=minutes, seconds=1))

    assert send(phone, address, upload(files.PDF, "laat.pdf")).status_code == 404
    assert names(begun) == []


def test_it_ends_where_its_maker_stops_it_or_shows_another(begun, phone):
    first = page(begun)
    begun.client.post(panel(begun))
    second = page(begun)
    begun.client.post(panel(begun), {"stop": "1"})

    assert {Client().get(address).status_code for address in (first, second)} == {404}
    assert phone.get(first).status_code == 404


def test_it_ends_where_its_maker_may_act_no_more(begun, phone, applicant):
    Mandate.objects.filter(user=applicant).update(ended_at=timezone.now())

    assert send(phone, page(begun), upload(files.PDF, "laat.pdf")).status_code == 404


def test_a_sent_application_takes_nothing_not_even_what_was_on_its_way(applicant, caseworker):
    draft = given.draft(by=applicant)
    link, item = phone_links.open_link(draft, by=applicant), draft.evidence_items.first()
    address, secret = reverse("send_photos", args=[phone_links.sign_token(link)]), phone_links.bind_device(link)
    draft.file(by=applicant)

    phone = Client()
    phone.cookies[COOKIE] = secret
    assert send(phone, address, upload(files.PDF, "laat.pdf")).status_code == 404
    with pytest.raises(phone_links.LinkEnded):
        phone_links.add_photo(link, item, check_upload(upload(files.PDF, "laat.pdf")))


def test_a_discarded_draft_takes_its_link_along(begun, phone):
    address = page(begun)

    begun.client.post(reverse("discard", args=[begun.key]), {"sure": "on"})

    assert not PhoneLink.objects.exists()
    assert phone.get(address).status_code == 404


def test_a_guessed_token_finds_nothing_and_guessing_is_stopped(client, begun):
    begun.client.post(panel(begun))
    link = PhoneLink.objects.get()
    forged = [link.key.hex, f"{link.key.hex}:{'x' * 43}", str(link.pk), "a" * 300, "%00"]

    assert {client.get(reverse("send_photos", args=[token])).status_code for token in forged} == {404}
    answers = [
        client.get(reverse("send_photos", args=["geen"])).status_code for _ in range(find_most("phone_links_a_minute"))
    ]
    assert answers[-1] == 429


def test_a_hostile_file_is_refused_and_the_good_one_beside_it_kept(begun, phone):
    answer = send(phone, page(begun), upload(b"MZ" + b"\0" * 99, "fout.jpg"), upload(files.JPEG, "goed.jpg"))

    assert "‘fout.jpg’ is een programma" in answer.content.decode()
    assert names(begun) == ["goed.jpg"]


def test_nothing_chosen_or_an_item_of_another_list_is_asked_again(begun, phone):
    assert "Maak eerst een foto" in send(phone, page(begun)).content.decode()
    assert (
        "Kies wat er op de foto staat" in send(phone, page(begun), upload(files.PDF, "x.pdf"), item="").content.decode()
    )
    assert send(phone, page(begun), upload(files.PDF, "x.pdf"), item="zzz").status_code == 200
    assert begun.draft.dossier.documents.count() == 0


def test_who_chose_nothing_reads_at_once_all_that_is_missing(begun, phone):
    nothing = send(phone, page(begun), item="").content.decode()
    assert "Kies wat er op de foto staat" in nothing
    assert "Maak eerst een foto" in nothing

    lost = send(phone, page(begun), upload(files.PDF, "x.pdf"), item="").content.decode()
    assert "Voeg uw foto’s of bestanden opnieuw toe" in lost


def test_nobody_else_shows_the_code_of_a_draft(begun, as_stranger, client):
    assert as_stranger.post(panel(begun)).status_code == 404
    assert client.post(panel(begun)).status_code == 302
    assert not PhoneLink.objects.exists()


def test_the_address_carries_the_language_and_no_table_has_it(begun):
    link = phone_links.open_link(begun.draft, by=begun.draft.owner)

    address = build_address(link)

    assert address.endswith("?taal=nl")
    assert phone_links.sign_token(link) not in str(PhoneLink.objects.values().get())


@pytest.mark.django_db(transaction=True)
def test_of_two_uploads_at_once_for_the_last_place_one_is_kept_and_the_other_told(begun, phone):
    item, address = begun.draft.evidence_items.get(requirement__code="contract"), page(begun)
    for number in range(MAX_PER_ITEM - 1):
        given.attach(item, name=f"{number}.pdf", content=files.PDF + str(number).encode() + b"%%EOF")

    def send_one(number):
        try:
            photo = upload(files.JPEG + str(number).encode(), f"foto {number}.jpg")
            return send(copy_of(phone), address, photo).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(send_one, range(2)))

    assert answers == [200, 302]
    assert len(names(begun)) == MAX_PER_ITEM
    assert PhoneLink.objects.get().arrived == 1


def copy_of(phone: Client) -> Client:
    """The same telephone in a second tab."""
    tab = Client()
    tab.cookies.update(phone.cookies)
    return tab


def test_the_phone_speaks_the_language_of_the_screen(begun):
    begun.client.post(panel(begun))

    said = Client().get(f"{page(begun)}?taal=de").content.decode()

    assert 'lang="de"' in said
    assert "Fotos zu Ihrem Antrag hinzufügen" in said


def test_links_that_ended_are_removed_when_another_is_made(begun, as_stranger, stranger):
    other = filled_in(as_stranger, stranger, plate="TRU02E")
    old = phone_links.open_link(other.draft, by=stranger)
    PhoneLink.objects.filter(pk=old.pk).update(ends_at=timezone.now() - timedelta(hours=1))

    begun.client.post(panel(begun))

    assert [one.application_id for one in PhoneLink.objects.all()] == [begun.draft.pk]

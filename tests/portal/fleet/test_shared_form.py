"""Applying for many vehicles: which ones, and what is filled in once for all of them."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from exemptions.models import (
    Applicant,
    FleetFile,
    FleetRow,
    Mandate,
    Vehicle,
)
from tests.cast import Login, acting_for
from tests.portal.files import PDF
from tests.portal.fleet.many import OLD, Fleet, begin, fill_kind


def test_what_is_missing_is_named_and_what_was_sent_is_kept(fleet: Fleet, as_applicant: Client) -> None:
    batch = begin(as_applicant, fleet(OLD), "LEV")
    response = as_applicant.post(
        reverse("fleet_form", args=[batch.key]),
        {"ordered_vehicle": "E-BUS", "shown": ["ordered_vehicle", "ordered_on"], "item-contract": given_file()},
    )
    page = response.content.decode()

    assert "Er klopt nog iets niet" in page
    assert "E-BUS" in page
    assert "contract.pdf" in page
    assert FleetFile.objects.get().name == "contract.pdf"
    batch.refresh_from_db()
    assert not batch.is_filled_in


def given_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("contract.pdf", PDF)


def test_a_file_is_removed_and_the_rest_stays(fleet: Fleet, as_applicant: Client) -> None:
    batch = begin(as_applicant, fleet(OLD), "LEV")
    address = reverse("fleet_form", args=[batch.key])
    as_applicant.post(address, {"upload": "1", "ordered_vehicle": "E-BUS", "item-contract": given_file()})

    as_applicant.post(address, {"remove": str(FleetFile.objects.get().pk), "ordered_vehicle": "E-BUS"})

    assert not FleetFile.objects.exists()
    assert "E-BUS" in as_applicant.get(address).content.decode()


def test_a_hostile_file_is_refused(fleet: Fleet, as_applicant: Client) -> None:
    batch = begin(as_applicant, fleet(OLD), "LEV")
    page = fill_kind(as_applicant, batch, **{"item-contract": SimpleUploadedFile("contract.pdf", b"MZ\x90")})

    assert "is een programma" in page.content.decode()


def test_nothing_ticked_gets_a_sentence(fleet: Fleet, as_applicant: Client) -> None:
    fleet("VAN01E")
    page = as_applicant.post(reverse("fleet_file"), {}, follow=True).content.decode()

    assert "Vink de voertuigen aan" in page


def test_all_means_what_the_filter_shows(fleet: Fleet, as_applicant: Client) -> None:
    fleet("VAN01E\nVAN00E")
    as_applicant.post(reverse("fleet_file"), {"all": "1", "filter": "no"})

    assert list(FleetRow.objects.filter(batch__purpose="file").values_list("plate", flat=True)) == ["VAN01E"]


def test_ticks_survive_an_expired_login(fleet: Fleet, applicant: User) -> None:
    (vehicle,) = fleet("VAN01E")
    browser = Client()
    browser.post(reverse("fleet_file"), {"vehicle": [vehicle.pk]})
    browser.force_login(applicant)

    page = browser.get(reverse("fleet_file")).content.decode()

    assert f'id="vehicle-{vehicle.pk}" aria-label="VAN-01-E" checked' in page


def test_after_a_login_it_is_still_the_fleet_of_whom_one_acted_for(
    login: Login, organisation: Applicant, other_organisation: Applicant, representative: User
) -> None:
    acting_for(other_organisation, representative, Mandate.Role.REPRESENTATIVE)
    vehicle = Vehicle.objects.create(applicant=other_organisation, plate="VAN04E", added_by=representative)
    page = login(representative).get(reverse("fleet"), {"voor": other_organisation.pk}).content.decode()
    found = re.search(r'class="fleet-form" action="([^"]+)"', page)
    assert found

    browser = Client()
    sent = browser.post(unescape(found[1]), {"voor": other_organisation.pk, "vehicle": [vehicle.pk]})
    browser.force_login(representative)
    back = browser.get(parse_qs(urlsplit(sent.headers["Location"]).query)["next"][0]).content.decode()

    assert f'id="vehicle-{vehicle.pk}" aria-label="VAN-04-E" checked' in back

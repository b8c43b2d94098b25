"""Which exemptions are offered for several vehicles, and of each those that it is not for: told before it is chosen."""

from datetime import UTC, datetime

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from exemptions.fleet import answers, kinds
from exemptions.intake.kind_cards import KindCard
from exemptions.models import FleetBatch
from tests.cast import Login
from tests.portal.fleet.conftest import Paste
from tests.portal.fleet.many import OLD, Fleet

IN_2026 = datetime(2026, 11, 30, 12, tzinfo=UTC)


def ticked(client: Client, fleet: Fleet, plates: str) -> str:
    """The address where the exemption is chosen for these vehicles."""
    client.post(reverse("fleet_file"), {"vehicle": [one.pk for one in fleet(plates)]})
    return reverse("fleet_what", args=[FleetBatch.objects.filter(purpose="file").latest("pk").key])


def offered(client: Client, url: str) -> dict[str, KindCard]:
    cards: dict[str, KindCard] = client.get(url).context["form"].cards
    return cards


def test_to_vans_no_exemption_for_trucks_is_offered(fleet: Fleet, as_applicant: Client) -> None:
    url = ticked(as_applicant, fleet, "VAN01E\nVAN04E")

    assert set(offered(as_applicant, url)).isdisjoint({"VHZ", "LKR", "PHV", "EXC"})
    assert "Ontheffingen die niet passen, en waarom" in as_applicant.get(url).content.decode()
    assert "past niet bij uw voertuig" in as_applicant.post(url, {"kind": "EXC"}).content.decode()


def test_what_fits_one_of_them_names_those_that_it_does_not_fit(fleet: Fleet, as_applicant: Client) -> None:
    url = ticked(as_applicant, fleet, OLD)

    (note,) = offered(as_applicant, url)["EXC"].notes
    assert (note.plates, note.words) == (("VAN-01-E", "VAN-04-E"), "Dit is alleen voor vrachtauto's.")
    assert offered(as_applicant, url)["LEV"].notes == ()


def test_a_vehicle_that_needs_none_is_told_once_and_not_at_every_kind(fleet: Fleet, as_applicant: Client) -> None:
    url = ticked(as_applicant, fleet, "VAN00E\nVAN01E")

    assert all(card.notes == () for card in offered(as_applicant, url).values())
    page = as_applicant.get(url).content.decode()
    assert page.count("VAN-00-E") == 1
    assert "geen ontheffing nodig" in page


def test_where_none_needs_one_nothing_is_offered(fleet: Fleet, as_applicant: Client) -> None:
    url = ticked(as_applicant, fleet, "VAN00E")

    assert offered(as_applicant, url) == {}
    page = as_applicant.get(url).content.decode()
    assert "Er past geen ontheffing" in page
    assert "Verder" not in page.split("<main")[1].split("<footer")[0]


def test_a_vehicle_that_may_still_enter_gets_a_day_exemption_only_for_later(
    fleet: Fleet, applicant: User, login: Login
) -> None:
    with time_machine.travel(IN_2026):
        client = login(applicant)
        (note,) = offered(client, ticked(client, fleet, "VAN01E\nVAN02E"))["DAG"].notes

    assert note.plates == ("VAN-02-E",)
    assert "Alleen voor een dag vanaf 1 januari 2027" in note.words


def test_many_plates_are_counted() -> None:
    plates = [f"VAN-{number:02}-E" for number in range(12)]

    note = kinds.make_note("Dit is alleen voor vrachtauto's.", plates, of=13)

    assert (note.plates, note.more) == (tuple(plates[:10]), 2)
    assert kinds.make_note("Dit is alleen voor vrachtauto's.", plates, of=12).plates == ()


def test_as_many_queries_for_many_vehicles_as_for_one(fleet: Fleet, as_applicant: Client) -> None:
    def queries(plates: str) -> int:
        url = ticked(as_applicant, fleet, plates)
        with CaptureQueriesContext(connection) as captured:
            as_applicant.get(url)
        return len(captured)

    assert queries("VAN01E") == queries(f"{OLD}\nVAN02E\nTRU02E\nTRU03E")


def test_when_a_list_is_added_a_day_exemption_is_named_only_where_one_helps_today(paste: Paste) -> None:
    with time_machine.travel(IN_2026):
        batch = paste("VAN01E\nVAN02E")
        rows = list(batch.rows.order_by("number"))
        today, later = answers.list_answers(batch, rows, today=timezone.localdate())

    assert "DAG" in {kind.code for kind in today.fits}
    assert "LEV" in {kind.code for kind in later.fits}
    assert "DAG" not in {kind.code for kind in later.fits}

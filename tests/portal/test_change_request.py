"""After the grant the holder asks for a change in the portal: the page of the case, one form, and it is sent."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from exemptions import day_exemptions
from exemptions.authority import describe_address, find_authority
from exemptions.models import Applicant, DayUse, FactsRecord
from exemptions.models.decision import Change
from exemptions.steps.amendment import Vehicle
from tests import contest, given
from tests.looping import each
from zones.models import Municipality

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
OTHER = Vehicle("V99ABC", "NL", given.VAN, FactsRecord.Source.REGISTER)
NEW_PLATE = {"plate": "v-99-abc", "country": "NL"}


@pytest.fixture
def granted(applicant, caseworker):
    return given.granted(by=applicant, desk=caseworker)


@pytest.fixture
def day(applicant):
    """A day exemption for the day after tomorrow."""
    return day_exemptions.ask_day_exemption(
        by=applicant,
        applicant=Applicant.objects.of(applicant).get(),
        facts=given.VAN,
        source=FactsRecord.Source.REGISTER,
        plate="V004AA",
        country="NL",
        municipality=Municipality.objects.get(name="Utrecht"),
        day=TODAY() + timedelta(days=2),
        language="nl",
    )


def page(application, wish):
    return reverse("change", args=[application.key, wish])


def case_page(client, application):
    return client.get(reverse("application", args=[application.key])).content.decode()


def send(client, application, wish, **typed):
    """Send the form of a wish; the page that follows, as text."""
    return client.post(page(application, wish), typed, follow=True).content.decode()


def take_back(client, application, request):
    way = reverse("take_back_change", args=[application.key, request.pk])
    return client.post(way, follow=True).content.decode()


# --- Two clicks ---------------------------------------------------------------------------------------------


@each("wish", ("kenteken", "tijdelijk", "langer", "naam", "stoppen"))
def test_the_page_of_the_case_leads_to_one_form_for_each_wish(as_applicant, granted, wish):
    assert page(granted, wish) in case_page(as_applicant, granted)

    form = as_applicant.get(page(granted, wish)).content.decode()

    assert "VX-123-Z" in form
    assert form.count('method="post"') >= 1


def test_my_exemptions_leads_there(as_applicant, granted):
    assert (
        f"{reverse('application', args=[granted.key])}#change"
        in as_applicant.get("/mijn/ontheffingen/").content.decode()
    )


def test_what_is_known_is_filled_in(as_applicant, granted):
    known = {
        "naam": "Bakkerij De Korst",
        "stoppen": TODAY().isoformat(),
        "tijdelijk": TODAY().isoformat(),
    }
    for wish, value in known.items():
        assert f'value="{value}"' in as_applicant.get(page(granted, wish)).content.decode()


def test_another_plate_is_asked_and_the_case_tells_by_when_we_answer(as_applicant, granted):
    words = send(as_applicant, granted, "kenteken", **NEW_PLATE, explanation="Verkocht.")

    request = granted.change_requests.get()
    assert (request.what, request.plate, request.explanation) == ("vehicle", "V99ABC", "Verkocht.")
    assert "U vroeg om: de ontheffing voor een ander voertuig, met kenteken V-99-ABC" in words
    assert "Wijziging van de ontheffing gevraagd" in words
    assert page(granted, "kenteken") not in words


@each(
    "wish, typed, what",
    [
        ("tijdelijk", {**NEW_PLATE, "starts_on": 0, "ends_on": 3}, Change.LOAN),
        ("langer", {"ends_on": 120, "explanation": "Levering later."}, Change.LONGER),
        ("naam", {"name": "De Korst BV"}, Change.NAME),
    ],
)
def test_the_other_requests_are_sent_the_same_way(as_applicant, granted, wish, typed, what):
    days = {name: (TODAY() + timedelta(days=days)).isoformat() for name, days in typed.items() if isinstance(days, int)}

    send(as_applicant, granted, wish, **typed | days)

    assert granted.change_requests.get().what == what


def test_giving_back_happens_at_once(as_applicant, granted):
    words = send(as_applicant, granted, "stoppen", from_day=TODAY().isoformat())

    assert not granted.exemptions.filter(revoked_at=None).exists()
    assert "U hebt de ontheffing teruggegeven" in words


def test_a_day_exemption_is_cancelled_before_its_day(as_applicant, day):
    assert page(day, "annuleren") in case_page(as_applicant, day)

    send(as_applicant, day, "annuleren")

    assert not DayUse.objects.exists()


def test_the_own_vehicle_has_it_again(as_applicant, granted, caseworker):
    granted.allow_temporary_vehicle(by=caseworker, vehicle=OTHER, starts_on=TODAY(), ends_on=TODAY())
    assert "tijdelijk voertuig" in send(as_applicant, granted, "stoppen", from_day=TODAY().isoformat())

    send(as_applicant, granted, "eigen-voertuig")

    assert not granted.exemptions.filter(temporary=True, revoked_at=None).exists()


def test_a_request_is_taken_back(as_applicant, granted, applicant):
    send(as_applicant, granted, "kenteken", **NEW_PLATE)

    words = take_back(as_applicant, granted, granted.change_requests.get())

    assert "U hebt uw verzoek ingetrokken" in words
    assert page(granted, "kenteken") in words


# --- What goes wrong ----------------------------------------------------------------------------------------


@each("typed", ("", "?", "V" * 30, "<script>", "' OR 1=1 --", "V\x0099ABC"))
def test_a_plate_that_can_be_none_is_refused_with_a_sentence(as_applicant, granted, typed):
    words = send(as_applicant, granted, "kenteken", plate=typed, country="NL")

    assert "error" in words
    assert "<script>" not in words.replace('<script src="', "").replace("<script defer", "") or typed != "<script>"
    assert not granted.change_requests.exists()


@each(
    "wish, typed, said",
    [
        ("kenteken", {"plate": "VX123Z", "country": "NL"}, "geldt al voor dit voertuig"),
        ("naam", {"name": "Bakkerij De Korst"}, "Deze naam hebben wij al"),
        ("langer", {"ends_on": "2020-01-01", "explanation": "x"}, "Kies een dag na de huidige laatste dag"),
        ("langer", {"ends_on": "2027-13-45", "explanation": "x"}, "Dit is geen datum"),
        ("tijdelijk", {**NEW_PLATE, "starts_on": "2020-01-01", "ends_on": "2020-01-02"}, "Kies een eerste dag"),
        ("stoppen", {"from_day": "2020-01-01"}, "Kies vandaag of een latere dag"),
    ],
)
def test_what_cannot_be_is_told_on_the_form(as_applicant, granted, wish, typed, said):
    assert said in send(as_applicant, granted, wish, **typed)
    assert not granted.change_requests.exists()


def test_sent_twice_it_is_one_request_and_the_second_time_tells_so(as_applicant, granted):
    send(as_applicant, granted, "kenteken", **NEW_PLATE)

    again = as_applicant.post(page(granted, "kenteken"), {**NEW_PLATE, "explanation": "Nog eens."})

    assert again.status_code == 409
    assert "Wijziging van de ontheffing gevraagd" in again.content.decode()
    assert "Nog eens." in again.content.decode()
    assert granted.change_requests.count() == 1


def test_in_a_second_tab_the_exemption_ended_meanwhile(as_applicant, granted, applicant):
    as_applicant.get(page(granted, "kenteken"))
    granted.end_on_request(by=applicant, from_day=TODAY())

    late = as_applicant.post(page(granted, "kenteken"), NEW_PLATE)

    assert late.status_code == 409
    assert "Uw ontheffing is gestopt, zoals u vroeg" in late.content.decode()
    assert "niet" in as_applicant.get(page(granted, "kenteken"), follow=True).content.decode()


def test_who_waits_too_long_reads_how_to_put_us_in_default(granted, applicant, login, time_machine):
    granted.ask_change(by=applicant, what=Change.NAME, name="De Korst BV")
    last = granted.change_requests.get().answer_by
    time_machine.move_to(timezone.localtime() + (last - TODAY()))
    assert "ingebrekestelling" not in case_page(login(applicant), granted)

    time_machine.move_to(timezone.localtime() + timedelta(days=1))

    words = case_page(login(applicant), granted)
    assert "Wij zijn te laat: u had ons antwoord nu al moeten hebben." in words
    assert "ingebrekestelling, artikel 4:17 Awb" in words
    assert describe_address(find_authority(granted)) in words


def test_taking_back_twice_or_too_late_tells_so(as_applicant, granted, caseworker):
    send(as_applicant, granted, "kenteken", **NEW_PLATE)
    asked = granted.change_requests.get()
    granted.replace_vehicle(by=caseworker, vehicle=OTHER)

    assert "al beantwoord of ingetrokken" in take_back(as_applicant, granted, asked)
    assert as_applicant.get(reverse("take_back_change", args=[granted.key, asked.pk])).status_code == 302


def test_a_strangers_case_does_not_exist(as_stranger, as_applicant, granted):
    send(as_applicant, granted, "kenteken", **NEW_PLATE)
    way = reverse("take_back_change", args=[granted.key, granted.change_requests.get().pk])

    for response in (
        as_stranger.get(page(granted, "stoppen")),
        as_stranger.post(page(granted, "stoppen"), {"from_day": TODAY().isoformat()}),
        as_stranger.post(way),
    ):
        assert response.status_code == 404
    assert granted.exemptions.filter(revoked_at=None).exists()


def test_the_request_of_another_case_is_not_taken_back_here(as_applicant, granted, applicant, caseworker):
    other = given.granted(by=applicant, desk=caseworker, plate="V11XYZ")
    send(as_applicant, other, "kenteken", **NEW_PLATE)

    way = reverse("take_back_change", args=[granted.key, other.change_requests.get().pk])

    assert as_applicant.post(way).status_code == 404


@each("wish", ("onzin", "annuleren", "eigen-voertuig"))
def test_a_wish_that_does_not_exist_or_fit_changes_nothing(as_applicant, granted, wish):
    assert as_applicant.post(page(granted, wish)).status_code in (404, 409)
    assert granted.exemptions.filter(revoked_at=None).exists()


def test_while_an_objection_is_open_it_is_not_given_back_here(as_applicant, granted, applicant):
    contest.filed(granted, by=applicant)

    words = send(as_applicant, granted, "stoppen", from_day=TODAY().isoformat())

    assert "neem contact met ons op" in words.lower()
    assert granted.exemptions.filter(revoked_at=None).exists()


def test_what_was_sent_and_is_not_granted_has_no_wishes(as_applicant, applicant):
    filed = given.filed(by=applicant)

    assert "/wijzigen/" not in case_page(as_applicant, filed)
    assert as_applicant.get(page(filed, "kenteken")).status_code == 302


def test_the_page_of_the_case_asks_as_much_whatever_was_asked(as_applicant, granted, applicant):
    with CaptureQueriesContext(
        connection,
    ) as none:
        case_page(as_applicant, granted)
    send(as_applicant, granted, "kenteken", **NEW_PLATE)
    granted.ask_change(by=applicant, what=Change.NAME, name="De Korst BV")

    with CaptureQueriesContext(connection) as two:
        case_page(as_applicant, granted)

    assert len(two) <= len(none)

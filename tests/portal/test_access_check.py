"""May I enter?"""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from exemptions.models import Application
from tests import given


def ask(client, plate, **more):
    """Type a plate and read the answer."""
    answer = client.post(reverse("access_check"), {"plate": plate, **more}, follow=True)
    return answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("plate", "words"),
    [
        ("tru-01-e", ["Nee, dit voertuig mag er niet in", "In alle 19 zero-emissiezones", "RVV 1990 art. 86e"]),
        ("TRU00E", ["Ja, dit voertuig mag erin", "zonder uitstoot"]),
        ("VAN 03 E", ["Ja, tot en met 31 december 2028"]),
        ("CAR01E", ["Ja, dit voertuig mag erin", "alleen", "bestelauto"]),
        ("VAN45E", ["Dit voertuig heeft een vrijstelling", "rolstoeltoegankelijk"]),
        ("TRU93E", ["bakwagen of", "Wat het register niet vertelt"]),
        ("XX99XX", ["Het kentekenregister kent dit kenteken niet", "Vul de gegevens van het voertuig in"]),
        ("VAN99E", ["Het kentekenregister geeft nu geen antwoord", "Vul de gegevens van het voertuig in"]),
    ],
)
def test_each_vehicle_has_a_plain_answer(client, plate, words):
    page = ask(client, plate)

    assert [word for word in words if word not in page] == []


@pytest.mark.django_db
def test_the_vehicle_is_shown_as_the_register_knows_it(client):
    page = ask(client, "TRU01E")

    for word in ("POLDERMAN BAKWAGEN 18T", "Euro 5", "10 mei 2012", "Gegevens uit het kentekenregister van"):
        assert word in page


@pytest.mark.django_db
def test_a_plate_never_stands_in_an_address(client):
    answer = client.post(reverse("access_check"), {"plate": "TRU01E"}, follow=True)

    assert answer.redirect_chain == [(reverse("access_answer"), 302)]
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"plate": ""}, "bijvoorbeeld AB-12-CD."),
        ({"plate": "ABC"}, "6 letters en cijfers"),
        ({"plate": "ABCDEF"}, "letters en cijfers"),
        ({"plate": "TRU01E", "on": "2020-01-01"}, "Deze dag is voorbij"),
        ({"plate": "TRU01E", "on": "31-02-2030"}, "Dit is geen datum"),
        ({"plate": "TRU01E", "on": "2999-01-01"}, "Kies een eerdere dag"),
        ({"plate": "TRU01E", "country": "??"}, "Selecteer een geldige keuze"),
    ],
)
def test_bad_input_has_a_sentence_and_is_kept(client, typed, words):
    page = ask(client, typed.pop("plate"), **typed)

    assert words in page
    assert [value for value in typed.values() if value not in page and value != "??"] == []


@pytest.mark.django_db
def test_the_day_counts(client):
    later = timezone.localdate() + timedelta(days=365 * 3)

    page = ask(client, "VAN03E", on=later.isoformat())

    assert "Vanaf 1 januari 2029 mag dit voertuig er niet meer in" in page
    assert "mag nog een tijd" not in page


@pytest.mark.django_db
def test_a_foreign_vehicle_is_judged_by_what_its_papers_say(client):
    page = ask(client, "WX-AB 123", country="DE")
    assert "wij kunnen dit voertuig niet opzoeken" in page

    facts = {"category": "van", "emission_class": "4", "first_admission": "2012-04-01"}
    page = client.post(reverse("access_answer"), facts, follow=True).content.decode()

    assert "Nee, dit voertuig mag er niet in" in page
    assert "als u alles goed hebt ingevuld" in page


@pytest.mark.django_db
def test_a_dutch_plate_of_another_country_is_looked_up_with_one_click(client):
    asked = HTMLParser(ask(client, "VAN-03-E", country="RO")).css_first("form:has([name=country])")
    assert "Nederlands kenteken opzoeken" in asked.text()

    fields = {one.attributes["name"]: one.attributes["value"] for one in asked.css("input[type=hidden]")}
    page = client.post(asked.attributes["action"], fields, follow=True).content.decode()

    assert "VAN-03-E" in page
    assert "Ja, tot en met 31 december 2028" in page


@pytest.mark.django_db
def test_a_missing_fact_can_be_filled_in(client):
    ask(client, "TRU93E")

    page = client.post(reverse("access_answer"), {"subtype": "tractor"}, follow=True).content.decode()

    assert "Ja, tot en met 31 december 2029" in page


@pytest.mark.django_db
def test_what_is_typed_does_not_overrule_the_register(client):
    ask(client, "TRU93E")

    client.post(reverse("access_answer"), {"subtype": "rigid", "emission_class": "Z", "category": "other"})

    page = client.get(reverse("access_answer")).content.decode()
    assert "Euro 6" in page
    assert "zonder uitstoot: elektrisch" not in page


@pytest.mark.django_db
def test_only_fitting_exemptions_are_offered_with_proof_and_duration(client):
    page = ask(client, "VAN01E")

    assert "Particulier gebruik bestelauto" in page
    assert "Koop- of leasecontract van het nieuwe voertuig" in page
    assert "Verhuisauto" not in page


@pytest.mark.django_db
def test_who_may_always_enter_is_offered_nothing(client):
    assert "Welke ontheffing past" not in ask(client, "VAN00E")


@pytest.mark.django_db
def test_strangers_do_not_see_whether_a_plate_is_exempt(client, applicant, caseworker):
    before = ask(client, "VAN01E")
    given.granted(by=applicant, desk=caseworker, plate="VAN01E")

    assert without_secrets(ask(client, "VAN01E")) == without_secrets(before)


def without_secrets(page):
    """The page without what is new on every page."""
    return [line for line in page.splitlines() if "csrf" not in line and 'name="key"' not in line]


@pytest.mark.django_db
def test_nobody_can_look_up_a_whole_fleet(client):
    for _time in range(31):
        answer = client.post(reverse("access_check"), {"plate": "VAN01E"}, follow=True)

    assert answer.status_code == 429
    assert "Wacht een minuut" in answer.content.decode()
    assert "VAN01E" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("redis_away")
def test_without_redis_the_answer_comes_all_the_same(client):
    assert cache.get("anything") is None
    page = ask(client, "TRU01E")

    assert "Nee, dit voertuig mag er niet in" in page


@pytest.mark.django_db
def test_the_answer_page_without_a_question_leads_to_the_question(client):
    assert client.get(reverse("access_answer")).headers["Location"] == reverse("access_check")


@pytest.mark.django_db
def test_checking_stores_no_application(client):
    ask(client, "TRU01E")

    assert not Application.objects.exists()


@pytest.mark.django_db
def test_the_start_page_leads_everywhere_and_warns(client):
    page = client.get(reverse("home")).content.decode()

    for name in ("access_check", "day_exemption", "apply_start", "my_applications", "verify", "prices"):
        assert f'"{reverse(name)}"' in page
    assert "nepwebsites" in page
    assert "€\xa030,00" in page


@pytest.mark.django_db
def test_the_likely_kinds_and_the_day_exemption_come_first(client):
    client.post(reverse("access_check"), {"plate": "TRU-07-E"})

    answer = client.get(reverse("access_answer")).context["answer"]

    assert answer.day_card.kind.code == "DAG"
    assert [card.kind.code for card in answer.likely] == ["PHV", "LEV", "NEV"]
    assert {card.kind.code for card in answer.others} >= {"BEO", "HAR"}


@pytest.mark.django_db
def test_access_that_ends_soon_is_amber_with_what_to_do_and_no_day_exemption_is_sold(client):
    with time_machine.travel(datetime(2026, 11, 29, 12, tzinfo=UTC)):
        page = ask(client, "VAN02E")

    assert "Ja, tot en met 31 december 2026" in page
    assert "U mag er na vandaag nog 32 dagen in." in page
    assert "Vanaf 1 januari 2027 mag dit voertuig er alleen in met een ontheffing." in page
    assert 'class="loket-card loket-card--warning"' in page
    assert reverse("day_exemption") not in page.split("<main")[1].split("<footer")[0]


@pytest.mark.django_db
def test_a_mail_comes_last_where_there_is_no_access(client):
    with time_machine.travel(datetime(2026, 11, 29, 12, tzinfo=UTC)):
        may_enter, may_not = ask(client, "VAN02E"), ask(client, "TRU01E")

    before_it_ends, if_rules_change = "mailen voordat de toegang eindigt?", "mailen als de regels veranderen?"
    assert may_enter.index(before_it_ends) < may_enter.index('id="kinds"')
    assert may_not.index(if_rules_change) > may_not.index('id="kinds"')


@pytest.mark.django_db
def test_where_it_may_not_enter_the_day_exemption_is_offered(client):
    with time_machine.travel(datetime(2026, 11, 29, 12, tzinfo=UTC)):
        page = ask(client, "VAN02E", on="2027-02-01")

    assert "Vanaf 1 januari 2027 mag dit voertuig er niet meer in" in page
    assert reverse("day_exemption") in page.split("<main")[1]

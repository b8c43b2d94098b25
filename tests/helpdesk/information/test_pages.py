"""The public pages: what they say, how certain it is, and how many queries they need."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exemptions.models import Kind, KindVersion
from helpdesk.information import measured_times, search
from helpdesk.information.views import find_topics_about
from helpdesk.models import Adviser, MeasuredTime, Outage
from helpdesk.tasks import measure_lead_times
from tests import given
from zones.models import AccessRule, Municipality, Zone

pytestmark = pytest.mark.django_db
SQUARE = {"type": "Polygon", "coordinates": [[[5.1, 52.08], [5.13, 52.08], [5.13, 52.1], [5.1, 52.1], [5.1, 52.08]]]}
PUBLIC = (
    "home",
    "zones",
    "advice",
    "kinds",
    "prices",
    "trip_costs",
    "timeline",
    "faq",
    "search",
    "outages",
    "cookies",
)


def read(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.usefixtures("redis_away")
def test_every_page_opens_without_redis_in_both_languages(client, name):
    for language in ("nl", "en"):
        client.cookies["django_language"] = language
        assert client.get(reverse(name)).status_code == 200


def test_home_asks_the_plate_first(client):
    page = read(client, "home")

    assert page.index('name="plate"') < page.index(reverse("day_exemption"), page.index("<main"))
    for name in ("search", "zones", "timeline", "prices", "faq"):
        assert f'"{reverse(name)}"' in page


def test_what_extending_costs_is_said_in_words(client):
    table = read(client, "prices").split("<tbody")[1].split("</tbody")[0]

    assert "–" not in table
    for kind, words in (
        ("Lange levertijd", "gratis"),
        ("Hardheidsclausule", "nu niets"),
        ("Dagontheffing", "kan niet"),
    ):
        row = table.split(f">{kind}<")[1].split("</tr>")[0]
        assert row.split("<td")[2].split(">")[1].startswith(words)
    assert "niet nodig" in table


@pytest.mark.parametrize("code", ["vhz", "lkr"])
def test_how_old_the_vehicle_may_be_is_said_once(client, code):
    assert read(client, "kind", code).count("jonger dan 13 jaar") == 1


def test_home_tells_what_does_not_work_now_and_not_what_did_not(client):
    now = timezone.now()
    Outage.objects.create(began_at=now - timedelta(hours=1), what_nl="Inloggen stuk.", what_en="Login broken.")
    Outage.objects.create(
        began_at=now - timedelta(days=2), ended_at=now - timedelta(days=1), what_nl="Oud.", what_en="Old."
    )

    page = read(client, "home")
    assert "Inloggen stuk." in page
    assert "Oud." not in page
    assert "Oud." in read(client, "outages")


def test_an_outage_of_the_future_is_not_told_yet(client):
    Outage.objects.create(began_at=timezone.now() + timedelta(hours=1), what_nl="Straks.", what_en="Soon.")

    assert "Straks." not in read(client, "home")


# --- Zones ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "slug", "words"),
    [
        ("Utrecht", "utrecht", "1 juli 2025 (bekendgemaakt)"),
        ("Enschede", "enschede", "Waarschijnlijk 1 januari 2026"),
        ("Assen", "assen", "Bij ons niet bekend"),
        ("'s-Hertogenbosch", "s-hertogenbosch", "Waarschijnlijk 1 september 2025"),
    ],
)
def test_a_zone_tells_its_days_and_how_sure_they_are(client, name, slug, words):
    page = read(client, "zone", slug)

    assert words in page
    assert name.replace("'", "&#x27;") in page


def test_a_day_of_fines_that_nobody_confirmed_is_never_told_as_certain(client):
    Municipality.objects.filter(name="Haarlem").update(fines_from=date(2025, 12, 1), fines_from_is="inferred")

    page = read(client, "zone", "haarlem")
    assert "de gemeente heeft niet bevestigd vanaf welke dag" in page
    assert "waarschijnlijk tot en met 30 november 2025" in page
    assert "krijgt een boete" not in page
    assert "1 december 2025 (niet bevestigd)" in read(client, "zones")
    [hit] = [hit for hit in search.search_site("Haarlem", language="nl").hits if hit.document.url == "/zones/haarlem/"]
    assert "Boetes waarschijnlijk vanaf 1 december 2025." in hit.document.body


def test_a_zone_draws_its_boundary_with_the_same_in_words(client):
    Zone.objects.filter(name="Utrecht").update(boundary=SQUARE, boundary_source="Gemeente Utrecht")

    page = read(client, "zone", "utrecht")

    assert 'd="M' in page
    assert "<title" in page
    assert "<desc" in page
    assert "2,1 km breed" in page
    assert "Deze tekening is verzonnen" not in page


def test_an_invented_boundary_says_so(client):
    Zone.objects.filter(name="Utrecht").update(boundary=SQUARE, boundary_is_invented=True)

    assert "Deze tekening is verzonnen" in read(client, "zone", "utrecht")


def test_a_boundary_that_makes_no_drawing_breaks_no_page(client):
    Zone.objects.filter(name="Utrecht").update(boundary={"type": "Polygon", "coordinates": [[]]})

    assert "nog geen kaart" in read(client, "zone", "utrecht")


def test_the_adviser_is_named_where_one_is_known(client):
    place = Municipality.objects.get(name="Utrecht")
    Adviser.objects.create(municipality=place, name="Lotte Makelaar", phone="030 123 45 67")

    assert "Lotte Makelaar" in read(client, "zone", "utrecht")
    assert "weten nog niet wie dat hier is" in read(client, "zone", "zwolle")


def test_a_zone_that_has_ended_or_never_was_is_not_found(client):
    Zone.objects.filter(name="Utrecht").update(valid_until=date(2025, 1, 1))

    for slug in ("utrecht", "nergens"):
        assert client.get(reverse("zone", args=[slug])).status_code == 404


def queries(name, *args, counted):
    with counted as found:
        assert Client().get(reverse(name, args=args)).status_code == 200
    return len(found)


@pytest.mark.parametrize("name", ["zones", "kinds", "prices", "timeline", "faq", "outages", "home"])
def test_more_rows_cost_no_more_queries(name, django_assert_max_num_queries):
    Client().get(reverse(name))
    before = queries(name, counted=django_assert_max_num_queries(40))
    for number in range(15):
        place = Municipality.objects.create(name=f"Plaats {number}", cbs_code=f"GM9{number:03}")
        Zone.objects.create(
            municipality=place, name=place.name, starts_on=date(2025, 1, 1), valid_from=date(2025, 1, 1)
        )
        now = timezone.now()
        Outage.objects.create(began_at=now - timedelta(days=number + 1), ended_at=now, what_nl="x", what_en="x")
        kind = KindVersion.objects.get(kind="LEV")
        kind.pk, kind.kind = None, Kind.objects.create(code=f"Q{number:02}")
        kind.save()
    Client().get(reverse(name))

    assert queries(name, counted=django_assert_max_num_queries(40)) == before


# --- Exemptions -------------------------------------------------------------------------------------------


def test_a_kind_tells_who_proof_cost_and_duration_and_begins(client):
    page = read(client, "kind", "lev")

    for words in ("Wie kan de ontheffing aanvragen", "bewijs", "Kosten", 'name="kind" value="LEV"', "nepwebsites"):
        assert words in page


def test_the_button_begins_the_kind_of_its_page(as_applicant):
    answer = as_applicant.post(reverse("apply_start"), {"kind": "LEV"}, follow=True)

    assert answer.status_code == 200
    assert "invullen" in answer.redirect_chain[-1][0]


def test_a_day_exemption_leads_to_its_own_form(client):
    assert f'href="{reverse("day_exemption")}"' in read(client, "kind", "dag").split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("code", ["xxx", "lev-", "levv"])
def test_a_kind_that_does_not_exist_is_not_found(client, code):
    assert client.get(reverse("kind", args=[code])).status_code == 404


def measured(decided):
    MeasuredTime.objects.create(
        kind_id="LEV", first=date(2025, 6, 1), last=date(2026, 5, 31), decided=decided, median=21, p90=48
    )


def test_how_long_it_takes_is_told_with_over_how_many(client):
    measured(143)

    page = read(client, "kind", "lev")
    assert "<strong>21 dagen</strong>" in page
    assert "<strong>48 dagen</strong>" in page
    assert "143 besluiten" in page
    assert "Dit zijn weinig besluiten" not in page


def test_few_decisions_say_that_they_are_few(client):
    measured(measured_times.TOO_FEW)

    assert "Dit zijn weinig besluiten" in read(client, "kind", "lev")


def test_too_few_decisions_tell_no_time(client):
    measured(measured_times.TOO_FEW - 1)

    page = read(client, "kind", "lev")
    assert "21 dagen" not in page
    assert "er waren het afgelopen jaar te weinig aanvragen" in page
    assert "8 weken" in page


def test_the_times_are_those_of_the_report(applicant, caseworker):
    application = given.granted(by=applicant, desk=caseworker)
    code = application.kind.code

    measure_lead_times()  # of the year up to yesterday: today does not count yet
    assert not MeasuredTime.objects.exists()
    measured_times.measure_kinds(today=timezone.localdate() + timedelta(days=1))

    found = MeasuredTime.objects.get()
    assert (found.kind_id, found.decided, found.median) == (code, 1, 0)


def test_measuring_again_drops_what_is_no_longer_true():
    measured(10)

    measure_lead_times()

    assert not MeasuredTime.objects.exists()


# --- Rules and prices --------------------------------------------------------------------------------------


def test_the_timeline_says_the_same_in_a_table(client):
    page = read(client, "timeline")

    for words in (
        "ja, tot en met 31 december 2026",
        "ja, zonder einddatum",
        "van 1 januari 2017 tot en met 31 december 2019",
    ):
        assert words in page
    assert page.count('class="info-time__bar"') == AccessRule.objects.filter(allowed=True).exclude(code="V3a").count()


def test_an_announced_rule_is_told_apart(client):
    AccessRule.objects.filter(code="V2").update(status="announced", explanation_nl="Straks anders.")

    page = read(client, "timeline")
    assert "Aangekondigd" in page
    assert "ja, tot en met 31 december 2026" not in page


def test_prices_warn_for_fake_desks(client):
    page = read(client, "prices")

    assert "nepwebsites" in page
    assert "€\xa030,00" in page


def test_no_page_calls_out_to_others(client):
    for name in PUBLIC:
        page = read(client, name)
        assert 'src="http' not in page
        assert "url(http" not in page


def test_the_public_pages_need_no_session(client):
    for name in ("zones", "kinds", "faq", "timeline", "outages"):
        assert "sessionid" not in client.get(reverse(name)).cookies


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("dag", {"dagontheffing-aantal", "dagontheffing-duur", "dagontheffing-achteraf"}),
        ("beo", {"bedrijfseconomisch"}),
        ("net", {"netcongestie"}),
        ("har", {"hardheidsclausule"}),
    ],
)
def test_the_page_of_an_exemption_shows_its_own_questions_first(code, first):
    found = find_topics_about(f"kind:{code.upper()}", language="nl")

    assert {one.slug for one in found[: len(first)]} == first

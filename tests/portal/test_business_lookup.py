"""A KvK number fills in who applies; what the applicant typed counts."""

import pytest
from django.core.cache import cache

from exemptions.models import Applicant
from tests.cast import person
from tests.limits import set_limit
from tests.portal.wizard import DETAILS, goes_to, started

pytestmark = pytest.mark.django_db
EMPTY = {**DETAILS, **dict.fromkeys(("name", "street", "postcode", "city"), "")}
SHOWN = ("name", "street", "postcode", "city")


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def begun(login):
    return started(login(person("Nina Nieuw")))


def look_up(begun, number, **typed):
    return begun.send("applicant", **{**EMPTY, "kvk_number": number, **typed, "look_up": "1"})


def values(answer):
    return tuple(answer.context["form"][name].value() for name in SHOWN)


def test_the_likely_answers_are_given(begun):
    form = begun.client.get(begun.url("applicant")).context["form"]

    assert [form[name].value() for name in ("role", "form", "country")] == ["owner", "organisation", "NL"]
    assert form["email"].value() == "nina@example.org"


def test_a_number_fills_in_name_and_address_and_nothing_is_kept_yet(begun):
    answer = look_up(begun, "34.56 78.90")

    assert values(answer) == ("Van Dijk Transport en Logistiek B.V.", "Havenstraat 14B-2", "3024 PA", "Rotterdam")
    page = answer.content.decode()
    assert "Uit het Handelsregister" in page
    assert "Besloten Vennootschap, ook bekend als Van Dijk Transport" in page
    assert begun.draft.applicant is None


def test_next_with_nothing_but_the_number_comes_back_filled_in(begun):
    answer = begun.send("applicant", **EMPTY)
    assert values(answer)[0] == "Timmerbedrijf De Zaag"

    sent = {**EMPTY, **dict(zip(SHOWN, values(answer), strict=True)), "looked_up": EMPTY["kvk_number"]}
    assert goes_to(begun.send("applicant", **sent), begun, "vehicle")


def test_what_the_applicant_changes_is_what_counts(begun):
    look_up(begun, "23456789")

    begun.send("applicant", **{**DETAILS, "street": "Andere straat 3", "looked_up": "23456789"})

    assert begun.draft.applicant.street == "Andere straat 3"


def test_a_second_look_up_replaces_the_first_but_not_what_was_typed(begun):
    look_up(begun, "34567890")
    first = {"name": "Van Dijk Transport en Logistiek B.V.", "street": "Eigen straat 9", "looked_up": "34567890"}

    assert values(look_up(begun, "23456789", **first))[:2] == ("Timmerbedrijf De Zaag", "Eigen straat 9")
    assert values(look_up(begun, "11111111", **first))[:2] == ("", "Eigen straat 9")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1234567", "heeft 8 cijfers"),
        ("123456789", "heeft 8 cijfers"),
        ("٣٤٥٦٧٨٩٠", "heeft 8 cijfers"),
        ("", "heeft 8 cijfers"),
        ("../12345", "heeft 8 cijfers"),
        ("11111111", "staat niet in het Handelsregister"),
        ("00000503", "geeft nu geen antwoord"),
        ("56789012", "in het register afgeschermd"),
        ("67890123", "is dit bedrijf gestopt"),
    ],
)
def test_what_the_register_does_not_give_is_said_and_nothing_is_lost(begun, number, words):
    answer = look_up(begun, number, street="Eigen straat 9", phone="030 123")

    page = answer.content.decode()
    assert words in page
    assert 'value="Eigen straat 9"' in page
    assert 'value="030 123"' in page


def test_by_hand_goes_on_where_the_register_is_away(begun):
    answer = begun.send("applicant", **{**DETAILS, "kvk_number": "00000503", "looked_up": "00000503"})

    assert goes_to(answer, begun, "vehicle")


def test_a_name_from_the_register_is_text(begun):
    page = look_up(begun, "45678901").content.decode()

    assert "&lt;Zonen&gt; &quot;De Hoek&quot;" in page
    assert "<Zonen>" not in page


def test_a_person_and_a_company_abroad_are_not_looked_up(begun):
    person_ = begun.send("applicant", **{**EMPTY, "form": "person"})
    assert "Handelsregister" not in person_.content.decode()

    abroad = {**DETAILS, "kvk_number": "", "country": "DE"}
    assert goes_to(begun.send("applicant", **abroad), begun, "vehicle")
    assert Applicant.objects.get().country == "DE"


def test_each_new_number_is_paid_for_so_there_is_a_limit(begun):
    set_limit("business_lookups_an_hour", 2)
    for number in ("11111111", "22222222"):
        look_up(begun, number)

    assert "veel nummers opgezocht" in look_up(begun, "34567890").content.decode()
    assert "staat niet in het" in look_up(begun, "11111111").content.decode()  # at hand: free


def test_without_a_register_all_is_typed(begun, settings):
    settings.TRADE_REGISTER_URL = ""

    assert "Opzoeken" not in begun.look("applicant")
    assert "moet u nog" in begun.send("applicant", **EMPTY, look_up="1").content.decode()


def test_save_for_later_keeps_only_the_number(begun):
    begun.send("applicant", **EMPTY, later="1")

    assert begun.draft.answers["~typed"]["new"]["kvk_number"] == EMPTY["kvk_number"]


def test_the_answer_to_the_script_is_the_part_of_the_page(begun):
    begun.client.defaults["HTTP_HX_REQUEST"] = "true"

    assert 'id="business"' in look_up(begun, "34567890").content.decode()


def test_who_is_logged_out_meanwhile_is_led_to_the_login_and_loses_nothing(begun):
    begun.client.logout()
    answer = begun.client.post(begun.url("applicant"), {**EMPTY, "look_up": "1"}, headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"].startswith("/account/login/")
    assert "23456789" in str(begun.client.session["typed"])

"""The form for an application, screen by screen."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exemptions import drafts
from exemptions.models import Applicant, Application, FactsRecord, Kind
from tests import given
from tests.cast import person
from tests.portal.wizard import ANSWERS, DETAILS, filled_in, goes_to, started

pytestmark = pytest.mark.django_db


# --- Beginning -----------------------------------------------------------------------------------------


def test_what_was_checked_before_the_login_is_carried_over(client, applicant):
    client.post(reverse("access_check"), {"plate": "TRU01E"})
    key = uuid.uuid4()
    to_login = client.post(reverse("apply_start"), {"kind": "LEV", "key": str(key), "checked": "1"})
    assert to_login.headers["Location"].startswith(reverse("account_login"))

    client.force_login(applicant)
    begun = client.get(reverse("apply_start"))

    draft = Application.objects.get(key=key)
    assert begun.headers["Location"] == reverse("apply_resume", args=[key])
    assert (draft.plate, draft.kind.code, draft.vehicle_class, draft.owner) == ("TRU01E", "LEV", "truck", applicant)
    assert draft.current_facts.source == FactsRecord.Source.REGISTER
    assert draft.current_facts.rows["main"][0]["merk"] == "POLDERMAN"


def test_a_second_click_begins_nothing_new(as_applicant):
    key = str(uuid.uuid4())
    for _click in range(2):
        as_applicant.post(reverse("apply_start"), {"key": key}, follow=True)

    assert Application.objects.count() == 1


def test_a_kind_that_does_not_fit_is_not_carried_over(as_applicant):
    as_applicant.post(reverse("access_check"), {"plate": "TRU01E"})

    begun = started(as_applicant, kind="PAR", checked="1")

    assert begun.draft.kind is None


def test_the_key_of_somebody_else_begins_a_draft_of_ones_own(as_applicant, as_stranger, stranger):
    first = started(as_applicant)

    as_stranger.post(reverse("apply_start"), {"key": str(first.key)}, follow=True)

    assert stranger.own_applications.exclude(key=first.key).count() == 1


def test_the_start_page_shows_what_was_begun(as_applicant):
    begun = started(as_applicant)

    assert reverse("apply_resume", args=[begun.key]) in as_applicant.get(reverse("apply_start")).content.decode()


def test_a_stranger_finds_nothing(as_applicant, as_stranger, applicant):
    begun = filled_in(as_applicant, applicant)

    for name, args in [("apply", ["vehicle"]), ("apply_resume", []), ("receipt", []), ("entered_pdf", [])]:
        assert as_stranger.get(reverse(name, args=[begun.key, *args])).status_code == 404
    assert as_stranger.post(begun.url("check"), {"declaration": "on"}).status_code == 404
    assert begun.draft.is_draft


def test_a_colleague_can_go_on_with_it(as_applicant, as_colleague, applicant):
    begun = filled_in(as_applicant, applicant)

    assert as_colleague.get(begun.url("check")).status_code == 200


def test_a_screen_that_is_not_there(as_applicant):
    assert as_applicant.get(started(as_applicant).url("nothing")).status_code == 404


# --- Applicant -----------------------------------------------------------------------------------------


def test_choose_somebody_for_whom_one_acts(as_applicant, organisation):
    begun = started(as_applicant)

    answer = begun.send("applicant", applicant=str(organisation.pk))

    assert goes_to(answer, begun, "vehicle")
    assert begun.draft.applicant == organisation


def test_nobody_chooses_somebody_elses_organisation(as_applicant, other_organisation):
    begun = started(as_applicant)

    answer = begun.send("applicant", applicant=str(other_organisation.pk))

    assert answer.status_code == 200
    assert begun.draft.applicant is None


def test_a_new_organisation_gets_the_user_as_its_own(login):
    newcomer = person("Nina Nieuw")
    begun = started(login(newcomer))

    for _click in range(2):
        begun.send("applicant", **DETAILS)

    firm = Applicant.objects.get(kvk_number="23456789")
    assert begun.draft.applicant == firm
    assert [mandate.role for mandate in newcomer.mandates.all()] == ["owner"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kvk_number": ""}, "Vul het KVK-nummer in"),
        ({"kvk_number": "12"}, "8 cijfers"),
        ({"branch_number": "12"}, "12 cijfers"),
        ({"email": "post@"}, "geldig"),
        ({"name": ""}, "moet u nog"),
        ({"form": ""}, "Kies: een particulier"),
        ({"role": ""}, "Vertel ons voor wie"),
    ],
)
def test_a_wrong_field_has_its_sentence_and_the_others_stay(as_applicant, wrong, words):
    begun = started(as_applicant)

    answer = begun.send("applicant", "?part=new", **{**DETAILS, **wrong})

    page = answer.content.decode()
    assert words in page
    assert 'value="Werfstraat 2"' in page
    assert "Fout:" in page


def test_a_private_person_needs_no_kvk_number(as_applicant):
    begun = started(as_applicant)

    begun.send("applicant", "?part=new", **{**DETAILS, "form": "person", "kvk_number": "12", "name": "P. Particulier"})

    assert (begun.draft.applicant.form, begun.draft.applicant.kvk_number) == ("person", "")


def test_a_foreign_organisation_needs_no_kvk_number(as_applicant):
    begun = started(as_applicant)

    begun.send("applicant", "?part=new", **{**DETAILS, "kvk_number": "", "country": "DE"})

    assert begun.draft.applicant.country == "DE"


def test_a_typing_error_is_put_right_before_anything_is_filed(as_applicant):
    begun = started(as_applicant)
    begun.send("applicant", "?part=new", **DETAILS)

    begun.send("applicant", "?part=change", **{**DETAILS, "street": "Werfstraat 3"})

    assert Applicant.objects.get(kvk_number="23456789").street == "Werfstraat 3"


def test_who_has_filed_is_not_changed_here(as_applicant, applicant, organisation):
    given.filed(by=applicant)
    begun = started(as_applicant)
    begun.send("applicant", applicant=str(organisation.pk))

    begun.send("applicant", "?part=change", **DETAILS)

    organisation.refresh_from_db()
    assert organisation.street == "Oudegracht 1"


# --- Vehicle -------------------------------------------------------------------------------------------


def test_the_register_tells_and_the_applicant_confirms(as_applicant):
    begun = started(as_applicant)

    begun.send("vehicle", plate="van-01-e", country="NL")
    assert "Is dit uw voertuig?" in begun.look("vehicle")
    answer = begun.send("vehicle", verdict="right")

    draft = begun.draft
    assert goes_to(answer, begun, "kind")
    assert (draft.plate, draft.vehicle_class, draft.facts_verified, draft.facts_disputed) == ("VAN01E", "van", True, "")


def test_these_data_are_wrong(as_applicant):
    begun = started(as_applicant)
    begun.send("vehicle", plate="VAN01E", country="NL")

    assert "Vertel wat er niet klopt" in begun.send("vehicle", verdict="wrong").content.decode()
    begun.send("vehicle", verdict="wrong", wrong="Het is euro 6, zie het kentekenbewijs.")

    assert begun.draft.facts_disputed == "Het is euro 6, zie het kentekenbewijs."


def test_a_passenger_car_needs_nothing_unless_the_register_is_wrong(as_applicant):
    begun = started(as_applicant)
    begun.send("vehicle", plate="CAR01E", country="NL")

    assert "geen ontheffing nodig" in begun.send("vehicle", verdict="right").content.decode()
    answer = begun.send("vehicle", verdict="wrong", wrong="Het is een grijs kenteken.", vehicle_class="van")

    assert goes_to(answer, begun, "kind")
    assert begun.draft.vehicle_class == "van"


def test_an_unknown_plate_can_be_right_all_the_same(as_applicant):
    begun = started(as_applicant)

    page = begun.send("vehicle", plate="XX99XX", country="NL").content.decode()
    assert "kent dit kenteken niet" in page
    assert 'value="XX99XX"' in page
    begun.send("vehicle", plate="XX99XX", country="NL", unknown_plate="1")

    assert begun.draft.plate == "XX99XX"
    assert "Vertel ons over het voertuig" in begun.look("vehicle")


@pytest.mark.parametrize(("plate", "country"), [("VAN99E", "NL"), ("WXAB123", "DE")])
def test_where_the_register_cannot_tell_the_applicant_types_and_it_is_unverified(as_applicant, plate, country):
    begun = started(as_applicant)

    begun.send("vehicle", plate=plate, country=country)
    answer = begun.send("vehicle", category="truck", subtype="rigid", emission_class="5", first_admission="2012-05-10")

    draft = begun.draft
    assert goes_to(answer, begun, "kind")
    assert (draft.country, draft.vehicle_class, draft.facts_verified) == (country, "truck", False)
    assert (draft.current_facts.source, draft.current_facts.vehicle.emission_class) == ("applicant", "5")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Kies wat voor voertuig"),
        ({"category": "other"}, "heeft geen ontheffing nodig"),
        ({"category": "van", "first_admission": "1700-01-01"}, "Kijk het jaar na"),
        ({"category": "van", "first_admission": "gisteren"}, "Dit is geen datum"),
        ({"category": "van", "emission_class": "9"}, "geldige keuze"),
    ],
)
def test_nonsense_about_a_vehicle_is_named(as_applicant, typed, words):
    begun = started(as_applicant)
    begun.send("vehicle", plate="WXAB123", country="DE")

    assert words in begun.send("vehicle", **typed).content.decode()


def test_another_plate_takes_the_place_of_the_first_with_all_its_data(as_applicant):
    begun = started(as_applicant)
    begun.send("vehicle", plate="VAN01E", country="NL")

    begun.send("vehicle", "?part=plate", plate="TRU01E", country="NL")

    assert [record.vehicle.category for record in begun.draft.facts_records.all()] == ["truck"]
    assert (begun.draft.plate, begun.draft.vehicle_class) == ("TRU01E", "truck")


def test_a_vehicle_without_a_plate_can_only_ask_what_needs_none(as_applicant):
    begun = started(as_applicant)

    begun.send("vehicle", no_plate="1")
    begun.send("vehicle", category="truck")

    offered = begun.client.get(begun.url("kind")).context["form"].cards
    assert list(offered) == ["NEV"]


# --- Kind ----------------------------------------------------------------------------------------------


def test_kinds_that_do_not_fit_are_shown_with_the_reason(as_applicant, applicant):
    page = filled_in(as_applicant, applicant).look("kind")

    assert "Alleen een particulier kan dit aanvragen" in page
    assert "Alleen voor voertuigen jonger dan 13 jaar" in page


def test_a_kind_that_does_not_fit_cannot_be_chosen(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)

    assert "past niet bij uw voertuig" in begun.send("kind", kind="PAR").content.decode()
    assert begun.draft.kind.code == "LEV"


def test_the_choice_of_a_kind_brings_its_checklist(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)

    begun.send("kind", kind="NET")

    codes = {item.requirement.code for item in begun.draft.evidence_items.all()}
    assert codes == {requirement.code for requirement in given.kind("NET").evidence.all()}


@pytest.mark.parametrize("screen", ["questions", "period", "evidence"])
def test_without_a_kind_the_later_screens_lead_to_the_choice(as_applicant, screen):
    begun = started(as_applicant)

    assert goes_to(begun.client.get(begun.url(screen)), begun, "kind")


def test_a_kind_that_has_a_new_version_goes_on_under_that_one(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    today, old = timezone.localdate(), given.kind("LEV")
    items = set(begun.draft.evidence_items.values_list("pk", flat=True))
    requirements, questions = list(old.evidence.all()), list(old.questions.all())
    Kind.objects.filter(pk=old.pk).update(valid_until=today)
    old.pk, old.valid_from = None, today
    old.save()
    for row in [*requirements, *questions]:
        row.pk, row.kind = None, old
        row.save()

    begun.look("check")

    assert begun.draft.kind == old
    assert set(begun.draft.evidence_items.values_list("pk", flat=True)) == items


# --- Questions -----------------------------------------------------------------------------------------


def test_a_dependent_question_comes_when_its_answer_is_there(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    assert "lease_months" not in begun.look("questions")

    first = begun.send("questions", **{**ANSWERS, "acquisition": "lease"})
    assert goes_to(first, begun, "questions")
    assert "lease_months" in begun.look("questions")
    shown = [*ANSWERS["shown"], "lease_months"]
    then = begun.send("questions", **{**ANSWERS, "acquisition": "lease", "lease_months": "60", "shown": shown})

    assert goes_to(then, begun, "period")
    assert begun.draft.answers["lease_months"] == "60"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"acquisition": ""}, "Kies een antwoord"),
        ({"acquisition": "stolen"}, "geldige keuze"),
        ({"ordered_on": "morgen"}, "Dit is geen datum"),
        ({"ordered_vehicle": "x" * 301}, "300"),
        ({"replaces": ""}, "zonder deze verklaring"),
    ],
)
def test_a_wrong_answer_has_its_sentence_and_the_others_stay(as_applicant, applicant, wrong, words):
    begun = filled_in(as_applicant, applicant)

    page = begun.send("questions", **{**ANSWERS, "expected_on": "2028-08-08", **wrong}).content.decode()

    assert words in page
    assert 'value="2028-08-08"' in page


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1.500", "1500"), ("1500", "1500"), ("750,50", "750.5"), ("1.234.567", "1234567"), ("€ 80", "80")],
)
def test_numbers_as_people_type_them(as_applicant, applicant, typed, kept):
    begun = filled_in(as_applicant, applicant)
    begun.send("kind", kind="BEO")

    begun.send("questions", days_a_year=typed, shown=["days_a_year"])

    assert begun.draft.answers["days_a_year"] == kept


@pytest.mark.parametrize("typed", ["veel", "-3", "1,234", "9" * 20])
def test_no_numbers_are_named(as_applicant, applicant, typed):
    begun = filled_in(as_applicant, applicant)
    begun.send("kind", kind="BEO")

    answer = begun.send("questions", days_a_year=typed, shown=["days_a_year"])

    assert "Vul een getal in" in answer.content.decode()


# --- Where and when ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"wanted_from": ""}, "moet u nog"),
        ({"wanted_from": "2020-01-01"}, "niet in het verleden"),
        ({"wanted_from": "2030-01-07", "wanted_until": "2030-01-06"}, "ligt voor de eerste"),
        ({"wanted_from": "nooit"}, "Dit is geen datum"),
    ],
)
def test_impossible_days_are_named(as_applicant, applicant, days, words):
    begun = filled_in(as_applicant, applicant)

    assert words in begun.send("period", **days).content.decode()


def test_a_kind_has_a_longest_time(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    begun.send("kind", kind="BEO")

    page = begun.send("period", wanted_from="2030-01-07", wanted_until="2031-01-07").content.decode()

    assert "uiterlijk tot en met 6 januari 2031" in page
    assert goes_to(begun.send("period", wanted_from="2030-01-07", wanted_until="2031-01-06"), begun, "evidence")


def test_a_local_kind_asks_the_municipality(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    begun.send("kind", kind="HAR")

    assert "Kies de gemeente" in begun.send("period", wanted_from="2030-01-07").content.decode()


# --- Going on later ------------------------------------------------------------------------------------


def test_going_on_later_keeps_what_is_half_typed_and_mails_the_way_back(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)

    later = begun.send(
        "questions", acquisition="", ordered_vehicle="Half", ordered_on="ooit", shown=ANSWERS["shown"], later="1"
    )

    assert later.headers["Location"] == reverse("my_applications")
    resumed = begun.client.get(reverse("apply_resume", args=[begun.key]), follow=True).content.decode()
    assert 'value="Half"' in resumed
    mail = begun.draft.dossier.outgoing_mail.get()
    assert mail.to == applicant.email
    assert reverse("apply_resume", args=[begun.key]) in mail.body


def test_one_resumes_at_the_screen_that_comes_next(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)

    assert goes_to(begun.client.get(reverse("apply_resume", args=[begun.key])), begun, "evidence")


def test_what_is_half_typed_goes_once_the_screen_is_complete(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    begun.send("period", wanted_from="", later="1")

    begun.send("period", wanted_from="2030-02-02")

    assert 'value="2030-02-02"' in begun.look("period")


def test_what_is_typed_after_the_login_expired_comes_back(applicant):
    client = Client()
    client.force_login(applicant)
    begun = filled_in(client, applicant)
    client.logout()

    to_login = begun.send("period", wanted_from="2030-03-03")
    assert to_login.headers["Location"].startswith(reverse("account_login"))
    client.force_login(applicant)

    assert 'value="2030-03-03"' in begun.look("period")


def test_two_tabs_do_not_undo_each_others_screens(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    stale = begun.draft

    begun.send("period", wanted_from="2030-04-04")

    drafts.save_answers(stale, {"ordered_vehicle": "Uit de andere tab"})

    assert begun.draft.wanted_from.isoformat() == "2030-04-04"
    assert begun.draft.answers["ordered_vehicle"] == "Uit de andere tab"


def test_from_the_check_page_one_changes_a_screen_and_is_back(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)

    assert f"{begun.url('period')}?check=1" in begun.look("check")
    assert goes_to(begun.send("period", "?check=1", wanted_from="2030-05-05"), begun, "check")


def test_a_screen_costs_the_same_queries_however_much_there_is(as_applicant, applicant, django_assert_max_num_queries):
    begun = filled_in(as_applicant, applicant)
    for _number in range(5):
        given.draft(by=applicant, plate="")

    with django_assert_max_num_queries(30):
        begun.look("check")
    with django_assert_max_num_queries(20):
        as_applicant.get(reverse("apply_start"))


def test_the_day_exemption_is_not_asked_here(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    begun.send("kind", kind="DAG")

    assert begun.draft.kind.code == "LEV"

"""Every step's form: what it does when filled in well, and the sentence when not."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext

from exemptions.models import FactsRecord, Ground, Kind
from tests import given
from tests.desk import pages
from zones.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(applicant, caseworker):
    return given.taken_up(by=applicant, desk=caseworker)


def status(application):
    application.refresh_from_db()
    return application.status


def refused(response, *sentences):
    """The form again, with these sentences on it, in Dutch."""
    page = pages.text(response)
    assert response.status_code == 422
    for sentence in sentences:
        assert escape(gettext(sentence)) in page
    return page


def asking(application, *, why="De handtekening ontbreekt.", ends_on=None):
    item = application.evidence_items.with_all()[0]
    return {f"item_{item.pk}": "on", f"why_{item.pk}": why, "ends_on": ends_on or given.working_day()}


# --- Take up, assign, note, judge ----------------------------------------------------------------------


def test_taking_up_needs_one_click(as_caseworker, applicant, caseworker):
    application = given.filed(by=applicant)

    answer = pages.send(as_caseworker, application, "take_up")

    assert answer.url == pages.case(application)
    assert status(application) == "in_review"
    assert application.assigned_to == caseworker


def test_a_case_is_given_to_a_colleague(as_team_lead, application, other_caseworker):
    pages.send(as_team_lead, application, "assign", to=other_caseworker.pk)

    application.refresh_from_db()
    assert application.assigned_to == other_caseworker


def test_a_case_is_only_offered_to_who_can_handle_it(
    as_team_lead, application, objection_officer, municipal_caseworker
):
    for stranger in (objection_officer, municipal_caseworker):
        refused(pages.send(as_team_lead, application, "assign", to=stranger.pk), "Colleague")


def test_a_local_case_is_also_offered_to_the_people_of_its_municipality(
    as_team_lead, applicant, caseworker, municipal_caseworker, other_municipal_caseworker
):
    application = given.taken_up(by=applicant, desk=caseworker, code="HAR")

    page = pages.text(as_team_lead.get(pages.step(application, "assign")))

    assert str(municipal_caseworker) in page
    assert str(other_municipal_caseworker) not in page


def test_a_note_stands_on_the_case_page(as_caseworker, application):
    pages.send(as_caseworker, application, "note", text="Gebeld met de aanvrager.")

    assert "Gebeld met de aanvrager." in pages.text(as_caseworker.get(pages.case(application)))


def test_an_empty_note_is_refused(as_caseworker, application):
    refused(pages.send(as_caseworker, application, "note", text="  "), "This field is required.")


def test_an_item_is_judged_on_the_case_page(as_caseworker, application):
    item = application.evidence_items.with_all()[0]

    pages.send(as_caseworker, application, "judge", item=item.pk, verdict="insufficient", because="Niet getekend.")

    item.refresh_from_db()
    assert (item.verdict, item.because) == ("insufficient", "Niet getekend.")


def test_insufficient_without_a_reason_is_refused(as_caseworker, application):
    item = application.evidence_items.with_all()[0]

    answer = pages.send(as_caseworker, application, "judge", item=item.pk, verdict="insufficient", because="")

    refused(answer, "Tell why this is not sufficient: the applicant reads it.")


def test_the_item_of_another_case_cannot_be_judged(as_caseworker, application, stranger):
    other = given.filed(by=stranger, plate="V999AA").evidence_items.first()

    refused(pages.send(as_caseworker, application, "judge", item=other.pk, verdict="accepted"), "Item")


# --- Completion ------------------------------------------------------------------------------------------


def test_completion_is_asked_with_the_chosen_items_and_their_why(as_caseworker, application):
    pages.send(as_caseworker, application, "ask_completion", explanation="Graag snel.", **asking(application))

    asked = application.completion_requests.get()
    assert status(application) == "waiting"
    assert [item.why for item in asked.items.all()] == ["De handtekening ontbreekt."]
    assert asked.explanation == "Graag snel."


def test_what_was_found_insufficient_is_ticked_beforehand(as_caseworker, application, caseworker):
    item = application.evidence_items.with_all()[0]
    application.judge(by=caseworker, item=item, verdict="insufficient", because="Pagina 2 ontbreekt.")

    form = as_caseworker.get(pages.step(application, "ask_completion")).context["form"]

    assert form[f"item_{item.pk}"].initial is True
    assert form[f"why_{item.pk}"].initial == "Pagina 2 ontbreekt."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"why": ""}, "Tell why you ask this: the applicant reads it."),
        ({"ends_on": timezone.localdate() + timedelta(days=2)}, "Give the applicant at least a week."),
        ({"ends_on": "2027-01-03"}, "The last day is a weekend day or a holiday: choose a working day."),
        ({"ends_on": "morgen"}, "Enter a valid date."),
    ],
)
def test_a_bad_request_for_completion_is_refused_and_nothing_typed_is_lost(
    as_caseworker, application, change, sentence
):
    fields = {"explanation": "Een lange toelichting.", **asking(application, **change)}

    page = refused(pages.send(as_caseworker, application, "ask_completion", **fields), sentence)

    assert "Een lange toelichting." in page
    assert status(application) == "in_review"


def test_nothing_chosen_is_refused(as_caseworker, application):
    answer = pages.send(as_caseworker, application, "ask_completion", ends_on=given.working_day())

    refused(answer, "Choose at least one item to ask for.")


def test_an_answer_by_phone_is_written_down(as_caseworker, applicant, caseworker):
    application = given.waiting(by=applicant, desk=caseworker)

    pages.send(as_caseworker, application, "supply", answer="Contract volgt per post.")

    assert status(application) == "supplied"


def test_a_reminder_is_sent_once(as_caseworker, applicant, caseworker):
    application = given.waiting(by=applicant, desk=caseworker)
    pages.send(as_caseworker, application, "remind")

    assert application.dossier.letters.filter(kind="reminder").count() == 1
    assert as_caseworker.get(pages.step(application, "remind")).status_code == 409


@pytest.mark.parametrize(("name", "requests"), [("ask_again", 2), ("let_lapse", 1)])
def test_after_silence_one_asks_again_or_ends_the_request(login, applicant, caseworker, time_machine, name, requests):
    application = given.waiting(by=applicant, desk=caseworker)
    time_machine.move_to(application.open_request().ends_on + timedelta(days=1))

    pages.send(login(caseworker), application, name)

    assert status(application) == "waiting"
    assert application.completion_requests.count() == requests


# --- Hearing ---------------------------------------------------------------------------------------------


def test_a_view_is_asked_and_written_down(as_caseworker, application):
    pages.send(as_caseworker, application, "offer_hearing", differing_data="Ander tarief.", ends_on=given.working_day())
    assert status(application) == "hearing"

    pages.send(as_caseworker, application, "give_view", view="Dat klopt niet.")

    assert status(application) == "supplied"
    assert application.view_requests.get().view == "Dat klopt niet."


def test_a_hearing_without_data_is_refused(as_caseworker, application):
    refused(
        pages.send(as_caseworker, application, "offer_hearing", ends_on=given.working_day()), "This field is required."
    )


def test_a_hearing_that_ended_in_silence_is_closed(login, application, caseworker, time_machine):
    application.offer_hearing(by=caseworker, differing_data="Ander tarief.", ends_on=given.working_day())
    time_machine.move_to(given.working_day() + timedelta(days=1))

    pages.send(login(caseworker), application, "close_hearing")

    assert status(application) == "in_review"


# --- Facts -----------------------------------------------------------------------------------------------


def test_the_facts_are_corrected_and_the_older_version_stays(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker, source=FactsRecord.Source.APPLICANT)
    form = as_caseworker.get(pages.step(application, "correct_facts")).context["form"]
    assert form["emission_class"].initial == "4"

    facts = {"category": "van", "emission_class": "6", "first_admission": "2016-05-01", "body_codes": "27, 31"}
    pages.send(as_caseworker, application, "correct_facts", reason="Kentekenbewijs gezien.", **facts)

    application.refresh_from_db()
    now, before = application.facts_records.order_by("-pk")
    assert (now.vehicle.emission_class, now.vehicle.body_codes) == ("6", frozenset({"27", "31"}))
    assert before.vehicle.emission_class == "4"
    assert application.facts_verified


def test_a_correction_without_a_reason_is_refused(as_caseworker, application):
    refused(pages.send(as_caseworker, application, "correct_facts", category="van"), "This field is required.")


# --- Deciding ----------------------------------------------------------------------------------------------


def granting(application, **change):
    today = timezone.localdate()
    usual = {
        "ground": given.ground(Ground.Outcome.GRANT, application).pk,
        "starts_on": today,
        "ends_on": today + timedelta(days=90),
        "explanation": "Een toelichting.",
    }
    return {**usual, **change}


def test_a_grant_gives_an_exemption_and_a_letter(as_caseworker, application):
    pages.send(as_caseworker, application, "grant", **granting(application))

    assert status(application) == "granted"
    assert application.exemptions.count() == 1
    assert application.dossier.letters.filter(kind="granted").count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"starts_on": "2020-01-01"}, "An exemption does not work back: let it begin today or later."),
        ({"ends_on": "2020-01-01"}, "The last day is before the first."),
        ({"ground": ""}, "This field is required."),
        ({"ends_on": "31-02-2027"}, "Enter a valid date."),
    ],
)
def test_a_bad_grant_is_refused_and_nothing_typed_is_lost(as_caseworker, application, change, sentence):
    page = refused(pages.send(as_caseworker, application, "grant", **granting(application, **change)), sentence)

    assert "Een toelichting." in page
    assert status(application) == "in_review"


def test_a_ground_for_another_outcome_is_not_offered(as_caseworker, application):
    wrong = given.ground(Ground.Outcome.REJECT, application)

    refused(pages.send(as_caseworker, application, "grant", **granting(application, ground=wrong.pk)), "Ground")


def test_the_usual_last_day_is_what_the_kind_allows(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker, code="NET")

    form = as_caseworker.get(pages.step(application, "grant")).context["form"]

    months = (form["ends_on"].initial.year - form["starts_on"].initial.year) * 12
    assert months + form["ends_on"].initial.month - form["starts_on"].initial.month == 24


def test_a_rejection_takes_two_people(as_caseworker, as_team_lead, application):
    ground = given.ground(Ground.Outcome.REJECT, application)
    pages.send(as_caseworker, application, "propose_rejection", ground=ground.pk, explanation="Uw auto voldoet niet.")
    assert status(application) == "proposed"

    pages.send(as_team_lead, application, "approve_rejection")

    assert status(application) == "rejected"


def test_a_rejection_on_other_data_waits_for_a_hearing(as_caseworker, application):
    ground = given.ground(Ground.Outcome.REJECT, application, rests_on_other_data=True)

    answer = pages.send(
        as_caseworker, application, "propose_rejection", ground=ground.pk, explanation="Ander voertuig."
    )

    assert "Ander voertuig." in refused(
        answer, "This ground rests on other data than the applicant's: offer a hearing first (Awb 4:7)."
    )


def test_a_proposal_goes_back_with_a_remark(as_team_lead, applicant, caseworker):
    application = given.proposed(by=applicant, desk=caseworker)

    pages.send(as_team_lead, application, "return_proposal", remark="Kijk nog eens naar de datum.")

    assert status(application) == "in_review"
    assert application.proposals.get().remark == "Kijk nog eens naar de datum."


def test_a_grant_is_proposed_and_approved(as_caseworker, as_team_lead, application):
    pages.send(as_caseworker, application, "propose_grant", **granting(application))

    pages.send(as_team_lead, application, "approve_grant")

    assert status(application) == "granted"


def test_setting_aside_without_a_request_is_refused(as_caseworker, application):
    ground = given.ground(Ground.Outcome.SET_ASIDE, application)

    refused(
        pages.send(as_caseworker, application, "set_aside", ground=ground.pk),
        "Ask for completion first: the applicant must have had a chance (Awb 4:5).",
    )


def test_after_two_silent_requests_the_application_is_set_aside(login, applicant, caseworker, time_machine):
    application = given.waiting(by=applicant, desk=caseworker)
    for step in (application.ask_again, application.let_lapse):
        time_machine.move_to(application.open_request().ends_on + timedelta(days=1))
        step(by=None)
    ground = given.ground(Ground.Outcome.SET_ASIDE, application, code="no_response")

    pages.send(login(caseworker), application, "set_aside", ground=ground.pk)

    assert status(application) == "set_aside"


def test_the_term_is_extended_once(as_caseworker, application):
    until = given.working_day(100)
    pages.send(as_caseworker, application, "extend", until=until, reason="Wij wachten op de RDW.")
    application.refresh_from_db()
    assert application.decide_by == until

    answer = pages.send(as_caseworker, application, "extend", until=given.working_day(120), reason="Nog eens.")

    assert "Nog eens." in refused(answer, "The term has been extended before.")


# --- Convert, withdraw ---------------------------------------------------------------------------------------


def test_a_case_goes_on_as_a_better_fitting_kind(as_caseworker, application):
    kind = Kind.objects.in_force(on=timezone.localdate()).get(code="NEV")

    answer = pages.send(as_caseworker, application, "convert", kind=kind.pk, reason="Dit past beter.")

    assert status(application) == "converted"
    assert answer.url == pages.case(application.converted_to)


def test_a_municipal_kind_needs_a_municipality(as_caseworker, application):
    kind = Kind.objects.in_force(on=timezone.localdate()).get(code="HAR")

    refused(
        pages.send(as_caseworker, application, "convert", kind=kind.pk, reason="Dit past beter."),
        "Choose the municipality that will decide.",
    )

    utrecht = Municipality.objects.get(name="Utrecht")
    pages.send(as_caseworker, application, "convert", kind=kind.pk, reason="Past beter.", municipality=utrecht.pk)
    assert status(application) == "converted"


def test_the_same_kind_and_kinds_for_other_vehicles_are_not_offered(as_caseworker, application):
    codes = {
        kind.code
        for kind in as_caseworker.get(pages.step(application, "convert")).context["form"].fields["kind"].queryset
    }

    assert "LEV" not in codes
    assert "LKR" not in codes
    assert "DAG" not in codes
    assert "NEV" in codes


def test_an_application_is_withdrawn_for_the_applicant(as_caseworker, application):
    pages.send(as_caseworker, application, "withdraw", reason="Auto verkocht.")

    assert status(application) == "withdrawn"


def test_a_form_kept_over_an_expired_login_comes_back_filled_in(client, application, caseworker):
    address = pages.step(application, "note")
    assert client.post(address, {"text": "Een lange notitie.", "action": "send"}).status_code == 302

    client.force_login(caseworker)

    assert "Een lange notitie." in pages.text(client.get(address))

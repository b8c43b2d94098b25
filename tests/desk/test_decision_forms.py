"""The forms that decide or end a case: what each does when filled in well, and the sentence when not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exemptions.models import Ground, KindVersion
from exemptions.terms import months_later
from tests import given
from tests.desk import pages
from tests.desk.pages import refused, status
from zones.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(applicant, caseworker):
    """A case in which all proof was accepted: there is no reason not to grant it."""
    return given.judged(by=applicant, desk=caseworker)


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
        ({"starts_on": "2020-01-01"}, "An exemption cannot apply to the past: let it start today or later."),
        ({"ends_on": "2020-01-01"}, "The last day is before the first day."),
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

    after = form["ends_on"].initial + timedelta(days=1)
    assert after == months_later(form["starts_on"].initial, 24)


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
        answer, "This ground is based on data other than the applicant's: offer a hearing first (Awb 4:7)."
    )


def test_a_proposal_goes_back_with_a_remark(as_team_lead, applicant, caseworker):
    application = given.proposed(by=applicant, desk=caseworker)

    pages.send(as_team_lead, application, "return_proposal", remark="Kijk nog eens naar de datum.")

    assert status(application) == "in_review"
    assert application.proposals.get().remark == "Kijk nog eens naar de datum."


def test_the_maker_withdraws_a_proposal_and_does_not_send_it_back(as_caseworker, as_team_lead, applicant, caseworker):
    application = given.proposed(by=applicant, desk=caseworker)

    for address in (pages.case(application), pages.step(application, "return_proposal")):
        page = pages.text(as_caseworker.get(address))
        assert "Voorstel intrekken" in page
        assert "Voorstel terugsturen" not in page

    assert "Voorstel terugsturen" in pages.text(as_team_lead.get(pages.case(application)))


def test_a_grant_is_proposed_and_approved(as_caseworker, as_team_lead, application):
    pages.send(as_caseworker, application, "propose_grant", **granting(application))

    pages.send(as_team_lead, application, "approve_grant")

    assert status(application) == "granted"


def test_setting_aside_without_a_request_is_refused(as_caseworker, application):
    ground = given.ground(Ground.Outcome.SET_ASIDE, application)

    refused(
        pages.send(as_caseworker, application, "set_aside", ground=ground.pk, explanation="Onvoldoende."),
        "Ask for completion first: the applicant must have had a chance (Awb 4:5).",
    )


def test_after_two_silent_requests_the_application_is_set_aside(login, applicant, caseworker, time_machine):
    application = given.waiting(by=applicant, desk=caseworker)
    for step in (application.ask_again, application.let_lapse):
        time_machine.move_to(application.open_request().ends_on + timedelta(days=1))
        step(by=None)
    ground = given.ground(Ground.Outcome.SET_ASIDE, application, code="no_response")

    pages.send(login(caseworker), application, "set_aside", ground=ground.pk, explanation="Onvoldoende.")

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
    kind = KindVersion.objects.in_force(on=timezone.localdate()).get(kind="NEV")

    answer = pages.send(as_caseworker, application, "convert", kind=kind.pk, reason="Dit past beter.")

    assert status(application) == "converted"
    assert answer.url == pages.case(application.converted_to)


def test_a_municipal_kind_needs_a_municipality(as_caseworker, application):
    kind = KindVersion.objects.in_force(on=timezone.localdate()).get(kind="HAR")

    refused(
        pages.send(as_caseworker, application, "convert", kind=kind.pk, reason="Dit past beter."),
        "Choose the municipality that will decide.",
    )

    utrecht = Municipality.objects.get(name="Utrecht")
    pages.send(as_caseworker, application, "convert", kind=kind.pk, reason="Past beter.", municipality=utrecht.pk)
    assert status(application) == "converted"


def test_a_second_open_case_of_the_same_kind_for_a_plate_is_refused(as_caseworker, application, applicant):
    given.filed(by=applicant, code="NEV", plate=application.plate)
    kind = given.kind("NEV")

    refused(
        pages.send(as_caseworker, application, "convert", kind=kind.pk, reason="Dit past beter."),
        "This applicant has an open application of that kind for this plate already.",
    )


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

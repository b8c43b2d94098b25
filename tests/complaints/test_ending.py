"""How a complaint ends (Awb 9:5, 9:8, 9:10, 9:12, 2:3)."""

import pytest

from casework.models import OtherBody
from casework.steps import StepRefused
from complaints.steps.ending import Declined
from tests.casework.days import on
from tests.complaints import lodged
from tests.objections.look import letters, terms
from tests.posting import post

pytestmark = pytest.mark.django_db


def words(complaint, kind):
    return complaint.dossier.outgoing_mail.get(kind=kind).body


# --- Settled, withdrawn -------------------------------------------------------------------------------------


def test_9_5_satisfied_there_is_no_duty_to_go_on(objection_officer):
    complaint = lodged.registered(by=objection_officer)
    complaint.settle(by=objection_officer, how="Wij belden terug en losten het op.")

    assert (complaint.status, terms(complaint)) == ("settled", {})
    assert "losten het op" in words(complaint, "complaint_settled")


def test_the_complainant_takes_it_back(applicant, objection_officer):
    complaint = lodged.registered(by=objection_officer, complainant=applicant)
    complaint.withdraw(by=applicant)

    assert (complaint.status, terms(complaint)) == ("withdrawn", {})


# --- Not handled (Awb 9:8) ----------------------------------------------------------------------------------


@pytest.mark.parametrize("ground", [one for one in Declined.values if one != Declined.OLD])
def test_9_8_not_handled_on_a_ground_of_the_law_with_the_ombudsman(objection_officer, ground):
    complaint = lodged.registered(by=objection_officer)
    complaint.decline(by=objection_officer, ground=ground, because="Daarom.")

    said = words(complaint, "complaint_declined")
    assert (complaint.status, terms(complaint)) == ("declined", {})
    assert "Nationale ombudsman, Postbus 93122, 2509 AC Den Haag" in said


@pytest.mark.parametrize(("happened", "refused"), [("Sun 2024-09-01", True), ("Sat 2024-08-31", False)])
def test_9_8_older_than_a_year_is_counted_from_the_complaint(objection_officer, go_to, happened, refused):
    go_to("Mon 2025-09-01")
    complaint = lodged.registered(by=objection_officer, happened_on=on(happened))
    if refused:
        with pytest.raises(StepRefused):
            complaint.decline(by=objection_officer, ground="old", because="Te lang geleden.")
    else:
        complaint.decline(by=objection_officer, ground="old", because="Te lang geleden.")
        assert complaint.status == "declined"


@pytest.mark.parametrize(("posted", "late"), [("Mon 2025-09-29", False), ("Tue 2025-09-30", True)])
def test_9_8_by_post_it_is_told_within_four_weeks_or_late(objection_officer, go_to, posted, late):
    go_to("Mon 2025-09-01")
    complaint = lodged.registered(by=objection_officer, by_post=True)
    complaint.decline(by=objection_officer, ground="minor", because="Gering.")
    go_to(posted)
    post(complaint, by=objection_officer)

    told = complaint.dossier.events.get(step="post_letters").detail
    assert told["too_late"] == (["complaint_declined"] if late else [])
    assert complaint.ended_on == on(posted)


# --- Heard (Awb 9:10) ---------------------------------------------------------------------------------------


def test_9_10_no_outcome_before_a_hearing(objection_officer):
    complaint = lodged.handled(by=objection_officer)
    with pytest.raises(StepRefused):
        lodged.conclude(complaint, by=objection_officer)


def test_9_10_silence_counts_only_after_the_day_to_answer(objection_officer, go_to):
    go_to("Mon 2025-09-01")
    complaint = lodged.handled(by=objection_officer)
    complaint.offer_hearing(by=objection_officer, reply_until=on("Mon 2025-09-15"))
    go_to("Mon 2025-09-15")
    with pytest.raises(StepRefused):
        complaint.waive_hearing(by=objection_officer, ground="silent")

    go_to("Tue 2025-09-16")
    complaint.waive_hearing(by=objection_officer, ground="silent")
    lodged.conclude(complaint, by=objection_officer, outcome="unjustified")

    assert complaint.status == "concluded"


def test_9_10_evidently_unfounded_needs_a_reason(objection_officer):
    complaint = lodged.handled(by=objection_officer)
    with pytest.raises(StepRefused):
        complaint.waive_hearing(by=objection_officer, ground="unfounded")


# --- The outcome (Awb 9:12) ---------------------------------------------------------------------------------


def test_9_12_findings_judgment_conclusions_and_where_to_go(objection_officer, go_to):
    go_to("Mon 2025-09-01")
    complaint = lodged.heard(by=objection_officer)
    lodged.conclude(complaint, by=objection_officer)

    said = words(complaint, "complaint_outcome")
    assert (complaint.status, terms(complaint)) == ("concluded", {})
    for part in ("Twee keer opgehangen.", "Dat had niet gemogen.", "gegrond", "1 september 2026", "ombudsman"):
        assert part in said


def test_9_12_the_ombudsman_of_the_municipality_where_it_has_one(objection_officer):
    OtherBody.objects.create(
        code="ombudsman-ergens",
        name="Ombudsman Ergens",
        sort="ombudsman",
        place="GM0599",
        address="Plein 1",
        valid_from=on("Mon 2024-07-01"),
        source="proef",
    )
    found = OtherBody.objects.find_ombudsman("GM0599", on=on("Mon 2025-09-01"))
    assert str(found) == "Ombudsman Ergens"
    assert str(OtherBody.objects.find_ombudsman("GM0344", on=on("Mon 2025-09-01"))) == "Nationale ombudsman"


def test_9_16_no_outcome_before_the_advice_that_was_asked(objection_officer):
    complaint = lodged.heard(by=objection_officer)
    complaint.ask_adviser(by=objection_officer, adviser="mr. C. de Vries")
    assert "conclude" not in {move.name for move in complaint.get_available_status_transitions()}

    complaint.receive_advice(by=objection_officer, advice="Gegrond.", advised_on=complaint.received_on)
    lodged.conclude(complaint, by=objection_officer)

    assert "mr. C. de Vries" in words(complaint, "complaint_outcome")


# --- For another (Awb 2:3, 6:15) ----------------------------------------------------------------------------


def test_2_3_what_is_for_another_body_is_forwarded_and_the_sender_told(objection_officer):
    complaint = lodged.registered(by=objection_officer)
    cvom = OtherBody.objects.get(code="cvom")
    complaint.forward(by=objection_officer, body=cvom, because="U klaagt over een boete.")

    assert (complaint.status, complaint.forwarded_to) == ("forwarded", cvom)
    assert "Postbus 50000" in words(complaint, "complaint_forwarded")


def test_6_15_what_is_an_objection_goes_on_as_one(rejected, objection_officer):
    complaint = lodged.registered(by=objection_officer)
    with pytest.raises(StepRefused):
        complaint.take_as_objection(by=objection_officer)

    complaint.link_application(by=objection_officer, application=rejected)
    complaint.take_as_objection(by=objection_officer)

    assert letters(complaint)[-1] == "complaint_as_objection"

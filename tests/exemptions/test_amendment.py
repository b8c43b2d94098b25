"""After the grant: what stands is changed, each change a decision, and the application stays granted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from casework import clock
from enforcement.answers import UNKNOWN, Question, answer_question
from enforcement.holdings import read_holdings
from exemptions import day_exemptions
from exemptions.access_today import running_exemption
from exemptions.models import Applicant, Application, DayUse, Decision, Exemption, FactsRecord, Ground, Status
from exemptions.models.decision import Change, Outcome
from exemptions.steps.amendment import Vehicle
from exemptions.steps.revision import Cause
from exemptions.views.verify import answer_reference
from objections.portal.drafts import list_objectable_others
from tests import contest, given, posting
from tests.looping import each
from tests.objections.look import letters, refused, terms
from zones.models import Municipality

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
OTHER = Vehicle("V99ABC", "NL", given.VAN, FactsRecord.Source.REGISTER)
FOUND = "Volgens het kentekenregister is het voertuig op 1 maart verkocht."
URGENT = "Het voertuig is gestolen gemeld en wordt nu gebruikt."


@pytest.fixture
def granted(applicant, caseworker):
    """From today, for a hundred days."""
    return given.granted(by=applicant, desk=caseworker)


def ground(code="facts_changed"):
    return Ground.objects.get(code=code, outcome=Ground.Outcome.REVOKE)


def standing(application):
    return application.exemptions.get(revoked_at=None)


def state(exemption):
    return answer_reference(exemption.decision.reference, exemption.plate).state


def taken_away(application, *, by, second, how="revocation", **more):
    """Proposed by one and approved by another, without a view: it could not wait."""
    about = {"ground": ground(), "explanation": FOUND, "unheard_because": URGENT, **more}
    getattr(application, f"propose_{how}")(by=by, **about)
    application.approve_change(by=second)


# --- Another vehicle ----------------------------------------------------------------------------------------


def test_the_new_vehicle_holds_and_the_old_one_no_longer(granted, caseworker):
    old = standing(granted)

    granted.replace_vehicle(by=caseworker, vehicle=OTHER)

    old.refresh_from_db()
    new = standing(granted)
    assert (granted.status, new.plate, new.ends_on) == (Status.GRANTED, "V99ABC", old.ends_on)
    assert (state(old), state(new)) == ("replaced", "valid")
    assert [one.pk for one in Exemption.objects.valid_at(clock.now())] == [new.pk]


def test_the_decision_says_what_changed_and_the_letter_both_plates(granted, caseworker):
    granted.replace_vehicle(by=caseworker, vehicle=OTHER)

    decision = granted.decisions.standing().get()
    letter = granted.dossier.letters.get(kind="vehicle_replaced").body.replace("\\", "")
    assert (decision.outcome, decision.change, decision.taken_by) == (Outcome.GRANTED, Change.VEHICLE, caseworker)
    assert "V-99-ABC" in letter
    assert "VX-123-Z" in letter
    assert terms(granted)["object"] >= TODAY() + timedelta(weeks=6)


def test_what_held_before_can_still_be_told(granted, caseworker, time_machine):
    before = clock.now()
    time_machine.move_to(timezone.localtime() + timedelta(days=5), tick=False)

    granted.replace_vehicle(by=caseworker, vehicle=OTHER)

    assert Exemption.objects.valid_at(before).get().plate == "VX123Z"
    assert Exemption.objects.valid_at(clock.now()).get().plate == "V99ABC"


@pytest.mark.parametrize("category", ["other", None])
def test_a_vehicle_for_which_the_kind_is_not_is_refused(granted, caseworker, category):
    facts = replace(given.VAN, category=category)

    with refused(granted):
        granted.replace_vehicle(by=caseworker, vehicle=OTHER._replace(facts=facts))


def test_the_same_vehicle_is_no_change(granted, caseworker):
    with refused(granted):
        granted.replace_vehicle(by=caseworker, vehicle=OTHER._replace(plate="VX123Z"))


def test_while_an_objection_is_open_nothing_is_changed(granted, caseworker, applicant):
    contest.filed(granted, by=applicant)

    with refused(granted):
        granted.replace_vehicle(by=caseworker, vehicle=OTHER)


def test_by_post_the_term_to_object_begins_when_it_is_posted(granted, caseworker, applicant):
    posting.choose_post(granted.applicant, by=applicant)
    granted.replace_vehicle(by=caseworker, vehicle=OTHER)
    assert granted.decisions.standing().get().made_known_on is None

    posting.post(granted, by=caseworker)

    assert granted.decisions.standing().get().made_known_on == TODAY()
    assert terms(granted)["object"] >= TODAY() + timedelta(weeks=6)


# --- Ended at the request of the holder ---------------------------------------------------------------------


def test_the_holder_gives_it_back_today(granted, caseworker):
    old = standing(granted)

    granted.end_on_request(by=caseworker, from_day=TODAY())

    assert granted.status == Status.GRANTED
    assert granted.decisions.standing().get().outcome == Outcome.ENDED
    assert state(old) == "replaced"
    assert not Exemption.objects.valid_at(clock.now()).exists()


def test_or_on_a_later_day(granted, caseworker, time_machine):
    granted.end_on_request(by=caseworker, from_day=TODAY() + timedelta(days=10))

    assert standing(granted).ends_on == TODAY() + timedelta(days=9)
    assert state(standing(granted)) == "valid"
    time_machine.move_to(timezone.localtime() + timedelta(days=10))
    assert not Exemption.objects.valid_at(clock.now()).exists()


@pytest.mark.parametrize("days", [-1, 101])
def test_not_in_the_past_and_not_after_its_end(granted, caseworker, days):
    with refused(granted):
        granted.end_on_request(by=caseworker, from_day=TODAY() + timedelta(days=days))


def test_what_has_ended_is_not_changed_any_more(granted, caseworker):
    granted.end_on_request(by=caseworker, from_day=TODAY())

    with pytest.raises(TransitionNotAllowed):
        granted.replace_vehicle(by=caseworker, vehicle=OTHER)


# --- Revoked ------------------------------------------------------------------------------------------------


def test_nobody_takes_an_exemption_away_alone(granted, caseworker):
    with pytest.raises(PermissionDenied):
        granted.revoke(by=caseworker, ground=ground(), explanation=FOUND, unheard_because=URGENT)

    granted.propose_revocation(by=caseworker, ground=ground(), explanation=FOUND, unheard_because=URGENT)
    with pytest.raises(PermissionDenied):
        granted.approve_change(by=caseworker)


def test_it_ends_when_a_second_pair_of_eyes_approves(granted, caseworker, other_caseworker):
    granted.propose_revocation(by=caseworker, ground=ground(), explanation=FOUND, unheard_because=URGENT)
    assert list(Application.objects.proposed()) == [granted]
    assert Exemption.objects.valid_at(clock.now()).exists()

    granted.approve_change(by=other_caseworker)

    decision = granted.decisions.standing().get()
    assert (decision.change, decision.prepared_by, decision.taken_by) == ("revocation", caseworker, other_caseworker)
    assert letters(granted)[-1] == "exemption_revoked"
    assert not Exemption.objects.valid_at(clock.now()).exists()


def test_the_holder_is_heard_first(granted, caseworker, applicant):
    with refused(granted):
        granted.propose_revocation(by=caseworker, ground=ground(), explanation=FOUND)
    granted.ask_view_on_change(by=caseworker, intention=Change.REVOCATION, found=FOUND, ends_on=given.working_day())
    with refused(granted):
        granted.propose_revocation(by=caseworker, ground=ground(), explanation=FOUND)

    granted.give_view_on_change(by=applicant, view="Ik heb hem nog.")

    assert list(Application.objects.to_mend(today=TODAY())) == [granted]
    granted.propose_revocation(by=caseworker, ground=ground(), explanation=FOUND)


def test_a_view_is_asked_once_the_letter_of_the_grant_was_posted(applicant, caseworker):
    posting.choose_post(Applicant.objects.of(applicant).get(), by=applicant)
    granted = given.granted(by=applicant, desk=caseworker)
    about = {"intention": Change.REVOCATION, "found": FOUND, "ends_on": given.working_day()}
    with refused(granted):
        granted.ask_view_on_change(by=caseworker, **about)

    posting.post(granted, "granted", by=caseworker)
    granted.ask_view_on_change(by=caseworker, **about)

    assert terms(granted)["view"] == about["ends_on"]


def test_silence_is_enough_once_the_day_has_passed(granted, caseworker, time_machine):
    granted.ask_view_on_change(by=caseworker, intention=Change.REVOCATION, found=FOUND, ends_on=given.working_day())
    assert not Application.objects.to_mend(today=TODAY()).exists()

    time_machine.move_to(timezone.localtime() + timedelta(days=30))

    assert list(Application.objects.to_mend(today=TODAY())) == [granted]
    granted.propose_revocation(by=caseworker, ground=ground(), explanation=FOUND)


def test_after_the_view_it_can_stay_as_it_is(granted, caseworker, applicant):
    granted.ask_view_on_change(by=caseworker, intention=Change.SUSPENSION, found=FOUND, ends_on=given.working_day())
    granted.give_view_on_change(by=applicant, view="Ik heb hem nog.")

    granted.leave_exemption(by=caseworker)

    assert letters(granted)[-1] == "exemption_stays"
    assert state(standing(granted)) == "valid"
    assert not Application.objects.to_mend(today=TODAY()).exists()


def test_a_proposal_that_is_sent_back_changes_nothing(granted, caseworker, other_caseworker):
    granted.propose_revocation(by=caseworker, ground=ground(), explanation=FOUND, unheard_because=URGENT)

    granted.return_change(by=other_caseworker, remark="Bel de houder eerst.")

    assert state(standing(granted)) == "valid"
    assert not Application.objects.proposed().exists()


def test_a_ground_for_rejecting_revokes_nothing(granted, caseworker):
    other = given.ground(Ground.Outcome.REJECT, granted)

    with refused(granted):
        granted.propose_revocation(by=caseworker, ground=other, explanation=FOUND, unheard_because=URGENT)


def test_an_objection_can_give_it_back_for_the_vehicle_that_it_was_for(
    granted, caseworker, other_caseworker, objection_officer
):
    granted.replace_vehicle(by=caseworker, vehicle=OTHER)
    taken_away(granted, by=caseworker, second=other_caseworker)

    reason, last = given.ground(Ground.Outcome.GRANT, granted), TODAY() + timedelta(days=50)
    granted.revise(
        by=objection_officer,
        cause=Cause.OBJECTION,
        ground=reason,
        starts_on=TODAY(),
        ends_on=last,
        explanation=given.SHORTER,
    )

    assert (standing(granted).plate, state(standing(granted))) == ("V99ABC", "valid")


# --- Suspended ----------------------------------------------------------------------------------------------


def test_it_does_not_hold_until_that_is_lifted(granted, caseworker, other_caseworker, time_machine):
    time_machine.move_to(timezone.localtime(), tick=False)
    taken_away(granted, by=caseworker, second=other_caseworker, how="suspension")
    exemption, meanwhile = standing(granted), clock.now()
    assert state(exemption) == "suspended"
    assert granted.decisions.standing().get().change == ""

    time_machine.move_to(timezone.localtime() + timedelta(days=3), tick=False)
    granted.lift_suspension(by=caseworker, explanation="Het is uitgezocht.")

    assert state(exemption) == "valid"
    assert not Exemption.objects.valid_at(meanwhile).exists()
    assert letters(granted)[-2:] == ["exemption_suspended", "suspension_lifted"]


def test_one_can_object_to_the_suspension_alone(granted, caseworker, other_caseworker):
    taken_away(granted, by=caseworker, second=other_caseworker, how="suspension")

    (one,) = list_objectable_others(granted)
    assert (one.outcome, one.prepared_by) == (Outcome.SUSPENDED, caseworker)


def test_while_it_is_suspended_it_can_be_revoked_but_not_moved(granted, caseworker, other_caseworker):
    taken_away(granted, by=caseworker, second=other_caseworker, how="suspension")
    with refused(granted):
        granted.replace_vehicle(by=caseworker, vehicle=OTHER)

    taken_away(granted, by=caseworker, second=other_caseworker)

    assert granted.decisions.standing().get().outcome == Outcome.ENDED


# --- Suspended, and decided again -----------------------------------------------------------------------------


def grant_again(application, *, by, cause=Cause.OBJECTION, days=50, **more):
    """In place of the decision that stands, from today."""
    reason, last = given.ground(Ground.Outcome.GRANT, application), TODAY() + timedelta(days=days)
    grant = {"ground": reason, "starts_on": TODAY(), "ends_on": last, "explanation": given.SHORTER}
    application.revise(by=by, cause=cause, **grant, **more)


def enforcement_allows(exemption):
    """What the program of an officer hears about its vehicle now."""
    question = Question(exemption.plate, exemption.country, "GM0344", at=clock.now())
    holdings = read_holdings([question]).get((exemption.plate, exemption.country), ())
    return answer_question(question, by_rules=UNKNOWN, holdings=holdings).allowed is True


@pytest.mark.parametrize("cause", [Cause.OBJECTION, Cause.JUDGMENT, Cause.RENEWAL])
def test_the_suspension_goes_on_for_what_comes_in_its_place(
    granted, caseworker, other_caseworker, objection_officer, cause
):
    taken_away(granted, by=caseworker, second=other_caseworker, how="suspension")

    grant_again(granted, by=objection_officer, cause=cause)

    new = standing(granted)
    assert (new.ends_on, state(new)) == (TODAY() + timedelta(days=50), "suspended")
    assert (running_exemption(granted), enforcement_allows(new)) == (None, False)

    new.decision.announce(on=TODAY())  # as the decision on the objection, or the judgment, does
    granted.lift_suspension(by=caseworker, explanation="Het is uitgezocht.")

    assert (state(new), running_exemption(granted), enforcement_allows(new)) == ("valid", new, True)


def test_what_held_and_did_not_hold_before_can_still_be_told(
    granted, caseworker, other_caseworker, objection_officer, time_machine
):
    time_machine.move_to(timezone.localtime(), tick=False)
    taken_away(granted, by=caseworker, second=other_caseworker, how="suspension")
    first, meanwhile = TODAY(), clock.now()
    time_machine.move_to(timezone.localtime() + timedelta(days=3), tick=False)
    granted.lift_suspension(by=caseworker, explanation="Het is uitgezocht.")

    reason = given.ground(Ground.Outcome.GRANT, granted)
    grant = {"ground": reason, "starts_on": first, "ends_on": TODAY() + timedelta(days=50)}
    granted.revise(by=objection_officer, cause=Cause.OBJECTION, **grant, explanation=given.SHORTER)

    assert not Exemption.objects.valid_at(meanwhile).exists()
    assert state(standing(granted)) == "valid"


def test_an_objection_to_the_suspension_that_is_right_ends_it(
    granted, applicant, caseworker, other_caseworker, objection_officer
):
    taken_away(granted, by=caseworker, second=other_caseworker, how="suspension")
    suspension = granted.decisions.get(outcome=Outcome.SUSPENDED)
    objection = contest.handling(granted, by=applicant, desk=objection_officer, decision=suspension)
    contest.heard(objection, by=applicant, desk=objection_officer)
    about = {"ground": given.ground(Ground.Outcome.GRANT, granted), "explanation": given.SHORTER}

    objection.uphold_in_part(by=objection_officer, starts_on=TODAY(), ends_on=TODAY() + timedelta(days=50), **about)

    suspension.refresh_from_db()
    new = standing(Application.objects.get(pk=granted.pk))
    assert (state(new), enforcement_allows(new), suspension.revoked_at is None) == ("valid", True, False)


# --- A view on what is replaced -------------------------------------------------------------------------------


def replaced(application, *, by):
    application.replace_vehicle(by=by, vehicle=OTHER)


def made_longer(application, *, by):
    last = standing(application).ends_on + timedelta(days=5)
    application.lengthen(by=by, ends_on=last, explanation="Later geleverd.")


def given_back(application, *, by):
    application.end_on_request(by=application.owner, from_day=TODAY())


def given_back_later(application, *, by):
    application.end_on_request(by=application.owner, from_day=TODAY() + timedelta(days=20))


@each("change", [replaced, made_longer, given_back, given_back_later])
def test_what_replaces_a_decision_ends_the_view_that_was_asked_on_it(granted, caseworker, change):
    about = {"intention": Change.REVOCATION, "found": FOUND, "ends_on": given.working_day()}
    granted.ask_view_on_change(by=caseworker, **about)
    before = len(letters(granted))

    change(granted, by=caseworker)

    request = granted.view_requests.get()
    assert (request.closed_at is None, request.settled_at is None) == (False, False)
    assert "view" not in terms(granted)
    assert len(letters(granted)) == before + 1, "the letter of the change, and no other"


def test_then_nobody_has_to_decide_on_it_any_more(granted, applicant, caseworker):
    about = {"intention": Change.REVOCATION, "found": FOUND, "ends_on": given.working_day()}
    granted.ask_view_on_change(by=caseworker, **about)
    granted.give_view_on_change(by=applicant, view="Ik heb het nog.")
    assert Application.objects.to_mend(today=TODAY()).exists()

    replaced(granted, by=caseworker)

    assert not Application.objects.to_mend(today=TODAY()).exists()
    granted.ask_view_on_change(by=caseworker, **about)


# --- Another last day ---------------------------------------------------------------------------------------


def test_made_longer_and_shorter(granted, caseworker, other_caseworker):
    last = standing(granted).ends_on
    granted.lengthen(by=caseworker, ends_on=last + timedelta(days=10), explanation="De levering is later.")
    assert standing(granted).ends_on == last + timedelta(days=10)

    taken_away(granted, by=caseworker, second=other_caseworker, how="shortening", ends_on=last - timedelta(days=50))

    assert standing(granted).ends_on == last - timedelta(days=50)
    assert letters(granted)[-2:] == ["term_changed", "term_changed"]


@pytest.mark.parametrize("days", [-1, 0, 366 * 14])
def test_longer_is_later_and_within_the_kind(granted, caseworker, days):
    with refused(granted):
        last = standing(granted).ends_on + timedelta(days=days)
        granted.lengthen(by=caseworker, ends_on=last, explanation="De levering is later.")


# --- Slips of the pen ---------------------------------------------------------------------------------------


def correct(application, *, by, vehicle=None, **days):
    exemption = standing(application)
    term = {"starts_on": exemption.decision.starts_on, "ends_on": exemption.ends_on, **days}
    application.correct_decision(by=by, vehicle=vehicle, explanation="Twee cijfers omgedraaid.", **term)


def test_a_plate_or_a_day_is_put_right(granted, caseworker):
    last = standing(granted).ends_on

    correct(granted, by=caseworker, vehicle=OTHER, ends_on=last + timedelta(days=1))

    assert (standing(granted).plate, standing(granted).ends_on) == ("V99ABC", last + timedelta(days=1))
    assert "geen nieuwe termijn" in granted.dossier.letters.get(kind="decision_corrected").body


def test_nothing_to_put_right_is_refused(granted, caseworker):
    with refused(granted):
        correct(granted, by=caseworker)


def test_who_decided_does_not_take_days_away_by_a_correction(granted, caseworker, other_caseworker):
    last = standing(granted).ends_on - timedelta(days=20)
    with refused(granted):
        correct(granted, by=caseworker, ends_on=last)

    correct(granted, by=other_caseworker, ends_on=last)

    assert standing(granted).ends_on == last


# --- A temporary vehicle ------------------------------------------------------------------------------------


def lend(application, *, by, first=5, last=9):
    days = {"starts_on": TODAY() + timedelta(days=first), "ends_on": TODAY() + timedelta(days=last)}
    application.allow_temporary_vehicle(by=by, vehicle=OTHER, **days)


def plates_on(day):
    moment = timezone.localtime() + timedelta(days=day)
    return [exemption.plate for exemption in Exemption.objects.valid_at(moment)]


def test_for_some_days_another_vehicle_and_then_the_own_one_again(granted, caseworker):
    lend(granted, by=caseworker)

    assert [plates_on(day) for day in (4, 5, 9, 10)] == [["VX123Z"], ["V99ABC"], ["V99ABC"], ["VX123Z"]]


def test_both_references_tell_it_so(granted, caseworker):
    lend(granted, by=caseworker, first=0, last=0)

    own, loan = granted.exemptions.order_by("pk")
    assert (state(own), state(loan)) == ("suspended", "valid")
    assert granted.decisions.standing().get() == own.decision


def test_it_ends_earlier_when_the_own_vehicle_is_back(granted, caseworker, time_machine):
    lend(granted, by=caseworker, first=0)
    time_machine.move_to(timezone.localtime() + timedelta(days=2), tick=False)

    granted.end_temporary_vehicle(by=caseworker)

    assert plates_on(0) == ["VX123Z"]
    assert letters(granted)[-2:] == ["temporary_vehicle", "temporary_vehicle_ended"]


@pytest.mark.parametrize(("first", "last"), [(-1, 3), (5, 4), (90, 101), (0, 60)])
def test_some_days_within_the_exemption(granted, caseworker, first, last):
    with refused(granted):
        lend(granted, by=caseworker, first=first, last=last)


def test_two_temporary_vehicles_are_refused_and_so_is_any_other_change(granted, caseworker):
    lend(granted, by=caseworker)

    with refused(granted):
        lend(granted, by=caseworker, first=20, last=22)
    with refused(granted):
        granted.end_on_request(by=caseworker, from_day=TODAY())


def test_who_revokes_the_exemption_takes_the_temporary_one_too(granted, caseworker, other_caseworker):
    lend(granted, by=caseworker, first=0)

    taken_away(granted, by=caseworker, second=other_caseworker)

    assert plates_on(1) == plates_on(20) == []


def test_the_database_refuses_a_temporary_vehicle_beside_the_own_one(granted):
    about = {"application": granted, "outcome": Outcome.TEMPORARY, "change": Change.LOAN}
    decision = Decision.objects.create(**about, starts_on=TODAY(), ends_on=TODAY())
    one = standing(granted)
    one.pk, one.decision, one.temporary = None, decision, True

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


# --- A day that is not needed -------------------------------------------------------------------------------


def day_exemption(user, *, days=3):
    return day_exemptions.ask_day_exemption(
        by=user,
        applicant=Applicant.objects.of(user)[0],
        facts=given.VAN,
        source=FactsRecord.Source.REGISTER,
        plate="VX123Z",
        country="NL",
        municipality=Municipality.objects.get(name="Utrecht"),
        day=TODAY() + timedelta(days=days),
        language="nl",
    )


def test_a_day_that_is_not_needed_does_not_count(applicant, caseworker):
    application = day_exemption(applicant)

    application.cancel_day(by=caseworker)

    assert (application.status, DayUse.objects.count()) == (Status.GRANTED, 0)
    assert letters(application)[-1] == "day_cancelled"
    assert not Exemption.objects.filter(revoked_at=None).exists()


def test_a_day_that_has_begun_is_used(applicant, caseworker):
    application = day_exemption(applicant, days=0)

    with pytest.raises(TransitionNotAllowed):
        application.cancel_day(by=caseworker)


# --- The database -------------------------------------------------------------------------------------------


def test_of_one_application_no_two_exemptions_overlap(granted):
    other = Decision.objects.create(
        application=granted, outcome=Outcome.GRANTED, starts_on=TODAY(), ends_on=TODAY() + timedelta(days=9)
    )
    one = standing(granted)
    one.pk, one.decision = None, other

    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


def test_a_decision_after_the_grant_says_what_it_changed(granted):
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(application=granted, outcome=Outcome.ENDED)


def test_the_plate_of_a_day_in_a_year_that_was_mistyped_is_refused(granted, caseworker):
    with refused(granted):
        granted.lengthen(by=caseworker, ends_on=date(2206, 1, 1), explanation="De levering is later.")

"""The penalty for deciding late, contested alone (Awb 4:18), beside the main decision (4:19), and set anew (7:11)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from casework.models import DefaultNotice
from exemptions.models import Ground
from objections.models import Objection, ObjectionDecision
from objections.portal.drafts import find_objectable_decision, list_objectable_others
from objections.steps.penalty import find_contestable_penalty
from tests import contest, given
from tests.casework.days import on
from tests.given import EXPLAINED
from tests.objections.look import refused, terms
from tests.posting import choose_post, post

TODAY = timezone.localdate
SET_ON, LAST_DAY = "Fri 2026-01-09", "Fri 2026-02-20"
"""The amount was set, and six weeks later is the last day to object to that."""


@pytest.fixture
def late(applicant, caseworker, other_caseworker, go_to):
    """Received on 1 September 2025, in default since 18 November, rejected on 2 January 2026: 1442 euros are due."""
    go_to("Mon 2025-09-01")
    application = given.judged(by=applicant, desk=caseworker)
    go_to("Mon 2025-11-03")
    application.receive_default_notice(by=applicant, received_on=TODAY())
    go_to("Fri 2026-01-02")
    reject(application, by=caseworker, second=other_caseworker)
    return again(application)


@pytest.fixture
def fined(late, caseworker, go_to):
    """The penalty was set on 9 January, in the portal."""
    go_to(SET_ON)
    late.set_penalty(by=caseworker, explanation="Wij waren te laat.")
    return again(late)


@pytest.fixture
def by_post(late, applicant, caseworker, go_to):
    """The same, and the letter about it still waits to be posted."""
    choose_post(late.applicant, by=applicant)
    go_to(SET_ON)
    late.set_penalty(by=caseworker)
    return again(late)


def reject(application, *, by, second):
    ground = given.ground(Ground.Outcome.REJECT, application)
    application.propose_rejection(by=by, ground=ground, explanation="U voldoet niet.", doubts_reason=EXPLAINED)
    application.approve_rejection(by=second, doubts_reason=EXPLAINED)


def again(case):
    return type(case).objects.get(pk=case.pk)


def penalty_of(application):
    return application.decisions.on_penalties().in_force().get()


def against_penalty(application, *, by, desk, **about):
    return contest.handling(application, by=by, desk=desk, decision=penalty_of(application), **about)


def against_both(application, *, by, desk, **about):
    return contest.handling(application, by=by, desk=desk, penalty=penalty_of(application), **about)


# --- Setting it is a decision (Awb 4:18) --------------------------------------------------------------------


def test_4_18_setting_the_penalty_is_a_decision_of_its_own(fined, caseworker):
    penalty = penalty_of(fined)

    assert (penalty.penalty_eur, penalty.taken_by, penalty.made_known_on) == (1442, caseworker, on(SET_ON))
    assert fined.decisions.standing().get().outcome == "rejected"
    assert fined.dossier.letters.get(kind="penalty_set").reference == penalty.reference


def test_4_18_by_post_it_is_made_known_when_it_is_posted(by_post, caseworker, go_to):
    assert penalty_of(by_post).made_known_on is None
    go_to("Tue 2026-01-13")

    post(by_post, "penalty_set", by=caseworker)

    letter = by_post.dossier.letters.get(kind="penalty_set")
    assert penalty_of(by_post).made_known_on == on("Tue 2026-01-13")
    assert "24 februari 2026" in letter.body


def test_2_13_the_letter_says_that_one_can_object_in_the_portal(rejected, caseworker):
    penalty = given.penalty(rejected, by=caseworker)

    letter = rejected.dossier.letters.get(kind="penalty_set")
    assert "Dat kan in het portaal" in letter.body
    assert penalty.reference in letter.body.replace("\\", "")


def test_3_45_the_letter_names_the_last_day(fined):
    assert "20 februari 2026" in fined.dossier.letters.get(kind="penalty_set").body


def test_4_18_the_terms_of_the_main_decision_stay(fined):
    assert terms(fined)["object"] == on("Fri 2026-02-13")


# --- Objecting to it alone (Awb 4:18, 6:7) ------------------------------------------------------------------


@pytest.mark.parametrize(("day", "in_time"), [(LAST_DAY, True), ("Sat 2026-02-21", False)])
def test_4_18_one_can_object_to_the_penalty_alone_within_six_weeks(fined, applicant, go_to, day, in_time):
    go_to(day)
    objection = contest.filed(fined, by=applicant, decision=penalty_of(fined), late_reason="Ziek.")

    assert objection.is_in_time is in_time
    assert objection.application == fined


@pytest.mark.parametrize(("day", "in_time"), [("Tue 2026-02-24", True), ("Wed 2026-02-25", False)])
def test_4_18_by_post_the_six_weeks_begin_with_posting(by_post, caseworker, objection_officer, go_to, day, in_time):
    go_to("Tue 2026-01-13")
    post(by_post, "penalty_set", by=caseworker)
    go_to(day)

    objection = contest.by_post(by_post, desk=objection_officer, received_on=TODAY(), decision=penalty_of(by_post))

    assert objection.is_in_time is in_time


def test_6_10_who_objects_before_it_is_posted_has_the_term_counted_from_posting(
    by_post, applicant, caseworker, objection_officer, go_to
):
    objection = contest.by_post(by_post, desk=objection_officer, received_on=TODAY(), decision=penalty_of(by_post))
    go_to("Tue 2026-01-13")
    post(by_post, "penalty_set", by=caseworker)

    assert again(objection).object_until == on("Tue 2026-02-24")


def test_4_18_both_can_be_objected_to_each_by_itself(fined, applicant):
    contest.filed(fined, by=applicant)
    contest.filed(fined, by=applicant, decision=penalty_of(fined))

    assert Objection.objects.open().count() == 2


def test_7_1_against_what_was_set_anew_one_goes_to_the_court(fined, applicant, objection_officer):
    objection = against_penalty(fined, by=applicant, desk=objection_officer)
    objection.uphold_penalty(by=objection_officer, explanation="Te laag.", penalty_eur=1000, skip_hearing=True)

    assert list_objectable_others(fined) == []
    assert terms(again(objection))["appeal"] == on(LAST_DAY)


# --- Deciding on it (Awb 7:11, 10:3(3)) ---------------------------------------------------------------------


@pytest.fixture
def contested(fined, applicant, objection_officer):
    """An objection to the penalty alone, admitted."""
    return against_penalty(fined, by=applicant, desk=objection_officer)


def test_7_11_upholding_sets_another_amount_in_its_place(contested, objection_officer):
    old = contested.decision
    contested.uphold_penalty(by=objection_officer, explanation="Tien dagen meer.", penalty_eur=910, skip_hearing=True)

    decided, notice = contested.decisions.get(), DefaultNotice.objects.get()
    assert (contested.status, decided.new_decision.penalty_eur, notice.amount_eur) == ("upheld", 910, 910)
    assert again(old).replaced_by == decided.new_decision
    assert decided.new_decision.made_known_on == TODAY()


def test_7_12_the_letter_names_the_new_amount_and_when_it_is_paid(contested, objection_officer):
    contested.uphold_penalty(by=objection_officer, explanation="Tien dagen meer.", penalty_eur=910, skip_hearing=True)

    body = contested.dossier.letters.get(kind="objection_penalty").body
    assert "€\N{NO-BREAK SPACE}910" in body
    assert "binnen zes weken na deze brief" in body


def test_7_11_by_post_the_new_amount_is_made_known_when_it_is_posted(
    by_post, applicant, caseworker, objection_officer, go_to
):
    post(by_post, "penalty_set", by=caseworker)
    objection = against_penalty(by_post, by=applicant, desk=objection_officer)
    objection.uphold_penalty(by=objection_officer, explanation="Hoger.", penalty_eur=910, skip_hearing=True)
    assert objection.decisions.get().new_decision.made_known_on is None

    go_to("Tue 2026-01-13")
    post(objection, "objection_penalty", by=objection_officer)

    assert penalty_of(by_post).made_known_on == on("Tue 2026-01-13")
    assert terms(again(objection))["appeal"] == on("Tue 2026-02-24")


@pytest.mark.parametrize("amount", [1442, 1443])
def test_4_17_it_is_another_amount_and_at_most_the_highest(contested, objection_officer, amount):
    with refused(contested):
        contested.uphold_penalty(by=objection_officer, explanation="Ja.", penalty_eur=amount, skip_hearing=True)


def test_10_3_who_set_the_penalty_does_not_decide_on_the_objection(contested, caseworker, objection_officer):
    caseworker.groups.add(Group.objects.get(name="objection officer"))

    with pytest.raises(PermissionDenied):
        contested.declare_unfounded(by=caseworker, explanation="Klopt.", skip_hearing=True)


def test_10_3_the_database_refuses_it_too(contested, caseworker):
    with pytest.raises(IntegrityError, match="10:3"):
        ObjectionDecision.objects.create(
            objection=contested, outcome="unfounded", explanation="Klopt.", taken_by=caseworker
        )


@pytest.mark.parametrize("step", ["uphold", "uphold_in_part", "uphold_and_reject"])
def test_7_11_no_exemption_comes_in_place_of_a_penalty(contested, objection_officer, step):
    taken = {"uphold": contest.upheld, "uphold_and_reject": contest.upheld_and_rejected}.get(step, contest.upheld)
    with refused(contested, TransitionNotAllowed):
        taken(contested, by=objection_officer)


def test_7_11_where_the_penalty_stays_nothing_changes(contested, objection_officer):
    contest.unfounded(contested, by=objection_officer)

    assert penalty_of(contested.application).penalty_eur == 1442
    assert "dagontheffing" not in contested.dossier.letters.get(kind="objection_unfounded").body


def test_8_72_after_a_judgment_it_can_be_set_anew_again(contested, objection_officer, other_officer):
    contested.uphold_penalty(by=objection_officer, explanation="Lager.", penalty_eur=910, skip_hearing=True)
    contested.decide_again(by=objection_officer, until=TODAY() + timedelta(days=14))
    contested.uphold_penalty(by=other_officer, explanation="Toch meer.", penalty_eur=1200, skip_hearing=True)

    assert penalty_of(contested.application).penalty_eur == 1200
    assert DefaultNotice.objects.get().amount_eur == 1200


def test_4_18_a_penalty_for_a_late_decision_on_an_objection_is_one_too(late, applicant, objection_officer, go_to):
    objection = contest.handling(late, by=applicant, desk=objection_officer)
    go_to("Mon 2026-05-04")
    objection.receive_default_notice(by=applicant, received_on=TODAY())
    go_to("Mon 2026-08-03")
    objection.set_penalty(by=objection_officer)

    penalty = late.decisions.on_penalties().get(penalty__case_type="objection")
    assert (penalty.penalty_eur, penalty.made_known_on) == (1442, TODAY())
    assert find_objectable_decision(late, penalty.reference) == penalty


# --- Beside the main decision (Awb 4:19) --------------------------------------------------------------------


def test_4_19_the_objection_to_the_decision_is_about_the_penalty_too(fined, applicant, objection_officer):
    objection = against_both(fined, by=applicant, desk=objection_officer)
    contest.unfounded(objection, by=objection_officer, penalty_because="De dagen kloppen.")

    decided = objection.decisions.get()
    assert (decided.new_penalty, decided.penalty_because) == (None, "De dagen kloppen.")
    body = objection.dossier.letters.get(kind="objection_unfounded").body
    assert "€\N{NO-BREAK SPACE}1.442: De dagen kloppen." in body


def test_4_19_who_decides_says_what_becomes_of_the_penalty(fined, applicant, objection_officer):
    objection = against_both(fined, by=applicant, desk=objection_officer)

    with refused(objection):
        contest.unfounded(objection, by=objection_officer)


def test_4_19_it_is_set_anew_in_the_same_decision(fined, applicant, objection_officer):
    objection = against_both(fined, by=applicant, desk=objection_officer)
    contest.unfounded(objection, by=objection_officer, penalty_eur=900, penalty_because="Twee dagen minder.")

    assert objection.decisions.get().new_penalty == penalty_of(fined)
    assert (penalty_of(fined).penalty_eur, penalty_of(fined).made_known_on) == (900, TODAY())
    assert "900" in objection.dossier.letters.get(kind="objection_unfounded").body


def test_4_19_by_post_both_are_made_known_when_the_decision_is_posted(
    by_post, applicant, caseworker, objection_officer, go_to
):
    post(by_post, by=caseworker)
    objection = against_both(by_post, by=applicant, desk=objection_officer)
    contest.unfounded(objection, by=objection_officer, penalty_eur=900, penalty_because="Minder.")
    go_to("Tue 2026-01-13")
    post(objection, "objection_unfounded", by=objection_officer)

    assert penalty_of(by_post).made_known_on == on("Tue 2026-01-13")


def test_4_19_upholding_the_main_objection_can_change_the_penalty_too(fined, applicant, objection_officer):
    objection = against_both(fined, by=applicant, desk=objection_officer)
    contest.upheld(objection, by=objection_officer, penalty_eur=0, penalty_because="U bent geen belanghebbende.")

    assert fined.decisions.standing().get().outcome == "granted"
    assert penalty_of(fined).penalty_eur == 0


def test_4_19_it_can_be_added_until_we_decide(fined, applicant, objection_officer):
    objection = contest.handling(fined, by=applicant, desk=objection_officer)
    objection.contest_penalty(by=applicant)
    assert objection.penalty == penalty_of(fined)

    contest.unfounded(objection, by=objection_officer, penalty_because="Klopt.")
    with refused(objection, TransitionNotAllowed):
        objection.contest_penalty(by=applicant)


def test_4_19_not_where_there_is_no_penalty_or_it_is_contested_already(late, applicant, caseworker, objection_officer):
    objection = contest.handling(late, by=applicant, desk=objection_officer)
    with refused(objection, TransitionNotAllowed):
        objection.contest_penalty(by=applicant)
    late.set_penalty(by=caseworker)
    contest.filed(late, by=applicant, decision=penalty_of(late))

    assert find_contestable_penalty(late) is None
    with refused(objection, TransitionNotAllowed):
        objection.contest_penalty(by=applicant)


def test_4_19_what_was_begun_about_both_leaves_out_a_penalty_that_another_objection_is_about(fined, applicant):
    begun = contest.draft(fined, by=applicant, penalty=penalty_of(fined))
    contest.filed(fined, by=applicant, decision=penalty_of(fined))

    begun.file(by=applicant, received_on=TODAY())

    assert begun.penalty is None


def test_4_19_no_separate_objection_is_needed_or_possible_then(fined, applicant):
    contest.filed(fined, by=applicant, penalty=penalty_of(fined))

    assert list_objectable_others(fined) == []


def test_10_3_who_set_the_penalty_does_not_decide_on_both(fined, applicant, caseworker, objection_officer):
    objection = against_both(fined, by=applicant, desk=objection_officer)

    assert objection.was_decided_by(caseworker)
    with pytest.raises(IntegrityError, match="10:3"):
        ObjectionDecision.objects.create(
            objection=objection, outcome="unfounded", explanation="Klopt.", taken_by=caseworker
        )

"""A conversion contested (Awb 6:2(a)): it stays, or is revoked and what was asked is decided at once (7:11(2))."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from casework.models import DefaultNotice
from exemptions.models import Ground
from objections.models import Objection
from objections.portal.drafts import find_objectable_decision, list_objectable_others
from tests import contest, given
from tests.casework.days import on
from tests.objections.look import refused, terms
from tests.posting import choose_post, post

TODAY = timezone.localdate
CONVERTED_ON, LAST_DAY = "Fri 2026-01-09", "Fri 2026-02-20"
"""It was converted, and six weeks later is the last day to object to that."""


@pytest.fixture
def taken_up(applicant, caseworker, go_to):
    go_to(CONVERTED_ON)
    return given.judged(by=applicant, desk=caseworker)


@pytest.fixture
def converted(taken_up, caseworker):
    """The application for a national exemption goes on as another kind."""
    return convert(taken_up, by=caseworker)


@pytest.fixture
def by_post(taken_up, applicant, caseworker):
    """The same, and the letter about it still waits to be posted."""
    choose_post(taken_up.applicant, by=applicant)
    return convert(taken_up, by=caseworker)


@pytest.fixture
def contested(converted, applicant, objection_officer):
    """An objection to the conversion, admitted; the objector wants no hearing."""
    return contest_conversion(converted, by=applicant, desk=objection_officer)


def convert(application, *, by, code="BEO"):
    application.convert(by=by, kind=given.kind(code), reason="Die soort past beter.")
    return again(application)


def contest_conversion(application, *, by, desk):
    objection = contest.handling(application, by=by, desk=desk, decision=conversion_of(application))
    return contest.heard(objection, by=by, desk=desk)


def again(case):
    return type(case).objects.get(pk=case.pk)


def conversion_of(application):
    return application.decisions.on_conversions().in_force().get()


def body_of(case, kind):
    """Without the signs that keep dashes from being markup."""
    return case.dossier.letters.get(kind=kind).body.replace("\\", "")


def successor_of(application):
    return type(application).objects.get(converted_from=application)


def grant(application, *, by):
    """The successor is granted, from today."""
    given.grant(judge_all(application, by=by), desk=by)
    return again(application)


def judge_all(application, *, by):
    """Taken up, and all its proof is sufficient."""
    application.take_up(by=by)
    for item in application.relevant_evidence:
        application.judge(by=by, item=item, verdict="sufficient")
    return application


# --- Not to decide is a decision (Awb 6:2(a)) ---------------------------------------------------------------


def test_6_2_a_conversion_is_a_decision_of_its_own(converted, caseworker):
    decision = conversion_of(converted)

    assert (decision.taken_by, decision.made_known_on) == (caseworker, on(CONVERTED_ON))
    assert decision.explanation == "Die soort past beter."
    assert not converted.decisions.standing().exists()
    assert not converted.decisions.on_applications().exists()


def test_3_45_its_letter_names_the_decision_and_the_last_day(converted):
    letter = converted.dossier.letters.get(kind="converted")

    assert letter.reference == conversion_of(converted).reference
    assert letter.reference in letter.body.replace("\\", "")
    assert "20 februari 2026" in letter.body


def test_2_13_one_can_object_in_the_portal(applicant, caseworker):
    converted = convert(given.judged(by=applicant, desk=caseworker), by=caseworker)

    assert "Dat kan in het portaal" in body_of(converted, "converted")


def test_6_8_by_post_it_is_made_known_when_it_is_posted(by_post, caseworker, go_to):
    assert conversion_of(by_post).made_known_on is None
    go_to("Tue 2026-01-13")

    post(by_post, "converted", by=caseworker)

    assert conversion_of(by_post).made_known_on == on("Tue 2026-01-13")
    assert "24 februari 2026" in by_post.dossier.letters.get(kind="converted").body


def test_6_2_one_can_object_to_it_once(converted, applicant):
    decision = conversion_of(converted)
    assert find_objectable_decision(converted) is None
    assert find_objectable_decision(converted, decision.reference) == decision

    contest.filed(converted, by=applicant, decision=decision)

    assert list_objectable_others(converted) == []


@pytest.mark.parametrize(("day", "in_time"), [(LAST_DAY, True), ("Sat 2026-02-21", False)])
def test_6_7_one_can_object_for_six_weeks(converted, applicant, go_to, day, in_time):
    go_to(day)
    objection = contest.filed(converted, by=applicant, decision=conversion_of(converted), late_reason="Ziek.")

    assert objection.is_in_time is in_time
    assert objection.application == converted


@pytest.mark.parametrize(("day", "in_time"), [("Tue 2026-02-24", True), ("Wed 2026-02-25", False)])
def test_6_8_by_post_the_six_weeks_begin_with_posting(by_post, caseworker, objection_officer, go_to, day, in_time):
    go_to("Tue 2026-01-13")
    post(by_post, "converted", by=caseworker)
    go_to(day)

    objection = contest.by_post(by_post, desk=objection_officer, received_on=TODAY(), decision=conversion_of(by_post))

    assert objection.is_in_time is in_time


def test_6_10_who_objects_before_it_is_posted_has_the_term_counted_from_posting(
    by_post, caseworker, objection_officer, go_to
):
    objection = contest.by_post(by_post, desk=objection_officer, received_on=TODAY(), decision=conversion_of(by_post))
    go_to("Tue 2026-01-13")
    post(by_post, "converted", by=caseworker)

    assert again(objection).object_until == on("Tue 2026-02-24")


# --- It stays -----------------------------------------------------------------------------------------------


def test_7_11_unfounded_the_conversion_stays(contested, objection_officer):
    objection = contest.unfounded(contested, by=objection_officer, skip_hearing=False)

    old, new = again(objection.application), successor_of(objection.application)
    assert (objection.status, old.status, new.status) == ("unfounded", "converted", "submitted")
    assert conversion_of(old) == objection.decision
    assert str(new.dossier) in body_of(objection, "objection_unfounded")


def test_6_6_inadmissible_the_conversion_stays(converted, applicant, objection_officer, go_to):
    go_to("Mon 2026-03-02")
    objection = contest.filed(converted, by=applicant, decision=conversion_of(converted), late_reason="Vergeten.")
    contest.inadmissible(objection, by=objection_officer)

    assert (objection.status, conversion_of(converted).is_in_force) == ("inadmissible", True)


def test_6_21_withdrawn_one_can_object_again(contested, applicant):
    contested.withdraw(by=applicant)

    assert list_objectable_others(contested.application) == [contested.decision]


def test_10_3_who_converted_does_not_decide_on_the_objection(contested, caseworker):
    caseworker.groups.add(Group.objects.get(name="objection officer"))

    with pytest.raises(PermissionDenied):
        contest.unfounded(contested, by=caseworker)


# --- It is revoked, and what was asked is decided (Awb 7:11(2)) ---------------------------------------------


def test_7_11_upheld_the_exemption_that_was_asked_is_granted_and_the_successor_ends(contested, objection_officer):
    contest.upheld(contested, by=objection_officer)

    old, new = again(contested.application), successor_of(contested.application)
    decided = contested.decisions.get().new_decision
    assert (contested.status, old.status, new.status) == ("upheld", "granted", "converted")
    assert again(contested.decision).replaced_by == decided == old.decisions.standing().get()
    assert decided.made_known_on == TODAY()
    assert terms(new) == {}
    assert old.exemptions.filter(revoked_at=None).count() == 1


def test_7_12_the_letter_says_that_the_successor_ends(contested, objection_officer):
    contest.upheld(contested, by=objection_officer)

    body = body_of(contested, "objection_upheld")
    assert str(successor_of(contested.application).dossier) in body
    assert "komt in de plaats" not in body


def test_7_11_upheld_and_rejected_on_the_merits(contested, objection_officer):
    contest.upheld_and_rejected(contested, by=objection_officer)

    old, new = again(contested.application), successor_of(contested.application)
    assert (contested.status, old.status, new.status) == ("upheld", "rejected", "converted")
    assert find_objectable_decision(old) is None
    assert list_objectable_others(old) == []
    assert set(terms(again(contested))) == {"appeal"}


def test_7_11_by_post_it_is_made_known_when_the_decision_is_posted(
    by_post, applicant, caseworker, objection_officer, go_to
):
    post(by_post, "converted", by=caseworker)
    objection = contest_conversion(by_post, by=applicant, desk=objection_officer)
    contest.upheld(objection, by=objection_officer)
    assert objection.decisions.get().new_decision.made_known_on is None

    go_to("Tue 2026-01-13")
    post(objection, "objection_upheld", by=objection_officer)

    assert by_post.decisions.standing().get().made_known_on == on("Tue 2026-01-13")
    assert terms(again(objection))["appeal"] == on("Tue 2026-02-24")


def test_7_11_a_new_exemption_takes_the_place_of_that_of_the_successor(contested, caseworker, objection_officer):
    new = grant(successor_of(contested.application), by=caseworker)
    contest.upheld(contested, by=objection_officer)

    assert again(new).status == "converted"
    assert not new.decisions.standing().exists()
    assert not new.exemptions.filter(revoked_at=None).exists()
    assert "komt in de plaats" in body_of(contested, "objection_upheld")


def test_7_11_nobody_is_without_an_exemption_between_the_two(contested, caseworker, objection_officer):
    grant(successor_of(contested.application), by=caseworker)
    first = TODAY() + timedelta(days=7)

    with refused(contested):
        contested.uphold(
            by=objection_officer,
            explanation="U hebt gelijk.",
            ground=given.ground(Ground.Outcome.GRANT, contested.application),
            starts_on=first,
            ends_on=first + timedelta(days=30),
        )


def test_7_11_who_got_the_other_exemption_keeps_it_where_this_one_is_rejected(contested, caseworker, objection_officer):
    """An objection makes nobody worse off."""
    new = grant(successor_of(contested.application), by=caseworker)
    contest.upheld_and_rejected(contested, by=objection_officer)

    assert (again(contested.application).status, again(new).status) == ("rejected", "granted")
    assert new.exemptions.filter(revoked_at=None).exists()
    assert "houdt de ontheffing" in body_of(contested, "objection_reopened")


def test_7_11_an_objection_about_the_successor_comes_first(contested, applicant, caseworker, objection_officer):
    new = grant(successor_of(contested.application), by=caseworker)
    contest.filed(new, by=applicant)

    with refused(contested):
        contest.upheld(contested, by=objection_officer)


def test_7_11_what_was_converted_once_more_ends_too(contested, caseworker, objection_officer):
    second = successor_of(contested.application)
    second.take_up(by=caseworker)
    second.convert(by=caseworker, kind=given.kind("NEV"), reason="Toch die soort.")
    contest.upheld(contested, by=objection_officer)

    assert again(successor_of(second)).status == "converted"
    assert list_objectable_others(second) == []


def test_7_11_what_the_applicant_withdrew_stays_so(contested, applicant, objection_officer):
    successor_of(contested.application).withdraw(by=applicant)
    contest.upheld(contested, by=objection_officer)

    assert successor_of(contested.application).status == "withdrawn"


def test_7_11_nothing_is_granted_on_what_ended_so(contested, objection_officer):
    contest.upheld(contested, by=objection_officer)
    ended = successor_of(contested.application)

    with pytest.raises(TransitionNotAllowed):
        ended.reject_instead(by=None, cause="objection", ground=None, explanation="")


def test_8_72_after_a_judgment_we_decide_again(contested, objection_officer, other_officer):
    contest.upheld_and_rejected(contested, by=objection_officer)
    contested.decide_again(by=objection_officer, until=TODAY() + timedelta(days=14))
    contest.upheld(contested, by=other_officer)

    assert again(contested.application).status == "granted"


# --- Being late (Awb 4:17) ----------------------------------------------------------------------------------


@pytest.fixture
def in_default(applicant, caseworker, go_to):
    """Received on 1 September 2025, in default since 18 November, converted on 24 November."""
    go_to("Mon 2025-09-01")
    application = given.judged(by=applicant, desk=caseworker)
    go_to("Mon 2025-11-03")
    application.receive_default_notice(by=applicant, received_on=TODAY())
    go_to("Mon 2025-11-24")
    return application


def test_4_17_the_notice_goes_back_and_the_penalty_ends_with_the_decision(
    in_default, applicant, caseworker, objection_officer, go_to
):
    old = convert(in_default, by=caseworker, code="NEV")
    objection = contest_conversion(old, by=applicant, desk=objection_officer)
    go_to("Thu 2025-11-27")
    contest.upheld(objection, by=objection_officer)

    notice = DefaultNotice.objects.get()
    assert (notice.case_id, notice.dossier, notice.decided_on) == (old.pk, old.dossier, TODAY())
    assert "set_penalty" in terms(old)
    assert terms(successor_of(old)) == {}


def test_4_17_the_notice_goes_back_past_a_second_conversion(
    in_default, applicant, caseworker, objection_officer, go_to
):
    old = convert(in_default, by=caseworker, code="NEV")
    second = successor_of(old)
    second.take_up(by=caseworker)
    convert(second, by=caseworker, code="LEV" if old.chosen_kind.code != "LEV" else "PAR")
    objection = contest_conversion(old, by=applicant, desk=objection_officer)
    go_to("Thu 2025-11-27")
    contest.upheld(objection, by=objection_officer)

    notice = DefaultNotice.objects.get()
    assert (notice.case_id, notice.decided_on) == (old.pk, TODAY())


def test_4_17_after_all_days_were_paid_no_second_penalty_begins(in_default, applicant, caseworker, go_to):
    go_to("Mon 2026-01-05")
    in_default.set_penalty(by=caseworker)
    new = successor_of(convert(in_default, by=caseworker, code="NEV"))

    with refused(new):
        new.receive_default_notice(by=applicant, received_on=TODAY())
    given.grant(judge_all(new, by=caseworker), desk=caseworker)
    notice = DefaultNotice.objects.get()
    assert (notice.amount_eur, notice.decided_on) == (1442, TODAY())


def test_4_17_by_post_the_penalty_ends_when_the_decision_is_posted(
    in_default, applicant, caseworker, objection_officer, go_to
):
    choose_post(in_default.applicant, by=applicant)
    old = convert(in_default, by=caseworker, code="NEV")
    post(old, "converted", by=caseworker)
    objection = contest_conversion(old, by=applicant, desk=objection_officer)
    contest.upheld(objection, by=objection_officer)
    assert DefaultNotice.objects.get().decided_on is None

    go_to("Thu 2025-11-27")
    post(objection, "objection_upheld", by=objection_officer)

    assert DefaultNotice.objects.get().decided_on == TODAY()


def test_6_2_the_objection_is_one_in_the_dossier_of_what_was_asked(contested):
    assert Objection.objects.get().dossier == contested.application.dossier

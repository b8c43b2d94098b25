"""Appeal against our silence on an application, and the order of a court to decide (Awb 6:12, 6:20, 8:55b to 8:55d)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casework.models import CourtOrder, DefaultNotice
from exemptions.models import Application, Ground
from objections.models import Appeal
from tests import contest, given
from tests.given import EXPLAINED
from tests.objections.look import refused, terms
from tests.posting import choose_post, post

TODAY = timezone.localdate


@pytest.fixture
def late(applicant, caseworker, time_machine):
    """Nobody decided for seventy days."""
    application = given.judged(by=applicant, desk=caseworker)
    time_machine.move_to(timezone.localtime() + timedelta(days=70), tick=False)
    return application


@pytest.fixture
def noticed(late, applicant, time_machine):
    """The notice of default came three weeks ago."""
    late.receive_default_notice(by=applicant, received_on=TODAY())
    time_machine.move_to(timezone.localtime() + timedelta(days=21), tick=False)
    return again(late)


def again(case):
    return type(case).objects.get(pk=case.pk)


def silent(application, *, by, **about):
    return contest.appeal_against_silence(application, desk=by, **about)


def ordered(appeal, *, by, days=14, **order):
    about = {"judged_on": TODAY(), "judgment": "Beslis alsnog.", "until": TODAY() + timedelta(days=days)}
    appeal.win_with_order(by=by, **{**about, "euros_a_day": 100, "most_eur": 15_000, "unheard": True, **order})


def rejected(application, *, by, second):
    ground = given.ground(Ground.Outcome.REJECT, application)
    reasons = {"explanation": "U voldoet niet.", "doubts_reason": EXPLAINED}
    application.propose_rejection(by=by, ground=ground, **reasons)
    application.approve_rejection(by=second, doubts_reason=EXPLAINED)


# --- Lodged -------------------------------------------------------------------------------------------------


def test_7_1_no_objection_comes_before_an_appeal_against_silence(noticed, objection_officer):
    appeal = silent(noticed, by=objection_officer)

    assert (appeal.status, appeal.objection, appeal.contested) == ("filed", None, noticed)
    assert not appeal.premature


def test_6_12_before_two_weeks_have_passed_since_the_notice_it_is_premature(late, applicant, objection_officer):
    late.receive_default_notice(by=applicant, received_on=TODAY())

    assert silent(late, by=objection_officer).premature


@pytest.mark.parametrize(("days", "premature"), [(14, True), (15, False)])
def test_6_12_the_two_weeks_have_passed_the_day_after(
    late, applicant, objection_officer, time_machine, days, premature
):
    late.receive_default_notice(by=applicant, received_on=TODAY())
    time_machine.move_to(timezone.localtime() + timedelta(days=days), tick=False)

    assert silent(again(late), by=objection_officer).premature is premature


def test_6_12_without_a_notice_it_is_premature_unless_none_could_be_asked(late, objection_officer):
    with_reason = {"without_notice_because": "De rechter had al een termijn gesteld."}

    assert silent(late, by=objection_officer).premature
    Appeal.objects.update(status="withdrawn")
    assert not silent(late, by=objection_officer, **with_reason).premature


def test_7_1_after_a_decision_one_objects_first(noticed, caseworker, team_lead, objection_officer):
    rejected(noticed, by=caseworker, second=team_lead)
    appeal = Appeal.objects.create(dossier=noticed.dossier, court="Rechtbank Gelderland", against="silence")

    with refused(appeal):
        appeal.lodge(by=objection_officer, filed_on=TODAY())


def test_one_appeal_at_a_time_is_about_an_application(noticed, objection_officer):
    silent(noticed, by=objection_officer)
    second = Appeal.objects.create(dossier=noticed.dossier, court="Rechtbank Gelderland", against="silence")

    with refused(second):
        second.lodge(by=objection_officer, filed_on=TODAY())


@pytest.mark.parametrize("person", ["applicant", "caseworker", "team_lead", "stranger"])
def test_only_who_keeps_the_appeals_lodges_it(request, noticed, person):
    appeal = Appeal.objects.create(dossier=noticed.dossier, court="Rechtbank Gelderland", against="silence")

    with refused(appeal, PermissionDenied):
        appeal.lodge(by=request.getfixturevalue(person), filed_on=TODAY())


# --- The order ----------------------------------------------------------------------------------------------


def test_8_55d_the_day_of_the_court_is_the_last_day_to_decide(noticed, objection_officer):
    ordered(silent(noticed, by=objection_officer), by=objection_officer)

    application = again(noticed)
    assert application.decide_by == TODAY() + timedelta(days=14)
    assert terms(application)["decide"] == application.decide_by
    assert not application.is_late


def test_8_55d_nothing_moves_that_day(noticed, caseworker, objection_officer):
    ordered(silent(noticed, by=objection_officer), by=objection_officer)
    application = again(noticed)

    with refused(application):
        application.extend(by=caseworker, until=given.working_day(40), reason="Het is druk.")
    item = application.evidence_items.with_all()[0]
    application.ask_completion(by=caseworker, items={item: "Onleesbaar."}, ends_on=given.working_day(21))
    assert again(application).decide_by == TODAY() + timedelta(days=14)


def test_8_55d_each_day_after_it_costs_what_the_court_says(noticed, objection_officer, time_machine):
    ordered(silent(noticed, by=objection_officer), by=objection_officer)
    order, day = CourtOrder.objects.get(), TODAY()

    assert [order.amount(today=day + timedelta(days=days)) for days in (14, 15, 20, 400)] == [0, 100, 600, 15_000]


def by_portal(application, *, by, second):
    rejected(application, by=by, second=second)


def by_post(application, *, by, second):
    choose_post(application.applicant, by=application.owner)
    rejected(application, by=by, second=second)
    assert CourtOrder.objects.running().exists()  # a letter that waits to be posted ends nothing
    post(application, by=by)


@pytest.mark.parametrize("way", [by_portal, by_post])
def test_8_55d_our_decision_ends_the_order_when_it_is_made_known(
    noticed, caseworker, team_lead, objection_officer, time_machine, way
):
    ordered(silent(noticed, by=objection_officer), by=objection_officer)
    time_machine.move_to(timezone.localtime() + timedelta(days=17), tick=False)

    way(again(noticed), by=caseworker, second=team_lead)

    order = CourtOrder.objects.get()
    assert (order.ended_on, order.amount(today=TODAY())) == (TODAY(), 200)


def test_4_17_the_penalty_of_the_law_runs_its_own_course(noticed, objection_officer):
    before = DefaultNotice.objects.get()

    ordered(silent(noticed, by=objection_officer), by=objection_officer)

    notice = DefaultNotice.objects.get()
    assert (notice.first_day, notice.last_day, notice.decided_on) == (before.first_day, before.last_day, None)


def test_8_55c_the_court_may_set_that_penalty(noticed, objection_officer):
    ordered(silent(noticed, by=objection_officer), by=objection_officer, penalty_eur=1442)

    notice = DefaultNotice.objects.get()
    assert (notice.amount_eur, notice.set_on, notice.by_court) == (1442, TODAY(), True)
    assert "set_penalty" not in terms(noticed)


def test_6_12_a_second_appeal_can_follow_when_the_day_of_the_court_has_passed(noticed, objection_officer, time_machine):
    ordered(silent(noticed, by=objection_officer), by=objection_officer)
    time_machine.move_to(timezone.localtime() + timedelta(days=20), tick=False)

    ordered(silent(again(noticed), by=objection_officer), by=objection_officer, euros_a_day=250)

    assert CourtOrder.objects.running().get().euros_a_day == 250
    assert CourtOrder.objects.count() == 2


def test_a_converted_application_takes_the_order_along(noticed, caseworker, objection_officer):
    ordered(silent(noticed, by=objection_officer), by=objection_officer)

    again(noticed).convert(by=caseworker, kind=given.kind("BEO"), reason="Dat past beter.")
    successor = again(noticed).converted_to

    assert (successor.decide_by, CourtOrder.objects.get().case_id) == (TODAY() + timedelta(days=14), successor.pk)


# --- Decided meanwhile --------------------------------------------------------------------------------------


def test_6_20_the_court_is_told_at_once_that_we_decided(noticed, caseworker, team_lead, objection_officer):
    appeal = silent(noticed, by=objection_officer)
    assert not appeal.has_decision_to_report()
    rejected(noticed, by=caseworker, second=team_lead)
    assert Appeal.objects.to_report().get() == appeal

    appeal.report_decision(by=objection_officer, title="Besluit", told_on=TODAY())

    assert (appeal.papers.get().direction, Appeal.objects.to_report().count()) == ("to", 0)


def test_6_20_what_is_decided_cannot_be_ordered_any_more(noticed, caseworker, team_lead, objection_officer):
    appeal = silent(noticed, by=objection_officer)
    rejected(noticed, by=caseworker, second=team_lead)

    with refused(appeal):
        ordered(appeal, by=objection_officer)


def test_6_20_silence_on_an_objection_is_reported_too(rejected_long_ago, objection_officer):
    appeal = contest.appeal(rejected_long_ago, desk=objection_officer, against=Appeal.Against.SILENCE)

    contest.unfounded(again(rejected_long_ago), by=objection_officer)

    assert Appeal.objects.to_report().get() == appeal


@pytest.fixture
def rejected_long_ago(rejected, applicant, objection_officer, time_machine):
    """An objection on which we are late."""
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    time_machine.move_to(timezone.localtime() + timedelta(days=110), tick=False)
    return again(objection)


def test_8_55d_the_order_on_an_objection_is_a_row_too(rejected_long_ago, objection_officer):
    appeal = contest.appeal(rejected_long_ago, desk=objection_officer, against=Appeal.Against.SILENCE)

    ordered(appeal, by=objection_officer)

    order = CourtOrder.objects.get()
    assert (order.case_type, order.until) == ("objection", again(rejected_long_ago).decide_by)
    contest.unfounded(again(rejected_long_ago), by=objection_officer)
    assert not CourtOrder.objects.running().exists()
    assert Application.objects.count() == 1

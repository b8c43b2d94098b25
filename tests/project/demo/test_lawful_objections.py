"""Every objection, appeal and decision taken again in the demo went as the law allows."""

from datetime import date, datetime, timedelta

import pytest
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from casework import deadlines
from casework.calendar import STATUTE
from casework.deadlines import Suspension
from casework.models import Deadline, DefaultNotice, Event
from demo.plan import LAST, THRESHOLDS_OF_2025
from demo.thresholds import SOURCE
from exemptions import thresholds
from exemptions.models import Decision, Exemption, ThresholdVersion
from exemptions.terms import midnight
from objections.models import Appeal, Hearing, Objection, ObjectionDecision, ObjectionStatus
from renewals import publication
from renewals.models import Renewal, RenewalStatus

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]
OFFICER = "bezwaar@example.org"


# --- Terms -----------------------------------------------------------------------------------------------------


def test_every_due_date_is_the_one_that_the_events_give():
    for objection in Objection.objects.filed().select_related("decision"):
        stored = of_kind(objection, Deadline.Kind.DECIDE_OBJECTION).latest("opened_at", "pk")

        assert objection.decide_by == stored.due == due_by_events(objection), objection


def due_by_events(objection: Objection) -> date:
    """From the moments and details of its events alone, and the day of the decision under attack."""
    events = list(Event.objects.of(objection))
    (came_in,) = [event.detail for event in events if event.step in ("file", "register")]
    received = date.fromisoformat(came_in["received_on"])
    posted = date.fromisoformat(came_in["posted_on"]) if "posted_on" in came_in else None
    until = deadlines.objection_due(objection.decision.announced_on)
    in_time = deadlines.objection_in_time(until, received=received, posted=posted)
    return deadlines.objection_decision_due(
        deadlines.objection_term_start(until, received=received, in_time=in_time),
        adjourned=any(event.step == "adjourn" for event in events),
        suspensions=suspensions_of(events),
    )


def suspensions_of(events: list[Event]) -> list[Suspension]:
    found: list[Suspension] = []
    for event in events:
        if event.step == "ask_repair":
            found.append(Suspension(timezone.localdate(event.at), date.fromisoformat(event.detail["ends_on"])))
        if event.step == "repair":
            found[-1] = Suspension(found[-1].invited, timezone.localdate(event.at))
    return found


def of_kind(objection: Objection, kind: Deadline.Kind):
    return Deadline.objects.filter(case_type=Objection.CASE_TYPE, case_id=objection.pk, kind=kind)


def test_nothing_is_decided_late_but_where_a_notice_of_default_says_so():
    late = ObjectionDecision.objects.filter(taken_at__date__gt=F("objection__decide_by"))

    assert not late.exists()


def test_a_late_objection_gave_its_reason_and_one_in_time_was_not_judged_late():
    for objection in Objection.objects.filed().select_related("decision"):
        assert bool(objection.late_reason) is not objection.is_in_time, objection
        assert objection.excused is None or not objection.is_in_time


def test_terms_that_we_set_end_on_working_days():
    days = [
        *Hearing.objects.exclude(reply_until=None).values_list("reply_until", flat=True),
        *Deadline.objects.filter(kind=Deadline.Kind.REPAIR).values_list("due", flat=True),
    ]

    assert len(days) > 10
    assert not any(STATUTE.is_off(day) for day in days)


def test_people_decide_on_working_days_in_office_hours():
    moments = [timezone.localtime(at) for at in ObjectionDecision.objects.values_list("taken_at", flat=True)]

    assert all(9 <= at.hour < 17 and not STATUTE.is_off(at.date()) for at in moments)


# --- Hearing and deciding ----------------------------------------------------------------------------------------


def test_whoever_decides_took_no_decision_of_the_chain():
    for decided in ObjectionDecision.objects.select_related("objection__decision"):
        chain = decided.objection.decision.chain()
        assert decided.taken_by_id not in [one.taken_by_id for one in chain]
        assert decided.taken_by.has_perm("objections.decide_objection")


def test_whoever_hears_had_no_part_in_it():
    for hearing in Hearing.objects.exclude(heard_by=None):
        assert hearing.heard_by is not None
        assert not hearing.objection.was_involved(hearing.heard_by)


def test_nobody_was_decided_on_unheard_without_a_ground_of_the_law():
    for decided in ObjectionDecision.objects.all():
        hearing = decided.objection.current_hearing
        assert hearing is not None
        assert hearing.skipped or (hearing.report and hearing.held_at and hearing.held_at < decided.taken_at)


def test_no_answer_is_a_ground_only_once_the_term_has_passed():
    waived = Event.objects.filter(case_type=Objection.CASE_TYPE, step="waive_hearing", detail__ground="no_reply")

    assert waived.exists()
    for event in waived:
        assert Hearing.objects.get(objection=event.case_id).reply_until < timezone.localdate(event.at)


def test_every_hearing_leaves_ten_days_for_papers():
    planned = Event.objects.filter(case_type=Objection.CASE_TYPE, step="plan_hearing")

    assert planned.count() > 5
    for event in planned:
        day = timezone.localdate(datetime.fromisoformat(event.detail["held_at"]))
        assert deadlines.papers_until(day) > timezone.localdate(event.at)


def test_inadmissible_only_after_the_reason_or_the_chance_that_the_law_asks():
    late = Objection.objects.filter(decisions__inadmissible_because="late")
    silent = Objection.objects.filter(decisions__inadmissible_because="not_repaired")

    assert late.exists()
    assert silent.exists()
    assert all(objection.late_reason and objection.excused is False for objection in late)
    assert all(objection.was_given_chance_to_repair() for objection in silent)


def test_an_upheld_objection_gave_an_exemption_in_place_of_the_rejection():
    won = ObjectionDecision.objects.filter(outcome__in=["upheld", "upheld_in_part"]).exclude(new_decision=None)

    assert won.count() == 7  # five of the letter, two around today
    for decided in won:
        assert decided.objection.decision.replaced_by == decided.new_decision
        assert Exemption.objects.filter(decision=decided.new_decision, revoked_at=None).exists()
        assert decided.new_decision.starts_on >= decided.announced_on


# --- The court ----------------------------------------------------------------------------------------------------


def test_an_appeal_comes_after_the_decision_on_the_objection_and_in_time():
    appeals = Appeal.objects.all()

    assert appeals.count() == 4
    for appeal in appeals:
        decided = appeal.objection.decisions.get()
        assert appeal.filed_on is not None
        assert decided.announced_on < appeal.filed_on <= decided.appeal_until
        assert appeal.judged_on is None or appeal.filed_on < appeal.judged_on


# --- Being late ----------------------------------------------------------------------------------------------------


def test_a_notice_of_default_came_after_the_term_and_counts_from_two_weeks_later():
    notices = DefaultNotice.objects.all()

    assert notices.count() == 4
    for notice in notices:
        assert notice.received_on > notice.due
        assert notice.first_day == deadlines.penalty_first_day(notice.due, notice_received=notice.received_on)


def test_a_penalty_that_was_set_is_what_the_days_make():
    (notice,) = DefaultNotice.objects.exclude(set_on=None)
    days = (notice.decided_on - notice.first_day).days

    assert notice.amount_eur == deadlines.penalty_amount(days, on=notice.first_day) > 0
    assert DefaultNotice.objects.to_set().count() == 3


# --- Thresholds and deciding again -----------------------------------------------------------------------------------


def test_the_thresholds_say_that_they_are_invented_and_two_people_made_them():
    versions = ThresholdVersion.objects.published().order_by("valid_from")

    assert versions.count() == 3
    assert all(version.source == SOURCE and version.approved_by != version.made_by for version in versions)
    assert set(versions[1].caused_by.values_list("status", flat=True)) == {ObjectionStatus.UPHELD}
    assert versions[1].caused_by.count() == 5
    assert versions[1].valid_from == THRESHOLDS_OF_2025


def test_what_was_upheld_or_renewed_lay_between_the_old_and_the_new_thresholds():
    second, first = [thresholds.limits_of(one) for one in ThresholdVersion.objects.published()[1:]]
    renewed = Q(from_renewal__isnull=False) | Q(from_objection__objection__led_to_thresholds__isnull=False)
    decisions = Decision.objects.filter(renewed).select_related("application", "facts")

    assert decisions.count() == 11
    for decision in decisions:
        values = thresholds.values_of(decision.application, decision.facts)
        assert thresholds.judge(decision.application.vehicle_class, values, limits=first).available is True
        assert thresholds.judge(decision.application.vehicle_class, values, limits=second).available is False


def test_every_decision_of_a_kind_with_thresholds_names_those_of_its_day():
    judged = Decision.objects.filter(application__kind__by_thresholds=True).exclude(outcome="set_aside")

    assert not judged.filter(thresholds=None).exists()
    assert not judged.filter(taken_at__date__lt=F("thresholds__valid_from")).exists()


def test_the_run_of_july_decided_on_six_who_had_not_objected():
    run = Renewal.objects.get(status=RenewalStatus.DONE)
    items = run.items.select_related("decision", "new_decision", "letter")

    assert len(items) == 6
    assert run.proposed_by != run.approved_by
    for item in items:
        assert item.decision.replaced_by == item.new_decision
        assert item.letter.reference == item.new_decision.reference
        assert (item.new_decision.taken_by, item.new_decision.prepared_by) == (run.approved_by, run.proposed_by)
        assert not item.decision.objections.exists()
        assert timezone.localdate(item.done_at) <= LAST


def test_the_same_change_has_nobody_left_to_decide_on_again():
    version = ThresholdVersion.objects.get(valid_from=THRESHOLDS_OF_2025)

    again = publication.make_list(version, by=User.objects.get(email="teamleider@example.org"))

    assert not again.items.exists()


def test_nothing_of_the_letters_objections_happened_before_the_decision_or_after_today():
    for objection in Objection.objects.filed().select_related("decision"):
        first = Event.objects.of(objection)[0]
        assert objection.decision.taken_at < first.at < timezone.now()
    assert Objection.objects.filter(received_on__lte=LAST).count() == 24
    assert not ObjectionDecision.objects.filter(
        objection__received_on__lte=LAST, taken_at__gte=midnight(LAST + timedelta(days=90))
    ).exists()

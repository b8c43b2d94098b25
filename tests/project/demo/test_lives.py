"""The cases of the demo are lived by the steps, which are the law. What is left is what the plan promises of them."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from accounts.models import User
from casework.calendar import STATUTE
from casework.models import Document, Event, Letter, Message, NumberSeries
from complaints.models import Complaint
from demo.plan import FIRST, LAST, THRESHOLDS_OF_2025
from demo.thresholds import SOURCE
from exemptions import thresholds
from exemptions.models import Application, DayUse, Decision, EvidenceItem, Ground, Status, ThresholdVersion
from exemptions.terms import AMSTERDAM, start_of_day
from objections.models import Appeal, Objection, ObjectionDecision, ObjectionStatus
from renewals import publication
from renewals.models import Renewal, RenewalStatus

pytestmark = pytest.mark.django_db


# --- The year ----------------------------------------------------------------------------------------------


def test_the_days_of_filing_lie_in_the_period(history):
    filed = Event.objects.filter(case_type=Application.CASE_TYPE, step="file", case_id__in=history.values("pk"))

    assert Counter(filed.values_list("to_status", flat=True)) == {Status.SUBMITTED: 13302}
    assert filed.filter(at__lt=start_of_day(FIRST)).count() == 0


def test_numbers_follow_each_other_in_the_order_of_coming_in():
    begins = ["file", "register", "receive_conversion"]
    came_in = Event.objects.filter(case_type__in=[Application.CASE_TYPE, Complaint.CASE_TYPE], step__in=begins)
    numbers = list(came_in.order_by("at", "pk").values_list("dossier__number", flat=True))

    for year in {number[4:8] for number in numbers}:
        of_year = [number for number in numbers if number[4:8] == year]
        assert of_year == [f"ZES-{year}-{place:06}" for place in range(1, len(of_year) + 1)]
        assert NumberSeries.objects.get(year=int(year)).last == len(of_year)


def test_nothing_happened_in_the_future():
    assert Event.objects.aggregate(last=Max("at"))["last"] <= timezone.now()
    assert not Letter.objects.filter(placed_at__gt=timezone.now()).exists()


def test_history_is_decided_within_the_statutory_term(history):
    first = Decision.objects.on_applications().filter(application__in=history, replaces=None)

    assert not first.filter(taken_at__date__gt=F("application__decide_by")).exists()
    assert not history.open().exists()


def test_people_decide_on_working_days_in_office_hours(history):
    taken = Decision.objects.filter(application__in=history, taken_by__isnull=False)
    outcomes = ObjectionDecision.objects.filter(objection__decision__application__in=history)
    moments = [*taken.values_list("taken_at", flat=True), *outcomes.values_list("taken_at", flat=True)]

    assert not [at for at in moments if STATUTE.is_off(at.astimezone(AMSTERDAM).date())]
    assert all(9 <= at.astimezone(AMSTERDAM).hour < 17 for at in moments)


def test_silence_was_reminded_of_by_the_daily_job():
    silent = Decision.objects.filter(outcome="set_aside", ground__category=Ground.Category.NO_RESPONSE)

    assert silent.count() > 69
    for decision in silent:
        requests = decision.application.completion_requests.all()
        assert all(request.reminded_at and request.answered_on is None for request in requests)


def test_converted_cases_go_on_as_a_local_kind_and_keep_the_day_of_receipt(history):
    converted = history.filter(status=Status.CONVERTED)

    assert converted.count() == 70
    for application in converted.select_related("converted_to__kind"):
        assert application.converted_to.kind.scope == "local"
        assert application.converted_to.received_at == application.received_at


def test_no_vehicle_has_more_than_twelve_days_in_a_place_and_year():
    used = DayUse.objects.values("plate", "country", "municipality", "year").annotate(
        uses=Count("pk"), last=Max("ordinal"), days=Count("day", distinct=True)
    )

    assert max(row["uses"] for row in used) == 12
    assert all(row["uses"] == row["last"] == row["days"] for row in used)


# --- Files, letters, mail ----------------------------------------------------------------------------------


def test_every_filed_case_has_its_required_evidence_in_a_file_that_opens():
    required = EvidenceItem.objects.filter(application__in=Application.objects.filed(), requirement__required=True)
    waiting = Q(application__converted_from__isnull=False, application__status__in=[Status.IN_REVIEW, Status.SUBMITTED])

    assert not required.filter(documents=None).exclude(waiting).exists()
    for document in Document.objects.order_by("?")[:20]:
        assert document.file.open().read().startswith(b"%PDF")


def test_no_letter_shows_a_placeholder():
    assert not Letter.objects.filter(Q(body__contains="{") | Q(subject__contains="{")).exists()


def test_no_mail_waits_in_the_outbox():
    assert not Message.objects.to_send(now=timezone.now()).exists()
    assert Message.objects.exclude(sent_at=None).exists()


# --- Objections, and deciding again --------------------------------------------------------------------------


def test_an_upheld_objection_gave_an_exemption_in_place_of_the_rejection():
    won = ObjectionDecision.objects.filter(outcome__in=["upheld", "upheld_in_part"]).exclude(new_decision=None)

    assert won.count() == 8  # five of the letter, three around today
    assert not won.exclude(objection__decision__replaced_by=F("new_decision")).exists()


def test_the_objections_of_the_letter_are_over_within_three_months_after_it():
    assert Objection.objects.filter(received_on__lte=LAST).count() == 24
    assert not ObjectionDecision.objects.filter(
        objection__received_on__lte=LAST, taken_at__gte=start_of_day(LAST + timedelta(days=90))
    ).exists()
    assert Appeal.objects.exclude(objection=None).count() == 4


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
        assert thresholds.judge_availability(decision.application.vehicle_class, values, limits=first).available is True
        assert (
            thresholds.judge_availability(decision.application.vehicle_class, values, limits=second).available is False
        )


def test_the_run_of_july_decided_on_six_who_had_not_objected():
    run = Renewal.objects.get(status=RenewalStatus.DONE)
    items = run.items.select_related("decision", "new_decision", "letter")

    assert len(items) == 6
    assert run.proposed_by != run.approved_by
    for item in items:
        assert item.decision.replaced_by == item.new_decision
        assert not item.decision.objections.exists()
        assert timezone.localdate(item.done_at) <= LAST


def test_the_same_change_has_nobody_left_to_decide_on_again():
    version = ThresholdVersion.objects.get(valid_from=THRESHOLDS_OF_2025)

    again = publication.make_list(version, by=User.objects.get(email="teamleider@example.org"))

    assert not again.items.exists()

"""Every decision of the demo is one that could have been taken."""

import pytest
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from exemptions.models import Application, DayUse, Decision, Exemption, Status
from exemptions.terms import latest_end

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


def test_a_second_pair_of_eyes_saw_every_rejection_and_every_hardship_grant():
    second = Decision.objects.filter(Q(outcome="rejected") | Q(outcome="granted", application__kind__code="HAR"))

    assert second.count() > 300
    assert not second.filter(Q(prepared_by=None) | Q(taken_by=F("prepared_by"))).exists()


def test_a_ground_on_other_data_comes_after_a_hearing():
    grounds = Decision.objects.filter(ground__rests_on_other_data=True)

    assert grounds.count() > 20
    for decision in grounds:
        assert decision.application.view_requests.filter(closed_at__lt=decision.taken_at).exists()


def test_every_ground_fits_the_outcome_and_the_kind():
    outcomes = {"granted": "grant", "rejected": "reject", "set_aside": "set_aside"}
    for outcome, of_ground in outcomes.items():
        decisions = Decision.objects.filter(outcome=outcome).exclude(ground=None)
        assert not decisions.exclude(ground__outcome=of_ground).exists()
    other = Decision.objects.exclude(ground=None).exclude(ground__kind_code="")
    assert not other.exclude(ground__kind_code=F("application__kind__code")).exists()


def test_no_exemption_works_back_or_longer_than_its_kind_allows(history):
    for exemption in Exemption.objects.filter(day_use=None).select_related("decision__facts", "application__kind"):
        decision = exemption.decision
        latest = latest_end(exemption.application.kind, facts=decision.facts, starts_on=decision.starts_on)
        assert decision.starts_on >= timezone.localdate(decision.taken_at)
        assert latest is None or decision.ends_on <= latest


def test_every_grant_is_an_exemption_on_the_same_plate():
    granted = Application.objects.filter(status=Status.GRANTED)

    assert granted.count() == Exemption.objects.count()
    assert not Exemption.objects.exclude(plate=F("application__plate")).exists()


def test_an_applicant_asks_a_kind_that_is_for_them_and_their_vehicle():
    filed = Application.objects.filed()

    assert not filed.exclude(kind__who="anyone").exclude(kind__who=F("applicant__form")).exists()
    for vehicle in ("van", "truck"):
        assert not filed.filter(vehicle_class=vehicle).exclude(kind__vehicles__contains=[vehicle]).exists()


def test_converted_cases_go_on_as_a_local_kind_and_keep_the_day_of_receipt(history):
    converted = history.filter(status=Status.CONVERTED)

    assert converted.count() == 70
    for application in converted.select_related("converted_to__kind"):
        assert application.converted_to.kind.scope == "local"
        assert application.converted_to.received_at == application.received_at


# --- Day exemptions --------------------------------------------------------------------------------------


def test_no_vehicle_has_more_than_twelve_in_a_place_and_year():
    used = DayUse.objects.values("plate", "country", "municipality", "year").annotate(
        uses=Count("pk"), last=Max("ordinal"), days=Count("day", distinct=True)
    )

    assert max(row["uses"] for row in used) == 12
    assert all(row["uses"] == row["last"] == row["days"] for row in used)


def test_a_day_exemption_is_for_the_day_itself_or_later_where_the_zone_had_begun():
    uses = DayUse.objects.select_related("exemption__decision", "municipality").prefetch_related("municipality__zones")

    for use in uses:
        assert use.day >= timezone.localdate(use.exemption.decision.taken_at)
        assert any(zone.starts_on <= use.day for zone in use.municipality.zones.all())
        assert use.year == use.day.year

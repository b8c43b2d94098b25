"""Which earlier decisions a change concerns: found without deciding anything, with reasons, for nobody's worse."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import Letter, Policy
from exemptions.models import Decision, Threshold
from renewals.models import Action, ItemState, Renewal
from renewals.publication import make_list
from tests import given
from tests.renewals import changes
from tests.renewals.changes import HEAVY, LIGHT, far_day, limit, version
from zones.models import AccessRule

Metric = Threshold.Metric


def listed(run: Renewal) -> dict[int, str]:
    """What each decision gets."""
    return dict(run.items.values_list("decision", "action"))


# --- Thresholds -----------------------------------------------------------------------------------------


def test_who_is_beyond_the_new_limit_is_granted_and_who_stays_within_is_not_listed(reject, team_lead):
    heavy, _light = reject(), reject(facts=LIGHT)

    run = make_list(version(), by=team_lead)

    assert listed(run) == {heavy.pk: Action.GRANT}
    assert run.items.get().ends_on == far_day()


def test_the_reasons_name_the_metric_the_value_and_both_limits(reject, team_lead):
    reject()

    item = make_list(version(), by=team_lead).items.get()

    assert item.reasons_en == "Payload in kg: 1,400. The limit was 1,500 and is 1,300 now."
    assert "1.400" in item.reasons_nl


def test_the_dry_run_decides_nothing(reject, team_lead):
    decision = reject()
    letters = Letter.objects.count()

    make_list(version(), by=team_lead)

    assert Letter.objects.count() == letters
    assert Decision.objects.standing().get() == decision


def test_a_value_that_nobody_knows_and_that_could_decide_is_for_a_person(reject, team_lead):
    decision = reject(facts=replace(HEAVY, payload_kg=None))

    run = make_list(version(), by=team_lead)

    assert listed(run) == {decision.pk: Action.LOOK}


def test_a_value_that_nobody_knows_decides_nothing_where_its_limit_did_not_become_lower(reject, team_lead):
    reject(facts=replace(LIGHT, towing_kg=None))
    new = version()
    limit(new, Metric.PAYLOAD, 99_999, vehicle_class="truck")

    assert not listed(make_list(new, by=team_lead))


def test_what_the_applicant_needs_counts_where_the_register_is_silent(reject, team_lead):
    decision = reject(facts=replace(HEAVY, payload_kg=None), answers={"payload_kg": "1450"})

    assert listed(make_list(version(), by=team_lead)) == {decision.pk: Action.GRANT}


def test_a_vehicle_that_was_beyond_the_old_limit_already_is_for_a_person(reject, team_lead):
    decision = reject(facts=replace(HEAVY, payload_kg=1_600))

    assert listed(make_list(version(), by=team_lead)) == {decision.pk: Action.LOOK}


def test_data_that_nobody_verified_are_for_a_person(reject, team_lead):
    decision = reject(facts_verified=False)

    assert listed(make_list(version(), by=team_lead)) == {decision.pk: Action.LOOK}


def test_a_period_that_has_passed_is_for_a_person(reject, team_lead):
    decision = reject(wanted_until=timezone.localdate() - timedelta(days=1))

    assert listed(make_list(version(), by=team_lead)) == {decision.pk: Action.LOOK}


def test_a_rejection_on_another_ground_is_not_listed(reject, team_lead):
    reject(ground="need_not_shown")

    assert not listed(make_list(version(), by=team_lead))


def test_a_rejection_under_the_new_limits_themselves_is_not_listed(reject, team_lead):
    new = version()
    reject()

    assert not listed(make_list(new, by=team_lead))


def test_a_decision_that_was_replaced_is_not_listed(reject, team_lead, objection_officer):
    decision = reject()
    decision.application.revise(
        by=objection_officer,
        cause="objection",
        ground=given.ground("grant", decision.application),
        starts_on=timezone.localdate(),
        ends_on=far_day(),
        explanation=given.SHORTER,
    )

    assert not listed(make_list(version(), by=team_lead))


def test_what_was_granted_and_would_be_refused_now_is_counted_and_left_alone(
    old_version, applicant, caseworker, team_lead
):
    exemption = changes.granted(by=applicant, desk=caseworker, facts=replace(HEAVY, payload_kg=1_600))

    run = make_list(version(payload=2_000), by=team_lead)

    assert (run.staying, listed(run)) == (1, {})
    exemption.refresh_from_db()
    assert exemption.revoked_at is None


def test_where_nothing_limits_the_end_the_row_has_none(reject, team_lead):
    reject(wanted_until=None)

    assert make_list(version(), by=team_lead).items.get().ends_on is None


def test_made_again_the_list_follows_the_facts_and_keeps_who_was_left_out(reject, team_lead):
    left_out, gone = reject(), reject()
    run = make_list(version(), by=team_lead)
    run.exclude(by=team_lead, item=run.items.get(decision=left_out), because="Loopt al bij de rechter.")
    Decision.objects.filter(pk=gone.pk).update(revoked_at=timezone.now())

    run.list_again(by=team_lead)

    assert dict(run.items.values_list("decision", "state")) == {left_out.pk: ItemState.EXCLUDED}


def test_a_second_click_gives_the_list_that_is_there(reject, team_lead, other_team_lead):
    new = version()

    assert make_list(new, by=team_lead) == make_list(new, by=other_team_lead)


def test_a_long_list_takes_no_more_queries_for_a_case(reject, team_lead):
    def queries(valid_from: date) -> int:
        new = version(valid_from=valid_from)
        with CaptureQueriesContext(connection) as captured:
            make_list(new, by=team_lead)
        return len(captured)

    reject()
    one = queries(timezone.localdate())
    for _number in range(5):
        reject()

    assert queries(timezone.localdate() + timedelta(days=1)) <= one


# --- A kind ---------------------------------------------------------------------------------------------

TRUCK = replace(
    HEAVY, category="truck", subtype="rigid", first_admission=timezone.localdate() - timedelta(days=14 * 365)
)


@pytest.fixture
def too_old(reject):
    """A removal truck of about fourteen years, where thirteen was the limit."""
    return reject(code="VHZ", ground="too_old", facts=TRUCK)


def test_a_kind_that_takes_older_vehicles_grants_who_was_too_old(too_old, team_lead):
    run = make_list(changes.newer_kind("VHZ", below_age_years=20), by=team_lead)

    item = run.items.get()
    assert (item.decision, item.action) == (too_old, Action.GRANT)
    assert item.reasons_en.startswith("By the old conditions: Only for vehicles less than 13 years old.")


def test_a_kind_that_changed_in_something_else_lists_nobody(too_old, team_lead):
    assert not listed(make_list(changes.newer_kind("VHZ", decision_weeks=6), by=team_lead))


def test_a_rejection_that_said_something_else_too_is_for_a_person(reject, team_lead):
    decision = reject(code="VHZ", ground="not_removal_firm", facts=TRUCK)

    run = make_list(changes.newer_kind("VHZ", below_age_years=20), by=team_lead)

    assert listed(run) == {decision.pk: Action.LOOK}


def test_which_grounds_say_no_more_than_the_register_policy_says(too_old, team_lead):
    Policy.objects.filter(name="register_grounds").update(value=["not_plug_in"])

    run = make_list(changes.newer_kind("VHZ", below_age_years=20), by=team_lead)

    assert listed(run) == {too_old.pk: Action.LOOK}


def test_a_kind_that_became_stricter_takes_nothing_away(applicant, caseworker, team_lead):
    young = replace(TRUCK, first_admission=timezone.localdate() - timedelta(days=10 * 365))
    changes.granted(by=applicant, desk=caseworker, code="VHZ", facts=young)

    run = make_list(changes.newer_kind("VHZ", below_age_years=5), by=team_lead)

    assert (run.staying, listed(run)) == (1, {})


# --- An access rule -------------------------------------------------------------------------------------


def euro_six_until(until: date) -> AccessRule:
    """Vans of Euro 4, as ours, may enter until that day."""
    return AccessRule.objects.create(
        code="NEW",
        category="van",
        emission_classes=["4"],
        allowed=True,
        until=until,
        valid_from=timezone.localdate(),
        source="Staatsblad",
        explanation_nl="Bestelauto's van Euro 4 mogen langer de zone in.",
        explanation_en="Euro 4 vans may enter for longer.",
    )


@pytest.fixture
def only_new_rules(db):
    """No older rule says anything about Euro 4 vans."""
    AccessRule.objects.all().delete()


def test_whose_exemption_is_needless_now_is_told(only_new_rules, applicant, caseworker, team_lead):
    exemption = changes.granted(by=applicant, desk=caseworker)
    until = exemption.ends_on + timedelta(days=100)

    item = make_list(euro_six_until(until), by=team_lead).items.get()

    assert (item.decision, item.action) == (exemption.decision, Action.TELL)
    assert item.access_until == until - timedelta(days=1)


def test_whose_exemption_lasts_longer_than_the_access_keeps_needing_it(
    only_new_rules, applicant, caseworker, team_lead
):
    exemption = changes.granted(by=applicant, desk=caseworker)

    assert not listed(make_list(euro_six_until(exemption.ends_on), by=team_lead))


def test_an_exemption_that_ended_is_not_listed(only_new_rules, applicant, caseworker, team_lead):
    exemption = changes.granted(by=applicant, desk=caseworker)
    with given.rewriting():
        type(exemption).objects.update(ends_on=timezone.localdate() - timedelta(days=1))

    assert not listed(make_list(euro_six_until(far_day()), by=team_lead))

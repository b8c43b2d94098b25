"""Thresholds at the desk: one team lead writes them, another publishes exactly what they looked at."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.desk.conflict import seen_now
from exemptions.models import ThresholdVersion
from renewals.models import Renewal
from renewals.publication import make_list
from renewals.threshold_trial import ThresholdTrial
from tests.desk.pages import text
from tests.renewals import changes
from tests.renewals.changes import HEAVY, LIGHT, version

FIELDS = {
    "valid_from": "2030-01-01",
    "source": "Regeling drempelwaarden 2026",
    "reason_nl": "Er zijn zwaardere bussen te koop.",
    "reason_en": "",
    "van-payload_kg": "1300",
    "truck-max_mass_kg": "26000",
}


def page(name: str, *args) -> str:
    return reverse(f"admin:exemptions_thresholdversion_{name}", args=args)


def step(name: str, draft: ThresholdVersion) -> str:
    return page("step", draft.pk, name)


def publishing(draft: ThresholdVersion, **typed: object) -> dict[str, object]:
    """What the page of the differences sends."""
    return {"seen": seen_now(draft), "action": "send", **typed}


@pytest.fixture
def draft(team_lead):
    return version(by=team_lead, published=False)


def test_a_draft_is_written_in_one_form(as_team_lead, team_lead):
    as_team_lead.post(page("add"), FIELDS)

    made = ThresholdVersion.objects.get()
    assert (made.made_by, made.is_published) == (team_lead, False)
    limits = set(made.limits.values_list("vehicle_class", "metric", "limit"))
    assert limits == {("van", "payload_kg", 1300), ("truck", "max_mass_kg", 26000)}


def test_a_new_draft_begins_with_the_limits_that_hold_and_shows_them_beside(as_team_lead, caseworker):
    version(1234, by=caseworker)

    answer = as_team_lead.get(page("add"))

    form = answer.context["form"]
    assert form["van-payload_kg"].value() == 1234
    assert form["truck-payload_kg"].value() is None
    assert "Nu: 1234" in text(answer)


def test_a_trial_run_tells_what_a_draft_would_change_and_writes_nothing(as_team_lead, reject, draft):
    reject(), reject(facts=LIGHT), reject(facts=replace(HEAVY, payload_kg=None))

    answer = as_team_lead.get(page("trial", draft.pk))

    assert answer.context["trial"] == ThresholdTrial(granted=1, by_hand=1, listed=0, refused=0)
    assert not Renewal.objects.exists()


def test_a_trial_run_tells_which_decisions_another_list_has_already(as_team_lead, reject, team_lead):
    reject()
    make_list(version(), by=team_lead)
    draft = version(1200, by=team_lead, published=False, valid_from=timezone.localdate() + timedelta(days=9))

    assert as_team_lead.get(page("trial", draft.pk)).context["trial"].listed == 1


def test_a_trial_run_of_four_decisions_takes_as_many_queries_as_one(as_team_lead, reject, draft):
    reject()
    with CaptureQueriesContext(connection) as of_one:
        as_team_lead.get(page("trial", draft.pk))
    reject(), reject(facts=LIGHT), reject(facts=replace(HEAVY, payload_kg=None))

    with CaptureQueriesContext(connection) as of_four:
        answer = as_team_lead.get(page("trial", draft.pk))

    assert answer.context["trial"] == ThresholdTrial(granted=2, by_hand=1, listed=0, refused=0)
    assert len(of_four) == len(of_one)


def test_a_double_click_makes_one_draft(as_team_lead):
    for _click in range(2):
        assert as_team_lead.post(page("add"), FIELDS).status_code == 302

    assert ThresholdVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value"), [("van-payload_kg", "-1"), ("van-payload_kg", "9" * 12), ("valid_from", "x")]
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(name, value, as_team_lead):
    response = as_team_lead.post(page("add"), {**FIELDS, name: value})

    assert response.status_code == 422
    assert "desk-errors" in text(response)
    assert FIELDS["source"] in text(response)


def test_a_draft_names_the_upheld_objections_that_caused_it(reject, applicant, objection_officer, as_team_lead):
    won, open_one = (changes.objection(reject(), by=applicant) for _number in range(2))
    won.admit(by=objection_officer)
    won.uphold(
        by=objection_officer,
        explanation="U hebt gelijk.",
        ground=changes.given.ground("grant", won.application),
        **changes.given.as_asked(won.application),
        skip_hearing=True,
    )

    assert as_team_lead.post(page("add"), {**FIELDS, "caused_by": [open_one.pk]}).status_code == 422
    as_team_lead.post(page("add"), {**FIELDS, "caused_by": [won.pk]})

    made = ThresholdVersion.objects.get(published_at=None)
    assert list(made.caused_by.all()) == [won]
    assert str(won) in text(as_team_lead.get(page("change", made.pk)))


def test_a_colleague_who_changes_a_draft_is_its_maker_from_then_on(draft, as_other_team_lead, other_team_lead):
    as_other_team_lead.post(step("edit", draft), {**FIELDS, "seen": seen_now(draft)})

    draft.refresh_from_db()
    assert (draft.made_by, draft.source) == (other_team_lead, FIELDS["source"])
    assert as_other_team_lead.get(step("publish", draft)).status_code == 403


def test_an_old_page_does_not_overwrite_what_a_colleague_wrote(draft, as_team_lead, as_other_team_lead):
    seen = seen_now(draft)
    as_other_team_lead.post(step("edit", draft), {**FIELDS, "seen": seen})

    response = as_team_lead.post(step("edit", draft), {**FIELDS, "source": "Mijn bron", "seen": seen})

    assert response.status_code == 409
    assert "Mijn bron" in text(response)
    draft.refresh_from_db()
    assert draft.source == FIELDS["source"]


def test_the_second_person_sees_the_differences_and_publishes(old_version, draft, as_other_team_lead):
    shown = as_other_team_lead.get(step("publish", draft))
    assert [(line.before, line.after) for line in shown.context["lines"]] == [(changes.OLD, changes.NEW)]

    response = as_other_team_lead.post(step("publish", draft), publishing(draft))

    run = Renewal.objects.get()
    assert response.headers["Location"] == reverse("admin:renewals_renewal_change", args=[run.pk])
    assert run.thresholds == draft


def test_publishing_twice_leads_to_the_same_list(draft, as_other_team_lead):
    seen = seen_now(draft)
    answers = [as_other_team_lead.post(step("publish", draft), {"seen": seen, "action": "send"}) for _click in range(2)]

    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Renewal.objects.count() == 1


def test_nobody_publishes_what_they_have_not_seen(draft, as_team_lead, as_other_team_lead):
    seen = seen_now(draft)
    as_team_lead.post(step("edit", draft), {**FIELDS, "seen": seen})

    assert as_other_team_lead.post(step("publish", draft), {"seen": seen, "action": "send"}).status_code == 409
    assert not Renewal.objects.exists()


def test_what_cannot_be_published_says_why(team_lead, as_other_team_lead):
    empty = version(payload=None, by=team_lead, published=False)

    response = as_other_team_lead.post(step("publish", empty), publishing(empty))

    assert response.status_code == 422
    assert "desk-errors" in text(response)


def test_a_published_version_is_only_read(old_version, as_team_lead):
    assert as_team_lead.get(page("change", old_version.pk)).context["open_steps"] == set()
    assert as_team_lead.post(step("edit", old_version), FIELDS).status_code == 409


def test_what_was_typed_survives_a_login_that_expired(client, team_lead):
    client.post(page("add"), FIELDS)
    client.force_login(team_lead)

    assert FIELDS["source"] in text(client.get(page("add")))


def test_the_list_takes_few_queries_whatever_its_length(as_team_lead, django_assert_max_num_queries):
    for days in range(12):
        version(valid_from=timezone.localdate() - timedelta(days=days))

    with django_assert_max_num_queries(8):
        assert len(as_team_lead.get(page("changelist")).context["versions"]) == 12


# --- The case page --------------------------------------------------------------------------------------


def on_the_case_page(client, application):
    return client.get(reverse("admin:exemptions_application_change", args=[application.pk]))


def test_who_decides_sees_each_value_beside_its_limit(old_version, applicant, caseworker, as_caseworker):
    case = changes.application(by=applicant, desk=caseworker)

    standing = on_the_case_page(as_caseworker, case).context["standing"]

    assert [(one.value, one.limit) for one in standing.availability.measured] == [(1_400, changes.OLD)]
    assert standing.availability.available


def test_a_decision_is_shown_by_the_limits_that_it_went_by(old_version, reject, as_caseworker):
    decision = reject()
    version()

    assert on_the_case_page(as_caseworker, decision.application).context["standing"].version == old_version


def test_another_kind_has_no_thresholds(old_version, applicant, caseworker, as_caseworker):
    case = changes.application(by=applicant, desk=caseworker, code="LEV")

    assert on_the_case_page(as_caseworker, case).context["standing"] is None

"""No letter rests on an announcement: a rule that the law does not say yet makes no exemption needless."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from casework.models import Letter
from casework.steps import StepRefused
from renewals import engine
from renewals.models import ItemState, Renewal
from renewals.publication import make_list
from tests.renewals import changes
from tests.renewals.test_dry_run import euro_six_until
from zones.models import AccessRule

pytestmark = pytest.mark.django_db


@pytest.fixture
def needless(applicant, caseworker):
    """An exemption that the new rule makes needless."""
    AccessRule.objects.all().delete()
    return changes.granted(by=applicant, desk=caseworker)


def announced(rule):
    """The same rule, before it is law."""
    about = {"announced_on": date(2025, 3, 14), "until_by_law": rule.until - timedelta(days=1)}
    AccessRule.objects.filter(pk=rule.pk).update(**about)
    rule.refresh_from_db()
    return rule


def test_no_list_is_made_of_an_announced_rule(needless, team_lead):
    rule = announced(euro_six_until(needless.ends_on + timedelta(days=100)))

    with pytest.raises(StepRefused, match="Staatsblad"):
        make_list(rule, by=team_lead)


def test_the_form_says_what_to_wait_for(needless, as_team_lead):
    rule = announced(euro_six_until(needless.ends_on + timedelta(days=100)))

    page = as_team_lead.post(reverse("admin:renewals_renewal_new"), {"change": f"access_rule-{rule.pk}"})

    assert page.status_code == 422
    assert "Deze regel is aangekondigd op 14 maart 2025 en staat nog niet in de wet." in page.content.decode()
    assert not Renewal.objects.exists()


def test_a_run_of_before_the_upgrade_tells_nobody(needless, begin):
    rule = euro_six_until(needless.ends_on + timedelta(days=100))
    run = begin(rule, explanation_nl="Euro 4 mag langer.")
    announced(rule)

    engine.work_on_run(run.pk, seconds=60)

    assert run.items.get().state == ItemState.NEEDS_HUMAN
    assert not Letter.objects.filter(kind="exemption_needless").exists()

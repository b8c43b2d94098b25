"""The pages of a run in a browser, in English: they follow it, fit a phone, and work without JavaScript."""

from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from renewals import tasks
from renewals.models import RenewalStatus
from renewals.publication import make_list
from tests.browser.journeys import browser_of, click
from tests.desk.test_browser import looked_at
from tests.renewals import changes
from tests.renewals.changes import version

pytestmark = pytest.mark.django_db(transaction=True)

CASES = 4


@pytest.fixture
def in_english(base_url, sign_in):
    """Makes a browser somebody's, and its pages English."""

    def become(context, user) -> None:
        sign_in(context, user)
        context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": base_url}])

    return become


@pytest.fixture
def rejections(live_server, reject):
    return [reject() for _number in range(CASES)]


@pytest.fixture
def first_desk(page: Page, in_english, team_lead) -> Page:
    """The browser of the person who writes the thresholds."""
    in_english(page.context, team_lead)
    return page


def test_the_page_follows_the_run_by_itself(rejections, first_desk, team_lead, other_team_lead):
    run = changes.running(version(), by=team_lead, second=other_team_lead)
    first_desk.goto(reverse("admin:renewals_renewal_change", args=[run.pk]))
    progress = first_desk.locator("#progress")
    expect(progress).to_contain_text(f"0 of {CASES} cases dealt with")

    tasks.resume()

    expect(progress).to_contain_text(f"{CASES} of {CASES} cases dealt with")
    expect(progress).not_to_have_attribute("hx-trigger", "every 5s")


def test_every_page_is_accessible_and_fits_a_phone(rejections, first_desk, team_lead, other_team_lead):
    draft = version(by=other_team_lead, published=False, valid_from=timezone.localdate() + timedelta(days=1))
    proposed = make_list(version(), by=other_team_lead)
    proposed.propose(by=other_team_lead, explanation_nl="De grens is verlaagd.")
    listed = make_list(version(valid_from=timezone.localdate() - timedelta(days=1)), by=team_lead)
    page = "admin:renewals_renewal_{}".format
    thresholds = "admin:exemptions_thresholdversion_{}".format
    addresses = [
        reverse(page("changelist")),
        reverse(page("new")),
        *(reverse(page("change"), args=[run.pk]) for run in (listed, proposed)),
        *(reverse(page("step"), args=[listed.pk, name]) for name in ("propose", "list_again", "cancel")),
        reverse(page("step"), args=[listed.pk, "exclude"]) + f"?item={listed.items.all()[0].pk}",
        reverse(page("step"), args=[proposed.pk, "approve"]),
        reverse(thresholds("changelist")),
        reverse(thresholds("add")),
        reverse(thresholds("change"), args=[draft.pk]),
        *(reverse(thresholds("step"), args=[draft.pk, name]) for name in ("edit", "publish")),
        reverse("admin:exemptions_application_change", args=[rejections[0].application_id]),
    ]

    assert {address: looked_at(first_desk, address) for address in addresses} == {address: [] for address in addresses}


def test_it_works_without_javascript(
    rejections, browser, browser_context_args, base_url, in_english, team_lead, other_team_lead
):
    run = changes.running(version(), by=team_lead, second=other_team_lead)
    options = {**browser_context_args, "base_url": base_url}
    with browser_of(browser, options, partial(in_english, user=team_lead), java_script_enabled=False) as page:
        page.goto(reverse("admin:renewals_renewal_change", args=[run.pk]))
        tasks.resume()
        click(page, "Look again")

        expect(page.locator("#progress")).to_contain_text(f"{CASES} of {CASES} cases dealt with")
    run.refresh_from_db()
    assert run.status == RenewalStatus.DONE

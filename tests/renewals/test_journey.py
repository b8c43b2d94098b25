"""In a browser, in English: thresholds written, published and carried through; killed half way; one letter each."""

import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from casework.models import Letter
from renewals import tasks
from renewals.models import ItemState, Renewal, RenewalStatus
from renewals.publication import make_list
from tests.browser.journeys import browser_of, click, fine
from tests.desk.test_browser import looked_at
from tests.renewals import changes
from tests.renewals.changes import version
from tests.renewals.test_killed import held_back, somebody_waits_for_a_lock, start_worker, wait_until

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
    """The browser of who writes the thresholds."""
    in_english(page.context, team_lead)
    return page


@pytest.fixture
def second_desk(browser, browser_context_args, base_url, in_english, other_team_lead) -> Iterator[Page]:
    """The browser of the second pair of eyes."""
    options = {**browser_context_args, "base_url": base_url}
    with browser_of(browser, options, partial(in_english, user=other_team_lead)) as page:
        yield page


def test_from_a_new_threshold_to_one_letter_for_everybody(rejections, first_desk, second_desk):
    write_thresholds(first_desk)
    publish(second_desk)
    leave_one_out_and_propose(first_desk)
    approve_and_start(second_desk)

    run = Renewal.objects.get()
    second = run.items.waiting().order_by("pk")[1]
    with held_back(second.decision.application):
        worker = start_worker(run)
        wait_until(somebody_waits_for_a_lock)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(timeout=30)
    assert run.items.filter(state=ItemState.DONE).count() == 1
    wait_until(lambda: tasks.resume() > 0)

    second_desk.reload()
    fine(second_desk, "done")
    assert Letter.objects.filter(kind="renewed").count() == CASES - 1
    assert sorted(run.items.values_list("state", flat=True)) == ["done"] * (CASES - 1) + ["excluded"]


def write_thresholds(page: Page) -> None:
    page.goto(reverse("admin:exemptions_thresholdversion_changelist"))
    click(page, "New version")
    page.get_by_label("Valid from").fill(f"{timezone.localdate():%Y-%m-%d}")
    page.get_by_label("Source").fill("Regeling drempelwaarden")
    page.get_by_label("Why they changed, in Dutch").fill("Er zijn zwaardere bussen te koop.")
    page.get_by_label("payload in kg, van").fill(str(changes.NEW))
    click(page, "Keep the draft")
    fine(page, "draft")


def publish(page: Page) -> None:
    page.goto(reverse("admin:exemptions_thresholdversion_changelist"))
    page.get_by_role("row").filter(has_text="draft").get_by_role("link").click()
    click(page, "Publish")
    fine(page, "Publish the thresholds")
    click(page, "Publish")
    fine(page, "listed")


def leave_one_out_and_propose(page: Page) -> None:
    page.goto(reverse("admin:renewals_renewal_change", args=[Renewal.objects.get().pk]))
    page.get_by_role("link", name="Leave out").first.click()
    page.get_by_label("Why").fill("Heeft al een ontheffing.")
    click(page, "Leave out")
    click(page, "Put up for approval")
    click(page, "Put up for approval")
    fine(page, "reviewed")


def approve_and_start(page: Page) -> None:
    page.reload()
    for step in ("Approve", "Start"):
        click(page, step)
        page.get_by_label("I looked at the list").check()
        click(page, step)
    fine(page, "running")


def test_the_page_follows_the_run_by_itself(rejections, first_desk, team_lead, other_team_lead):
    run = changes.running(version(), by=team_lead, second=other_team_lead)
    first_desk.goto(reverse("admin:renewals_renewal_change", args=[run.pk]))
    progress = first_desk.locator("#progress")
    expect(progress).to_contain_text(f"0 of {CASES} cases dealt with")

    tasks.resume()

    expect(progress).to_contain_text(f"{CASES} of {CASES} cases dealt with", timeout=15_000)
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
        *(reverse(thresholds(name), args=[draft.pk]) for name in ("change", "edit", "publish")),
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

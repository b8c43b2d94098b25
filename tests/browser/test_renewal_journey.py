"""Thresholds that change: written, published and carried through by two people; killed half way; one letter each."""

import os
import signal
from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from exemptions.models import ThresholdVersion
from renewals import tasks
from renewals.models import Renewal
from tests.browser.journeys import BrowserFor, click, fill, read_letter, reads, sound, take
from tests.cast import staff
from tests.locks import wait_until_blocked
from tests.renewals import changes
from tests.renewals.test_killed import held_back, start_worker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
CASES = 4
LOOKED = {"Ik heb de lijst en de aantallen hierboven bekeken.": True}


@pytest.fixture
def rejections(live_server, team_lead, applicant, caseworker, other_caseworker):
    """Refused under the thresholds as they were."""
    changes.version(changes.OLD, valid_from=timezone.localdate() - timedelta(days=200))
    reject = partial(changes.rejected, by=applicant, desk=caseworker, second=other_caseworker)
    return [reject().application for _number in range(CASES)]


@pytest.fixture
def first(rejections, browser_for: BrowserFor, team_lead) -> Page:
    """The browser of the person who writes the thresholds and reviews the list."""
    return browser_for(team_lead)


@pytest.fixture
def second(rejections, browser_for: BrowserFor) -> Page:
    """The browser of the second pair of eyes."""
    return browser_for(staff("Theo Teamleider", "team lead"))


def test_from_a_new_threshold_to_one_letter_for_everybody(rejections, first, second, browser_for, applicant):
    write_thresholds(first)
    publish(second)
    left_out, *others = rejections
    leave_out(first, left_out)
    take(first, "Voorleggen ter goedkeuring")
    second.reload()
    take(second, "Goedkeuren", LOOKED)
    take(second, "Beginnen", LOOKED)
    sound(second, "bezig")

    kill_half_way()
    wait_until(lambda: tasks.resume() > 0)

    second.reload()
    sound(second, "klaar")
    reads(second, f"{CASES} van {CASES} zaken behandeld")
    for application in others:
        assert application.dossier.letters.filter(kind="renewed").count() == 1
        reference = application.decisions.standing().get(outcome="granted").reference
        expect(second.get_by_role("row", name=str(application))).to_contain_text(reference)
    assert not left_out.dossier.letters.filter(kind="renewed").exists()
    read_the_new_decision(browser_for(applicant), others[0])


def write_thresholds(page: Page) -> None:
    page.goto(reverse("admin:exemptions_thresholdversion_changelist"))
    sound(page, "Drempelwaarden")
    click(page, "Nieuwe versie")
    sound(page, "Nieuwe versie van de drempelwaarden")
    fill(page, {"Geldig vanaf": timezone.localdate(), "Bron": "Regeling drempelwaarden"})
    fill(page, {"Waarom ze zijn veranderd, in het Nederlands": "Er zijn zwaardere bussen te koop."})
    fill(page, {"laadvermogen in kg, bestelauto": str(changes.NEW)})
    click(page, "Concept bewaren")
    sound(page, "concept")
    expect(page.get_by_role("link", name="Publiceren")).to_have_count(0)


def publish(page: Page) -> None:
    """By another person, who sees what changes; the list of decisions is made with it."""
    draft = ThresholdVersion.objects.get(published_at=None)
    page.goto(reverse("admin:exemptions_thresholdversion_change", args=[draft.pk]))
    click(page, "Publiceren")
    sound(page, "Publiceren")
    click(page, "Publiceren")
    sound(page, "lijst gemaakt, te beoordelen")


def leave_out(page: Page, application) -> None:
    page.goto(reverse("admin:renewals_renewal_change", args=[Renewal.objects.get().pk]))
    reads(page, *(str(item.decision.application) for item in Renewal.objects.get().items.all()))
    page.get_by_role("row", name=str(application)).get_by_role("link", name="Weglaten").click()
    sound(page, "Weglaten")
    fill(page, {"Waarom": "Heeft al een ontheffing."})
    click(page, "Weglaten")
    reads(page, "Heeft al een ontheffing.")


def kill_half_way() -> None:
    """The process that does the run gets SIGKILL when one case is left, which somebody else has in hand."""
    run = Renewal.objects.get()
    in_hand = run.items.waiting().order_by("pk")[1]
    with held_back(in_hand.decision.application):
        worker = start_worker(run)
        wait_until_blocked()
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(timeout=30)
    assert list(run.items.waiting()) == [in_hand]


def read_the_new_decision(page: Page, application) -> None:
    page.goto(reverse("application", args=[application.key]))
    sound(page, str(application.kind))
    reads(page, "alsnog toegekend", "dit besluit geldt")
    read_letter(page, application, "renewed", "Er zijn zwaardere bussen te koop.")

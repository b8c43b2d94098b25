"""Extending an exemption in two clicks: everything is taken over, only what may have changed is asked."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.deadline_words import format_day
from casework.models import Document
from exemptions.models import Application, Exemption, FactsRecord, KindVersion, Status
from tests import given
from tests.portal import files
from tests.portal.wizard import SIGNED

ANSWERS = {"expected_on": "2039-09-01", **SIGNED}


@pytest.fixture
def ending(applicant: User, caseworker: User) -> Exemption:
    """Long delivery time, for a truck that the register knows; ends in three weeks."""
    application = given.granted(by=applicant, desk=caseworker, plate="TRU01E", facts=files_facts(), days=21)
    return application.exemptions.get()


def files_facts() -> Any:
    return given.VAN.__class__(category="truck", subtype="rigid", emission_class="6", make="DAF", model="LF")


def begun(client: Client, exemption: Exemption) -> Application:
    client.post(reverse("extend", args=[exemption.pk]))
    draft: Application = Application.objects.get(renews=exemption)
    return draft


def url(draft: Application) -> str:
    return reverse("apply", args=[draft.key, "extend"])


def message() -> Any:
    return files.upload(files.PDF, "bericht.pdf")


def test_two_clicks(as_applicant: Client, ending: Exemption) -> None:
    draft = begun(as_applicant, ending)

    answer: Any = as_applicant.post(url(draft), {**ANSWERS, "item-supplier_letter": message()})

    draft = Application.objects.get(pk=draft.pk)
    assert answer.url == reverse("receipt", args=[draft.key])
    assert (draft.status, draft.wanted_from) == (Status.SUBMITTED, ending.ends_on + timedelta(days=1))


def test_everything_is_taken_over_but_what_may_have_changed(as_applicant: Client, ending: Exemption) -> None:
    draft = begun(as_applicant, ending)

    earlier = ending.application
    assert (draft.applicant, draft.plate, draft.kind) == (earlier.applicant, earlier.plate, earlier.kind)
    assert {**draft.answers, "expected_on": 1, "replaces": 1}.keys() == earlier.answers.keys()
    assert "expected_on" not in draft.answers
    assert carried(draft) == {"contract": 1, "supplier_letter": 0, "registration_document": 1}


def carried(draft: Application) -> dict[str, int]:
    return {item.requirement.code: item.documents.count() for item in draft.evidence_items.with_all()}


def test_the_page_asks_only_that(as_applicant: Client, ending: Exemption) -> None:
    page = as_applicant.get(url(begun(as_applicant, ending)))

    asked = set(page.context["form"].fields)
    assert asked == {"expected_on", "item-supplier_letter", "declaration"}
    assert SIGNED["declared"] in page.content.decode()
    assert f"Uw ontheffing eindigt op {format_day(ending.ends_on)}." in page.content.decode()
    before = format_day(date.fromisoformat(ending.application.answers["expected_on"]))
    assert f"De vorige keer vulde u in: {before}" in page.content.decode()


def test_the_vehicle_is_looked_up_again(as_applicant: Client, ending: Exemption) -> None:
    draft = begun(as_applicant, ending)

    record = draft.current_facts
    assert record is not None
    assert record.source == FactsRecord.Source.REGISTER
    assert record.as_of.date() == timezone.now().date()
    assert "Dit is anders dan eerst" in as_applicant.get(url(draft)).content.decode()


def test_a_plate_that_the_register_does_not_tell_of_takes_over_the_old_data_unverified(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    exemption = given.granted(by=applicant, desk=caseworker, plate="V999ZZ", days=21).exemptions.get()

    draft = begun(as_applicant, exemption)

    assert draft.current_facts is not None
    assert (draft.current_facts.vehicle.model, draft.facts_verified) == ("CADDY", False)
    assert "kent dit kenteken niet" in as_applicant.get(url(draft)).content.decode()


def test_it_is_free_where_the_kind_says_so(as_applicant: Client, ending: Exemption) -> None:
    KindVersion.objects.filter(kind="LEV").update(fee_eur=75)

    words = as_applicant.get(url(begun(as_applicant, ending))).content.decode()

    assert "Deze ontheffing verlengen is gratis." in words
    assert "75,00" not in words


def test_it_costs_what_asking_costs_where_the_kind_says_nothing(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    KindVersion.objects.filter(kind="BEO").update(fee_eur=75)
    exemption = given.granted(by=applicant, desk=caseworker, code="BEO", days=21).exemptions.get()

    words = as_applicant.get(url(begun(as_applicant, exemption))).content.decode()

    assert "75,00" in words
    assert "gratis" not in words


def test_what_is_missing_is_told_and_the_rest_is_kept(as_applicant: Client, ending: Exemption) -> None:
    draft = begun(as_applicant, ending)

    page = as_applicant.post(url(draft), {"expected_on": "2039-09-01", "item-supplier_letter": message()})

    assert set(page.context["form"].errors) == {"declaration"}
    again = as_applicant.get(url(draft)).content.decode()
    assert 'value="2039-09-01"' in again
    assert "bericht.pdf" in again


def test_a_hostile_file_is_refused_and_nothing_is_sent(as_applicant: Client, ending: Exemption) -> None:
    draft = begun(as_applicant, ending)
    program = files.upload(b"MZ" + b"\0" * 200, "bericht.pdf")

    page = as_applicant.post(url(draft), {**ANSWERS, "item-supplier_letter": program})

    assert "item-supplier_letter" in page.context["form"].errors
    assert Application.objects.get(pk=draft.pk).is_draft


def test_going_on_later_leads_back_to_the_page(as_applicant: Client, ending: Exemption) -> None:
    draft = begun(as_applicant, ending)

    as_applicant.post(url(draft), {"expected_on": "straks", "later": "1"})

    answer: Any = as_applicant.get(reverse("apply_resume", args=[draft.key]))
    assert answer.url == url(draft)
    assert 'value="straks"' in as_applicant.get(url(draft)).content.decode()


def test_removing_a_file_or_throwing_the_draft_away_leaves_the_earlier_case_whole(
    as_applicant: Client, ending: Exemption
) -> None:
    draft = begun(as_applicant, ending)
    kept = draft.evidence_items.get(requirement__code="contract").documents.get()

    as_applicant.post(reverse("apply", args=[draft.key, "evidence"]), {"remove": str(kept.pk)})

    assert carried(draft)["contract"] == 0
    as_applicant.post(reverse("discard", args=[draft.key]))
    assert Document.objects.get(pk=kept.pk).removed_at is None
    assert ending.application.evidence_items.get(requirement__code="contract").documents.count() == 1


def test_sent_twice_is_one(as_applicant: Client, ending: Exemption) -> None:
    draft = begun(as_applicant, ending)
    for _time in range(2):
        answer: Any = as_applicant.post(url(draft), {**ANSWERS, "item-supplier_letter": message()})

    assert answer.url == reverse("receipt", args=[draft.key])
    assert Application.objects.filter(renews=ending).count() == 1


def test_extending_twice_goes_on_with_what_was_begun(
    as_applicant: Client, as_colleague: Client, ending: Exemption
) -> None:
    begun(as_applicant, ending)

    begun(as_colleague, ending)

    assert Application.objects.filter(renews=ending).count() == 1
    assert "Verdergaan met de verlenging" in as_applicant.get(reverse("my_exemptions")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_give_one_draft(login: Any, applicant: User, caseworker: User) -> None:
    exemption = given.granted(by=applicant, desk=caseworker, plate="TRU01E", days=21).exemptions.get()
    together = Barrier(2)

    def click() -> None:
        client = login(applicant)
        together.wait()
        client.post(reverse("extend", args=[exemption.pk]))
        connection.close()

    at_once(click)

    assert Application.objects.filter(renews=exemption).count() == 1


def at_once(work: Callable[[], None]) -> None:
    threads = [Thread(target=work) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# --- What cannot be -------------------------------------------------------------------------------------


def refusal(client: Client, exemption: Exemption) -> str:
    client.post(reverse("extend", args=[exemption.pk]))
    assert not Application.objects.filter(renews=exemption).exists()
    return client.get(reverse("extend", args=[exemption.pk])).content.decode()


def test_too_early_says_from_when(as_applicant: Client, applicant: User, caseworker: User) -> None:
    exemption = given.granted(by=applicant, desk=caseworker, days=100).exemptions.get()

    opens = format_day(exemption.ends_on - timedelta(days=60))
    assert f"U kunt deze ontheffing verlengen vanaf {opens}." in refusal(as_applicant, exemption)


def test_grid_congestion_can_be_extended_from_half_a_year_before(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    exemption = given.granted(by=applicant, desk=caseworker, code="NET", days=100).exemptions.get()

    assert begun(as_applicant, exemption).chosen_kind.code == "NET"


def test_a_kind_that_ends_says_that_it_cannot_be_extended(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    application = given.granted(by=applicant, desk=caseworker, days=30)
    KindVersion.objects.filter(pk=application.chosen_kind.pk).update(ends_by=timezone.localdate() + timedelta(days=31))

    assert "U kunt deze ontheffing niet verlengen" in refusal(as_applicant, application.exemptions.get())


def test_a_kind_that_exists_no_more_says_so(as_applicant: Client, applicant: User, caseworker: User) -> None:
    application = given.granted(by=applicant, desk=caseworker, days=30)
    KindVersion.objects.filter(kind="LEV").update(valid_until=timezone.localdate())

    assert "Deze soort ontheffing bestaat niet meer." in refusal(as_applicant, application.exemptions.get())


def test_a_stranger_cannot_extend_it(as_stranger: Client, ending: Exemption) -> None:
    assert as_stranger.post(reverse("extend", args=[ending.pk])).status_code == 404
    assert not Application.objects.filter(renews=ending).exists()


def test_a_draft_that_extends_nothing_has_no_such_page(as_applicant: Client, applicant: User) -> None:
    draft = given.draft(by=applicant)

    assert as_applicant.get(url(draft)).status_code == 404

"""What an administrator keeps at the desk, and the outbox."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.models import EquatedDay, LetterText, Message, OtherBody, Policy
from casework.policy_settings import SETTINGS, SETTINGS_BY_TOPIC, Topic
from exemptions.models import Ground, KindVersion
from tests import given
from tests.desk.pages import text
from zones.models import AccessRule, AutomaticExemption, MunicipalAuthority, Municipality, Zone

pytestmark = pytest.mark.django_db

KEPT = [
    Policy,
    EquatedDay,
    OtherBody,
    KindVersion,
    Ground,
    MunicipalAuthority,
    Municipality,
    Zone,
    AccessRule,
    AutomaticExemption,
]


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_every_setting_stands_under_one_topic():
    assert sum(map(len, SETTINGS_BY_TOPIC.values())) == len(SETTINGS)


def test_the_settings_of_one_topic_are_listed_with_value_and_unit(as_administrator):
    page = as_administrator.get(address(Policy, "changelist"), {"topic": "terms"})

    assert {one.name for one in page.context["cl"].result_list} <= set(SETTINGS_BY_TOPIC[Topic.TERMS])
    assert "Termijnen en herinneringen" in text(page)
    assert "dagen" in text(page)


@pytest.mark.parametrize("model", KEPT)
def test_an_administrator_opens_the_list_and_a_row(model, as_administrator):
    assert as_administrator.get(address(model, "changelist")).status_code == 200
    assert as_administrator.get(address(model, "change", model.objects.first().pk)).status_code == 200


@pytest.mark.parametrize("model", [*KEPT, LetterText])
def test_nothing_that_decisions_rest_on_is_deleted(model, as_administrator):
    row = model.objects.first()

    as_administrator.post(address(model, "delete", row.pk), {"post": "yes"})

    assert model.objects.filter(pk=row.pk).exists()


def test_thirty_other_bodies_take_as_many_queries_as_three(as_administrator, django_assert_num_queries):
    def fill(numbers):
        for number in numbers:
            usual = {
                "sort": "other",
                "address": "Postbus 1, 1234 AB Dorp",
                "valid_from": "2026-01-01",
                "source": "proef",
            }
            OtherBody.objects.create(code=f"proef-{number}", name=f"Proefdienst {number}", **usual)

    fill(range(3))
    as_administrator.get(address(OtherBody, "changelist"))
    with CaptureQueriesContext(connection) as few:
        as_administrator.get(address(OtherBody, "changelist"))
    fill(range(3, 30))
    with django_assert_num_queries(len(few)):
        page = as_administrator.get(address(OtherBody, "changelist"))
    assert text(page).count("Proefdienst") == 30


def test_an_empty_setting_asks_to_be_filled_in(as_administrator):
    page = text(as_administrator.get(address(Policy, "changelist") + "?q=sender_address"))

    assert "nog in te vullen" in page


def test_a_failed_mail_is_tried_again(as_team_lead, applicant):
    given.filed(by=applicant)
    failed = Message.objects.first()
    Message.objects.filter(pk=failed.pk).update(given_up_at=timezone.now(), attempts=8, error="550 no such user")
    assert "550 no such user" in text(as_team_lead.get(address(Message, "change", failed.pk)))

    as_team_lead.post(address(Message, "changelist"), {"action": "try_again", "_selected_action": [failed.pk]})

    failed.refresh_from_db()
    assert (failed.given_up_at, failed.attempts, failed.error) == (None, 0, "")


def test_a_mail_that_was_sent_is_not_sent_again(as_team_lead, applicant):
    given.filed(by=applicant)
    Message.objects.update(sent_at=timezone.now(), attempts=1)

    as_team_lead.post(
        address(Message, "changelist"), {"action": "try_again", "_selected_action": [Message.objects.first().pk]}
    )

    assert set(Message.objects.values_list("attempts", flat=True)) == {1}


def test_who_only_looks_at_the_outbox_neither_sends_nor_reads_the_mails(as_administrator, applicant):
    given.filed(by=applicant)
    mail = Message.objects.first()
    Message.objects.update(given_up_at=timezone.now())

    as_administrator.post(address(Message, "changelist"), {"action": "try_again", "_selected_action": [mail.pk]})
    page = text(as_administrator.get(address(Message, "change", mail.pk)))

    mail.refresh_from_db()
    assert mail.given_up_at is not None
    assert mail.body.splitlines()[2] not in page


@pytest.mark.parametrize("model", [Policy, KindVersion, Municipality])
def test_the_pages_of_the_desk_are_in_dutch(model, as_administrator):
    page = text(as_administrator.get(address(model, "changelist")))

    assert '<html lang="nl"' in page
    assert str(model._meta.verbose_name_plural).capitalize() in page


@pytest.mark.parametrize("model", [*KEPT, LetterText, Message])
def test_a_list_takes_few_queries_whatever_its_length(model, as_administrator, django_assert_max_num_queries):
    for number in range(20):
        Message.objects.create(to=f"anna{number}@example.org", kind="mail_reminder", subject="Herinnering", body="…")

    with django_assert_max_num_queries(10):
        assert as_administrator.get(address(model, "changelist")).status_code == 200

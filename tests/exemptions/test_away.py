"""Redis, the mail server and the storage of files away: an application is filed, handled and answered all the same."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from casework import letter_pdfs, outbox
from casework.tasks import send_outbox
from exemptions.models import Ground, Status
from exemptions.tasks import remind
from tests import given
from tests.casework.mailserver import MailServer
from tests.desk import pages
from tests.portal import files
from tests.portal.files import upload
from tests.portal.wizard import SIGNED

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=5)


@pytest.fixture
def storage_away(settings, tmp_path):
    """Documents cannot be written: there is a file in place of their folder."""
    taken = tmp_path / "documents"
    taken.write_text("")
    settings.MEDIA_ROOT = taken


@pytest.fixture
def draft(applicant):
    """Everything is filled in; only to be sent."""
    return given.draft(by=applicant)


@pytest.fixture
def filed(applicant):
    return given.filed(by=applicant)


@pytest.fixture
def waiting(applicant, caseworker):
    """We asked for one item."""
    return given.waiting(by=applicant, desk=caseworker)


def file(client, draft):
    """The last button of the form."""
    answer = client.post(reverse("apply", args=[draft.key, "check"]), SIGNED)
    draft.refresh_from_db()
    return answer


def statuses(message):
    return message.sent_at, message.given_up_at


@pytest.mark.usefixtures("redis_away", "mail_server_away")
def test_an_application_is_filed_and_its_mail_waits(as_applicant, draft):
    answer = file(as_applicant, draft)

    assert as_applicant.get(answer.url).status_code == 200
    assert draft.status == Status.SUBMITTED
    send_outbox()
    assert {statuses(message) for message in draft.dossier.outgoing_mail.all()} == {(None, None)}


@pytest.mark.usefixtures("redis_away")
def test_the_mail_goes_once_when_the_server_is_back(as_applicant, draft, settings, mail_server_away):
    file(as_applicant, draft)
    send_outbox()

    with MailServer() as back, time_machine.travel(timezone.now() + LATER):
        settings.EMAIL_PORT = back.port
        assert send_outbox() == 2
        assert send_outbox() == 0

    assert sorted(mail["To"] for mail in back.mails) == ["anna@example.org", "post@bakkerij.example"]


@pytest.mark.usefixtures("redis_away", "mail_server_away")
def test_the_desk_decides_all_the_same(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)
    ground = given.ground(Ground.Outcome.GRANT, application)
    days = {"starts_on": "2030-01-01", "ends_on": "2030-02-01"}

    pages.send(
        as_caseworker, application, "grant", ground=ground.pk, doubts_reason=given.EXPLAINED, explanation="Zo.", **days
    )

    application.refresh_from_db()
    assert application.status == Status.GRANTED
    assert application.dossier.letters.filter(kind="granted").exists()


@pytest.mark.usefixtures("redis_away", "mail_server_away")
def test_the_reminders_run_and_their_mails_wait(waiting):
    with time_machine.travel(timezone.localtime() + timedelta(days=15)):
        remind()
        assert outbox.send_waiting() == 0

    assert waiting.dossier.letters.filter(kind="reminder").count() == 1
    assert waiting.dossier.outgoing_mail.filter(sent_at=None, given_up_at=None).exists()


@pytest.mark.usefixtures("redis_away")
@pytest.mark.parametrize("name", ["home", "access_check", "verify", "my_applications", "day_exemption"])
def test_every_page_of_the_portal_opens_without_redis(as_applicant, name):
    assert as_applicant.get(reverse(name)).status_code == 200


def test_filing_needs_no_place_for_files(as_applicant, draft, storage_away):
    answer = file(as_applicant, draft)

    assert draft.status == Status.SUBMITTED
    assert as_applicant.get(answer.url).status_code == 200


@pytest.mark.usefixtures("filed", "storage_away")
def test_a_pdf_that_cannot_be_kept_is_made_when_somebody_opens_it(as_applicant, filed):
    letter = filed.dossier.letters.get()

    assert letter_pdfs.store_missing() == 0
    pdf = as_applicant.get(reverse("letter_pdf", args=[filed.key, letter.pk]))
    assert b"".join(pdf).startswith(b"%PDF")


def test_a_file_that_cannot_be_kept_is_told_at_its_field(as_applicant, draft, storage_away):
    url, item = reverse("apply", args=[draft.key, "evidence"]), draft.evidence_items.with_all()[0]
    name = f"item-{item.requirement.code}"

    page = as_applicant.post(url, {name: upload(files.PDF)})

    assert page.context["form"].errors[name] == [
        gettext("Files cannot be saved at the moment. Try again in a few minutes.")
    ]


def test_an_answer_whose_file_cannot_be_kept_is_not_sent_without_it(as_applicant, waiting, storage_away):
    item = waiting.open_request().items.get().item
    url, name = reverse("supply", args=[waiting.key]), f"item-{item.requirement.code}"

    page = as_applicant.post(url, {name: upload(files.PDF), "answer": "Hierbij."})

    assert name in page.context["form"].errors
    assert page.context["form"]["answer"].value() == "Hierbij."
    waiting.refresh_from_db()
    assert waiting.status == Status.WAITING

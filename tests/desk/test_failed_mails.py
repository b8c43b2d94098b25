"""A mail that did not arrive is mended on the page of its case: again, to another address, or by post (Awb 2:10)."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from casework import outbox
from casework.models import Event, Message, PostalCopy
from tests import contest, given
from tests.casework.mailserver import MailServer
from tests.desk import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail_server(settings):
    """It takes no mail for the address that the applicant gave."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        server.refused["post@bakkerij.example"] = "550 no such mailbox"
        yield server


@pytest.fixture
def failed(mail_server, application):
    """The mail about the receipt, which did not arrive at one of two addresses."""
    send_all()
    return Message.objects.failed().get()


def send_all():
    outbox.send_waiting()


def mend(client, case, mail, cure, **fields):
    return pages.send(client, case, "mend_mail", message=mail.pk, cure=cure, **fields)


def test_the_case_page_says_what_did_not_arrive_and_why(as_caseworker, application, failed):
    page = pages.text(as_caseworker.get(pages.case(application)))

    assert "post@bakkerij.example" in page
    assert "het adres bestaat niet" in page
    assert "no such mailbox" not in page  # the words of the other server stand in the outbox
    for cure in ("address", "again", "post"):
        assert f"{pages.step(application, 'mend_mail')}?message={failed.pk}&amp;cure={cure}" in page


def test_it_goes_to_another_address(as_caseworker, application, failed, mail_server, caseworker):
    mend(as_caseworker, application, failed, "address", to="anna@bakkerij.example")
    send_all()

    failed.refresh_from_db()
    assert (failed.to, failed.sent_at) == ("post@bakkerij.example", None)
    assert mail_server.mails[-1]["To"] == "anna@bakkerij.example"
    assert mail_server.mails[-1].get_content().splitlines() == failed.body.splitlines()
    assert not outbox.find_mails_to_check().exists()
    event = Event.objects.of(application).latest("pk")
    assert (event.step, event.by, event.detail["cure"]) == ("mend_mail", caseworker, "address")
    assert "bakkerij.example" not in str(event.detail)


def test_the_applicants_own_address_stays(as_caseworker, application, failed):
    mend(as_caseworker, application, failed, "address", to="anna@bakkerij.example")

    application.applicant.refresh_from_db()
    assert application.applicant.email == "post@bakkerij.example"


def test_it_is_tried_again(as_caseworker, application, failed, mail_server):
    mail_server.refused.clear()

    mend(as_caseworker, application, failed, "again")
    send_all()

    failed.refresh_from_db()
    assert failed.sent_at
    assert mail_server.message_ids.count(failed.message_id) == 1


def test_its_letter_goes_by_post_and_is_noted_as_posted(as_caseworker, application, failed, caseworker):
    mend(as_caseworker, application, failed, "post")

    letter = failed.letter
    assert str(application) in pages.text(as_caseworker.get(pages.worklist("to-post")))
    assert not outbox.find_mails_to_check().exists()
    pages.send(as_caseworker, application, "post_letters", letters=letter.pk, posted_on=timezone.localdate())
    assert PostalCopy.objects.get(letter=letter).posted_by == caseworker


def test_a_mail_without_a_letter_goes_by_post_in_its_own_words(as_caseworker, application, failed):
    Message.objects.update(letter=None)

    mend(as_caseworker, application, failed, "post")

    letter = PostalCopy.objects.get().letter
    assert (letter.subject, letter.body, letter.case_id) == (failed.subject, failed.body, application.pk)
    assert "Oudegracht 1" in letter.address


def test_all_mails_about_a_letter_that_goes_by_post_are_seen_to(as_caseworker, application, failed):
    Message.objects.filter(letter=failed.letter).update(sent_at=None, given_up_at=timezone.now(), error="SMTPError: x")

    mend(as_caseworker, application, failed, "post")

    assert not outbox.find_mails_to_check().exists()
    assert PostalCopy.objects.count() == 1


def test_one_who_wanted_post_already_gets_one_letter(as_caseworker, application, failed):
    PostalCopy.objects.create(letter=failed.letter)

    mend(as_caseworker, application, failed, "post")

    assert PostalCopy.objects.count() == 1


@pytest.mark.parametrize(
    ("cure", "to", "sentence"),
    [
        ("address", "", "Give the other address."),
        ("address", "geen adres", None),
        (
            "address",
            "POST@bakkerij.example",
            "That is the address that failed. Give another one, or try the same one again.",
        ),
        ("again", "anna@x.example", "You gave another address: choose to send it there, or leave this empty."),
        ("burn", "", None),
    ],
)
def test_what_cannot_be_meant_is_refused_and_stays_typed(as_caseworker, application, failed, cure, to, sentence):
    page = pages.refused(mend(as_caseworker, application, failed, cure, to=to), *filter(None, [sentence]))

    assert to in page
    assert Message.objects.failed().count() == 1


def test_without_a_postal_address_nothing_goes_by_post(as_caseworker, application, failed):
    application.applicant.street = ""
    application.applicant.save()

    pages.refused(mend(as_caseworker, application, failed, "post"), "No postal address is known. Choose another way.")


def test_a_mail_of_another_case_is_not_offered(as_caseworker, application, failed, applicant, caseworker):
    other = given.taken_up(by=applicant, desk=caseworker, plate="V001AA")
    Message.objects.filter(dossier=other.dossier).update(given_up_at=timezone.now())
    theirs = Message.objects.filter(dossier=other.dossier).first()

    pages.refused(mend(as_caseworker, application, theirs, "again"))


def test_a_second_click_mends_once(as_caseworker, application, failed):
    before = Message.objects.count()

    for _click in range(2):
        mend(as_caseworker, application, failed, "address", to="anna@bakkerij.example")

    assert Message.objects.count() == before + 1


def test_who_may_not_handle_the_case_gets_no_button(as_objection_officer, application, failed):
    page = pages.text(as_objection_officer.get(pages.case(application)))

    assert "post@bakkerij.example" in page
    assert pages.step(application, "mend_mail") not in page
    assert mend(as_objection_officer, application, failed, "again").status_code == 403


def test_the_objection_officer_mends_on_the_page_of_the_objection(
    as_objection_officer, objection_officer, applicant, caseworker, other_caseworker, mail_server
):
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    send_all()
    mail = Message.objects.failed().latest("pk")

    mend(as_objection_officer, objection, mail, "post")

    assert PostalCopy.objects.filter(letter=mail.letter).exists()
    assert Event.objects.of(objection).latest("pk").step == "mend_mail"


def test_the_list_names_the_mail_in_words_and_leads_to_the_case(as_team_lead, application, failed):
    page = pages.text(as_team_lead.get(reverse("admin:casework_message_changelist") + "?state=failed"))

    assert pages.case(application) in page
    assert "mail_letter_placed" not in page
    assert "het adres bestaat niet" in page


def test_who_may_not_open_the_case_gets_its_number_and_no_link(as_administrator, application, failed):
    for way in (
        reverse("admin:casework_message_changelist"),
        reverse("admin:casework_message_change", args=[failed.pk]),
    ):
        page = pages.text(as_administrator.get(way))

        assert str(application) in page
        assert pages.case(application) not in page


def test_a_batch_that_is_tried_again_from_the_list_is_written_down(as_team_lead, team_lead, failed):
    data = {"action": "try_again", "_selected_action": [failed.pk]}

    as_team_lead.post(reverse("admin:casework_message_changelist"), data)

    failed.refresh_from_db()
    assert failed.given_up_at is None
    assert LogEntry.objects.get().user == team_lead

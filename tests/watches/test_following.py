"""A visitor follows a plate without an account: asked, confirmed from the mailbox, ended, and nothing is left of it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework import outbox
from casework.models import Message, Policy
from tests.casework.mailserver import MailServer
from watches import lifecycle, mailing
from watches.models import EndNotice, Watch

pytestmark = pytest.mark.django_db
ADDRESS = "Piet@Example.nl"


@pytest.fixture
def visitor(client: Client) -> Client:
    """Somebody who looked at the answer for a van of class 5."""
    client.post(reverse("access_check"), {"plate": "VAN-02-E", "country": "NL"})
    return client


def ask(visitor: Client, email: str = ADDRESS) -> str:
    """Ask; the page that follows, without what differs at each request."""
    page = visitor.post(reverse("watch_plate"), {"email": email}, follow=True).content.decode()
    return re.sub(r'csrf\w*" value="\w+"|nonce="[^"]+"', "", page)


def link() -> str:
    """The address in the last mail that asks to confirm."""
    found = re.search(r"https?://[^/\s]+(/kenteken-volgen/\S+)", Message.objects.latest("pk").body)
    assert found
    return found[1]


def confirm(visitor: Client) -> Watch:
    ask(visitor)
    visitor.post(link(), {"wish": "confirm"})
    return Watch.objects.running().get()


def test_the_answer_offers_it(visitor: Client):
    assert reverse("watch_plate") in visitor.get(reverse("access_answer")).content.decode()


def test_only_who_reads_the_mailbox_confirms_and_a_scanner_that_opens_the_link_does_not(visitor: Client):
    ask(visitor)
    scanner = Client()
    for _time in range(3):
        assert scanner.get(link()).status_code == 200
        scanner.head(link())
    assert not Watch.objects.running().exists()

    scanner.post(link(), {"wish": "confirm"})
    scanner.post(link(), {"wish": "confirm"})

    watch = Watch.objects.running().get()
    assert (watch.email, watch.plate, watch.known.emission_class) == ("piet@example.nl", "VAN02E", "5")


def test_the_mail_that_asks_says_nothing_that_somebody_typed(visitor: Client):
    ask(visitor)

    mail = Message.objects.get()
    assert "VAN" not in mail.body + mail.subject
    assert "VAN" not in link()


def test_asked_twice_or_clicked_twice_it_is_one_watch_and_nobody_learns_that_it_was_there(visitor: Client):
    first = ask(visitor)
    visitor.post(link(), {"wish": "confirm"})

    assert ask(visitor) == first
    assert Watch.objects.count() == 1
    assert len({re.sub(r"\s", "", mail.body) for mail in Message.objects.all()}) == 1


def test_one_link_ends_it_and_address_plate_and_mails_are_gone(visitor: Client):
    watch = confirm(visitor)
    with time_machine.travel("2026-12-20T10:00+01:00", tick=False):
        Watch.objects.update(checked_at=timezone.now())
        assert mailing.announce_ends(today=timezone.localdate()) == 1
        outbox.send_waiting()
    address = reverse("watch", args=[watch.token])
    assert visitor.get(address).status_code == 200
    assert Watch.objects.exists()

    for _click in range(2):
        assert visitor.post(address, {"wish": "end"}, follow=True).redirect_chain[-1][0] == reverse("watch_ended")

    assert not Watch.objects.exists()
    assert not EndNotice.objects.exists()
    assert not Message.objects.exists()


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """One that takes every mail, over SMTP as in production."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server


def unsubscribe_address(mail: EmailMessage) -> str:
    """The path that a mail program posts to."""
    found = re.fullmatch(r"<https?://[^/]+(/\S+)>", mail["List-Unsubscribe"].strip())
    assert found
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return found[1]


def test_a_mail_program_stops_all_plates_of_an_address_with_one_click(mail_server: MailServer, visitor: Client):
    watch = confirm(visitor)
    Watch.objects.create(email=watch.email, plate="VX1", facts=watch.facts, confirmed_at=timezone.now())
    stranger = Watch.objects.create(email="jo@example.nl", plate="VX1", confirmed_at=timezone.now())
    with time_machine.travel("2026-12-20T10:00+01:00", tick=False):
        Watch.objects.update(checked_at=timezone.now())
        mailing.announce_ends(today=timezone.localdate())
        outbox.send_waiting()
    asked, told = mail_server.mails
    program = Client(enforce_csrf_checks=True)
    lifecycle.end_watch(watch)

    for mail in (asked, told):
        assert program.get(unsubscribe_address(mail)).status_code == 200
    assert Watch.objects.filter(email=watch.email).exists()
    for _click in range(2):
        answer = program.post(unsubscribe_address(told), {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.content) == (200, b"")

    assert list(Watch.objects.all()) == [stranger]
    assert watch.email not in unsubscribe_address(told)


def test_with_another_key_nothing_is_stopped(visitor: Client):
    confirm(visitor)
    for key in ("geen", "gAAAAA", "é", "x" * 2000):
        address = f"/kenteken-volgen/alles/{key}/"
        assert visitor.post(address, follow=True).redirect_chain[-1][0] == reverse("watch_ended")

    assert Watch.objects.exists()


def test_what_a_waiting_mail_says_of_another_plate_is_not_lost_when_one_is_stopped(visitor: Client):
    watch = confirm(visitor)
    other = Watch.objects.create(email=watch.email, plate="VX1", facts=watch.facts, confirmed_at=timezone.now())
    with time_machine.travel("2026-12-20T10:00+01:00", tick=False):
        Watch.objects.update(checked_at=timezone.now())
        mailing.announce_ends(today=timezone.localdate())
        lifecycle.end_watch(watch)
        mailing.announce_ends(today=timezone.localdate())

    mail = Message.objects.get()
    assert other.token in mail.body
    assert "VAN" not in mail.body


def test_what_nobody_confirmed_is_dropped_after_the_days_of_the_setting(visitor: Client):
    ask(visitor)
    assert lifecycle.drop_unconfirmed(today=timezone.localdate()) == 0

    Watch.objects.update(asked_at=timezone.now() - timedelta(days=8))

    assert lifecycle.drop_unconfirmed(today=timezone.localdate()) == 1
    assert not Message.objects.exists()


def test_an_address_that_does_not_exist_is_not_kept(visitor: Client):
    confirm(visitor)
    Message.objects.update(given_up_at=timezone.now(), error="SMTPRecipientsRefused: no such user")

    assert lifecycle.drop_unreachable() == 1


@pytest.mark.parametrize("address", ["", "piet", "a@b\nBcc: c@d.nl", "<script>@example.nl", "x" * 250 + "@example.nl"])
def test_what_is_no_address_stays_in_the_form(visitor: Client, address: str):
    assert visitor.post(reverse("watch_plate"), {"email": address}).status_code == 200
    assert not Watch.objects.exists()


def test_a_program_that_fills_in_everything_sends_nothing(visitor: Client):
    visitor.post(reverse("watch_plate"), {"email": ADDRESS, "website": "x"})

    assert not Message.objects.exists()


def test_nobody_can_flood_a_mailbox_or_ask_without_end(visitor: Client):
    Policy.objects.filter(name="watch_confirmations_a_day").update(value=2)
    answers = [visitor.post(reverse("watch_plate"), {"email": ADDRESS}).status_code for _time in range(12)]

    assert answers[-1] == 429
    assert Message.objects.count() == 2


def test_without_a_plate_the_question_comes_first(client: Client):
    assert client.get(reverse("watch_plate")).headers["Location"] == reverse("access_check")


def test_a_link_that_leads_nowhere_says_so(client: Client):
    page = client.get(reverse("watch", args=["geen"]), follow=True).content.decode()

    assert "U krijgt geen e-mails over dit kenteken" in page


def test_a_foreign_plate_is_followed_by_what_was_typed(client: Client):
    client.post(reverse("access_check"), {"plate": "B-XY 1234", "country": "DE"})
    facts = {"category": "van", "emission_class": "5", "first_admission": "2015-03-01"}
    client.post(reverse("access_answer"), facts)
    ask(client)
    client.post(link(), {"wish": "confirm"})

    with time_machine.travel("2026-12-20T10:00+01:00", tick=False):
        assert mailing.announce_ends(today=timezone.localdate()) == 1


def test_the_register_down_is_no_reason_to_refuse(client: Client):
    client.post(reverse("access_check"), {"plate": "VAN99E", "country": "NL"})

    ask(client)

    assert Watch.objects.get().checked_at is None

"""Reading the mailbox: a worker that is killed loses and doubles nothing, and one bad mail stops no other."""

import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
from django.db import DataError, connection
from django.test.utils import CaptureQueriesContext

from casework.models import Message
from helpdesk.mailbox import collection, intake
from helpdesk.mailbox.collection import MOST_ATTEMPTS
from helpdesk.models import Attachment, Mail, Question, UnreadMail
from tests.helpdesk.mailbox import mails
from tests.portal.files import PDF


def test_without_a_mailbox_nothing_is_read(settings, db):
    settings.MAILBOX_URL = ""
    with CaptureQueriesContext(connection) as queries:
        assert collection.collect_mail() == 0

    assert not len(queries)


def test_a_name_without_end_beside_no_address_stops_no_other_mail(receive):
    question = receive(mails.mail("Hoi", sender=f'"{"A" * 300}" <nobody>'))
    other = receive(mails.mail("Mag ik erin?"))

    assert (question.email, len(question.name)) == ("", 100)
    assert other.email == "anna@example.org"


def test_what_the_database_refuses_of_one_mail_stops_no_other(inbox, db, monkeypatch):
    def refuse(*_args: Any, **_more: Any) -> None:
        raise DataError("value too long")

    inbox.put(mails.mail("Kan niet").as_bytes())
    with monkeypatch.context() as broken:
        broken.setattr(intake, "take_in", refuse)
        for _attempt in range(MOST_ATTEMPTS + 1):
            collection.collect_mail()

    assert UnreadMail.objects.exclude(given_up_at=None).count() == 1


def test_a_mail_that_somebody_opened_elsewhere_is_read_all_the_same(inbox, db):
    inbox.put(mails.mail().as_bytes())
    with inbox.client() as somebody:
        somebody.select("INBOX")
        somebody.uid("STORE", "1:*", "+FLAGS", r"(\Seen)")

    assert collection.collect_mail() == 1
    assert Question.objects.count() == 1


def test_what_was_kept_moves_out_of_the_way(inbox, db):
    inbox.put(mails.mail().as_bytes())
    collection.collect_mail()

    assert (inbox.count("INBOX"), inbox.count("Verwerkt")) == (0, 1)
    assert not UnreadMail.objects.exists()


def test_a_worker_that_died_between_keeping_and_moving_doubles_nothing(inbox, db):
    raw = mails.mail().as_bytes()
    inbox.put(raw)
    intake.take_in(raw, at=Question._meta.get_field("asked_at").get_default())

    collection.collect_mail()

    assert Question.objects.count() == 1
    assert Message.objects.count() == 1
    assert inbox.count("INBOX") == 0


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_half_way_loses_nothing(inbox, settings):
    raw = mails.mail("Met bijlage", files=(("groot.pdf", PDF + b"0" * 3_000_000),)).as_bytes()
    for number in range(3):
        inbox.put(raw.replace(b"Met bijlage", b"Met bijlage %d" % number))
        inbox.put(mails.mail(f"Vraag {number}").as_bytes())
    for kill in range(1, MOST_ATTEMPTS):  # once more, and a mail on which workers die would be put aside
        worker = reader(settings)
        wait_until_it_reads(worker, attempt=kill)
        worker.send_signal(signal.SIGKILL)
        assert worker.wait() in (-signal.SIGKILL, 0), "it broke by itself"

    collect_as_soon_as_the_database_knows_it_is_dead()

    texts = sorted(Mail.objects.filter(direction=Mail.Direction.IN).values_list("text", flat=True))
    assert [text.strip() for text in texts] == [
        f"{words} {number}" for words in ("Met bijlage", "Vraag") for number in range(3)
    ]
    assert inbox.count("INBOX") == 0


def collect_as_soon_as_the_database_knows_it_is_dead() -> None:
    end = time.monotonic() + 60
    while not collection.collect_mail():
        assert time.monotonic() < end, "the lock of the dead worker stays"


def wait_until_it_reads(worker: "subprocess.Popen[bytes]", *, attempt: int) -> None:
    """It starts first; then it is processing a mail, or has processed all."""
    end = time.monotonic() + 60
    while worker.poll() is None and not UnreadMail.objects.filter(attempts__gte=attempt).exists():
        assert time.monotonic() < end, "it never read a mail"
        time.sleep(0.02)


def reader(settings: Any) -> "subprocess.Popen[bytes]":
    """Another process that reads the same mailbox into the same database."""
    code = (
        "import django; django.setup()\nfrom django.db import connection\nfrom django.conf import settings\n"
        f"settings.DATABASES['default']['NAME'] = {connection.settings_dict['NAME']!r}\n"
        f"connection.settings_dict['NAME'] = {connection.settings_dict['NAME']!r}\n"
        f"settings.MEDIA_ROOT = {str(settings.MEDIA_ROOT)!r}\n"
        "from helpdesk.mailbox import collection\ncollection.collect_mail()\n"
    )
    known = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "MAILBOX_URL": settings.MAILBOX_URL}
    return subprocess.Popen([sys.executable, "-c", code], env=known, stderr=subprocess.DEVNULL)


def test_a_mail_on_which_workers_die_is_put_aside_and_those_after_it_are_read(inbox, login, editor):
    inbox.put(mails.mail("Deze doodt de werker").as_bytes())
    inbox.put(mails.mail("Deze niet").as_bytes())
    with inbox.client() as server:
        server.select("INBOX")
        uid = server.uid("SEARCH", "ALL")[1][0].split()[0].decode()
        validity = server.response("UIDVALIDITY")[1][0].decode()
    UnreadMail.objects.create(validity=validity, uid=uid, attempts=collection.MOST_ATTEMPTS)

    collection.collect_mail()

    assert Question.objects.count() == 1
    assert (inbox.count("INBOX"), inbox.count("Onleesbaar"), inbox.count("Verwerkt")) == (0, 1, 1)
    page = login(editor).get("/loket/vragen/").content.decode()
    assert "kon niet worden gelezen" in page


def test_an_editor_who_looked_at_an_unreadable_mail_takes_its_line_away(login, editor, db):
    row = UnreadMail.objects.create(validity="1", uid="2", given_up_at="2026-11-01T00:00Z")

    login(editor).post(f"/loket/vragen/onleesbaar/{row.pk}/")

    assert not UnreadMail.objects.exists()


def test_a_mailbox_that_is_away_costs_nothing(settings, db):
    settings.MAILBOX_URL = "imap://u:p@127.0.0.1:1/INBOX"

    assert collection.collect_mail() == 0


def test_a_wrong_password_costs_nothing_and_is_not_in_the_log(inbox, settings, db, caplog):
    settings.MAILBOX_URL = inbox.url.replace("geheim", "mis")

    assert collection.collect_mail() == 0
    assert "mis" not in caplog.text


def test_while_the_virus_scanner_is_away_a_mail_with_files_waits_and_the_others_do_not(inbox, settings, db):
    inbox.put(mails.mail("Met bestand", files=(("a.pdf", PDF),)).as_bytes())
    inbox.put(mails.mail("Zonder bestand").as_bytes())
    settings.CLAMAV_HOST = "127.0.0.1:1"
    for _minute in range(5):
        collection.collect_mail()
    assert Question.objects.count() == 1

    settings.CLAMAV_HOST = ""
    collection.collect_mail()

    assert Question.objects.count() == 2
    assert Attachment.objects.get().name == "a.pdf"


def test_a_second_reader_at_the_same_time_does_nothing(inbox, transactional_db):
    inbox.put(mails.mail().as_bytes())
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [collection.LOCK])
        assert collection.collect_mail() == 0
        cursor.execute("SELECT pg_advisory_unlock(%s)", [collection.LOCK])
    other.close()

    assert collection.collect_mail() == 1


def test_twenty_megabytes_are_taken_and_what_is_larger_is_named(inbox, receive):
    fits = receive(mails.mail("Past", files=(("scan.pdf", PDF + b"0" * 19_900_000),)))
    large = receive(mails.mail("Te groot", files=(("scan.pdf", PDF + b"0" * 21_500_000),)))

    assert fits.mails.get(direction="in").attachments.get().size > 19_900_000
    refused = large.mails.get(direction="in").attachments.get()
    assert (refused.file.name, "20 MB" in refused.refused) == ("", True)


def test_of_a_mail_that_is_too_large_the_beginning_is_kept(inbox, receive):
    question = receive(mails.mail("Het begin telt", files=(("film.pdf", PDF + b"0" * 36_000_000),)))

    mail = question.mails.get(direction="in")
    assert mail.text.strip() == "Het begin telt"
    assert any("te groot" in attachment.refused for attachment in mail.attachments.all())


def test_kept_mails_leave_the_mailbox_after_the_term(inbox, db):
    inbox.put(mails.mail("oud").as_bytes(), at=time.time() - 40 * 86400)
    inbox.put(mails.mail("nieuw").as_bytes(), at=time.time())
    collection.collect_mail()

    assert collection.remove_old_mail(today=Question._meta.get_field("asked_at").get_default().date()) == 1
    assert inbox.count("Verwerkt") == 1

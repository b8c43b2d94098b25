"""A long list: requested once, made in the background, announced by mail, kept for some days; and what can break."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.exports import builder
from casework.models import Export, Message
from casework.outbox import send_waiting
from casework.tasks import drop_old_exports, make_exports
from tests.casework.exports.files import (
    address,
    ask,
    asked,
    content,
    direct_rows,
    file_of,
    made,
    numbers,
    page_of,
    table,
)

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=8)
PAUSE = builder.PAUSE + timedelta(seconds=1)
LEASE = builder.LEASE + timedelta(seconds=1)


def text(response):
    return response.content.decode()


def exports_folder(settings):
    folder = settings.MEDIA_ROOT / "exports"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.fixture
def storage(settings, tmp_path):
    """An empty one."""
    settings.MEDIA_ROOT = tmp_path / "documents"


@pytest.fixture
def storage_away(settings, tmp_path):
    """Nothing can be written: there is a file in place of the folder."""
    taken = tmp_path / "documents"
    taken.write_text("")
    settings.MEDIA_ROOT = taken


# --- The usual way ----------------------------------------------------------------------------------------------


def test_a_long_list_is_not_made_while_somebody_waits(as_caseworker, long_list):
    page = as_caseworker.get(address("application"), {"list": "open"})

    assert "Deze lijst heeft 2 rijen" in text(page)
    assert "kees@example.org" in text(page)
    assert not Export.objects.exists()


def test_as_many_rows_as_the_setting_says_still_go_at_once(as_caseworker, long_list):
    direct_rows(2)

    assert len(numbers(as_caseworker)) == 2


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_it_is_made_told_by_mail_and_downloaded(format, as_caseworker, long_list):
    Message.objects.all().delete()
    export = made(as_caseworker, format=format, list="open")
    send_waiting()

    (told,) = mail.outbox
    assert (told.to, told.subject) == (["kees@example.org"], "Uw export is klaar")
    assert page_of(export) in told.body
    assert "Aanvragen: Alles wat openstaat, 2 rijen" in told.body
    assert "Het bestand heeft 2 rijen" in text(as_caseworker.get(page_of(export)))
    assert content(as_caseworker.get(file_of(export)))


def test_the_file_is_the_one_that_one_would_have_got_at_once(as_caseworker, long_list):
    later = content(as_caseworker.get(file_of(made(as_caseworker, list="open"))))
    direct_rows(10)

    assert later == content(as_caseworker.get(address("application"), {"list": "open"}))


def test_two_presses_make_one_file(as_caseworker, long_list):
    ask(as_caseworker, list="open")
    ask(as_caseworker, list="open")
    ask(as_caseworker, list="new")

    assert make_exports() == 2
    assert Message.objects.filter(kind="mail_export_ready").count() == 2


def test_one_s_own_exports_stand_on_a_page_with_how_far_they_are(as_caseworker, long_list):
    made(as_caseworker, list="open")
    asked(as_caseworker, list="new", format="xlsx")

    page = text(as_caseworker.get("/lijsten/"))

    assert page.index("Aanvragen: Nieuw (XLSX)") < page.index("Aanvragen: Alles wat openstaat (CSV)")
    assert "wordt gemaakt" in page
    assert "2 rijen" in page


def test_the_page_takes_as_many_queries_for_many(as_caseworker, long_list):
    made(as_caseworker, list="open")
    with CaptureQueriesContext(connection) as few:
        as_caseworker.get("/lijsten/")
    for name in ("new", "mine", "waiting", "answered"):
        asked(as_caseworker, list=name)
    with CaptureQueriesContext(connection) as many:
        as_caseworker.get("/lijsten/")

    assert len(many) == len(few)


# --- Until when -------------------------------------------------------------------------------------------------


def test_it_can_be_downloaded_up_to_and_including_its_last_day(as_caseworker, long_list, time_machine):
    export = made(as_caseworker)
    assert export.last_day == timezone.localdate() + timedelta(days=7)

    time_machine.move_to(export.expires_at - timedelta(seconds=1), tick=False)
    as_caseworker.force_login(export.owner)
    assert as_caseworker.get(file_of(export)).status_code == 200

    time_machine.move_to(export.expires_at, tick=False)
    answer = as_caseworker.get(file_of(export))
    assert answer.status_code == 410
    assert "Maak het bestand opnieuw" in text(answer)


def test_after_its_last_day_the_file_is_removed_and_who_had_it_stays_known(
    as_caseworker, long_list, storage, settings, time_machine
):
    export = made(as_caseworker)
    assert drop_old_exports() == 0
    assert len(exports_folder(settings)) == 1

    time_machine.move_to(timezone.now() + WEEK)

    assert drop_old_exports() == 1
    assert drop_old_exports() == 0
    assert exports_folder(settings) == []
    assert Export.objects.get(pk=export.pk).rows == 2


def test_what_is_gone_can_be_made_again(as_caseworker, long_list, time_machine):
    old = made(as_caseworker, list="open")
    time_machine.move_to(timezone.now() + WEEK)
    as_caseworker.force_login(old.owner)

    as_caseworker.post(page_of(old) + "opnieuw/")

    assert make_exports() == 1
    assert as_caseworker.get(file_of(Export.objects.latest("pk"))).status_code == 200


def test_a_file_that_the_storage_has_lost_is_said_to_be_gone(as_caseworker, long_list):
    export = made(as_caseworker)
    default_storage.delete(export.file.name)

    assert as_caseworker.get(file_of(export)).status_code == 410


# --- What breaks ------------------------------------------------------------------------------------------------


def test_with_redis_away_it_is_made_all_the_same(redis_away, as_caseworker, long_list):
    export = made(as_caseworker)

    assert len(table(content(as_caseworker.get(file_of(export))))) == 3


def test_a_try_that_fails_is_repeated_after_a_pause(as_caseworker, long_list, storage_away, settings, time_machine):
    export = asked(as_caseworker)
    make_exports()
    make_exports()
    assert Export.objects.get(pk=export.pk).tries == 1

    settings.MEDIA_ROOT = settings.MEDIA_ROOT.parent / "mended"
    time_machine.move_to(timezone.now() + PAUSE)
    make_exports()

    assert Export.objects.get(pk=export.pk).state == Export.State.READY


def test_others_do_not_wait_for_one_that_fails(as_caseworker, as_team_lead, long_list, storage_away, settings):
    failing = asked(as_caseworker)
    make_exports()
    settings.MEDIA_ROOT = settings.MEDIA_ROOT.parent / "mended"

    assert made(as_team_lead).pk > failing.pk


def test_after_three_tries_its_owner_reads_that_it_failed_and_what_to_do(
    as_caseworker, long_list, storage_away, time_machine
):
    export = asked(as_caseworker)
    for _try in range(4):
        make_exports()
        time_machine.move_to(timezone.now() + PAUSE)

    export.refresh_from_db()
    (told,) = Message.objects.filter(kind="mail_export_failed")
    assert (export.state, export.tries) == (Export.State.FAILED, 3)
    assert export.problem in told.body
    as_caseworker.force_login(export.owner)
    assert "Maak het bestand opnieuw" in text(as_caseworker.get("/lijsten/"))


def test_what_failed_can_be_asked_again(as_caseworker, long_list):
    export = asked(as_caseworker, list="open")
    builder.fail_export(builder.claim_export(now=timezone.now()), why="broken")

    again = as_caseworker.post(page_of(export) + "opnieuw/", follow=True)

    assert "Wij maken het bestand" in text(again)
    assert make_exports() == 1


def test_one_export_at_a_time_so_that_mails_are_not_kept_waiting(as_caseworker, as_team_lead, long_list):
    asked(as_caseworker)
    asked(as_team_lead)
    builder.claim_export(now=timezone.now())

    assert make_exports() == 0


def test_who_was_overtaken_throws_the_file_away(as_caseworker, long_list, storage, settings, time_machine):
    asked(as_caseworker)
    slow = builder.claim_export(now=timezone.now())
    time_machine.move_to(timezone.now() + LEASE)
    make_exports()

    builder.make_export(slow)

    assert Message.objects.filter(kind="mail_export_ready").count() == 1
    assert exports_folder(settings) == [f"{slow.key.hex}-2"]


def test_what_a_killed_worker_left_behind_is_swept(as_caseworker, long_list, storage, settings, time_machine):
    asked(as_caseworker)
    killed = builder.claim_export(now=timezone.now())
    killed.file.save("export", ContentFile(b"half"), save=False)
    time_machine.move_to(timezone.now() + LEASE)

    make_exports()

    assert exports_folder(settings) == [f"{killed.key.hex}-2"]


def test_killed_three_times_it_is_given_up(as_caseworker, long_list, time_machine):
    export = asked(as_caseworker)
    for _try in range(3):
        assert builder.claim_export(now=timezone.now())
        time_machine.move_to(timezone.now() + LEASE)

    make_exports()

    export.refresh_from_db()
    assert export.state == Export.State.FAILED
    assert Message.objects.filter(kind="mail_export_failed").count() == 1


def test_a_list_that_a_newer_version_does_not_have_is_said_to_be_lost(as_caseworker, long_list):
    export = asked(as_caseworker)
    Export.objects.update(listing="abolished")

    make_exports()

    export.refresh_from_db()
    assert export.state == Export.State.FAILED
    assert as_caseworker.get(page_of(export)).status_code == 200
    assert as_caseworker.post(page_of(export) + "opnieuw/").status_code == 404

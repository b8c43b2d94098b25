"""What any case has: its dossier with events, deadlines, letters, documents and messages."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from casework.models import CaseKey, Deadline, Document, Dossier, EquatedDay, Event, LetterText, Message
from casework.models.letter import Words

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
FRIDAY = date(2025, 10, 24)
WORDS = Words(kind="receipt", language="nl", subject="Ontvangen", body="Dank u wel.")


@pytest.fixture
def dossier():
    return Dossier.objects.create()


@pytest.fixture
def case():
    """All that the dossier asks of a case: its type and its key."""
    return case_of_a_kind(7)


def case_of_a_kind(pk):
    CaseKey.objects.create(case_type="matter", case_id=pk)
    return SimpleNamespace(CASE_TYPE="matter", pk=pk)


def record(dossier, case, to_status, *, days_ago=0):
    at = timezone.now() - days_ago * DAY
    return dossier.record(case, "move", from_status="before", to_status=to_status, by=None, detail={}, at=at)


# --- Numbers ---------------------------------------------------------------------------------------


def test_numbers_follow_each_other_and_begin_again_each_year():
    given = [give_number(year) for year in (2041, 2041, 2042)]

    assert given == ["ZES-2041-000001", "ZES-2041-000002", "ZES-2042-000001"]


def test_a_draft_has_no_number_until_it_is_filed(dossier):
    assert dossier.number is None

    dossier.give_number(on=date(2041, 3, 1))

    assert str(dossier) == "ZES-2041-000001"


def test_a_filing_that_fails_leaves_no_gap():
    with transaction.atomic():
        give_number(2041)
        transaction.set_rollback(True)

    assert give_number(2041) == "ZES-2041-000001"


@pytest.mark.django_db(transaction=True)
def test_filing_at_the_same_moment_gives_different_numbers():
    with ThreadPoolExecutor(4) as people:
        given = list(people.map(take_number, [2041] * 12))

    assert sorted(given) == [f"ZES-2041-{number:06}" for number in range(1, 13)]


def take_number(year):
    try:
        with transaction.atomic():
            return give_number(year)
    finally:
        connection.close()


def give_number(year):
    """To a dossier that is filed in that year."""
    dossier = Dossier.objects.create()
    dossier.give_number(on=date(year, 3, 1))
    dossier.refresh_from_db()
    return dossier.number


# --- Deadlines --------------------------------------------------------------------------------------


def test_a_deadline_keeps_its_sum(dossier, case):
    dossier.open_deadline(case, Deadline.Kind.DECIDE, due=FRIDAY, basis={"weeks": 8})

    (deadline,) = Deadline.objects.open()
    assert (deadline.due, deadline.basis) == (FRIDAY, {"weeks": 8})


def test_a_deadline_that_moves_replaces_the_open_one(dossier, case):
    dossier.open_deadline(case, Deadline.Kind.DECIDE, due=FRIDAY, basis={})
    dossier.open_deadline(case, Deadline.Kind.DECIDE, due=FRIDAY + DAY, basis={})

    assert [deadline.due for deadline in dossier.deadlines.open()] == [FRIDAY + DAY]
    assert dossier.deadlines.count() == 2


def test_the_database_refuses_a_second_open_deadline_of_a_kind(dossier, case):
    dossier.open_deadline(case, Deadline.Kind.DECIDE, due=FRIDAY, basis={})

    with pytest.raises(IntegrityError, match="deadline_one_open_a_kind"):
        dossier.deadlines.create(case_type=case.CASE_TYPE, case_id=case.pk, kind=Deadline.Kind.DECIDE, due=FRIDAY)


def test_closing_one_kind_leaves_the_others_open(dossier, case):
    dossier.open_deadline(case, Deadline.Kind.DECIDE, due=FRIDAY, basis={})
    dossier.open_deadline(case, Deadline.Kind.SUPPLY, due=FRIDAY, basis={})

    dossier.close_deadline(case, Deadline.Kind.SUPPLY)

    assert [deadline.kind for deadline in dossier.deadlines.open()] == [Deadline.Kind.DECIDE]


def test_a_case_that_ends_closes_its_own_deadlines_only(dossier, case):
    other = case_of_a_kind(8)
    for owner in (case, other):
        dossier.open_deadline(owner, Deadline.Kind.DECIDE, due=FRIDAY, basis={})
        dossier.open_deadline(owner, Deadline.Kind.OBJECT, due=FRIDAY, basis={})

    dossier.close_every_deadline(case)

    assert {deadline.case_id for deadline in dossier.deadlines.open()} == {other.pk}


def test_a_deadline_is_overdue_from_the_day_after(dossier, case):
    deadline = dossier.open_deadline(case, Deadline.Kind.DECIDE, due=FRIDAY, basis={})

    assert [deadline.days_left(today=today) for today in (FRIDAY - DAY, FRIDAY, FRIDAY + DAY)] == [1, 0, -1]
    assert not Deadline.objects.overdue(today=FRIDAY).exists()
    assert Deadline.objects.overdue(today=FRIDAY + DAY).get() == deadline


@pytest.mark.parametrize(("days_before", "listed"), [(8, False), (7, True), (0, True), (-1, False)])
def test_due_within_a_week_counts_today_and_the_seventh_day(dossier, case, days_before, listed):
    dossier.open_deadline(case, Deadline.Kind.DECIDE, due=FRIDAY, basis={})

    assert Deadline.objects.due_within(days=7, today=FRIDAY - days_before * DAY).exists() is listed


def test_the_calendar_of_the_desk_has_the_days_of_the_database():
    EquatedDay.objects.create(day=date(2041, 5, 31), source="a decree")

    assert EquatedDay.calendar().is_off(date(2041, 5, 31))


# --- Events ---------------------------------------------------------------------------------------


def test_the_status_at_a_past_moment_is_that_of_the_last_event_before_it(dossier, case):
    record(dossier, case, "open", days_ago=10)
    record(dossier, case, "closed", days_ago=2)

    then = Event.objects.until(timezone.now() - 5 * DAY).last_of_each_case()

    assert [event.to_status for event in then] == ["open"]


def test_events_of_the_same_moment_keep_their_order(dossier, case):
    at = timezone.now()
    for status in ("first", "second"):
        dossier.record(case, "move", from_status="", to_status=status, by=None, detail={}, at=at)

    assert [event.to_status for event in Event.objects.of(case)] == ["first", "second"]
    assert Event.objects.last_of_each_case().get().to_status == "second"


@pytest.mark.parametrize(
    "change",
    [
        lambda event: Event.objects.filter(pk=event.pk).update(to_status="other"),
        lambda event: Event.objects.filter(pk=event.pk).delete(),
        lambda event: event.save(),
    ],
    ids=["update", "delete", "save again"],
)
def test_the_database_refuses_to_change_what_happened(dossier, case, change):
    event = record(dossier, case, "open")

    with pytest.raises(DatabaseError), transaction.atomic():
        change(event)
    assert Event.objects.get().to_status == "open"


# --- Letters, mails, documents -------------------------------------------------------------------------


def text(language, version, kind="hello"):
    return LetterText.objects.create(kind=kind, language=language, version=version, subject="s", body="b")


def test_the_newest_version_of_a_text_speaks():
    text("nl", 1)
    newest = text("nl", 2)

    assert LetterText.objects.newest(kind="hello", language="nl") == newest


def test_the_readers_own_language_goes_before_a_newer_dutch_version():
    english = text("en", 1)
    text("nl", 2)

    assert LetterText.objects.newest(kind="hello", language="en") == english


def test_dutch_speaks_where_a_language_has_no_text():
    dutch = text("nl", 1)

    assert LetterText.objects.newest(kind="hello", language="en") == dutch


def test_a_text_that_nobody_wrote_is_named():
    with pytest.raises(LetterText.DoesNotExist, match="farewell"):
        LetterText.objects.newest(kind="farewell", language="nl")


def test_a_letter_keeps_its_words_when_the_text_changes(dossier, case):
    version = text("nl", 1)
    letter = dossier.place_letter(case, Words("hello", "nl", "Dag", "Beste", version.pk), address="Straat 1")

    text("nl", 2)

    letter.refresh_from_db()
    assert (letter.subject, letter.body, letter.text) == ("Dag", "Beste", version)


def test_a_mail_waits_in_the_outbox(dossier):
    dossier.send_mail(WORDS, "applicant@example.org")

    assert [mail.to for mail in Message.objects.to_send(now=timezone.now())] == ["applicant@example.org"]


def test_every_mail_has_a_message_id_of_its_own(dossier):
    dossier.send_mail(WORDS, "applicant@example.org", "colleague@example.org")
    first, second = dossier.outgoing_mail.all()

    assert first.message_id != second.message_id


def test_a_document_keeps_its_name_in_the_database_only(dossier, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = Document(dossier=dossier)

    document.fill(b"%PDF-1.7", name="loonstrook Jansen.pdf", content_type="application/pdf")
    document.save()

    assert (document.name, document.size) == ("loonstrook Jansen.pdf", 8)
    assert document.sha256 == hashlib.sha256(b"%PDF-1.7").hexdigest()
    assert "Jansen" not in document.file.name
    assert document.file.read() == b"%PDF-1.7"

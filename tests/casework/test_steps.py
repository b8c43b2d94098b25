"""A step is taken whole, by one person, or not at all."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from casework.models import Deadline, EquatedDay, Event, LetterText
from casework.steps import StepRefused, as_json_value, rehearse_step
from exemptions.models import Application, Status
from tests import given

pytestmark = pytest.mark.django_db


def as_stored(application):
    return Application.objects.get(pk=application.pk)


# --- Taken ------------------------------------------------------------------------------------------


def test_a_step_moves_the_case_and_saves_what_its_body_did(application, caseworker):
    application.take_up(by=caseworker)

    stored = as_stored(application)
    assert (stored.status, stored.assigned_to) == (Status.IN_REVIEW, caseworker)
    assert application.status == Status.IN_REVIEW


def test_a_step_writes_down_what_happened_when_and_by_whom(application, caseworker):
    before = timezone.now()

    application.take_up(by=caseworker)

    event = Event.objects.of(application).get()
    assert (event.step, event.from_status, event.to_status) == ("take_up", "submitted", "in_review")
    assert (event.by, event.dossier) == (caseworker, application.dossier)
    assert before <= event.at <= timezone.now()


def test_a_step_that_stays_where_it_is_is_written_down_too(application, team_lead, caseworker):
    application.assign(by=team_lead, to=caseworker)

    event = Event.objects.of(application).get()
    assert event.from_status == event.to_status == "submitted"


def test_the_event_keeps_only_the_details_that_the_step_names(application, team_lead, caseworker):
    application.assign(by=team_lead, to=caseworker)
    application.note(by=caseworker, text="Called Anna on 06-12345678.")

    assert [event.detail for event in Event.objects.of(application)] == [{"to": caseworker.pk}, {}]


def test_the_system_itself_needs_no_permission(application):
    application.take_up(by=None)

    assert Event.objects.of(application).get().by is None


def test_whoever_takes_a_step_must_be_named(application):
    with pytest.raises(KeyError, match="by"):
        application.take_up()


def test_a_step_sees_the_case_as_it_is_now_not_as_it_was_read(application, caseworker):
    Application.objects.filter(pk=application.pk).update(language="en")
    application.plate = "typed on a stale page"

    application.take_up(by=caseworker)

    assert (as_stored(application).language, as_stored(application).plate) == ("en", "")


# --- Refused: no trace --------------------------------------------------------------------------------


def assert_no_trace(application):
    stored = as_stored(application)
    assert (stored.status, stored.assigned_to) == (Status.SUBMITTED, None)
    assert not Event.objects.of(application).exists()


@pytest.mark.parametrize("person", ["applicant", "stranger", "reporter", "municipal_caseworker"])
def test_who_may_not_take_a_step_changes_nothing(request, application, person):
    with pytest.raises(PermissionDenied):
        application.take_up(by=request.getfixturevalue(person))

    assert_no_trace(application)


def test_the_refusal_names_nobody(application, stranger):
    with pytest.raises(PermissionDenied) as refusal:
        application.take_up(by=stranger)

    assert stranger.email not in str(refusal.value)
    assert stranger.name not in str(refusal.value)


def test_a_step_from_another_status_changes_nothing(application, caseworker):
    with pytest.raises(TransitionNotAllowed):
        application.propose_rejection(by=caseworker, ground=None, explanation="Not taken up yet.")

    assert_no_trace(application)


def test_a_condition_that_is_not_met_changes_nothing(organisation, application, caseworker):
    Application.objects.filter(pk=application.pk).update(status=Status.WAITING)
    waiting = as_stored(application)

    with pytest.raises(TransitionNotAllowed):
        waiting.remind(by=caseworker)  # there is no open request to remind of

    assert not Event.objects.of(application).exists()


def test_facts_that_do_not_allow_it_change_nothing(application, team_lead, reporter):
    with pytest.raises(StepRefused):
        application.assign(by=team_lead, to=reporter)

    assert_no_trace(application)


def test_a_consequence_that_fails_takes_the_others_with_it(application, applicant):
    LetterText.objects.filter(kind="withdrawn").delete()
    application.dossier.open_deadline(application, Deadline.Kind.DECIDE, due=date(2041, 1, 2), basis={})

    with pytest.raises(LetterText.DoesNotExist):
        application.withdraw(by=applicant)  # deadlines are closed first; then there are no words for the letter

    assert_no_trace(application)
    assert application.dossier.deadlines.open().count() == 1


def test_a_step_belongs_to_the_transaction_around_it(application, caseworker):
    with transaction.atomic():
        application.take_up(by=caseworker)
        transaction.set_rollback(True)

    assert_no_trace(application)


def test_the_status_changes_in_no_other_way(application):
    with pytest.raises(AttributeError):
        application.status = Status.GRANTED


def test_a_stale_copy_cannot_bring_the_old_status_back(application, caseworker):
    stale = as_stored(application)
    application.take_up(by=caseworker)

    with pytest.raises(ConcurrentTransition), transaction.atomic():
        stale.save()

    assert as_stored(application).status == Status.IN_REVIEW


# --- Rehearsed ------------------------------------------------------------------------------------------


def test_a_rehearsal_shows_the_letter_and_mails_that_the_step_will_send(application, applicant):
    shown = rehearse_step(application, "withdraw", by=applicant, reason="Sold the van.")
    application.withdraw(by=applicant, reason="Sold the van.")

    assert [letter.body for letter in shown.letters] == [letter.body for letter in application.dossier.letters.all()]
    assert {mail.to for mail in shown.mails} == {mail.to for mail in application.dossier.outgoing_mail.all()}
    assert [letter.kind for letter in shown.letters] == ["withdrawn"]


def test_a_rehearsal_shows_the_deadlines_that_the_step_opens(application, caseworker, organisation):
    Application.objects.filter(pk=application.pk).update(status=Status.IN_REVIEW)
    ends_on = EquatedDay.calendar().next_working_day(in_a_fortnight())
    hearing = {"differences": given.DIFFERING, "ends_on": ends_on}

    shown = rehearse_step(as_stored(application), "offer_hearing", by=caseworker, **hearing)

    assert [(deadline.kind, deadline.due) for deadline in shown.deadlines] == [("view", hearing["ends_on"])]


def test_of_a_rehearsal_nothing_stays(application, applicant):
    rehearse_step(application, "withdraw", by=applicant)

    assert application.status == Status.SUBMITTED
    assert_no_trace(application)
    assert not application.dossier.letters.exists()
    assert not application.dossier.outgoing_mail.exists()


def test_a_rehearsal_refuses_what_the_step_refuses(application, stranger):
    with pytest.raises(PermissionDenied):
        rehearse_step(application, "withdraw", by=stranger)


def in_a_fortnight():
    return timezone.localdate() + timedelta(days=14)


# --- What an event keeps ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (date(2025, 9, 1), "2025-09-01"),
        (datetime(2025, 9, 1, 8, 30, tzinfo=UTC), "2025-09-01T08:30:00+00:00"),
        ([date(2025, 9, 1), "x"], ["2025-09-01", "x"]),
        ((1, 2), [1, 2]),
        (Status.GRANTED, "granted"),
        (None, None),
        (True, True),
    ],
)
def test_a_detail_is_kept_as(value, kept):
    assert as_json_value(value) == kept


def test_rows_are_kept_as_their_keys(application, applicant):
    assert as_json_value(applicant) == applicant.pk
    assert as_json_value(Application.objects.all()) == [application.pk]

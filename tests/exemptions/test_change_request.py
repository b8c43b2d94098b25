"""After the grant the holder asks for a change: it waits until we carry it out, refuse it, or it is taken back."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from casework import clock
from casework.deadline_words import format_day
from casework.shared_steps import to_post
from exemptions.models import Applicant, Application, ChangeRequest, Channel, Exemption, FactsRecord, Status
from exemptions.models.decision import Change, Outcome
from exemptions.steps.amendment import Vehicle
from exemptions.terms import AMSTERDAM
from objections.portal.drafts import list_objectable_others
from tests import given, posting
from tests.looping import each
from tests.objections.look import letters, refused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
OTHER = Vehicle("V99ABC", "NL", given.VAN, FactsRecord.Source.REGISTER)
ANOTHER_PLATE = {"what": Change.VEHICLE, "plate": "V99ABC", "country": "NL"}
WHY = "Het nieuwe voertuig is een personenauto."


@pytest.fixture
def granted(applicant, caseworker):
    """From today, for a hundred days."""
    return given.granted(by=applicant, desk=caseworker)


@pytest.fixture
def asked(granted, applicant):
    """The holder asks for another plate."""
    granted.ask_change(by=applicant, **ANOTHER_PLATE, explanation="De oude is verkocht.")
    return granted.change_requests.get()


def at_noon(day):
    return datetime.combine(day, time(12), AMSTERDAM)


def result(request):
    request.refresh_from_db()
    return request.result


# --- Asking -------------------------------------------------------------------------------------------------


def test_what_is_asked_waits_and_changes_nothing(granted, asked):
    assert (granted.status, asked.plate, asked.result) == (Status.GRANTED, "V99ABC", "")
    assert granted.exemptions.get(revoked_at=None).plate == "VX123Z"
    assert list(Application.objects.change_asked()) == [granted]


def test_a_letter_confirms_it_and_tells_by_when_we_answer(granted, asked):
    letter = granted.dossier.letters.get(kind="change_asked").body.replace("\\", "")
    event = granted.dossier.events.get(step="ask_change")

    assert "V-99-ABC" in letter
    assert TODAY() + timedelta(weeks=8) <= asked.answer_by <= TODAY() + timedelta(weeks=9)
    assert event.detail == {"what": "vehicle", "answer_by": asked.answer_by.isoformat()}


def test_everything_that_can_be_asked_is_one_request_each(granted, applicant):
    last = granted.exemptions.get().ends_on
    granted.ask_change(by=applicant, **ANOTHER_PLATE)
    granted.ask_change(by=applicant, what=Change.LOAN, plate="V88ABC", country="NL", starts_on=TODAY(), ends_on=TODAY())
    granted.ask_change(by=applicant, what=Change.LONGER, ends_on=last + timedelta(days=5), explanation="Later.")
    granted.ask_change(by=applicant, what=Change.NAME, name="De Korst BV")

    assert granted.change_requests.open().count() == 4


@pytest.mark.parametrize(
    "wish",
    [
        {"what": Change.VEHICLE, "plate": "VX123Z", "country": "NL"},
        {"what": Change.LOAN, "plate": "VX123Z", "country": "NL", "days": 1},
        {"what": Change.LOAN, "plate": "V99ABC", "country": "NL", "days": 500},
        {"what": Change.LOAN, "plate": "V99ABC", "country": "NL", "days": -1},
        {"what": Change.LONGER, "days": 3},
        {"what": Change.LONGER, "days": 40000},
        {"what": Change.NAME, "name": "  Bakkerij  De Korst "},
        {"what": Change.NAME, "name": "  "},
    ],
)
def test_what_is_so_already_or_cannot_be_is_refused(granted, applicant, wish):
    days = wish.pop("days", None)
    about = {} if days is None else {"starts_on": TODAY(), "ends_on": TODAY() + timedelta(days=days)}

    with refused(granted):
        granted.ask_change(by=applicant, **wish, **about)


def test_one_of_a_sort_at_a_time(granted, asked, applicant):
    with refused(granted):
        granted.ask_change(by=applicant, **ANOTHER_PLATE | {"plate": "V77ABC"})
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeRequest.objects.create(application=granted, what="vehicle", asked_by=applicant, answer_by=TODAY())


def test_a_name_is_asked_once_for_all_cases_of_a_holder(granted, applicant, caseworker):
    other = given.granted(by=applicant, desk=caseworker, plate="V11XYZ")
    granted.ask_change(by=applicant, what=Change.NAME, name="De Korst BV")

    with refused(other):
        other.ask_change(by=applicant, what=Change.NAME, name="De Korst BV")


def test_only_the_side_of_the_holder_asks_and_the_desk_that_notes_it(granted, stranger, objection_officer):
    for user in (stranger, objection_officer):
        with refused(granted, PermissionDenied):
            granted.ask_change(by=user, **ANOTHER_PLATE)


def test_what_has_ended_is_not_asked_about(granted, applicant, time_machine):
    time_machine.move_to(timezone.localtime() + timedelta(days=101))

    with refused(granted, TransitionNotAllowed):
        granted.ask_change(by=applicant, **ANOTHER_PLATE)


# --- Outside the portal -------------------------------------------------------------------------------------


def test_what_came_on_paper_is_counted_from_the_day_on_which_it_came(granted, caseworker, time_machine):
    came = TODAY()
    time_machine.move_to(timezone.localtime() + timedelta(days=6))

    granted.ask_change(by=caseworker, **ANOTHER_PLATE, channel=Channel.POST, came_in_on=came)

    request, event = granted.change_requests.get(), granted.dossier.events.get(step="ask_change")
    assert (request.asked_on, request.asked_by) == (came, caseworker)
    assert came + timedelta(weeks=8) <= request.answer_by < TODAY() + timedelta(weeks=8)
    assert (event.detail["came_by"], event.detail["came_in_on"]) == ("post", came.isoformat())
    assert format_day(came) in granted.dossier.letters.get(kind="change_asked").body.replace("\\", "")


def test_its_receipt_goes_by_the_way_that_the_holder_chose(granted, applicant, caseworker):
    posting.choose_post(granted.applicant, by=applicant)

    granted.ask_change(by=caseworker, **ANOTHER_PLATE, channel=Channel.COUNTER, came_in_on=TODAY())

    assert [one.letter.kind for one in to_post(granted)] == ["change_asked"]


@each("channel, days", [(Channel.PORTAL, 0), (Channel.EMAIL, 0), (Channel.PHONE, 1), (Channel.PHONE, -4000)])
def test_how_and_when_it_came_is_something_that_can_be(granted, caseworker, channel, days):
    with refused(granted):
        granted.ask_change(by=caseworker, **ANOTHER_PLATE, channel=channel, came_in_on=TODAY() + timedelta(days=days))


# --- Late ---------------------------------------------------------------------------------------------------


def test_what_is_not_answered_in_time_stands_on_a_list_of_its_own(granted, asked, caseworker, time_machine):
    time_machine.move_to(at_noon(asked.answer_by))
    assert not Application.objects.change_overdue(today=TODAY()).exists()

    time_machine.move_to(at_noon(asked.answer_by + timedelta(days=1)))
    assert list(Application.objects.change_overdue(today=TODAY())) == [granted]

    granted.replace_vehicle(by=caseworker, vehicle=OTHER)
    assert not Application.objects.change_overdue(today=TODAY()).exists()


# --- Taking it back -----------------------------------------------------------------------------------------


def test_the_holder_takes_it_back_and_can_ask_again(granted, asked, applicant, colleague):
    granted.take_back_change(by=colleague, request=asked)

    assert result(asked) == "taken_back"
    assert not Application.objects.change_asked().exists()
    granted.ask_change(by=applicant, **ANOTHER_PLATE)


def test_what_was_answered_is_not_taken_back(granted, asked, applicant, caseworker):
    granted.ask_change(by=applicant, what=Change.NAME, name="De Korst BV")
    granted.replace_vehicle(by=caseworker, vehicle=OTHER)

    with refused(granted):
        granted.take_back_change(by=applicant, request=asked)
    with refused(granted):
        granted.refuse_change(by=caseworker, request=asked, explanation=WHY)


# --- Carrying it out ----------------------------------------------------------------------------------------


def test_the_step_that_does_what_was_asked_settles_it(granted, asked, caseworker):
    granted.replace_vehicle(by=caseworker, vehicle=OTHER)

    assert result(asked) == "carried_out"
    assert asked.decision == granted.decisions.standing().get()


def test_another_change_does_not(granted, asked, applicant, caseworker):
    last = granted.exemptions.get().ends_on + timedelta(days=3)
    granted.ask_change(by=applicant, what=Change.LONGER, ends_on=last, explanation="Later.")

    granted.lengthen(by=caseworker, ends_on=last, explanation="Later.")

    assert result(asked) == ""
    assert granted.change_requests.get(what="longer").result == "carried_out"


def test_an_exemption_that_ends_makes_every_request_needless(granted, asked, applicant):
    granted.end_on_request(by=applicant, from_day=TODAY())

    assert result(asked) == "needless"


# --- Refusing -----------------------------------------------------------------------------------------------


def test_a_refusal_is_a_decision_with_reasons_to_which_one_can_object(granted, asked, caseworker):
    granted.refuse_change(by=caseworker, request=asked, explanation=WHY)

    decision = granted.decisions.get(outcome=Outcome.REFUSED)
    letter = granted.dossier.letters.get(kind="change_refused").body.replace("\\", "")
    assert (decision.change, decision.taken_by, result(asked)) == ("vehicle", caseworker, "refused")
    assert all(words in letter for words in (WHY, "V-99-ABC", "artikel 87", "bezwaar"))
    assert list_objectable_others(granted) == [decision]


def test_the_exemption_stays_as_it_is(granted, asked, caseworker):
    before = granted.decisions.standing().get()

    granted.refuse_change(by=caseworker, request=asked, explanation=WHY)

    assert granted.decisions.standing().get() == before
    assert Exemption.objects.valid_at(clock.now()).get().plate == "VX123Z"
    assert granted.dossier.deadlines.open().filter(kind="object").exists()


def test_it_needs_reasons_and_somebody_who_decides(granted, asked, applicant, caseworker, objection_officer):
    with refused(granted):
        granted.refuse_change(by=caseworker, request=asked, explanation=" ")
    for user in (applicant, objection_officer):
        with refused(granted, PermissionDenied):
            granted.refuse_change(by=user, request=asked, explanation=WHY)


def test_an_exemption_that_ended_meanwhile_is_still_answered(granted, asked, caseworker, time_machine):
    time_machine.move_to(timezone.localtime() + timedelta(days=101))
    assert list(Application.objects.change_asked()) == [granted]

    granted.refuse_change(by=caseworker, request=asked, explanation="Uw ontheffing is afgelopen.")

    assert result(asked) == "refused"


def test_by_post_the_term_to_object_begins_when_it_is_posted(granted, asked, applicant, caseworker):
    posting.choose_post(granted.applicant, by=applicant)
    granted.refuse_change(by=caseworker, request=asked, explanation=WHY)
    assert granted.decisions.get(outcome=Outcome.REFUSED).made_known_on is None

    posting.post(granted, by=caseworker)

    assert granted.decisions.get(outcome=Outcome.REFUSED).made_known_on == TODAY()


# --- Another name -------------------------------------------------------------------------------------------


def test_the_holder_has_another_name_in_every_case(granted, applicant, caseworker):
    other = given.granted(by=applicant, desk=caseworker, plate="V11XYZ")
    granted.ask_change(by=applicant, what=Change.NAME, name="De Korst BV")

    granted.rename_holder(by=caseworker, name=" De  Korst BV")

    assert (
        str(Applicant.objects.of(applicant).get())
        == str(Application.objects.get(pk=other.pk).applicant)
        == "De Korst BV"
    )
    assert granted.change_requests.get().result == "carried_out"
    assert "Bakkerij De Korst" in other.notes.get().text
    assert not granted.notes.exists()


def test_the_event_keeps_the_old_name_and_the_letter_tells_both(granted, caseworker):
    granted.rename_holder(by=caseworker, name="De Korst BV")

    letter = granted.dossier.letters.get(kind="holder_renamed").body.replace("\\", "")
    assert granted.dossier.events.get(step="rename_holder").detail == {
        "former_name": "Bakkerij De Korst",
        "name": "De Korst BV",
    }
    assert "Geachte De Korst BV" in letter
    assert "Bakkerij De Korst" in letter


def test_nothing_is_decided_by_another_name(granted, caseworker):
    before = granted.decisions.count()

    granted.rename_holder(by=caseworker, name="De Korst BV")

    assert granted.decisions.count() == before
    with refused(granted):
        granted.rename_holder(by=caseworker, name="De Korst BV")


# --- Given back at once -------------------------------------------------------------------------------------


def test_the_holder_ends_it_and_nobody_at_the_desk_decided(granted, applicant):
    granted.end_on_request(by=applicant, from_day=TODAY())

    letter = granted.dossier.letters.get(kind="exemption_ended")
    assert granted.decisions.standing().get().taken_by is None
    assert granted.dossier.events.get(step="end_on_request").by == applicant
    assert "automatisch genomen" in letter.body
    assert letters(granted)[-1] == "exemption_ended"


def test_or_their_own_vehicle_has_it_again(granted, applicant, caseworker):
    granted.allow_temporary_vehicle(by=caseworker, vehicle=OTHER, starts_on=TODAY(), ends_on=TODAY())

    granted.end_temporary_vehicle(by=applicant)

    assert Exemption.objects.valid_at(clock.now()).get().plate == "VX123Z"
    assert granted.decisions.get(outcome=Outcome.RESUMED).taken_by is None


def test_a_stranger_gives_nothing_back(granted, stranger):
    with refused(granted, PermissionDenied):
        granted.end_on_request(by=stranger, from_day=TODAY())

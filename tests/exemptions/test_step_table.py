"""The whole table of status × step: what may follow on what, and nothing else."""

import pytest
from django_fsm import TransitionNotAllowed

from accounts.models import User
from casework import workflow_drawing
from casework.models import Dossier
from exemptions.models import Application, Status
from tests import given

OPEN = {"submitted", "in_review", "waiting", "supplied", "hearing", "proposed"}
DECIDABLE = {"in_review", "supplied"}
ENDED = {"granted", "rejected", "set_aside", "converted", "withdrawn", "forwarded"}
AFTER_THE_GRANT = (
    "replace_vehicle",
    "end_on_request",
    "lengthen",
    "correct_decision",
    "cancel_day",
    "ask_view_on_change",
    "give_view_on_change",
    "leave_exemption",
    "settle_register_finding",
    "revoke",
    "suspend_exemption",
    "shorten",
    "lift_suspension",
    "propose_revocation",
    "propose_suspension",
    "propose_shortening",
    "approve_change",
    "return_change",
    "allow_temporary_vehicle",
    "end_temporary_vehicle",
    "ask_change",
    "take_back_change",
    "refuse_change",
    "rename_holder",
)
# step -> (from, to); None: the status stays
TABLE: dict[str, tuple[set[str], str | None]] = {
    "file": ({"draft"}, "submitted"),
    "register": ({"draft"}, "submitted"),
    "repair_channel": (OPEN, None),
    "receive_conversion": ({"draft"}, "submitted"),
    "grant_at_once": ({"submitted"}, "granted"),
    "take_up": ({"submitted", "supplied"}, "in_review"),
    "draw_lot": (DECIDABLE, None),
    "assign": (OPEN, None),
    "snooze": (OPEN, None),
    "wake": (OPEN, None),
    "note": (OPEN | ENDED, None),
    "message_desk": (OPEN | ENDED, None),
    "message_applicant": (OPEN | ENDED, None),
    "settle_messages": (OPEN | ENDED, None),
    "ask_completion": (DECIDABLE, "waiting"),
    "supply": ({"waiting"}, "supplied"),
    "remind": ({"waiting"}, None),
    "ask_again": ({"waiting"}, None),
    "let_lapse": ({"waiting"}, None),
    "go_on_unanswered": ({"waiting"}, "in_review"),
    "judge": ({"submitted", "in_review", "supplied", "proposed"}, None),
    "offer_hearing": (DECIDABLE, "hearing"),
    "give_view": ({"hearing"}, "supplied"),
    "close_hearing": ({"hearing"}, "in_review"),
    "dispute_facts": (OPEN, None),
    "rate": ({"granted", "rejected", "set_aside"}, None),
    "correct_facts": (OPEN | {"granted", "rejected", "set_aside", "converted"}, None),
    "grant": (DECIDABLE, "granted"),
    "reject": (DECIDABLE, "rejected"),
    "propose_grant": (DECIDABLE, "proposed"),
    "propose_rejection": (DECIDABLE, "proposed"),
    "return_proposal": ({"proposed"}, "in_review"),
    "approve_grant": ({"proposed"}, "granted"),
    "approve_rejection": ({"proposed"}, "rejected"),
    "set_aside": (DECIDABLE | {"waiting"}, "set_aside"),
    "extend": (DECIDABLE | {"hearing", "proposed"}, None),
    "inquire_abroad": (OPEN, None),
    "suspend_decision_term": (OPEN, None),
    "prolong_suspension": (OPEN, None),
    "resume_decision_term": (OPEN, None),
    "propose_delay": (OPEN, None),
    "agree_to_delay": (OPEN, None),
    "convert": (DECIDABLE | {"waiting"}, "converted"),
    "convert_back": (OPEN | {"granted", "rejected", "set_aside"}, "converted"),
    "withdraw": (OPEN, "withdrawn"),
    "forward": (OPEN, "forwarded"),
    "post_letters": (OPEN | ENDED, None),
    "mend_mail": (OPEN | ENDED, None),
    "receive_default_notice": (OPEN | {"granted", "rejected", "set_aside"}, None),
    "keep_to_order": (OPEN | {"granted", "rejected", "set_aside"}, None),
    "set_penalty": (OPEN | ENDED, None),
    "revise": ({"granted", "rejected", "set_aside", "converted"}, "granted"),
    "annul": ({"granted"}, "rejected"),
    "reject_instead": ({"set_aside", "rejected", "converted"}, "rejected"),
    "take_up_again": ({"set_aside"}, "in_review"),
    "tell_needless": ({"granted"}, None),
    **dict.fromkeys(AFTER_THE_GRANT, ({"granted"}, None)),
}


def in_status(status: str, *, by: User) -> Application:
    """A row in a status, whatever its history."""
    application = given.draft(by=by)
    came_in = {"received_at": application.created_at, "filed_as": application.kind}
    Application.objects.filter(pk=application.pk).update(status=status, **came_in)
    found: Application = Application.objects.get(pk=application.pk)
    return found


def test_the_table_is_the_code() -> None:
    moves = {(move.name, move.source, move.target) for move in workflow_drawing.all_moves(Application)}

    assert moves == {(step, source, to) for step, (sources, to) in TABLE.items() for source in sources}


@pytest.mark.parametrize("status", Status.values)
def test_a_step_that_does_not_follow_is_refused_and_leaves_no_trace(
    status: str, applicant: User, subtests: pytest.Subtests
) -> None:
    application = in_status(status, by=applicant)

    for step in (step for step, (sources, _to) in TABLE.items() if status not in sources):
        with subtests.test(step=step), pytest.raises(TransitionNotAllowed):
            getattr(application, step)(by=None)

    assert Application.objects.get(pk=application.pk).status == status
    assert not application.dossier.events.exists()


def test_the_status_cannot_be_set_by_hand(applicant: User) -> None:
    application = given.draft(by=applicant)

    with pytest.raises(AttributeError):
        application.status = Status.GRANTED


def test_every_event_tells_the_status_that_followed(applicant: User, caseworker: User, other_caseworker: User) -> None:
    application = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)

    walked = list(application.dossier.events.values_list("step", "from_status", "to_status"))

    assert walked == [
        ("file", "draft", "submitted"),
        ("take_up", "submitted", "in_review"),
        ("propose_rejection", "in_review", "proposed"),
        ("approve_rejection", "proposed", "rejected"),
    ]
    assert Dossier.objects.get(application=application).number

"""The whole table of status × step of a complaint: what may follow on what, and nothing else."""

from casework import workflow_drawing
from complaints.models import Complaint

OPEN = {"received", "handling"}
FILED = OPEN | {"settled", "declined", "concluded", "withdrawn", "forwarded"}
TABLE = {
    "file": ({"draft"}, "received"),
    "register": ({"draft"}, "received"),
    "take_up": (OPEN, "handling"),
    "assign": (OPEN, None),
    "snooze": (OPEN, None),
    "wake": (OPEN, None),
    "name_person": (OPEN, None),
    "link_application": (OPEN, None),
    "note": (FILED, None),
    "offer_hearing": ({"handling"}, None),
    "plan_hearing": ({"handling"}, None),
    "hold_hearing": ({"handling"}, None),
    "waive_hearing": ({"handling"}, None),
    "ask_adviser": ({"handling"}, None),
    "receive_advice": ({"handling"}, None),
    "adjourn": ({"handling"}, None),
    "delay_further": ({"handling"}, None),
    "conclude": ({"handling"}, "concluded"),
    "settle": (OPEN, "settled"),
    "decline": (OPEN, "declined"),
    "withdraw": (OPEN, "withdrawn"),
    "forward": (OPEN, "forwarded"),
    "take_as_objection": (OPEN, "forwarded"),
    "message_desk": (FILED, None),
    "message_applicant": (FILED, None),
    "settle_messages": (FILED, None),
    "post_letters": (FILED, None),
    "mend_mail": (FILED, None),
}


def test_the_table_is_the_workflow():
    moves = {(move.name, move.source, move.target) for move in workflow_drawing.all_moves(Complaint)}

    assert moves == {(step, source, to) for step, (sources, to) in TABLE.items() for source in sources}

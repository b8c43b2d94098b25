"""Complaints at every stage, brought there by the real steps."""

from typing import Any

from accounts.models import User
from casework import clock
from casework.models import Dossier
from complaints.models import Complaint

ABOUT = "Aan de telefoon werd ik twee keer weggedrukt."


def draft(**row: Any) -> Complaint:
    """Written down, by email unless it says otherwise."""
    usual = {"name": "Anna de Bakker", "email": "anna@example.org", "about": ABOUT}
    made: Complaint = Complaint.objects.create(dossier=Dossier.objects.create(), **{**usual, **row})
    return made


def registered(*, by: User, by_post: bool = False, **row: Any) -> Complaint:
    """Came in today, by phone."""
    address = {"address": "Dorpsstraat 1\n1234 AB Dorp"} if by_post else {}
    made = draft(channel=Complaint.Channel.PHONE, by_post=by_post, **address, **row)
    made.register(by=by, received_on=clock.today())
    return made


def handled(*, by: User, by_post: bool = False, **row: Any) -> Complaint:
    """Taken up."""
    made = registered(by=by, by_post=by_post, **row)
    made.take_up(by=by)
    return made


def heard(*, by: User, by_post: bool = False, **row: Any) -> Complaint:
    """And heard."""
    made = handled(by=by, by_post=by_post, **row)
    made.hold_hearing(by=by, heard_on=clock.today(), report="Zij vertelde wat er gebeurde.")
    return made


def conclude(complaint: Complaint, *, by: User, outcome: str = "justified") -> None:
    """The outcome is told."""
    complaint.conclude(by=by, outcome=outcome, findings="Twee keer opgehangen.", judgment="Dat had niet gemogen.")

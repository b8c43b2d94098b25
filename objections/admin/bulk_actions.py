"""Bulk actions on the lists of objections."""

from casework.desk.bulk_actions import Assign, NotePosted, PrintLetters
from casework.desk.snoozes import BulkSnooze, BulkWake
from exemptions.steps.permissions import find_colleagues
from objections.models import Objection
from objections.worklists import HANDLES

BULK = (
    Assign(
        cases=Objection,
        colleagues=lambda user: find_colleagues(user, permission="handle_objection"),
        permission=HANDLES,
    ),
    BulkSnooze(permission=HANDLES),
    BulkWake(permission=HANDLES),
    NotePosted(permission=HANDLES),
    PrintLetters(),
)
"""In the order of their buttons."""

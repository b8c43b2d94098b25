"""Submissions, brought there by the real steps."""

from datetime import timedelta
from typing import Any

from accounts.models import User
from casework import clock
from casework.models import Dossier
from correspondence.models import Submission
from exemptions.models import Channel

ABOUT = "Ik ben het niet eens met mijn verkeersboete."
ADDRESS = "Dorpsstraat 1\n1234 AB Dorp"


def submitted(*, by: User, days_ago: int = 0, **row: Any) -> Submission:
    """Came in by post some days ago; answered by email unless it says otherwise."""
    usual = {"name": "Anna de Bakker", "email": "anna@example.org", "about": ABOUT, "channel": Channel.POST}
    made: Submission = Submission.objects.create(dossier=Dossier.objects.create(), **{**usual, **row})
    made.register(by=by, received_on=clock.today() - timedelta(days=days_ago))
    return made

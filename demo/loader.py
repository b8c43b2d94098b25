"""Loads the demo in one transaction; what is already there is left as it is, so it is idempotent."""

from datetime import date

from django.db import transaction

from demo import (
    assignment,
    assistant_talks,
    build,
    evidence,
    fleet,
    handed_in,
    helpdesk_questions,
    information,
    letters,
    live,
    names,
    overtaken_step,
    people,
    snapshot,
)
from exemptions.models import Applicant, Application


def load(*, today: date) -> None:
    """People, the year as it was lived once, the cases around today, and the letters about them."""
    with transaction.atomic():
        people.load_all()
        evidence.store_file()
        handed_in.load(today=today)
        if not Applicant.objects.filter(email=names.email_of(0)).exists():
            snapshot.load(build.current_file())
        if not Application.objects.filter(key=live.FIRST_KEY).exists():
            live.live(today=today)
            overtaken_step.load()
            assignment.load()
        information.load(today=today)
        letters.load(today=today)
        fleet.load()
        helpdesk_questions.load(today=today)
        assistant_talks.load(today=today)

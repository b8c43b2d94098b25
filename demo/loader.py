"""Loads the demo in one transaction; idempotent: what exists already is kept."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from demo import (
    build,
    deliveries,
    evidence,
    helpdesk_questions,
    information,
    late_scenes,
    letters,
    live,
    names,
    people,
    snapshot,
    team,
)
from exemptions.models import Applicant, Application


def load_demo(*, today: date) -> None:
    """People, the prebuilt year, the cases around today, and the letters about them."""
    with transaction.atomic():
        people.load_all()
        evidence.store_file()
        deliveries.load_deliveries(today=today)
        if not Applicant.objects.filter(email=names.email_of(0)).exists():
            snapshot.load_file(build.current_file())
        people.choose_portal(Applicant.objects.filter(Q(name__in=people.ORGANISATIONS) | names.OF_THE_YEAR))
        if not Application.objects.filter(key=live.FIRST_KEY).exists():
            live.live_scenes(today=today)
            late_scenes.overtake_request()
            late_scenes.assign_newest_application()
            late_scenes.compare_sold_vehicle(today=today)
            team.live_team(today=today)
        information.load_site(today=today)
        letters.load_letters(today=today)
        people.load_fleets()
        helpdesk_questions.load_questions(today=today)
        information.load_talks(today=today)

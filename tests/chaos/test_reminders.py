"""Every case that is due is reminded, asked again or lapsed exactly once, however often the worker is killed."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from casework.models import Event
from exemptions.models import Application
from tests import given
from tests.chaos import killing

pytestmark = pytest.mark.django_db(transaction=True)

JOB = "exemptions.tasks.remind"
SOON, LATER = 16, 40
"""Days until the term of an applicant ends."""


@pytest.fixture
def due(applicant, caseworker):
    """Half of them answer too late, half still can; the same for each kill."""
    return [
        asked(applicant, caseworker, plate=f"VX{number:03}Z", days=SOON if number % 2 else LATER)
        for number in range(6 * killing.KILLS)
    ]


def asked(applicant, caseworker, *, plate, days) -> Application:
    application = given.taken_up(by=applicant, desk=caseworker, plate=plate)
    item = application.evidence_items.with_all()[0]
    application.ask_completion(by=caseworker, items={item: "Onleesbaar."}, ends_on=given.working_day(days))
    return application


def happened(application: Application, *, since: datetime) -> tuple[str, ...]:
    """The steps, letters and mails of a case after a moment: each once, for each of those who are told."""
    dossier = application.dossier
    return (
        *sorted(dossier.events.filter(at__gt=since).values_list("step", flat=True)),
        *sorted(dossier.letters.filter(placed_at__gt=since).values_list("kind", flat=True)),
        *sorted(dossier.outgoing_mail.filter(created_at__gt=since).values_list("to", flat=True)),
    )


def run(due: list[Application], *, days: int, name: str) -> tuple[int, Counter[tuple[str, ...]]]:
    """Kill the job of that day until all is done; returns how many were killed, and how many cases have which story."""
    last, at = Event.objects.latest("pk"), timezone.now() + timedelta(days=days)
    everybody = Application.objects.filter(pk__in=[one.pk for one in due])

    def left() -> int:
        return len(due) - Event.objects.filter(pk__gt=last.pk).count()

    killed = killing.kill_in_turn(JOB, left=left, by=killing.chance(name), at=at)
    killing.finish(JOB, at=at)
    return killed, Counter(happened(one, since=last.at) for one in everybody)


TOLD = ("anna@example.org", "post@bakkerij.example")


def test_reminders(due, tell):
    killed, stories = run(due, days=25, name="reminders")

    tell(due=len(due), killed=killed, **told(stories))
    assert stories == {
        ("remind", "reminder", *TOLD): len(due) / 2,
        ("ask_again", "completion_request", *TOLD): len(due) / 2,
    }


def test_terms_that_lapse(due, tell):
    killing.finish(JOB, at=timezone.now() + timedelta(days=25))

    killed, stories = run(due, days=100, name="lapse")

    tell(due=len(due), killed=killed, **told(stories))
    assert stories == {("let_lapse",): len(due) / 2, ("ask_again", "completion_request", *TOLD): len(due) / 2}


def told(stories: Counter[tuple[str, ...]]) -> dict[str, int]:
    """For the table."""
    return {" + ".join(story): count for story, count in stories.items()}

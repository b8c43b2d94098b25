"""A run of deciding again that is killed time and again: one decision, letter, mail, event and exemption a case."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Letter, Message
from exemptions.models import Decision, Exemption
from renewals import engine
from renewals.models import ItemState, Renewal, RenewalStatus
from tests.cast import staff
from tests.chaos import killing
from tests.renewals import changes

pytestmark = pytest.mark.django_db(transaction=True)

JOB = "renewals.tasks.resume"
IN_THREES = f"{__name__}.decide_in_threes"


def decide_in_threes() -> None:
    """The same with small batches, so that each kill finds one under way."""
    for run in Renewal.objects.running():
        engine.work_on_run(run.pk, at_once=3)


@pytest.fixture
def run(applicant, caseworker, other_caseworker, team_lead):
    """Approved and started, and nobody works on it yet."""
    changes.version(changes.OLD, valid_from=timezone.localdate() - timedelta(days=200))
    for _number in range(6 * killing.KILLS):
        changes.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    return changes.running(changes.version(), by=team_lead, second=staff("Theo Teamleider", "team lead"))


def test_deciding_again(run, tell):
    cases, last = run.items.count(), Message.objects.latest("pk")

    killed = killing.kill_in_turn(IN_THREES, left=run.items.waiting().count, by=killing.chance("deciding again"))
    killing.wait_until(lambda: go_on() or is_done(run))

    made = {
        "decisions": Decision.objects.filter(outcome="granted").count(),
        "letters": Letter.objects.filter(kind="renewed").count(),
        "exemptions": Exemption.objects.count(),
        "mails": sum(len(told) == len(set(told)) for told in mails_of(last).values()),
    }
    tell(cases=cases, killed=killed, **made)
    assert set(made.values()) == {cases}
    assert run.items.filter(state=ItemState.DONE).count() == cases
    assert run.dossier.events.filter(step="finish").count() == 1


def mails_of(last: Message) -> dict[int, list[str]]:
    """For each case to whom a mail went after the last one before."""
    told = defaultdict(list)
    for dossier, to in Message.objects.filter(pk__gt=last.pk).values_list("dossier", "to"):
        told[dossier].append(to)
    return told


def go_on() -> bool:
    """Two workers at once; answers no."""
    killing.finish(JOB)
    return False


def is_done(run) -> bool:
    run.refresh_from_db()
    return bool(run.status == RenewalStatus.DONE)

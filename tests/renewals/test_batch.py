"""Cases that are decided together: each gets what it gets by itself, and many cost the same queries as few."""

import math

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import MobileNumber
from casework.models import Deadline, Letter, PostalCopy, TextMessage
from exemptions.models import Application, ChannelChoice, Decision
from renewals import engine
from renewals.models import ItemState, RenewalItem
from tests.renewals import changes
from tests.renewals.changes import version
from zones.plates import spell_plate

pytestmark = pytest.mark.django_db


def take_together(items: list[RenewalItem]) -> int:
    run = engine.read_run(items[0].run_id)
    return engine.take_items([item.pk for item in items], run, until=math.inf)


def traces(decision: Decision) -> dict[str, object]:
    """What a case has got: every row about it, without its own names."""
    case = Application.objects.get(pk=decision.application_id)
    dossier, references = case.dossier, case.decisions.values_list("reference", flat=True)
    names = [str(case), str(case.key), spell_plate(case.plate), case.plate, *references]
    given, rows = case.exemptions.order_by("pk"), dossier.letters.order_by("pk")
    return {
        "case": (case.status, case.kind, case.decide_by),
        "decisions": list(
            case.decisions.values_list("outcome", "ground", "starts_on", "ends_on", "in_part", "taken_by")
        ),
        "replaced": list(case.decisions.values_list("replaced_by__outcome", flat=True)),
        "exemptions": list(given.values_list("starts_at", "ends_at", "ends_on", "revoked_at", "municipality")),
        "events": [
            (one.step, one.from_status, one.to_status, one.by, one.detail) for one in dossier.events.order_by("pk")
        ],
        "terms": list(dossier.deadlines.values_list("kind", "due", "basis", "closed_at__date")),
        "letters": [(veil(one.subject, names), veil(one.body, names), one.made_known_on) for one in rows],
        "by post": PostalCopy.objects.filter(letter__dossier=dossier).count(),
        "mails": [(one.to, veil(one.body, names)) for one in dossier.outgoing_mail.order_by("pk")],
        "text messages": [veil(one.text, names) for one in TextMessage.objects.filter(dossier=dossier)],
    }


def veil(words: str, names: list[str]) -> str:
    """Without the names of one case, also where the markup escapes their dashes."""
    for name in names:
        words = words.replace(name, "·").replace(name.replace("-", r"\-"), "·")
    return words


@pytest.fixture
def pair(reject, begin):
    """Decides on one of two equal cases by itself, and on the other with others: `pair(language="en")`."""

    def decide(**about):
        decisions = [reject(**about) for _number in range(4)]
        items = list(begin(version()).items.order_by("pk"))
        assert engine.take_item(items[0].pk)
        assert take_together(items[1:]) == 3
        return decisions[:2]

    return decide


def test_a_case_gets_the_same_by_itself_and_with_others(pair):
    alone, together = pair()
    assert traces(alone) == traces(together)
    assert together.application.open_due(Deadline.Kind.OBJECT)


def test_so_it_does_in_english(pair):
    alone, together = pair(language="en")
    assert traces(alone) == traces(together)


def test_so_it_does_by_post(pair):
    ChannelChoice.objects.all().delete()
    alone, together = pair()
    assert traces(alone) == traces(together)
    assert traces(together)["by post"] > 0


def test_so_it_does_with_a_text_message(pair, applicant, settings):
    settings.SMS_GATEWAY_URL = "https://gateway.example"
    MobileNumber.objects.create(user=applicant, number="+31612345678", confirmed_at=timezone.now())
    alone, together = pair()
    assert traces(alone) == traces(together)
    assert traces(together)["text messages"]


def queries_of(items: list[RenewalItem]) -> int:
    with CaptureQueriesContext(connection) as queries:
        take_together(items)
    return len(queries)


def test_nine_cases_take_as_many_queries_as_three(reject, begin):
    for _number in range(13):
        reject()
    items = list(begin(version()).items.order_by("pk"))
    take_together(items[:1])  # what is read once is read

    assert queries_of(items[1:4]) == queries_of(items[4:])


def test_where_one_is_refused_the_others_are_decided_by_themselves(reject, begin):
    refused, fine = reject(), reject()
    run = begin(version())
    Decision.objects.filter(pk=refused.pk).update(revoked_at=timezone.now())

    assert take_together(list(run.items.order_by("pk"))) == 2
    assert dict(run.items.values_list("decision", "state")) == {
        refused.pk: ItemState.NEEDS_HUMAN,
        fine.pk: ItemState.DONE,
    }
    assert Letter.objects.filter(kind="renewed").count() == 1


def test_one_against_which_somebody_objected_does_not_hold_up_the_others(reject, begin, applicant):
    contested, _other = reject(), reject()
    run = begin(version())
    changes.objection(contested, by=applicant)

    assert take_together(list(run.items.order_by("pk"))) == 2
    assert set(run.items.values_list("state", flat=True)) == {ItemState.DONE}

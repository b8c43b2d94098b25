"""A text message goes out at most once, also where a worker is killed after the gateway said yes."""

from collections import Counter
from datetime import timedelta
from threading import Event

import pytest
from django.utils import timezone

from accounts.models import MobileNumber
from casework.models import Dossier, TextMessage
from tests.casework.gateway import Gateway
from tests.cast import person
from tests.chaos import killing, worker

pytestmark = pytest.mark.django_db(transaction=True)

JOB = "casework.tasks.send_texts"


def test_text_messages_of_workers_killed_between_the_yes_and_its_row(tell):
    mobile = MobileNumber.objects.create(
        user=person("Anna de Bakker"), number="+31612345678", confirmed_at=timezone.now()
    )
    dossier = Dossier.objects.create(number="2026-000001")
    texts = [f"Brief {number}" for number in range(5 * killing.KILLS)]
    TextMessage.objects.bulk_create(TextMessage(mobile_number=mobile, dossier=dossier, text=text) for text in texts)
    noon = timezone.localtime(timezone.now()).replace(hour=12) + timedelta(days=1)

    with Gateway() as gateway:
        taken, go_on = Event(), Event()
        for _kill in range(killing.KILLS):
            taken.clear()
            gateway.on_text = lambda: (taken.set(), go_on.wait(killing.PATIENCE))
            process = worker.start(JOB, at=noon, SMS_GATEWAY_URL=gateway.url)
            assert taken.wait(killing.PATIENCE)
            assert killing.kill(process)
            gateway.on_text = lambda: None
            go_on.set()
        killing.finish(JOB, at=noon, SMS_GATEWAY_URL=gateway.url)

    sent = Counter(gateway.bodies)
    tell(texts=len(texts), killed=killing.KILLS, sent=sent.total(), copies=sent.total() - len(sent))
    assert set(sent.values()) == {1}
    assert set(sent) == set(texts)
    assert TextMessage.objects.filter(sent_at=None).count() == killing.KILLS

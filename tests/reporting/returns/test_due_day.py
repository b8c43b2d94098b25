"""The desk has emptied the day on which a month is due: nobody is late, and every page and file goes on."""

import pytest
from django.utils import timezone

from casework.models import Message, Policy
from reporting.deliveries.calendar import DUE_DAY
from reporting.deliveries.reminders import remind_all
from reporting.returns.kind import RETURNS
from reporting.site.kind import SITE_MONTHS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_due_day(db: None) -> None:
    Policy.objects.filter(name=DUE_DAY).update(value=None)


@pytest.mark.parametrize("address", ["/opgaven/GM0344/", "/opgaven/GM0344/2025/7/", "/opgaven/bestand/"])
def test_the_pages_of_returns_go_on(as_municipal_reporter, address):
    page = as_municipal_reporter.get(address)

    assert page.status_code == 200
    assert "was due on" not in page.content.decode()


@pytest.mark.parametrize("address", ["/cijfers/site/", "/cijfers/site/2025/7/", "/lijsten/site_months/xlsx/"])
def test_the_pages_of_the_site_go_on(as_editor, address):
    assert as_editor.get(address).status_code == 200


def test_nobody_is_reminded(municipal_reporter, editor):
    late = timezone.localdate().replace(day=20)

    assert remind_all(RETURNS, today=late) + remind_all(SITE_MONTHS, today=late) == 0
    assert not Message.objects.exists()

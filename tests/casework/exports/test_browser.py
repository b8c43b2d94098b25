"""A long list in a real browser, from its page to the file; axe and a phone's width on every page of the way."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from casework.models import Export
from casework.tasks import make_exports
from tests.casework.exports.files import page_of, table
from tests.desk import pages
from tests.desk.test_browser import looked_at

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_list_to_the_file(page, sign_in, caseworker, long_list):
    sign_in(page.context, caseworker)
    page.goto(pages.worklist("open"))
    page.get_by_role("link", name=re.compile("^CSV")).click()
    expect(page.get_by_text("Deze lijst heeft 2 rijen.")).to_be_visible()
    page.get_by_role("button", name="Maak het CSV-bestand").click()
    expect(page.get_by_text("wordt gemaakt")).to_be_visible()

    make_exports()

    page.reload()
    page.get_by_role("link", name="Aanvragen: Alles wat openstaat (CSV)").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download het CSV-bestand").click()
    assert len(table(download.value.path().read_bytes())) == 3


def test_every_page_is_accessible(page, sign_in, caseworker, long_list):
    sign_in(page.context, caseworker)
    about = {"owner": caseworker, "listing": "application", "format": "csv"}
    done = {"ready_at": timezone.now(), "file": "exports/x", "rows": 2}
    exports = [
        Export.objects.create(**about),
        Export.objects.create(**about, problem="Het ging bij elke poging mis. Vraag de lijst opnieuw."),
        Export.objects.create(**about, **done, expires_at=timezone.localtime() + timedelta(days=1)),
        Export.objects.create(**about, **done, expires_at=timezone.localtime() - timedelta(days=1)),
    ]
    addresses = ["/lijsten/", "/lijsten/application/xlsx/?list=open", *map(page_of, exports)]

    # a page that says that a file is gone does so with 410, which the console mentions
    found = {address: [one for one in looked_at(page, address) if "410" not in one] for address in addresses}
    assert found == {address: [] for address in addresses}

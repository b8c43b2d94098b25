"""What the register says otherwise than an exemption rests on: on a list, on the page of the case, and dealt with."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework import clock
from exemptions.models import RegisterCheck, RegisterFinding
from exemptions.worklists import APPLICATIONS
from tests import given
from tests.desk import pages
from zesportal.desk_notices import list_notices

pytestmark = pytest.mark.django_db

KNOWN = replace(given.VAN, name_since=date(2022, 3, 11))
NOTE = "Het bedrijf is een bv geworden."


def found(application, *, what="holder", was="2022-03-11", now="2026-11-09"):
    """As the morning's run leaves it."""
    about = {"plate": application.plate, "what": what, "was": was, "found": now}
    return RegisterFinding.objects.create(application=application, **about)


@pytest.fixture
def granted(applicant, caseworker):
    return given.granted(by=applicant, desk=caseworker, facts=KNOWN)


def test_the_list_says_what_the_register_says(as_caseworker, caseworker, granted):
    found(granted)

    page = pages.text(as_caseworker.get(pages.worklist("register-changed")))

    assert str(granted) in page
    assert "9 november 2026" in page
    counted = {one.worklist.name: one.count for one in APPLICATIONS.counted_for(caseworker)}
    assert counted["register-changed"] == 1


def test_the_case_page_says_what_it_was_and_what_it_is_and_how_to_go_on(as_caseworker, granted):
    found(granted)

    page = pages.text(as_caseworker.get(pages.case(granted)))

    assert "11 maart 2022" in page
    assert "9 november 2026" in page
    for step in ("settle_register_finding", "ask_view_on_change", "propose_revocation"):
        assert pages.step(granted, step) in page


def test_dealing_with_it_takes_it_from_the_list_and_stays_on_the_page(as_caseworker, granted):
    finding = found(granted)

    sent = pages.send(as_caseworker, granted, "settle_register_finding", findings=[finding.pk], note=NOTE)

    assert sent.status_code == 302
    assert str(granted) not in pages.text(as_caseworker.get(pages.worklist("register-changed")))
    page = pages.text(as_caseworker.get(pages.case(granted)))
    assert NOTE in page
    assert "Wijzigingen in het kentekenregister afgehandeld" in page


def test_what_was_found_meanwhile_stays_and_a_foreign_row_is_refused(as_caseworker, granted, stranger, caseworker):
    finding = found(granted)
    elsewhere = found(given.granted(by=stranger, desk=caseworker, plate="V002AA", facts=KNOWN))
    fields = {"note": NOTE, "action": "send"}
    assert (
        pages.send(as_caseworker, granted, "settle_register_finding", findings=[elsewhere.pk], **fields).status_code
        == 422
    )

    later = found(granted, what="fuels", was="Diesel", now="Elektriciteit")
    pages.send(as_caseworker, granted, "settle_register_finding", findings=[finding.pk], **fields)

    assert list(granted.register_findings.open(on=clock.today())) == [later]


def test_one_that_ended_by_itself_says_why(as_caseworker, granted):
    found(granted)
    RegisterFinding.objects.update(ended_at=clock.now(), ending=RegisterFinding.Ending.BACK)

    page = pages.text(as_caseworker.get(pages.case(granted)))

    assert "het register zegt weer hetzelfde als bij het besluit" in page
    assert pages.step(granted, "settle_register_finding") not in page


def test_an_end_of_the_exemption_takes_it_from_the_list_at_once(as_caseworker, caseworker, granted):
    found(granted)

    granted.end_on_request(by=caseworker, from_day=clock.today())

    assert str(granted) not in pages.text(as_caseworker.get(pages.worklist("register-changed")))


def test_the_list_asks_the_database_as_often_for_many(as_caseworker, applicant, caseworker, granted):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            as_caseworker.get(pages.worklist("register-changed"))
        return len(seen)

    found(granted)
    queries()
    few = queries()
    for number in range(4):
        found(given.granted(by=applicant, desk=caseworker, plate=f"V00{number}AA", facts=KNOWN))

    assert queries() == few


def test_the_start_page_says_that_the_register_gave_no_answer_for_days(
    as_caseworker, caseworker, administrator, granted
):
    RegisterCheck.objects.create(exemption=granted.exemptions.get(), checked_at=clock.now() - timedelta(days=2))
    assert "lopende ontheffing is sinds" not in pages.text(as_caseworker.get("/loket/"))

    RegisterCheck.objects.update(checked_at=clock.now() - timedelta(days=4))

    assert "1 lopende ontheffing is sinds" in pages.text(as_caseworker.get("/loket/"))
    words = [notice.words for notice in list_notices(administrator, today=clock.today())]
    assert not any("kentekenregister" in one for one in words)

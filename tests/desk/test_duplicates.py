"""Two applicants ask the same for one vehicle: the desk sees it, the applicants do not see each other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exemptions.models import Application
from tests import given
from tests.desk import pages
from zones.models import Municipality

pytestmark = pytest.mark.django_db


def test_the_case_page_names_the_other_application(as_caseworker, applicant, stranger):
    mine, theirs = given.filed(by=applicant), given.filed(by=stranger)

    page = pages.text(as_caseworker.get(pages.case(mine)))

    assert "Verhuisbedrijf Vlot heeft ook een open aanvraag voor dit voertuig" in page
    assert pages.case(theirs) in page


def test_both_stand_on_the_worklist_of_duplicates_and_nothing_else_does(as_caseworker, applicant, stranger):
    both = {given.filed(by=applicant).pk, given.filed(by=stranger).pk}
    given.filed(by=applicant, plate="V001AA")
    given.filed(by=applicant, code="NEV")

    assert set(Application.objects.duplicates().values_list("pk", flat=True)) == both
    assert "Dubbel" in pages.text(as_caseworker.get(pages.worklist("duplicate")))


def test_local_ones_are_double_only_in_the_same_municipality(applicant, stranger):
    given.filed(by=applicant, code="HAR")
    given.filed(by=stranger, code="HAR", municipality=Municipality.objects.get(name="Amsterdam"))

    assert not Application.objects.duplicates().exists()


def test_an_exemption_that_somebody_else_has_for_the_days_is_a_warning(as_caseworker, applicant, stranger, caseworker):
    given.granted(by=stranger, desk=caseworker)
    mine = given.filed(by=applicant)

    assert "heeft deze ontheffing al voor dit voertuig" in pages.text(as_caseworker.get(pages.case(mine)))


def test_the_applicant_reads_nothing_of_the_other(as_applicant, applicant, stranger):
    theirs, mine = given.filed(by=stranger), given.filed(by=applicant)

    page = as_applicant.get(f"/aanvragen/{mine.key}/").content.decode()

    assert "Verhuisbedrijf Vlot" not in page
    assert str(theirs) not in page


def test_the_worklist_of_duplicates_asks_the_database_as_often_for_many(as_caseworker, applicant, stranger):
    def queries(*plates):
        for plate in plates:
            given.filed(by=applicant, plate=plate)
            given.filed(by=stranger, plate=plate)
        with CaptureQueriesContext(connection) as asked:
            as_caseworker.get(pages.worklist("duplicate"))
        return len(asked)

    few = queries("V001AA", "V002AA")

    assert queries("V003AA", "V004AA", "V005AA") == few

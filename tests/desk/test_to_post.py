"""What is to be posted: by when, before it loses its effect or is late, stands on the list, the page and the form."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.models import Letter
from exemptions.models import Application, Ground
from tests import contest, given
from tests.casework.days import on
from tests.desk import pages
from tests.objections.conftest import GoTo, go_to
from tests.posting import choose_post, post

__all__ = ["GoTo", "go_to"]
pytestmark = pytest.mark.django_db
LIST = reverse("admin:exemptions_application_changelist")


@pytest.fixture
def by_post(organisation, applicant):
    """Wants letters by post."""
    return choose_post(organisation, by=applicant)


def taken_up(applicant, caseworker, plate):
    """Its confirmation was posted."""
    application = given.taken_up(by=applicant, desk=caseworker, plate=plate)
    post(application, by=caseworker)
    return application


@pytest.fixture
def waiting(by_post, applicant, caseworker, go_to):
    """A receipt, a request that must go by 8 March, a decision by 9 March and an extension by 6 March 2026."""
    go_to("Fri 2026-01-09")
    extended = taken_up(applicant, caseworker, "V004AA")
    go_to("Mon 2026-01-12")
    asked, granted = (taken_up(applicant, caseworker, plate) for plate in ("V002AA", "V003AA"))
    given.filed(by=applicant, plate="V001AA")
    extended.extend(by=caseworker, until=on("Mon 2026-04-20"), reason="Druk.")
    item = asked.evidence_items.with_all()[0]
    asked.ask_completion(by=caseworker, items={item: "Onleesbaar."}, ends_on=on("Mon 2026-02-09"))
    given.grant(granted, desk=caseworker)
    return {"extended": extended, "asked": asked, "granted": granted}


def listed(client):
    """The plates and days of the list, in its order."""
    rows = client.get(LIST, {"list": "to-post"}).context["cl"].result_list
    return [(one.plate, one.effect_until) for one in rows]


def test_what_comes_too_late_first_stands_on_top(as_caseworker, waiting):
    assert listed(as_caseworker) == [
        ("V004AA", on("Fri 2026-03-06")),
        ("V002AA", on("Sun 2026-03-08")),
        ("V003AA", on("Mon 2026-03-09")),
        ("V001AA", None),
    ]


def test_the_list_shows_that_day_in_place_of_the_last_day_to_decide(as_caseworker, waiting):
    page = as_caseworker.get(LIST, {"list": "to-post"})
    shown = {getattr(column, "name", "") for column in page.context["cl"].list_display}

    assert {"effect_until", "decide_by"} & shown == {"effect_until"}
    assert "6 mrt 2026" in pages.text(page)


def test_a_setting_aside_is_to_be_posted_within_its_four_weeks(as_caseworker, by_post, applicant, caseworker, go_to):
    go_to("Mon 2026-01-12")
    application = taken_up(applicant, caseworker, "V001AA")
    item = application.evidence_items.with_all()[0]
    application.ask_completion(by=caseworker, items={item: "Onleesbaar."}, ends_on=on("Mon 2026-02-02"))
    post(application, by=caseworker)
    application.supply(by=applicant, answer="Nee.")
    application.set_aside(by=caseworker, ground=Ground.objects.get(code="wrong_data"), explanation=given.EXPLAINED)

    assert listed(as_caseworker) == [("V001AA", on("Mon 2026-02-09"))]


def test_the_form_and_the_page_say_it_of_each_letter(as_caseworker, waiting):
    form = pages.text(as_caseworker.get(pages.step(waiting["granted"], "post_letters")))
    page = pages.text(as_caseworker.get(pages.case(waiting["extended"])))

    assert "verliest zijn werking of is te laat als u hem na 9 maart 2026 post" in form
    letter = Letter.objects.get(kind="granted")
    assert pages.address("letter", waiting["granted"], letter.pk) in form
    assert "uiterlijk op 6 maart 2026, anders verliest hij zijn werking of is hij te laat" in page


def test_what_is_printed_carries_the_day_and_stays_as_it_was(as_caseworker, waiting):
    letter = Letter.objects.get(kind="granted")

    answer = as_caseworker.get(pages.address("letter", waiting["granted"], letter.pk))

    assert b"".join(answer).startswith(b"%PDF")
    letter.refresh_from_db()
    assert letter.made_known_on is None


def test_the_timeline_tells_what_came_too_late(login, waiting, caseworker, go_to):
    go_to("Mon 2026-03-16")
    post(waiting["extended"], by=caseworker)

    page = pages.text(login(caseworker).get(pages.case(waiting["extended"])))

    assert "te laat: de termijn is niet verlengd" in page


def test_the_list_takes_as_many_queries_whatever_its_length(as_caseworker, waiting, applicant):
    with CaptureQueriesContext(connection) as few:
        as_caseworker.get(LIST, {"list": "to-post"})
    for number in range(10):
        given.filed(by=applicant, plate=f"VX1{number:02}Z")

    with CaptureQueriesContext(connection) as many:
        as_caseworker.get(LIST, {"list": "to-post"})

    assert len(many) == len(few)


def test_the_objections_have_such_a_list_too(
    as_objection_officer, by_post, applicant, caseworker, other_caseworker, objection_officer, go_to
):
    go_to("Tue 2025-09-02")
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    post(rejected, by=caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    contest.unfounded(objection, by=objection_officer)

    page = as_objection_officer.get(reverse("admin:objections_objection_changelist"), {"list": "to-post"})

    (row,) = page.context["cl"].result_list
    assert row.effect_until == on("Tue 2025-11-25")
    assert "Posten uiterlijk op" in pages.text(page)


def test_before_it_is_posted_the_applicant_reads_when_the_last_day_begins(as_applicant, waiting):
    granted: Application = waiting["granted"]
    letter = granted.dossier.letters.get(kind="granted")

    page = as_applicant.get(reverse("application", args=[granted.key])).content.decode()
    words = as_applicant.get(reverse("letter", args=[granted.key, letter.pk])).content.decode()

    assert "zes weken na de dag waarop wij de brief met ons besluit posten" in page
    assert "deze dag staat hier zodra wij de brief hebben gepost" in words

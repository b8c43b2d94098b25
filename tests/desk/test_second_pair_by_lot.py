"""A second pair of eyes by lot: of the grants that one person may decide, some go to a colleague first."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import Policy
from exemptions.models import Application, Ground
from tests import given
from tests.desk import pages
from tests.looping import each

pytestmark = pytest.mark.django_db

ALWAYS, SOME, NEVER = 100, 50, 0


def share(percent):
    """From today on so many in a hundred."""
    where = {"name": "second_pair_by_lot_percent", "valid_from": timezone.localdate()}
    Policy.objects.update_or_create(**where, defaults={"value": percent, "source": "Besluit"})


def seed(number):
    """The database draws the same from here on: 0.1 draws above a half, 0.6 below it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [number])


def lots(application):
    """What the events tell of drawing."""
    return list(application.dossier.events.filter(step="draw_lot").values_list("detail", flat=True))


def open_grant(browser, application):
    return browser.get(pages.step(application, "grant"))


def test_nothing_is_drawn_as_long_as_the_setting_is_nought(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)

    assert open_grant(as_caseworker, application).status_code == 200
    assert lots(application) == []
    given.grant(application, desk=caseworker)
    assert application.status == "granted"


def test_who_is_drawn_proposes_instead_and_reads_why(as_caseworker, applicant, caseworker):
    share(ALWAYS)
    application = given.taken_up(by=applicant, desk=caseworker)

    page = as_caseworker.get(pages.step(application, "grant"), follow=True)

    assert page.redirect_chain == [(pages.step(application, "propose_grant"), 302)]
    assert "Het lot wees deze toekenning aan" in pages.text(page)
    assert lots(application) == [{"percent": ALWAYS, "second_pair_by_lot": True}]


def test_the_case_tells_that_a_lot_was_drawn(as_caseworker, applicant, caseworker):
    share(ALWAYS)
    application = given.taken_up(by=applicant, desk=caseworker)
    open_grant(as_caseworker, application)

    page = pages.text(as_caseworker.get(pages.case(application)))

    assert "Geloot om een tweede beoordelaar" in page
    assert "een collega kijkt eerst mee" in page


def test_trying_again_draws_no_other_lot(as_caseworker, as_other_caseworker, applicant, caseworker):
    share(ALWAYS)
    application = given.taken_up(by=applicant, desk=caseworker)
    open_grant(as_caseworker, application)
    share(NEVER)

    for browser in (as_caseworker, as_other_caseworker, as_caseworker):
        assert open_grant(browser, application).url == pages.step(application, "propose_grant")

    assert len(lots(application)) == 1
    with pytest.raises(Exception, match="may not grant"):
        given.grant(application, desk=caseworker)


@each("number, drawn", [(0.6, True), (0.1, False)])
def test_the_database_draws_by_the_share(number, drawn, as_caseworker, applicant, caseworker):
    share(SOME)
    application = given.taken_up(by=applicant, desk=caseworker)
    seed(number)

    open_grant(as_caseworker, application)

    assert Application.objects.get(pk=application.pk).second_pair_by_lot is drawn


def test_who_is_not_drawn_grants_alone_whatever_the_setting_becomes(as_caseworker, applicant, caseworker):
    share(SOME)
    application = given.taken_up(by=applicant, desk=caseworker)
    seed(0.1)
    first = open_grant(as_caseworker, application)
    share(ALWAYS)

    assert first.status_code == 200
    assert open_grant(as_caseworker, application).status_code == 200
    given.grant(application, desk=caseworker)
    assert application.status == "granted"


def test_what_is_sent_before_the_lot_was_drawn_is_not_carried_out(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)
    page = open_grant(as_caseworker, application)
    share(ALWAYS)

    sent = as_caseworker.post(pages.step(application, "grant"), {"seen": page.context["seen"], "action": "send"})

    assert sent.url == pages.step(application, "propose_grant")
    assert pages.status(application) == "in_review"


def test_no_other_way_leads_past_the_lot(applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)
    share(ALWAYS)

    with pytest.raises(given.Refused, match="loting"):
        given.grant(application, desk=caseworker)

    assert lots(application) == []


def test_a_grant_that_was_proposed_by_lot_is_granted_by_a_colleague(
    as_caseworker, applicant, caseworker, other_caseworker
):
    share(ALWAYS)
    application = given.taken_up(by=applicant, desk=caseworker)
    open_grant(as_caseworker, application)
    application.refresh_from_db()
    ground = given.ground(Ground.Outcome.GRANT, application)
    why = {"doubts_reason": given.EXPLAINED, "explanation": given.SHORTER}
    application.propose_grant(by=caseworker, ground=ground, **given.as_asked(application), **why)

    application.approve_grant(by=other_caseworker, doubts_reason=given.EXPLAINED)

    assert (application.status, application.decisions.get().prepared_by) == ("granted", caseworker)


def test_the_database_keeps_the_lot(as_caseworker, applicant, caseworker):
    share(ALWAYS)
    application = given.taken_up(by=applicant, desk=caseworker)
    open_grant(as_caseworker, application)

    for other in (False, None):
        with pytest.raises(DatabaseError), transaction.atomic():
            Application.objects.filter(pk=application.pk).update(second_pair_by_lot=other)


def test_who_may_not_decide_draws_nothing(as_municipal_caseworker, as_objection_officer, applicant, caseworker):
    share(ALWAYS)
    application = given.taken_up(by=applicant, desk=caseworker)

    assert open_grant(as_municipal_caseworker, application).status_code == 404
    assert open_grant(as_objection_officer, application).status_code == 403
    assert lots(application) == []

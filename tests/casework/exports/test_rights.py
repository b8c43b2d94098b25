"""Who gets which rows: at once, when the worker makes the file, and again when it is downloaded."""

import pytest
from django.contrib.auth.models import Group

from casework.models import Export, Message
from casework.tasks import make_exports
from tests import given
from tests.casework.exports.files import address, asked, content, file_of, made, numbers, page_of, table
from zones.models import Municipality

pytestmark = pytest.mark.django_db


def first_column(data):
    return [line[0] for line in table(data)[1:]]


def utrecht():
    return Municipality.objects.get(cbs_code="GM0344")


# --- Asking --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["as_applicant", "as_stranger", "as_reporter", "as_editor", "as_administrator"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_does_not_have_the_list_does_not_get_it(who, method, request, applicant):
    given.filed(by=applicant)

    assert getattr(request.getfixturevalue(who), method)(address("application")).status_code == 404
    assert not Export.objects.exists()


def test_who_is_not_logged_in_is_asked_to(client):
    assert client.get(address("application"))["Location"].startswith("/account/")


def test_a_list_of_another_role_is_not_exported(as_caseworker, as_objection_officer):
    assert as_caseworker.get(address("objection")).status_code == 404
    assert as_objection_officer.get(address("application"), {"list": "to-approve"}).status_code == 404


def test_cases_of_another_municipality_are_never_in_it(
    as_municipal_caseworker, as_other_municipal_caseworker, applicant
):
    given.filed(by=applicant, plate="V001AA")
    local = given.filed(by=applicant, plate="V002AA", code="HAR")

    assert numbers(as_municipal_caseworker, list="open") == [str(local)]
    assert numbers(as_other_municipal_caseworker, list="open") == []


# --- Making ---------------------------------------------------------------------------------------------------


def test_the_worker_gives_the_rows_of_who_asked(as_municipal_caseworker, applicant, long_list):
    another = given.filed(by=applicant, plate="V003AA", code="HAR")
    export = made(as_municipal_caseworker)

    data = content(as_municipal_caseworker.get(file_of(export)))

    assert first_column(data) == [str(long_list[1]), str(another)]


def test_rows_that_one_may_not_see_any_more_when_it_is_made_are_left_out(
    as_municipal_caseworker, municipal_caseworker, long_list
):
    export = asked(as_municipal_caseworker)
    municipal_caseworker.municipalities.clear()

    make_exports()

    assert first_column(content(as_municipal_caseworker.get(file_of(export)))) == []


def test_who_lost_the_role_gets_no_file_and_reads_why(as_caseworker, caseworker, long_list):
    export = asked(as_caseworker)
    caseworker.groups.clear()

    make_exports()

    export.refresh_from_db()
    assert export.state == Export.State.FAILED
    assert "teamleider" in export.problem
    assert Message.objects.filter(kind="mail_export_failed", to=caseworker.email).count() == 1


def test_for_who_has_left_nothing_is_made_nor_mailed(as_caseworker, caseworker, long_list):
    export = asked(as_caseworker)
    type(caseworker).objects.filter(pk=caseworker.pk).update(is_active=False)

    make_exports()

    export.refresh_from_db()
    assert export.state == Export.State.FAILED
    assert not Message.objects.filter(to=caseworker.email).exists()


# --- Downloading ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["as_other_caseworker", "as_team_lead", "as_administrator", "as_applicant"])
def test_for_anybody_else_the_link_leads_nowhere(who, request, as_caseworker, long_list):
    export, other = made(as_caseworker), request.getfixturevalue(who)

    assert other.get(page_of(export)).status_code == 404
    assert other.get(file_of(export)).status_code == 404
    assert other.post(page_of(export) + "opnieuw/").status_code == 404
    assert str(export.key) not in other.get("/lijsten/").content.decode()


def test_the_link_asks_to_log_in(client, as_caseworker, long_list):
    assert client.get(file_of(made(as_caseworker)))["Location"].startswith("/account/")


def test_who_lost_the_role_since_does_not_get_the_file(as_caseworker, caseworker, long_list):
    export = made(as_caseworker)
    caseworker.groups.clear()

    assert as_caseworker.get(file_of(export)).status_code == 404


def test_who_moved_to_another_municipality_does_not_get_the_rows_of_the_old_one(
    as_municipal_caseworker, municipal_caseworker, long_list
):
    export = made(as_municipal_caseworker)
    municipal_caseworker.municipalities.set([Municipality.objects.get(cbs_code="GM0363")])

    answer = as_municipal_caseworker.get(file_of(export))

    assert answer.status_code == 403
    assert "U kunt dit bestand niet meer downloaden" in answer.content.decode()


def test_who_sees_less_of_the_country_now_does_not_get_all_of_it(as_caseworker, caseworker, long_list):
    export = made(as_caseworker)
    caseworker.groups.set([Group.objects.get(name="municipal caseworker")])

    assert as_caseworker.get(file_of(export)).status_code == 403


def test_who_may_see_more_by_now_keeps_the_file(as_municipal_caseworker, municipal_caseworker, long_list):
    export = made(as_municipal_caseworker)
    municipal_caseworker.municipalities.add(Municipality.objects.get(cbs_code="GM0363"))

    assert as_municipal_caseworker.get(file_of(export)).status_code == 200


def test_the_file_does_not_stand_where_anybody_can_ask_it(as_caseworker, long_list, settings):
    export = made(as_caseworker)

    assert str(export.key) not in export.file.name
    assert not settings.MEDIA_URL.strip("/")
    assert (settings.MEDIA_ROOT / export.file.name).stat().st_mode & 0o077 == 0

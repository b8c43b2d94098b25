"""The lists of Django's admin as files: as their page shows them, to whom it shows them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from casework.models import EquatedDay, Export, Message
from casework.tasks import drop_old_exports, make_exports
from tests.casework.exports.files import address, ask, book, content, direct_rows, file_of, made, numbers, rows, table
from tests.desk import pages
from zones.models import AccessRule, Zone

pytestmark = pytest.mark.django_db
NONSENSE = ["password=x", "groups__name=x", "is_staff__exact=maybe", "groups__id__exact=x", "nothing=1", "email=%00"]
USERS = "accounts-user"


@pytest.fixture
def mails(db):
    """One that was sent, one that failed, one that waits."""
    now, about = timezone.now(), {"kind": "x", "to": "a@example.org", "body": "Beste mevrouw"}
    Message.objects.all().delete()
    return [
        Message.objects.create(subject="=Verzonden", sent_at=now, **about),
        Message.objects.create(subject="Mislukt", given_up_at=now, attempts=7, **about),
        Message.objects.create(subject="Wacht", **about),
    ]


def posted(client, name, words, format="csv", query=""):
    """Press the button next to the results of a search."""
    return client.post(address(name, format) + query, {"q": words})


def administrator_login(user):
    """When somebody logged in last, as CSV has it."""
    user.refresh_from_db()
    return f"{timezone.localtime(user.last_login):%Y-%m-%d %H:%M}" if user.last_login else ""


# --- As seen --------------------------------------------------------------------------------------------------


def test_a_list_has_the_columns_and_the_rows_of_its_page(as_administrator):
    page = as_administrator.get("/loket/zones/municipality/").context["cl"]
    found = rows(as_administrator, "zones-municipality")

    assert list(found[0])[:2] == ["Naam", "CBS-code"]
    assert [row["CBS-code"] for row in found] == [one.cbs_code for one in page.queryset]


def test_the_filter_of_the_page_is_that_of_the_file(as_team_lead, mails):
    assert [row["Stand"] for row in rows(as_team_lead, "casework-message", state="failed")] == ["mislukt"]
    assert len(numbers(as_team_lead, "casework-message")) == 3


def test_the_order_of_the_page_is_that_of_the_file(as_administrator):
    up, down = (numbers(as_administrator, "zones-municipality", o=order) for order in ("1", "-1"))

    assert up == down[::-1]
    assert up != down


def test_the_links_of_the_page_carry_its_filter_and_its_order(as_team_lead, mails):
    page = pages.text(as_team_lead.get("/loket/casework/message/?state=failed&o=1&p=1"))

    assert 'href="/lijsten/casework-message/csv/?o=1&amp;state=failed"' in page


def test_what_was_searched_is_sent_by_a_form_and_stands_in_no_address(as_administrator, applicant):
    page = pages.text(as_administrator.get("/loket/accounts/user/?q=anna@example.org&is_active__exact=1"))

    assert 'action="/lijsten/accounts-user/csv/?is_active__exact=1"' in page
    assert not [part for part in page.split('"') if part.startswith("/lijsten/") and "anna" in part]


def test_a_search_gives_only_what_it_found(as_administrator, administrator, caseworker):
    found = table(content(posted(as_administrator, USERS, administrator.email)))

    assert [line[1] for line in found[1:]] == [administrator.email]
    assert len(numbers(as_administrator, USERS)) > 1


def test_days_and_words_are_what_they_are(as_team_lead, mails):
    head, *found = book(as_team_lead, "casework-message").worksheets[1].iter_rows(values_only=True)
    failed = dict(zip(head, found[1], strict=True))

    assert failed["Stand"] == "mislukt"
    assert found[1][-1].date() == timezone.localdate()


def test_yes_and_no_choices_and_what_is_empty_are_words(as_administrator, administrator):
    (row,) = [one for one in rows(as_administrator, USERS) if administrator.email in one.values()]
    rule = AccessRule.objects.order_by("pk").first()

    assert list(row.values())[-2:] == ["ja", administrator_login(administrator)]
    assert rule.get_status_display() in {one["Status"] for one in rows(as_administrator, "zones-accessrule")}


def test_what_somebody_typed_is_no_formula(as_team_lead, mails):
    assert "'=Verzonden" in numbers(as_team_lead, "casework-message")
    assert "=Verzonden" in [
        cell.value for cell in book(as_team_lead, "casework-message").worksheets[1]["A"] if cell.data_type == "s"
    ]


def test_the_file_tells_what_was_chosen_and_never_what_was_searched(as_administrator, mails, applicant):
    about = dict(book(as_administrator, "casework-message", state="failed").worksheets[0].iter_rows(values_only=True))
    response = posted(as_administrator, USERS, "anna", query="?is_active__exact=1")

    assert about["Gekozen"] == "stand = mislukt"
    assert about["Pagina van de lijst"].endswith("/loket/casework/message/?state=failed")
    assert "anna" not in response["Content-Disposition"]
    content(response)


def test_more_rows_are_no_more_queries(as_administrator):
    with CaptureQueriesContext(connection) as few:
        numbers(as_administrator, "zones-zone")
        numbers(as_administrator, "casework-equatedday")
    EquatedDay.objects.bulk_create(EquatedDay(day=date(2040, 1, day), source="KB") for day in range(1, 20))
    for zone in Zone.objects.order_by("pk")[:3]:
        same = {
            field.attname: getattr(zone, field.attname) for field in Zone._meta.concrete_fields if field.name != "id"
        }
        Zone.objects.create(**same | {"name": f"{zone.name} Noord"})
    with CaptureQueriesContext(connection) as many:
        numbers(as_administrator, "zones-zone")
        assert len(numbers(as_administrator, "casework-equatedday")) >= 19

    assert len(many) == len(few)


# --- Who, and what is no filter -------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["as_applicant", "as_caseworker", "as_team_lead", "as_editor", "as_reporter"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_see_the_list_does_not_get_it(who, method, request):
    assert getattr(request.getfixturevalue(who), method)(address(USERS)).status_code == 403
    assert not Export.objects.exists()


def test_who_does_not_work_at_the_desk_gets_nothing_whatever_the_permissions(as_administrator, administrator):
    User.objects.filter(pk=administrator.pk).update(is_staff=False)

    assert as_administrator.get(address(USERS)).status_code == 403


def test_who_is_not_logged_in_is_asked_to(client):
    assert client.get(address(USERS))["Location"].startswith("/account/")


@pytest.mark.parametrize("query", NONSENSE)
def test_a_filter_that_the_page_does_not_have_is_not_found(as_administrator, query):
    assert as_administrator.get(f"{address(USERS)}?{query}").status_code in (400, 404)


@pytest.mark.parametrize("words", ["\0", "'; DROP TABLE", "%", "x" * 5000, "ا", "=1+1"])
def test_hostile_words_find_nothing_and_break_nothing(as_administrator, words):
    assert posted(as_administrator, USERS, words).status_code in (200, 404)


@pytest.mark.parametrize("name", ["accounts-nothing", "exemptions-application", "sessions-session", "user", "-"])
def test_what_is_no_list_of_the_admin_is_not_found(as_administrator, name):
    assert as_administrator.get(address(name)).status_code == 404


def test_who_may_not_read_mails_does_not_find_out_by_filtering(as_administrator, mails):
    assert as_administrator.get(address("casework-message"), {"body__contains": "mevrouw"}).status_code == 404


# --- In the background ----------------------------------------------------------------------------------------


def test_a_long_list_is_made_in_the_background_with_its_filter(as_team_lead, mails):
    direct_rows(0)
    export = made(as_team_lead, "casework-message", state="failed")
    ready = content(as_team_lead.get(file_of(export)))

    assert [line[0] for line in table(ready)[1:]] == ["Mislukt"]


def ask_for(client, words):
    """Search, be told that it is long, press the button there."""
    direct_rows(1)
    page = posted(client, USERS, words)
    assert f'name="q" value="{words}"' in pages.text(page)
    assert not Export.objects.exists()
    client.post(address(USERS), {"q": words, "make": "1"})
    return Export.objects.get()


def test_a_long_search_is_made_in_the_background_and_its_words_stand_in_no_title(
    as_administrator, applicant, colleague
):
    export = ask_for(as_administrator, "example.org")
    make_exports()

    assert "example.org" not in Message.objects.latest("pk").subject
    assert "gevonden met een zoekopdracht" in pages.text(as_administrator.get("/lijsten/"))
    assert len(table(content(as_administrator.get(file_of(export))))) == 1 + User.objects.count()


def test_after_its_last_day_nobody_knows_any_more_what_was_searched(
    as_administrator, administrator, applicant, time_machine
):
    export = ask_for(as_administrator, "example.org")
    make_exports()
    time_machine.move_to(timezone.localtime() + timedelta(days=9))
    as_administrator.force_login(administrator)
    drop_old_exports()

    export.refresh_from_db()
    assert export.filters == "q="
    assert "Maak het bestand opnieuw" not in pages.text(as_administrator.get("/lijsten/"))
    assert as_administrator.post(f"/lijsten/klaar/{export.key}/opnieuw/").status_code == 404


def test_who_lost_the_role_since_does_not_get_the_file(as_team_lead, team_lead, mails):
    direct_rows(1)
    export = made(as_team_lead, "casework-message")
    team_lead.groups.clear()

    assert as_team_lead.get(file_of(export)).status_code == 403


def test_for_a_colleague_the_link_leads_nowhere(as_team_lead, as_administrator, mails):
    direct_rows(1)

    assert as_administrator.get(file_of(made(as_team_lead, "casework-message"))).status_code == 404


def test_two_presses_make_one_file_whatever_the_order_of_the_filters(as_team_lead, mails):
    direct_rows(1)
    ask(as_team_lead, "casework-message", state="sent", o="1")
    ask(as_team_lead, "casework-message", o="1", state="sent")
    as_team_lead.post(address("casework-message") + "?o=1&state=sent", {"make": "1"})
    as_team_lead.post(address("casework-message") + "?state=sent&o=1", {"make": "1"})

    assert Export.objects.count() == 1

"""The start page and the worklists."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.desk import dashboard
from casework.models import EquatedDay, Policy
from exemptions.models import Application
from exemptions.worklists import APPLICATIONS
from helpdesk.models import Conversation, Topic, Turn
from tests import given
from tests.desk import pages
from tests.desk.changes import proposed
from zesportal import wiring
from zones.models import MunicipalAuthority

pytestmark = pytest.mark.django_db


def counts(user):
    counted = (one for one in APPLICATIONS.counted_for(user) if not one.worklist.is_own)
    return {one.worklist.name: one.count for one in counted if one.count}


def test_each_case_stands_on_its_worklists(applicant, caseworker, other_caseworker):
    given.filed(by=applicant, plate="V001AA")
    given.taken_up(by=applicant, desk=caseworker, plate="V002AA")
    given.waiting(by=applicant, desk=other_caseworker, plate="V003AA")
    given.supplied(by=applicant, desk=caseworker, plate="V004AA")
    given.granted(by=applicant, desk=caseworker, plate="V005AA")

    assert counts(caseworker) == {"new": 1, "waiting": 1, "answered": 1, "mine": 2, "open": 4}


def test_the_legal_due_date_makes_a_case_due_and_then_overdue(applicant, caseworker, time_machine):
    application = given.taken_up(by=applicant, desk=caseworker)
    time_machine.move_to(application.decide_by - timedelta(days=6))
    assert counts(caseworker) == {"due": 1, "mine": 1, "open": 1}

    time_machine.move_to(application.decide_by + timedelta(days=1))

    assert counts(caseworker) == {"overdue": 1, "mine": 1, "open": 1}


def silent(applicant, caseworker, time_machine):
    """Asked twice, answered never."""
    application = given.waiting(by=applicant, desk=caseworker)
    time_machine.move_to(application.open_request().ends_on + timedelta(days=1))
    application.ask_again(by=None)
    time_machine.move_to(application.open_request().ends_on + timedelta(days=1))
    application.let_lapse(by=None)
    return application


def test_silence_puts_a_case_on_the_list_to_set_aside_with_the_last_day(login, applicant, caseworker, time_machine):
    application = silent(applicant, caseworker, time_machine)
    last_day = Application.objects.to_set_aside(today=timezone.localdate()).get(pk=application.pk).set_aside_by

    page = pages.text(login(caseworker).get(pages.worklist("to-set-aside")))

    assert str(application) in page
    assert f"{last_day.day} " in page
    assert "nog 27 dagen" in page


def test_the_second_pair_of_eyes_sees_the_proposals_of_others(applicant, caseworker, team_lead):
    given.proposed(by=applicant, desk=caseworker, plate="V001AA")
    given.proposed(by=applicant, desk=team_lead, plate="V002AA")

    assert counts(team_lead)["to-approve"] == 1


def test_a_worklist_begins_with_the_first_legal_due_date(as_caseworker, applicant, time_machine):
    later = given.filed(by=applicant, plate="V001AA")
    time_machine.move_to(timezone.localtime() - timedelta(days=10))
    sooner = given.filed(by=applicant, plate="V002AA")
    time_machine.move_to(timezone.localtime() + timedelta(days=10))

    page = pages.text(as_caseworker.get(pages.worklist("new")))

    assert page.index(str(sooner)) < page.index(str(later))


def test_the_start_page_shows_failed_mails_to_who_keeps_the_outbox(as_team_lead, applicant):
    application = given.filed(by=applicant)
    application.dossier.outgoing_mail.update(given_up_at=timezone.now())

    page = as_team_lead.get("/loket/")

    assert page.context["failed"] == application.dossier.outgoing_mail.count()
    assert "Mislukte berichten" in pages.text(page)


@pytest.mark.parametrize("who", ["as_reporter", "as_administrator"])
def test_who_keeps_no_cases_gets_a_start_page_without_worklists(who, request):
    page = request.getfixturevalue(who).get("/loket/")

    assert page.status_code == 200
    assert page.context["groups"] == []


def test_an_editor_gets_the_mailbox_and_no_cases(as_editor):
    groups = as_editor.get("/loket/").context["groups"]

    assert [counted.url.partition("?")[0] for group in groups for counted in group.lists] != []
    ways = ("/loket/vragen/", "/loket/helpdesk/topic/", "/loket/assistent/")
    assert all(counted.url.startswith(ways) for group in groups for counted in group.lists)


def test_an_editor_sees_what_to_read_again_and_what_the_assistant_did_not_know(as_editor):
    Topic.objects.filter(slug="kosten").update(flagged_at=timezone.now())
    conversation = Conversation.objects.create(language="nl")
    for number, words in enumerate(("Flapdrol?", "flapdrol?", "Kwik?")):
        Turn.objects.create(conversation=conversation, number=number, question=words, kind=Turn.Kind.UNKNOWN)

    page = as_editor.get("/loket/")

    counted = {one.url: one.count for group in page.context["groups"] for one in group.lists}
    assert counted["/loket/helpdesk/topic/?again=yes"] == 1
    assert counted["/loket/assistent/"] == 2
    assert 'href="/loket/helpdesk/topic/"' in pages.text(page)  # the whole table stays among what one keeps


def fill_in_policy_rules():
    """What does not come with the product."""
    MunicipalAuthority.objects.filter(policy_rules="").update(policy_rules="de beleidsregels van deze gemeente")


def test_the_notice_about_municipalities_counts_those_whose_letters_lack_something(as_administrator):
    lacking = MunicipalAuthority.objects.filter(policy_rules="")
    assert lacking.count() > 1
    MunicipalAuthority.objects.filter(pk=lacking[0].pk).update(policy_rules="de beleidsregels van deze gemeente")

    page = pages.text(as_administrator.get("/loket/"))

    assert f"Van {lacking.count()} gemeenten is nog niet alles ingevuld: de rechtbank of de beleidsregels" in page


def test_once_all_is_filled_in_it_goes(as_administrator):
    fill_in_policy_rules()

    assert "is nog niet alles ingevuld" not in pages.text(as_administrator.get("/loket/"))


def test_what_holds_today_counts_and_not_what_held_before(as_administrator):
    fill_in_policy_rules()
    MunicipalAuthority.objects.filter(municipality__name="Utrecht").update(valid_until=timezone.localdate())

    assert "Van 1 gemeente is nog niet alles ingevuld" in pages.text(as_administrator.get("/loket/"))


def test_who_cannot_fill_it_in_is_not_told(as_caseworker):
    assert "is nog niet alles ingevuld" not in pages.text(as_caseworker.get("/loket/"))


def test_a_single_group_has_no_heading_and_leads_to_its_lists(as_caseworker, monkeypatch):
    monkeypatch.setattr(wiring, "START_GROUPS", wiring.START_GROUPS[:1])

    page = as_caseworker.get("/loket/")

    assert [str(group.title) for group in page.context["groups"]] == ["Aanvragen"]
    assert f'href="{pages.worklist("new")}"' in pages.text(page)
    assert "<h2>Aanvragen</h2>" not in pages.text(page)


def test_groups_stand_in_their_order_under_headings(as_caseworker, monkeypatch):
    mine = dashboard.worklists_of("Early", APPLICATIONS)
    monkeypatch.setattr(wiring, "START_GROUPS", (mine, *wiring.START_GROUPS))

    page = pages.text(as_caseworker.get("/loket/"))

    assert 0 < page.index("<h2>Early</h2>") < page.index("<h2>Aanvragen</h2>")


def test_an_unknown_worklist_is_not_found(as_caseworker):
    assert as_caseworker.get(pages.worklist("nonsense")).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999", "²"])
def test_a_strange_page_number_breaks_nothing(as_caseworker, page):
    for name in ("p", "page"):
        assert as_caseworker.get(pages.worklist("open") + f"&{name}={page}", follow=True).status_code == 200


def test_a_long_list_has_a_next_page(as_caseworker, applicant):
    for number in range(52):
        given.filed(by=applicant, plate=f"V{number:03}AA")

    first, second = (as_caseworker.get(pages.worklist("new") + f"&p={page}") for page in (1, 2))

    assert [len(one.context["cl"].result_list) for one in (first, second)] == [50, 2]
    assert [one.context["cl"].paginator.has_more for one in (first, second)] == [True, False]
    assert 'href="?list=new&amp;p=2"' in pages.text(first)
    assert "52 aanvragen" in pages.text(second)


def test_the_number_of_queries_does_not_grow_with_the_rows(as_team_lead, applicant, caseworker):
    addresses = ["/loket/", pages.worklist("open")]
    for number in range(3):
        given.taken_up(by=applicant, desk=caseworker, plate=f"V{number:03}AA")
    few = {address: queries_of(as_team_lead, address) for address in addresses}
    for number in range(3, 9):
        given.taken_up(by=applicant, desk=caseworker, plate=f"V{number:03}AA")

    assert {address: queries_of(as_team_lead, address) for address in addresses} == few


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 17
    return len(queries)


def test_an_administrator_reads_what_is_still_to_be_filled_in(as_administrator):
    EquatedDay.objects.filter(day__year__gt=timezone.localdate().year).delete()

    page = pages.text(as_administrator.get("/loket/"))

    assert f"De gelijkgestelde dagen van {timezone.localdate().year + 1} zijn nog niet bekend" in page
    assert "telefoonnummer van het loket" in page


def test_the_link_leads_to_the_settings_that_have_no_value(as_administrator):
    page = pages.text(as_administrator.get("/loket/casework/policy/?state=empty"))

    assert "Mailadres van het loket" in page
    assert "Dagen om een aanvraag aan te vullen" not in page


def test_an_administrator_reads_which_changes_wait_for_a_second_person(as_administrator, as_other_administrator):
    proposed(as_administrator, Policy.objects.get(name="completion_days"), value="28")

    told = [pages.text(client.get("/loket/")) for client in (as_administrator, as_other_administrator)]

    assert ["1 wijziging van instellingen en regels wacht op u" in page for page in told] == [False, True]


def test_nobody_else_is_told(as_caseworker):
    assert as_caseworker.get("/loket/").context["notices"] == []


def test_a_reporter_finds_the_figures(as_reporter):
    assert 'href="/cijfers/"' in as_reporter.get("/loket/").content.decode()


@pytest.mark.parametrize(
    "address", ["", "accounts/user/", "accounts/user/add/", "accounts/user/{pk}/change/", "accounts/user/{pk}/history/"]
)
def test_the_start_page_has_one_name_on_every_page(as_administrator, caseworker, address):
    page = pages.text(as_administrator.get(f"/loket/{address.format(pk=caseworker.pk)}"))

    crumb = re.search(r'class="breadcrumbs">\s*<a href="/loket/">([^<]*)</a>', page)
    assert (crumb.group(1) if address else re.search(r"<h1>([^<]*)</h1>", page).group(1)) == "Werkplek"
    assert "Voorpagina" not in page


def test_on_a_phone_a_list_of_the_admin_tells_what_each_cell_is(as_administrator, caseworker):
    page = pages.text(as_administrator.get("/loket/accounts/user/"))

    assert '<table id="result_list" class="desk-rows">' in page
    assert re.search(rf'<td data-label="Mailadres" class="field-email">{caseworker.email}</td>', page)


def test_an_administrator_is_told_that_no_virus_scanner_looks(as_administrator, as_caseworker, settings):
    words = "worden niet op virussen gecontroleerd"
    assert words not in pages.text(as_administrator.get("/loket/"))
    settings.PRODUCTION = True
    assert words in pages.text(as_administrator.get("/loket/"))
    assert words not in pages.text(as_caseworker.get("/loket/"))
    settings.CLAMAV_HOST = "clamav"
    assert words not in pages.text(as_administrator.get("/loket/"))

"""My applications, and the page of one: its status, what happens next, by when."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.deadline_words import describe_decision_deadline, format_day
from exemptions.models import Applicant, Application, EvidenceItem, Mandate
from tests import given
from zones.plates import spell_plate

PLATES = [f"VX{number}Z" for number in range(100, 200)]
LIST = "my_applications"


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_is_empty_and_helps_on(as_applicant: Client, applicant: User) -> None:
    words = page(as_applicant, LIST)

    assert "U hebt nog geen aanvragen." in words
    assert reverse("access_check") in words
    assert applicant.email in words


def test_what_is_to_be_done_stands_first(as_applicant: Client, applicant: User, caseworker: User) -> None:
    given.granted(by=applicant, desk=caseworker, plate=PLATES[0])
    given.filed(by=applicant, plate=PLATES[1])
    given.draft(by=applicant, plate=PLATES[2])
    given.waiting(by=applicant, desk=caseworker, plate=PLATES[3])

    groups = as_applicant.get(reverse(LIST)).context["groups"]

    todo = [one.plate for one in groups[0].besides if one.plate]
    assert todo == [spell_plate(PLATES[3], country="NL"), spell_plate(PLATES[2], country="NL")]
    assert [[case.application.plate for case in group.cases] for group in groups] == [[], [PLATES[1]], [PLATES[0]]]
    assert [group.title for group in groups] == ["Wat u moet doen", "In behandeling", "Geldige ontheffingen"]


def test_after_that_come_the_vehicles_that_lose_access_first(
    as_applicant: Client, applicant: User, caseworker: User, organisation: Applicant
) -> None:
    given.waiting(by=applicant, desk=caseworker, plate=PLATES[0])
    given.filed(by=applicant, plate=PLATES[1])
    ends = {"VX300Z": timezone.localdate() + timedelta(days=11), "VX301Z": None, "VX302Z": timezone.localdate()}
    for plate, until in ends.items():
        organisation.vehicles.create(plate=plate, added_by=applicant, allowed=True, until=until)

    words = page(as_applicant, LIST)

    order = ["Wat u moet doen", "Uw voertuigen", "VX-302-Z", "VX-300-Z", "nog 10 dagen", "VX-301-Z", "In behandeling"]
    assert [words.index(one) for one in order] == sorted(words.index(one) for one in order)
    assert reverse("fleet_vehicle", args=[organisation.vehicles.get(plate="VX300Z").pk]) in words


def test_who_acts_for_several_sees_the_vehicles_of_the_one_they_choose(
    as_representative: Client, representative: User, organisation: Applicant, other_organisation: Applicant
) -> None:
    Mandate.objects.create(user=representative, applicant=other_organisation, role=Mandate.Role.REPRESENTATIVE)
    organisation.vehicles.create(plate="VX300Z", added_by=representative)

    assert "VX-300-Z" not in page(as_representative, LIST)

    as_representative.post(reverse("choose_client"), {"client": organisation.pk, "page": LIST})

    assert "VX-300-Z" in page(as_representative, LIST)


def test_many_vehicles_take_no_more_queries(as_applicant: Client, applicant: User, organisation: Applicant) -> None:
    given.filed(by=applicant, plate=PLATES[0])
    organisation.vehicles.create(plate="VX300Z", added_by=applicant)
    with CaptureQueriesContext(connection) as few:
        page(as_applicant, LIST)

    for plate in PLATES[1:9]:
        organisation.vehicles.create(plate=plate, added_by=applicant)
    with CaptureQueriesContext(connection) as many:
        page(as_applicant, LIST)

    assert len(many) == len(few)


def test_a_row_says_what_happens_next_and_by_when(as_applicant: Client, applicant: User, caseworker: User) -> None:
    application = given.waiting(by=applicant, desk=caseworker)

    words = page(as_applicant, LIST)

    assert f"Vul uw aanvraag uiterlijk op {format_day(given.working_day())} aan." in words
    assert reverse("supply", args=[application.key]) in words
    assert "VX-123-Z" in words


def test_a_valid_exemption_shows_its_last_day(as_applicant: Client, applicant: User, caseworker: User) -> None:
    given.granted(by=applicant, desk=caseworker, days=200)

    last = timezone.localdate() + timedelta(days=200)
    assert f"Geldig tot en met {format_day(last)}." in page(as_applicant, LIST)


def test_an_ended_exemption_is_no_longer_valid(as_applicant: Client, applicant: User, caseworker: User) -> None:
    with time_machine.travel(timezone.localtime() - timedelta(days=90)):
        given.granted(by=applicant, desk=caseworker, days=40)

    groups = as_applicant.get(reverse(LIST)).context["groups"]

    last = timezone.localdate() - timedelta(days=50)
    assert [group.title for group in groups if group.cases] == ["Afgerond"]
    assert f"laatste dag {format_day(last)}" in page(as_applicant, LIST)


def test_the_list_says_whose_it_is_to_who_acts_for_several(
    as_representative: Client, representative: User, applicant: User, other_organisation: Applicant
) -> None:
    given.filed(by=applicant)
    assert "voor Bakkerij De Korst" not in page(as_representative, LIST)

    Mandate.objects.create(user=representative, applicant=other_organisation, role=Mandate.Role.REPRESENTATIVE)

    assert "voor Bakkerij De Korst" in page(as_representative, LIST)


def test_the_list_asks_as_many_queries_for_twenty_as_for_two(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    given.granted(by=applicant, desk=caseworker, plate=PLATES[0])
    given.waiting(by=applicant, desk=caseworker, plate=PLATES[1])
    with CaptureQueriesContext(connection) as few:
        page(as_applicant, LIST)

    for plate in PLATES[2:20]:
        given.waiting(by=applicant, desk=caseworker, plate=plate)
    with CaptureQueriesContext(connection) as many:
        page(as_applicant, LIST)

    assert len(many) == len(few)


def test_the_list_goes_on_at_a_second_page(as_applicant: Client, applicant: User) -> None:
    for plate in PLATES[:23]:
        given.filed(by=applicant, plate=plate)

    first, second = (as_applicant.get(reverse(LIST), {"page": number}).context for number in (1, 2))

    assert [len(one["page"]) for one in (first, second)] == [20, 3]


@pytest.mark.parametrize("number", ["0", "-1", "zeven", "9" * 30])
def test_a_page_that_is_not_there_gives_the_nearest(as_applicant: Client, number: str) -> None:
    assert as_applicant.get(reverse(LIST), {"page": number}).status_code == 200


# --- One application ------------------------------------------------------------------------------------


def test_the_page_explains_the_last_day_as_a_sum(as_applicant: Client, applicant: User) -> None:
    application = given.filed(by=applicant)

    words = page(as_applicant, "application", application.key)

    assert describe_decision_deadline(application) in words
    assert f"Wij moeten uiterlijk op {format_day(application.decide_by or '')} beslissen." in words


def test_the_page_shows_each_verdict_with_its_reason(as_applicant: Client, applicant: User, caseworker: User) -> None:
    application = given.taken_up(by=applicant, desk=caseworker)
    first, *others = application.evidence_items.with_all()
    application.judge(
        by=caseworker, item=first, verdict=EvidenceItem.Verdict.INSUFFICIENT, because="De datum ontbreekt."
    )
    for other in others:
        application.judge(by=caseworker, item=other, verdict=EvidenceItem.Verdict.ACCEPTED)

    words = page(as_applicant, "application", application.key)

    assert "omdat: De datum ontbreekt." in words
    assert words.count(">akkoord<") == len(others)


def test_what_the_desk_keeps_inside_is_not_shown(
    as_applicant: Client, applicant: User, caseworker: User, other_caseworker: User
) -> None:
    application = given.proposed(by=applicant, desk=caseworker)
    application.note(by=caseworker, text="Belt vaak.")

    words = page(as_applicant, "application", application.key)

    assert "Belt vaak" not in words
    assert caseworker.name not in words
    assert "voorgesteld" not in words.lower()
    assert "in behandeling" in words


def test_the_timeline_tells_who_did_what(as_colleague: Client, applicant: User, caseworker: User) -> None:
    application = given.supplied(by=applicant, desk=caseworker)

    timeline = as_colleague.get(reverse("application", args=[application.key])).context["timeline"]

    assert [line.who for line in timeline] == ["Anna de Bakker", "het loket", "het loket", "Anna de Bakker"]


def test_both_versions_of_disputed_facts_stay_visible(as_applicant: Client, applicant: User, caseworker: User) -> None:
    application = given.taken_up(by=applicant, desk=caseworker)
    application.dispute_facts(by=applicant, why="Het is Euro 5.")
    application.correct_facts(by=caseworker, facts=given.VAN, reason="Kenteken gezien.")

    words = page(as_applicant, "application", application.key)

    assert "kentekenregister" in words
    assert "Kenteken gezien." in words


def test_a_converted_application_leads_to_its_successor(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    application = given.taken_up(by=applicant, desk=caseworker)
    application.convert(by=caseworker, kind=given.kind("BEO"), reason="Past beter.")

    successor = Application.objects.get(converted_from=application)
    assert reverse("application", args=[successor.key]) in page(as_applicant, "application", application.key)
    assert str(application.dossier) in page(as_applicant, "application", successor.key)


def test_a_draft_leads_back_to_the_form(as_applicant: Client, applicant: User) -> None:
    draft = given.draft(by=applicant)

    response: Any = as_applicant.get(reverse("application", args=[draft.key]))

    assert response.status_code == 302
    assert response.url == reverse("apply_resume", args=[draft.key])


def test_the_page_asks_as_many_queries_with_more_in_it(as_applicant: Client, applicant: User, caseworker: User) -> None:
    application = given.supplied(by=applicant, desk=caseworker)
    with CaptureQueriesContext(connection) as few:
        page(as_applicant, "application", application.key)

    for _round in range(3):
        item = application.evidence_items.with_all()[0]
        application.ask_completion(by=caseworker, items={item: "Nog iets."}, ends_on=given.working_day())
        given.attach(item)
        application.supply(by=applicant)
    with CaptureQueriesContext(connection) as many:
        page(as_applicant, "application", application.key)

    assert len(many) == len(few)


def test_what_ended_can_be_asked_again(as_applicant: Client, applicant: User) -> None:
    application = given.filed(by=applicant)
    application.withdraw(by=applicant)

    words = page(as_applicant, "application", application.key)

    assert "Deze ontheffing opnieuw aanvragen" in words
    assert f'name="kind" value="{application.chosen_kind.code}"' in words

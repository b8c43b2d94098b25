"""What a holder asks stands on a worklist and on the case, and the form that answers it is filled in with it."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.desk.conflict import seen_now
from exemptions.models.decision import Change
from exemptions.terms import AMSTERDAM
from tests import given
from tests.desk import pages
from tests.looping import each

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
LIST = pages.worklist("change-asked")
WHY = "Het nieuwe voertuig is een personenauto."


@pytest.fixture
def granted(applicant, caseworker):
    return given.granted(by=applicant, desk=caseworker)


def ask(application, plate="VAN01E"):
    """The holder asks for another plate."""
    application.ask_change(
        by=application.owner, what=Change.VEHICLE, plate=plate, country="NL", explanation="De oude is verkocht."
    )
    return application.change_requests.get(what=Change.VEHICLE)


def note(client, application, **fields):
    """Send the form on which a colleague writes down what came in."""
    usual = {"action": "send", "seen": str(seen_now(application)), "came_in_on": TODAY().isoformat()}
    return client.post(pages.step(application, "ask_change"), {**usual, **fields})


def listed(client):
    return [(one.pk, one.answer_by) for one in client.get(LIST).context["cl"].result_list]


def test_it_stands_on_a_worklist_until_it_is_answered(as_caseworker, granted):
    asked = ask(granted)
    assert listed(as_caseworker) == [(granted.pk, asked.answer_by)]

    pages.send(as_caseworker, granted, "refuse_change", request=asked.pk, explanation=WHY)

    assert listed(as_caseworker) == []


def test_what_must_be_answered_first_stands_on_top(granted, applicant, caseworker, time_machine, login):
    first, second = granted, given.granted(by=applicant, desk=caseworker, plate="V11XYZ")
    ask(first)
    time_machine.move_to(timezone.localtime() + timedelta(days=5))
    ask(second)

    assert [key for key, _day in listed(login(caseworker))] == [first.pk, second.pk]


def test_what_is_late_is_told_on_the_case_the_lists_and_the_start_page(granted, caseworker, time_machine, login):
    asked = ask(granted)
    time_machine.move_to(datetime.combine(asked.answer_by + timedelta(days=3), time(12), AMSTERDAM))
    client = login(caseworker)

    assert "3 dagen te laat" in pages.text(client.get(LIST))
    assert "3 dagen te laat" in pages.text(client.get(pages.worklist("change-overdue")))
    assert "Wijziging gevraagd, te laat" in pages.text(client.get("/loket/"))
    assert "Wij zijn te laat" in pages.text(client.get(pages.case(granted)))


def test_what_came_on_paper_is_noted_with_the_day_on_which_it_came(as_caseworker, granted):
    wish = {"what": "vehicle", "plate": "van-01-e", "country": "NL", "name": "Blijft leeg"}

    note(as_caseworker, granted, channel="post", **wish)

    asked = granted.change_requests.get()
    assert (asked.channel, asked.came_in_on, asked.plate, asked.name) == ("post", TODAY(), "VAN01E", "")
    assert "Binnengekomen via: post" in pages.text(as_caseworker.get(pages.case(granted)))


@each(
    "typed, said",
    [
        ({"what": "vehicle"}, "Vul dit in"),
        ({"what": "loan", "plate": "VAN01E", "country": "NL"}, "Vul dit in"),
        ({"what": "longer"}, "Vul dit in"),
        ({"what": "name", "name": ""}, "Vul dit in"),
        ({"what": "revocation", "name": "x"}, "Selecteer een geldige keuze"),
        ({"what": "vehicle", "plate": "???", "country": "NL"}, "ken"),
        ({"what": "name", "name": "De Korst BV", "came_in_on": "1999-01-01"}, "op welke dag het binnenkwam"),
        ({"what": "name", "name": "De Korst BV", "channel": "portal"}, "Selecteer een geldige keuze"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(as_caseworker, granted, typed, said):
    page = note(as_caseworker, granted, **{"channel": "phone", **typed})

    assert page.status_code == 422
    assert said in pages.text(page)
    assert not granted.change_requests.exists()


def test_what_was_asked_already_is_not_noted_again(as_caseworker, granted):
    ask(granted)
    wish = {"what": "vehicle", "plate": "VAN02E", "country": "NL"}

    page = note(as_caseworker, granted, channel="post", **wish)

    assert page.status_code == 422
    assert "De houder vroeg dit al op" in pages.text(page)


def test_the_list_takes_as_many_queries_for_nine_as_for_three(as_caseworker, applicant, caseworker):
    def count():
        with CaptureQueriesContext(connection) as queries:
            as_caseworker.get(LIST)
        return len(queries)

    for number in range(3):
        ask(given.granted(by=applicant, desk=caseworker, plate=f"V10{number}AA"))
    few = count()
    for number in range(6):
        ask(given.granted(by=applicant, desk=caseworker, plate=f"V20{number}AA"))

    assert count() == few


def test_the_case_tells_what_is_asked_and_leads_to_the_answers(as_caseworker, granted):
    ask(granted)

    words = pages.text(as_caseworker.get(pages.case(granted)))

    assert "De houder vraagt: de ontheffing voor een ander voertuig, met kenteken VAN-01-E" in words
    assert "De oude is verkocht." in words
    assert pages.step(granted, "replace_vehicle") in words
    assert f"{pages.step(granted, 'refuse_change')}?request={granted.change_requests.get().pk}" in words


def test_the_form_is_filled_in_and_carries_it_out(as_caseworker, granted):
    asked = ask(granted)
    form = as_caseworker.get(pages.step(granted, "replace_vehicle"))
    assert form.context["form"].initial == {"plate": "VAN01E", "country": "NL"}
    assert "De oude is verkocht." in pages.text(form)

    pages.send(as_caseworker, granted, "replace_vehicle", **form.context["form"].initial)

    asked.refresh_from_db()
    assert asked.result == "carried_out"
    assert granted.exemptions.get(revoked_at=None).plate == "VAN01E"


def test_so_are_the_forms_of_the_other_wishes(as_caseworker, granted, applicant):
    last = granted.exemptions.get().ends_on + timedelta(days=5)
    days = {"starts_on": TODAY(), "ends_on": TODAY() + timedelta(days=3)}
    granted.ask_change(by=applicant, what=Change.LOAN, plate="VAN02E", country="NL", **days)
    granted.ask_change(by=applicant, what=Change.LONGER, ends_on=last, explanation="Later.")
    granted.ask_change(by=applicant, what=Change.NAME, name="De Korst BV")
    filled = {
        "allow_temporary_vehicle": {"plate": "VAN02E", "country": "NL", **days},
        "lengthen": {"ends_on": last},
        "rename_holder": {"name": "De Korst BV"},
    }

    for name, values in filled.items():
        assert as_caseworker.get(pages.step(granted, name)).context["form"].initial == values


def test_a_first_day_that_has_passed_meanwhile_is_today(granted, applicant, caseworker, time_machine, login):
    days = {"starts_on": TODAY(), "ends_on": TODAY() + timedelta(days=3)}
    granted.ask_change(by=applicant, what=Change.LOAN, plate="VAN02E", country="NL", **days)
    time_machine.move_to(timezone.localtime() + timedelta(days=2))

    form = login(caseworker).get(pages.step(granted, "allow_temporary_vehicle")).context["form"]

    assert form.initial["starts_on"] == TODAY()


def test_a_refusal_is_seen_as_a_letter_first_and_needs_reasons(as_caseworker, granted):
    asked = ask(granted)
    assert pages.send(as_caseworker, granted, "refuse_change", request=asked.pk, explanation=" ").status_code == 422

    letter = pages.send(as_caseworker, granted, "refuse_change", action="preview", request=asked.pk, explanation=WHY)

    assert WHY in pages.text(letter)
    assert not granted.decisions.filter(outcome="refused").exists()


def test_the_request_of_which_one_came_is_chosen(as_caseworker, granted, applicant):
    ask(granted)
    granted.ask_change(by=applicant, what=Change.NAME, name="De Korst BV")
    second = granted.change_requests.get(what=Change.NAME)

    page = as_caseworker.get(pages.step(granted, "refuse_change"), {"request": second.pk})

    assert f'<option value="{second.pk}" selected>' in pages.text(page)


def test_the_request_of_another_case_cannot_be_chosen(as_caseworker, granted, applicant, caseworker):
    other = ask(given.granted(by=applicant, desk=caseworker, plate="V11XYZ"))
    ask(granted, plate="VAN02E")

    page = pages.send(as_caseworker, granted, "refuse_change", request=other.pk, explanation=WHY)

    assert page.status_code == 422
    assert not granted.decisions.filter(outcome="refused").exists()


def test_who_was_too_late_reads_that_the_holder_took_it_back(as_caseworker, granted, applicant):
    asked = ask(granted)
    seen = as_caseworker.get(pages.step(granted, "refuse_change")).context["seen"]
    granted.take_back_change(by=applicant, request=asked)

    page = pages.send(as_caseworker, granted, "refuse_change", seen=seen, request=asked.pk, explanation=WHY)

    assert page.status_code == 409
    assert "Verzoek om wijziging ingetrokken" in pages.text(page)


def test_a_new_name_tells_in_the_history_what_it_was(as_caseworker, granted):
    sent = {"action": "send", "seen": seen_now(granted), "name": "De Korst BV"}
    as_caseworker.post(pages.step(granted, "rename_holder"), sent)

    words = pages.text(as_caseworker.get(pages.case(granted)))

    assert "eerst ‘Bakkerij De Korst’" in words
    assert "nu ‘De Korst BV’" in words


def test_a_colleague_elsewhere_sees_and_answers_nothing(granted, other_municipal_caseworker, login):
    asked = ask(granted)
    client = login(other_municipal_caseworker)

    assert listed(client) == []
    assert pages.send(client, granted, "refuse_change", request=asked.pk, explanation=WHY).status_code == 404

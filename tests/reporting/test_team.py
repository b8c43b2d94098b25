"""The page of the team lead."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Absence
from casework.models import DefaultNotice
from exemptions.models import Application
from reporting.period import Period
from reporting.team.colleague_times import measure_team
from reporting.team.forecast import forecast_weeks, last_day
from reporting.team.forms import build_period
from reporting.team.load import find_absences, list_loads
from reporting.team.money import sum_running_money
from reporting.team.proposals import list_proposals
from tests import given
from tests.cast import staff
from tests.desk import pages
from tests.looping import each
from tests.reporting.cases import case, in_term, moment

pytestmark = pytest.mark.django_db

TEAM = "/loket/team/"


def line_of(user, name):
    """What a colleague has in hand: open, waiting for us, due within a week, overdue."""
    loads = list_loads(user, today=timezone.localdate(), absences=[])
    (line,) = (one for one in [*loads[0].lines, *loads[0].totals] if one.name == name)
    return [cell.number for cell in line.cells]


def test_each_colleague_stands_with_what_they_have_in_hand(team_lead, applicant, caseworker, other_caseworker):
    given.taken_up(by=applicant, desk=caseworker, plate="V001AA")
    given.waiting(by=applicant, desk=caseworker, plate="V002AA")
    given.filed(by=applicant, plate="V003AA")

    assert line_of(team_lead, str(caseworker)) == [2, 1, 0, 0]
    assert line_of(team_lead, str(other_caseworker)) == [0, 0, 0, 0]
    assert line_of(team_lead, "niemand") == [1, 1, 0, 0]
    assert line_of(team_lead, "samen") == [3, 2, 0, 0]


def test_a_case_becomes_due_and_then_overdue(team_lead, applicant, caseworker, time_machine):
    application = given.taken_up(by=applicant, desk=caseworker)
    time_machine.move_to(application.decide_by - timedelta(days=6))
    due = line_of(team_lead, str(caseworker))

    time_machine.move_to(application.decide_by + timedelta(days=1))

    assert (due, line_of(team_lead, str(caseworker))) == ([1, 1, 1, 0], [1, 1, 0, 1])


def test_every_number_leads_to_the_list_that_it_counts(login, team_lead, applicant, caseworker, time_machine):
    application = given.taken_up(by=applicant, desk=caseworker, plate="V001AA")
    given.waiting(by=applicant, desk=caseworker, plate="V002AA")
    time_machine.move_to(application.decide_by + timedelta(days=1))

    browser = login(team_lead)
    cells = [cell for line in browser.get(TEAM).context["loads"][0].lines for cell in line.cells if cell.url]

    assert [cell.number for cell in cells] == [browser.get(cell.url).context["cl"].result_count for cell in cells]
    assert len(cells) >= 3


def test_an_absence_of_today_or_of_soon_is_told(as_team_lead, caseworker, other_caseworker):
    today = timezone.localdate()
    Absence.objects.create(user=caseworker, first_day=today, last_day=today)
    Absence.objects.create(user=other_caseworker, first_day=today + timedelta(days=3), last_day=today + timedelta(9))

    page = pages.text(as_team_lead.get(TEAM))

    assert "afwezig tot en met" in page
    assert "afwezig vanaf" in page


def late(applicant, caseworker, time_machine, *, days):
    """Put in default at once, and so many days in which that cost money."""
    application = given.taken_up(by=applicant, desk=caseworker)
    time_machine.move_to(application.decide_by + timedelta(days=1))
    application.receive_default_notice(by=caseworker, received_on=timezone.localdate())
    notice = DefaultNotice.objects.get()
    time_machine.move_to(notice.first_day + timedelta(days=days - 1))
    return notice


def test_what_runs_is_summed_today_tomorrow_and_at_most(team_lead, applicant, caseworker, time_machine):
    notice = late(applicant, caseworker, time_machine, days=2)

    money, of_courts = sum_running_money(team_lead, today=timezone.localdate())

    assert (money.cases, money.today, money.tomorrow) == (1, 46, 69)
    assert money.most == notice.amount(today=notice.last_day) == 1442
    assert of_courts.cases == 0


def test_what_was_decided_no_longer_runs(team_lead, applicant, caseworker, time_machine):
    late(applicant, caseworker, time_machine, days=2)
    DefaultNotice.objects.update(decided_on=timezone.localdate())

    assert sum_running_money(team_lead, today=timezone.localdate())[0].cases == 0


def test_the_forecast_counts_each_day_and_who_is_away(team_lead, applicant, caseworker):
    application = given.filed(by=applicant)
    today = timezone.localdate()
    Application.objects.filter(pk=application.pk).update(decide_by=today + timedelta(days=7))
    Absence.objects.create(user=caseworker, first_day=today + timedelta(days=7), last_day=today + timedelta(days=7))

    absences = find_absences(first=today, last=last_day(today=today))
    weeks = forecast_weeks(team_lead, today=today, absences=absences)

    assert [week.due for week in weeks] == [0, 1, 0, 0, 0, 0, 0, 0]
    assert [week.away for week in weeks] == [0, 1, 0, 0, 0, 0, 0, 0]
    assert weeks[1].share == 100


# --- Looking back -----------------------------------------------------------------------------------------

JUNE = Period(date(2025, 6, 1), date(2025, 6, 30), date(2025, 6, 30))
IN_TERM = in_term("2025-06-06", "2025-08-01")
"""Received on the Friday before Whit Monday."""


def came_in(kind="LEV"):
    return case(kind, file="2025-06-06", take_up="2025-06-06")


def taken(application, step, at, *, by, **detail):
    """One event of a colleague."""
    application.dossier.record(
        application, step, from_status="in_review", to_status="in_review", by=by, detail=detail, at=moment(at)
    )


def times(period=JUNE):
    """By colleague and kind: the decisions, the median days and working days, and those in time."""
    lines = [(who.name, one) for who in measure_team(period).people for one in (who.whole, *who.kinds)]
    return {(name, one.name): (one.decided, one.days, one.working_days, one.in_time) for name, one in lines}


def test_lead_times_are_medians_in_days_and_in_working_days(caseworker):
    for day in ("2025-06-10", "2025-06-13", "2025-06-16"):
        taken(came_in(), "grant", day, by=caseworker, **IN_TERM)

    # 7 and 8 June are a weekend, the 9th is Whit Monday: of the 7 days until Friday 13 June four are working days
    assert times()[str(caseworker), "Lange levertijd"] == (3, 7, 4, 3)


def test_kinds_stand_apart_and_the_team_is_together(caseworker, other_caseworker):
    taken(came_in(), "grant", "2025-06-10", by=caseworker, **IN_TERM)
    taken(came_in("PAR"), "reject", "2025-06-20", by=caseworker, **IN_TERM)
    taken(came_in(), "grant", "2025-06-13", by=other_caseworker, **IN_TERM)

    found = times()

    assert found[str(caseworker), str(caseworker)][0] == 2
    assert found[str(caseworker), "Lange levertijd"][:2] == (1, 4)
    assert (measure_team(JUNE).team.decided, measure_team(JUNE).team.days) == (3, 7)


def test_a_decision_counts_for_who_proposed_it(caseworker, other_caseworker):
    application = came_in()
    taken(application, "propose_rejection", "2025-06-10", by=caseworker)
    taken(application, "approve_rejection", "2025-06-13", by=other_caseworker, **IN_TERM)

    assert {name for name, _kind in times()} == {str(caseworker)}


def test_what_was_decided_outside_the_period_is_not_counted(caseworker):
    taken(came_in(), "grant", "2025-07-01", by=caseworker, **IN_TERM)

    assert times() == {}
    assert measure_team(JUNE).team is None


def test_proposals_that_came_back_stand_with_the_reason(team_lead, applicant, caseworker, other_caseworker):
    returned = given.proposed(by=applicant, desk=caseworker, plate="V001AA")
    returned.return_proposal(by=other_caseworker, remark="De facturen ontbreken.")
    taken_back = given.proposed(by=applicant, desk=caseworker, plate="V002AA")
    taken_back.return_proposal(by=caseworker, remark="Toch nog even kijken.")

    (line,) = list_proposals(team_lead, build_period(timezone.localdate(), timezone.localdate()))

    assert (line.name, line.made, line.back) == (str(caseworker), 2, 1)
    assert [(one.case, one.remark) for one in line.reasons] == [(str(returned), "De facturen ontbreken.")]


@each(
    "asked", ["?first=2026-02-30&last=2026-03-01", "?first=2026-03-02&last=2026-03-01", "?first=x", "?last=0001-01-01"]
)
def test_days_that_make_no_period_are_told_and_the_rest_of_the_page_stays(asked, as_team_lead):
    page = as_team_lead.get(TEAM + asked)

    assert page.status_code == 422
    assert "wie heeft hoeveel" in pages.text(page)


# --- The page ---------------------------------------------------------------------------------------------


@each("who", ["as_caseworker", "as_municipal_caseworker", "as_objection_officer", "as_reporter", "as_administrator"])
def test_the_page_does_not_exist_for_who_leads_no_team(who, request):
    assert request.getfixturevalue(who).get(TEAM).status_code == 404
    assert TEAM not in request.getfixturevalue(who).get("/loket/").text


def test_the_start_page_leads_a_team_lead_to_it(as_team_lead):
    assert f'href="{TEAM}"' in as_team_lead.get("/loket/").text


def test_many_colleagues_and_cases_cost_as_many_queries_as_few(as_team_lead, applicant, caseworker, other_caseworker):
    def fill(first, desk):
        for number in range(first, first + 3):
            given.proposed(by=applicant, desk=desk, plate=f"V{number:03}AA").return_proposal(by=reader, remark="Nee.")

    reader = staff("Lena Lezer", "national caseworker")
    fill(100, caseworker)
    few = count_queries(as_team_lead)
    fill(200, other_caseworker)
    Absence.objects.create(user=caseworker, first_day=timezone.localdate(), last_day=timezone.localdate())

    assert count_queries(as_team_lead) == few


def count_queries(client):
    client.get(TEAM)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(TEAM).status_code == 200
    return len(queries)

"""The demo: its year gives the letter to parliament to the unit, and every row of it is lawful."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, F, Max, Q
from django.test import Client
from django.utils import timezone

from accounts.models import User
from casework.calendar import STATUTE
from casework.models import Deadline, Document, Dossier, Event, Letter, Message, NumberSeries
from exemptions import worklists
from exemptions.models import (
    Application,
    CompletionRequest,
    DayUse,
    Decision,
    EvidenceItem,
    Exemption,
    Ground,
    Status,
    ViewRequest,
)
from exemptions.terms import AMSTERDAM, latest_end, midnight
from zesportal.demo.people import EVERYBODYS, LOGINS
from zesportal.demo.plan import FIRST, LAST

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]

END_OF_PERIOD = midnight(LAST + timedelta(days=1))


@pytest.fixture(scope="module", autouse=True)
def _demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once for all tests here, and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo")
        connection.check_constraints()  # now, once: else every test would check all rows at its end
        yield
        transaction.set_rollback(True)


@pytest.fixture
def history() -> Any:
    """The applications of the year, converted ones included."""
    return Application.objects.filter(received_at__lt=END_OF_PERIOD)


def report(first: str, last: str, as_of: str) -> dict[str, Any]:
    """What the command prints."""
    out = io.StringIO()
    call_command("report", "--from", first, "--to", last, "--as-of", as_of, "--format", "json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.fixture(scope="module")
def letter(_demo: None, django_db_blocker: Any) -> dict[str, Any]:
    """The figures of the letter of 29 September 2025."""
    with django_db_blocker.unblock():
        figures: dict[str, Any] = report("2024-07-01", "2025-07-31", "2025-07-31")["figures"]
    return figures


def counts(figure: dict[str, Any]) -> dict[str, int]:
    return {row["key"]: row["count"] for row in figure["rows"]}


def percents(figure: dict[str, Any]) -> list[int]:
    return [row["percent"] for row in figure["rows"]]


# --- The letter to the unit ------------------------------------------------------------------------------


def test_applications_received(letter):
    assert counts(letter["R01"]) == {"national": 4102, "local": 849, "day": 8351}


def test_outcomes_of_the_national_ones(letter):
    assert counts(letter["R02"]) == {"granted": 3577, "set_aside": 277, "rejected": 84, "pending": 164}
    assert percents(letter["R02"]) == [87, 7, 2, 4]
    assert {row["of"] for row in letter["R02"]["rows"]} == {4102}


def test_reasons_set_aside(letter):
    assert counts(letter["R03"]) == {
        "withdrawn_before_taking_up": 130,
        "no_response": 69,
        "converted": 70,
        "wrong_data": 8,
    }
    assert percents(letter["R03"]) == [47, 25, 25, 3]


def test_reasons_rejected(letter):
    assert counts(letter["R04"]) == {"conditions_not_met": 75, "withdrawn_in_review": 4, "other": 5}
    assert percents(letter["R04"]) == [89, 5, 6]


def test_every_week_since_the_opening(letter):
    weeks = counts(letter["R05"])

    assert list(weeks)[0] == "2024-W27"
    assert list(weeks)[-1] == "2025-W31"
    assert len(weeks) == 57
    assert sum(weeks.values()) == 4102 + 849


def test_day_exemptions_a_month_by_class(letter):
    months = counts(letter["R06"])

    assert list(months)[:2] == ["2024-11:van", "2024-11:truck"]
    assert list(months)[-1] == "2025-07:truck"
    assert sum(count for key, count in months.items() if key.endswith(":van")) == 3006
    assert sum(count for key, count in months.items() if key.endswith(":truck")) == 5345


def test_day_exemptions_by_class(letter):
    assert counts(letter["R07"]) == {"van": 3006, "truck": 5345}


def test_use_of_the_maximum(letter):
    used = counts(letter["R08"])

    assert list(used) == [str(times) for times in range(1, 13)]
    assert sum(int(times) * vehicles for times, vehicles in used.items()) == 8351


def test_local_exemptions_by_kind(letter):
    assert counts(letter["R09"]) == {"BEO": 441, "HAR": 408}


def test_what_was_pending_is_decided_in_the_weeks_after():
    assert counts(report("2024-07-01", "2025-07-31", "2025-10-31")["figures"]["R02"])["pending"] == 0


def test_a_moment_inside_the_period_that_was_published():
    then = counts(report("2024-07-01", "2025-02-02", "2025-02-02")["figures"]["R01"])

    assert then["national"] == 2427
    assert sum(then.values()) == 3785


def test_the_live_cases_stay_outside_the_period(letter):
    live = Application.objects.filter(received_at__gte=END_OF_PERIOD, converted_from=None)

    assert 60 <= live.filter(received_at__gte=timezone.now() - timedelta(days=365)).count() <= 90
    assert counts(letter["R01"]) == {"national": 4102, "local": 849, "day": 8351}


# --- Twice is as once ------------------------------------------------------------------------------------


def test_twice_is_as_once():
    before = rows_per_table()

    call_command("load_demo")

    assert rows_per_table() == before


def rows_per_table() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def test_nothing_is_loaded_where_real_people_work(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo")
    with pytest.raises(CommandError):
        call_command("demo_logins")


# --- Lawful: the events ----------------------------------------------------------------------------------


def test_the_last_event_of_every_case_gives_its_status():
    last = dict(Event.objects.last_of_each_case().values_list("case_id", "to_status"))

    assert dict(Application.objects.filed().values_list("pk", "status")) == last


def test_the_events_of_a_case_join_up():
    status: dict[int, str] = {}
    for case, came_from, to in Event.objects.order_by("at", "pk").values_list("case_id", "from_status", "to_status"):
        assert status.get(case, Status.DRAFT) == came_from, case
        status[case] = to


def test_every_event_is_a_step_that_the_status_allows():
    allowed = {
        (move.name, move.source, move.target or move.source) for move in Application().get_all_status_transitions()
    }

    assert set(Event.objects.values_list("step", "from_status", "to_status").distinct()) <= allowed


def test_nothing_happened_in_the_future():
    assert Event.objects.aggregate(last=Max("at"))["last"] <= timezone.now()
    assert not Letter.objects.filter(placed_at__gt=timezone.now()).exists()


def test_numbers_follow_each_other_in_the_order_of_coming_in():
    rows = Event.objects.filter(step__in=["file", "receive_conversion"]).order_by("at", "pk")
    numbers = list(rows.values_list("dossier__number", flat=True))

    for year in {number[4:8] for number in numbers}:
        of_year = [number for number in numbers if number[4:8] == year]
        assert of_year == [f"ZES-{year}-{place:06}" for place in range(1, len(of_year) + 1)]
        assert NumberSeries.objects.get(year=int(year)).last == len(of_year)


def test_whoever_took_a_step_may_take_it():
    desk = ["take_up", "ask_completion", "propose_rejection", "propose_grant", "grant", "set_aside", "convert"]

    assert all(user.has_perm("exemptions.handle_application") for user in users_of(desk))
    assert all(
        user.has_perm("exemptions.approve_proposal") for user in users_of(["approve_grant", "approve_rejection"])
    )


def users_of(steps: list[str]) -> list[User]:
    return list(User.objects.filter(pk__in=Event.objects.filter(step__in=steps).values("by")))


# --- Lawful: the terms -----------------------------------------------------------------------------------


def test_history_is_decided_within_the_statutory_term(history):
    late = Decision.objects.filter(application__in=history, taken_at__date__gt=F("application__decide_by"))

    assert not late.exists()
    assert (
        not history.exclude(status__in=[Status.GRANTED, Status.REJECTED, Status.SET_ASIDE])
        .exclude(status__in=[Status.WITHDRAWN, Status.CONVERTED])
        .exists()
    )


def test_people_decide_on_working_days_in_office_hours(history):
    moments = Decision.objects.filter(application__in=history, taken_by__isnull=False).values_list(
        "taken_at", flat=True
    )

    assert all(not STATUTE.is_off(at.astimezone(AMSTERDAM).date()) for at in moments)
    assert all(9 <= at.astimezone(AMSTERDAM).hour < 17 for at in moments)


def test_the_deadline_is_the_sum_that_its_basis_tells():
    for deadline in Deadline.objects.filter(kind=Deadline.Kind.DECIDE)[:500]:
        raw = date.fromisoformat(deadline.basis["received"]) + timedelta(
            weeks=deadline.basis["weeks"], days=deadline.basis["suspended_days"]
        )
        assert STATUTE.next_working_day(raw) == deadline.due


def test_nothing_is_due_any_more_in_history(history):
    assert not Deadline.objects.open().filter(case_id__in=history.values("pk")).exists()


def test_setting_aside_comes_within_four_weeks_after_the_last_term():
    for decision in Decision.objects.filter(outcome="set_aside").select_related("ground", "application"):
        requests = list(decision.application.completion_requests.order_by("round"))
        day = timezone.localdate(decision.taken_at)
        ended = requests[-1].answered_on or requests[-1].ends_on
        assert ended < day <= STATUTE.next_working_day(ended + timedelta(weeks=4))


def test_silence_is_set_aside_only_after_two_requests_each_with_its_reminder():
    silent = Decision.objects.filter(outcome="set_aside", ground__category=Ground.Category.NO_RESPONSE)

    assert silent.count() > 69
    for decision in silent:
        requests = list(decision.application.completion_requests.all())
        assert len(requests) >= 2
        assert all(request.reminded_at and request.answered_on is None for request in requests)
        assert all((timezone.localdate(decision.taken_at) - request.sent_on).days >= 14 for request in requests)


def test_terms_for_the_applicant_end_on_working_days():
    days = [
        *CompletionRequest.objects.values_list("ends_on", flat=True),
        *ViewRequest.objects.values_list("ends_on", flat=True),
    ]

    assert days
    assert not any(STATUTE.is_off(day) for day in days)


# --- Lawful: the decisions -------------------------------------------------------------------------------


def test_a_second_pair_of_eyes_saw_every_rejection_and_every_hardship_grant():
    second = Decision.objects.filter(Q(outcome="rejected") | Q(outcome="granted", application__kind__code="HAR"))

    assert second.count() > 300
    assert not second.filter(Q(prepared_by=None) | Q(taken_by=F("prepared_by"))).exists()


def test_a_ground_on_other_data_comes_after_a_hearing():
    grounds = Decision.objects.filter(ground__rests_on_other_data=True)

    assert grounds.count() > 20
    for decision in grounds:
        assert decision.application.view_requests.filter(closed_at__lt=decision.taken_at).exists()


def test_every_ground_fits_the_outcome_and_the_kind():
    outcomes = {"granted": "grant", "rejected": "reject", "set_aside": "set_aside"}
    for outcome, of_ground in outcomes.items():
        decisions = Decision.objects.filter(outcome=outcome).exclude(ground=None)
        assert not decisions.exclude(ground__outcome=of_ground).exists()
    other = Decision.objects.exclude(ground=None).exclude(ground__kind_code="")
    assert not other.exclude(ground__kind_code=F("application__kind__code")).exists()


def test_no_exemption_works_back_or_longer_than_its_kind_allows(history):
    for exemption in Exemption.objects.filter(day_use=None).select_related("decision__facts", "application__kind"):
        decision = exemption.decision
        latest = latest_end(exemption.application.kind, facts=decision.facts, starts_on=decision.starts_on)
        assert decision.starts_on >= timezone.localdate(decision.taken_at)
        assert latest is None or decision.ends_on <= latest


def test_every_grant_is_an_exemption_on_the_same_plate():
    granted = Application.objects.filter(status=Status.GRANTED)

    assert granted.count() == Exemption.objects.count()
    assert not Exemption.objects.exclude(plate=F("application__plate")).exists()


def test_an_applicant_asks_a_kind_that_is_for_them_and_their_vehicle():
    filed = Application.objects.filed()

    assert not filed.exclude(kind__who="anyone").exclude(kind__who=F("applicant__form")).exists()
    for vehicle in ("van", "truck"):
        assert not filed.filter(vehicle_class=vehicle).exclude(kind__vehicles__contains=[vehicle]).exists()


def test_converted_cases_go_on_as_a_local_kind_and_keep_the_day_of_receipt(history):
    converted = history.filter(status=Status.CONVERTED)

    assert converted.count() == 70
    for application in converted.select_related("converted_to__kind"):
        assert application.converted_to.kind.scope == "local"
        assert application.converted_to.received_at == application.received_at


# --- Lawful: day exemptions ------------------------------------------------------------------------------


def test_no_vehicle_has_more_than_twelve_in_a_place_and_year():
    used = DayUse.objects.values("plate", "country", "municipality", "year").annotate(
        uses=Count("pk"), last=Max("ordinal"), days=Count("day", distinct=True)
    )

    assert max(row["uses"] for row in used) == 12
    assert all(row["uses"] == row["last"] == row["days"] for row in used)


def test_a_day_exemption_is_for_the_day_itself_or_later_where_the_zone_had_begun():
    uses = DayUse.objects.select_related("exemption__decision", "municipality").prefetch_related("municipality__zones")

    for use in uses:
        assert use.day >= timezone.localdate(use.exemption.decision.taken_at)
        assert any(zone.starts_on <= use.day for zone in use.municipality.zones.all())
        assert use.year == use.day.year


# --- Evidence, letters, mail -----------------------------------------------------------------------------


def test_every_filed_case_has_its_required_evidence_in_a_file_that_opens():
    missing = EvidenceItem.objects.filter(application__in=Application.objects.filed(), documents=None)

    assert not missing.exists()
    for document in Document.objects.order_by("?")[:20]:
        assert document.file.open().read().startswith(b"%PDF")


def test_every_decision_was_announced_in_a_letter():
    announced = set(Letter.objects.exclude(reference="").values_list("reference", flat=True))

    assert set(Decision.objects.values_list("reference", flat=True)) == announced


def test_no_letter_shows_a_placeholder():
    assert not Letter.objects.filter(Q(body__contains="{") | Q(subject__contains="{")).exists()


def test_no_mail_of_history_waits_in_the_outbox():
    assert not Message.objects.to_send(now=timezone.now()).exists()


# --- Around today ----------------------------------------------------------------------------------------


def test_every_worklist_has_something_for_the_team_lead():
    lead = User.objects.get(email="teamleider@example.org")

    found = {counted.worklist.name: counted.count for counted in worklists.counted_for(lead)}

    assert {name for name, count in found.items() if count == 0} <= {"mine"}
    assert Message.objects.failed().count() == 2


@pytest.mark.parametrize("login", ["behandelaar", "behandelaar2", "utrecht", "amsterdam"])
def test_every_caseworker_has_work_of_their_own(login: str):
    user = User.objects.get(email=f"{login}@example.org")

    found = {counted.worklist.name: counted.count for counted in worklists.counted_for(user)}

    assert found["mine"]
    assert found["new"]
    assert found["due"] + found["overdue"]


@pytest.mark.parametrize("login", ["bloemist", "collega", "gemachtigde", "vervoerder"])
def test_every_applicant_has_cases_and_a_draft(login: str):
    own = Application.objects.of_applicant(User.objects.get(email=f"{login}@example.org"))

    assert own.drafts().exists()
    assert own.open().exists()
    assert own.filter(status=Status.GRANTED).exists()


def test_special_cases_are_there():
    live = Application.objects.open()

    assert live.filter(facts_verified=False, country="NL").exists()
    assert live.exclude(country="NL").exists()
    assert live.exclude(facts_disputed="").exists()
    assert live.filter(status=Status.HEARING).exists()


@pytest.mark.parametrize("days", [60, 30, 7])
def test_exemptions_end_soon(days: int):
    assert Exemption.objects.filter(day_use=None, ends_on=timezone.localdate() + timedelta(days=days)).exists()


def test_everybody_can_log_in_with_the_password_that_the_command_prints():
    out = io.StringIO()
    call_command("demo_logins", stdout=out)

    for login in LOGINS:
        assert login.email in out.getvalue()
        assert EmailAddress.objects.filter(email=login.email, verified=True, primary=True).exists()
    assert EVERYBODYS in out.getvalue()
    assert Client().login(email="bloemist@example.org", password=EVERYBODYS)


def test_the_days_of_filing_lie_in_the_period(history):
    filed = Event.objects.filter(step="file", case_id__in=history.values("pk"))

    assert Counter(filed.values_list("to_status", flat=True)) == {Status.SUBMITTED: 13302}
    assert filed.filter(at__lt=midnight(FIRST)).count() == 0
    assert Dossier.objects.filter(number="ZES-2024-000001").exists()

"""Every case of the demo went as the law and the steps allow: events, terms, evidence, letters."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import F, Max, Q
from django.utils import timezone

from accounts.models import User
from casework.calendar import STATUTE
from casework.models import Deadline, Document, Event, Letter, Message, NumberSeries
from demo.plan import FIRST
from exemptions.models import Application, CompletionRequest, Decision, EvidenceItem, Ground, Status, ViewRequest
from exemptions.terms import AMSTERDAM, midnight
from objections.models import Appeal, Objection, ObjectionDecision
from renewals.models import Renewal
from reporting.models import ReportToParliament
from reporting.statuses import ReportStatus

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]
Sort = type[Application] | type[Objection] | type[Appeal] | type[Renewal] | type[ReportToParliament]
SORTS = (Application, Objection, Appeal, Renewal, ReportToParliament)


# --- Events ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", SORTS)
def test_the_last_event_of_every_case_gives_its_status(sort: Sort):
    last = dict(events_of(sort).last_of_each_case().values_list("case_id", "to_status"))

    assert last
    assert dict(sort.objects.filter(pk__in=last).values_list("pk", "status")) == last


def test_whatever_is_no_draft_has_events():
    sent = Application.objects.filed().count() + Objection.objects.filed().count()
    sent += Appeal.objects.count() + Renewal.objects.count()
    sent += ReportToParliament.objects.exclude(status=ReportStatus.DRAFT).count()

    assert Event.objects.last_of_each_case().count() == sent


@pytest.mark.parametrize("sort", SORTS)
def test_the_events_of_a_case_join_up(sort: Sort):
    status: dict[int, str] = {}
    rows = events_of(sort).order_by("at", "pk").values_list("case_id", "from_status", "to_status")
    for case, came_from, to in rows:
        assert status.get(case, sort().status) == came_from, case
        status[case] = to


@pytest.mark.parametrize("sort", SORTS)
def test_every_event_is_a_step_that_the_status_allows(sort: Sort):
    case: Any = sort()
    allowed = {(move.name, move.source, move.target or move.source) for move in case.get_all_status_transitions()}

    assert set(events_of(sort).values_list("step", "from_status", "to_status").distinct()) <= allowed


def events_of(sort: Sort) -> Any:
    return Event.objects.filter(case_type=sort.CASE_TYPE)


def test_nothing_happened_in_the_future():
    assert Event.objects.aggregate(last=Max("at"))["last"] <= timezone.now()
    assert not Letter.objects.filter(placed_at__gt=timezone.now()).exists()


def test_numbers_follow_each_other_in_the_order_of_coming_in():
    rows = events_of(Application).filter(step__in=["file", "receive_conversion"]).order_by("at", "pk")
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
    return list(User.objects.filter(pk__in=events_of(Application).filter(step__in=steps).values("by")))


def test_the_days_of_filing_lie_in_the_period(history):
    filed = events_of(Application).filter(step="file", case_id__in=history.values("pk"))

    assert Counter(filed.values_list("to_status", flat=True)) == {Status.SUBMITTED: 13302}
    assert filed.filter(at__lt=midnight(FIRST)).count() == 0


# --- Terms -----------------------------------------------------------------------------------------------


def test_history_is_decided_within_the_statutory_term(history):
    first = Decision.objects.filter(application__in=history, replaces=None)
    late = first.filter(taken_at__date__gt=F("application__decide_by"))

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
    assert not Deadline.objects.open().filter(dossier__in=history.values("dossier")).exists()


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


# --- Evidence, letters, mail -----------------------------------------------------------------------------


def test_every_filed_case_has_its_required_evidence_in_a_file_that_opens():
    missing = EvidenceItem.objects.filter(application__in=Application.objects.filed(), documents=None)

    assert not missing.exists()
    for document in Document.objects.order_by("?")[:20]:
        assert document.file.open().read().startswith(b"%PDF")


def test_every_decision_was_announced_in_a_letter():
    """A decision that follows an objection is announced by the decision on that."""
    announced = set(Letter.objects.exclude(reference="").values_list("reference", flat=True))
    own = set(Decision.objects.filter(from_objection=None).values_list("reference", flat=True))

    assert own | set(ObjectionDecision.objects.values_list("reference", flat=True)) == announced


def test_no_letter_shows_a_placeholder():
    assert not Letter.objects.filter(Q(body__contains="{") | Q(subject__contains="{")).exists()


def test_no_mail_of_history_waits_in_the_outbox():
    assert not Message.objects.to_send(now=timezone.now()).exists()

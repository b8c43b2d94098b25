"""What holds after every step of every life, whatever happened."""

from datetime import date
from typing import Any

from django.db import connection

from casework.models import Deadline, DefaultNotice, Dossier, Event
from exemptions.models import Status
from exemptions.steps.statuses import ENDED as APPLICATION_ENDED
from objections.models import ObjectionDecision
from objections.steps.statuses import APPEAL_ENDED
from objections.steps.statuses import ENDED as OBJECTION_ENDED
from tests.lives.played import CaseKey, Played, PlayedApplication
from tests.lives.recount import PlayedObjection, deadlines, replay

CLOSED: dict[str, set[str]] = {
    "application": {str(status) for status in APPLICATION_ENDED},
    "objection": {str(status) for status in OBJECTION_ENDED},
    "appeal": {str(status) for status in APPEAL_ENDED},
}
AFTER_THE_END = {
    "application": {
        *("note", "post_letters", "mend_mail", "set_penalty", "tell_needless", "revise", "reject_instead"),
        *(
            "receive_default_notice",
            "take_up_again",
            "keep_to_order",
        ),  # until the decision was made known, and where it came too late
        *("correct_facts", "annul"),  # of a day exemption, and where an objection is handled
    },
    "objection": {
        *("note", "post_letters", "mend_mail", "set_penalty", "ask_relief", "judge_relief", "decide_again"),
        "receive_default_notice",
    },
    "appeal": {"note", "take_number", "receive_paper", "accept_judgment", "oppose_judgment"},
}
"""The only steps that may be taken when a case has ended; `revise`, `reject_instead`, `decide_again` decide anew."""


TRACES = (
    "casework_event",
    "casework_deadline",
    "casework_letter",
    "casework_message",
    "casework_courtorder",
    "casework_defaultnotice",
    "casework_termsuspension",
    "exemptions_application",
    "objections_objection",
    "objections_appeal",
    "complaints_complaint",
)
FINGERPRINT = " UNION ALL ".join(
    f"SELECT md5(coalesce(string_agg(r::text, '' ORDER BY id), '')) FROM {table} AS r WHERE dossier_id = %(dossier)s"
    for table in TRACES
)
BELOW = (
    "SELECT count(*)::text FROM exemptions_decision",
    "SELECT count(*)::text FROM exemptions_exemption WHERE revoked_at IS NULL",
    "SELECT count(*)::text FROM objections_objectiondecision WHERE annulled_on IS NULL",
    "SELECT count(*)::text FROM objections_repairrequest",
    "SELECT md5(coalesce(string_agg(row::text, '' ORDER BY id), '')) FROM objections_hearing AS row",
)


def fingerprint(dossier_id: int) -> list[str]:
    """All that a step could leave behind, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([FINGERPRINT, *BELOW]), {"dossier": dossier_id})
        return [str(sign) for (sign,) in cursor.fetchall()]


def everything(dossier_id: int) -> None:
    """All of it."""
    dossier = Dossier.objects.select_related("application").get(pk=dossier_id)
    events = list(Event.objects.filter(dossier=dossier).order_by("at", "pk"))
    cases = replay(events)
    assert deadlines(cases) == open_deadlines(dossier)
    nothing_follows_the_end(events)
    for case in rows(dossier):
        is_as_played(case, cases)
    penalties_are_as_played(dossier, cases)
    one_decision_stands(dossier)
    no_decider_decided_before(dossier)


def open_deadlines(dossier: Dossier) -> dict[tuple[str, int, str], date]:
    """As they are stored."""
    return {(row.case_type, row.case_id, row.kind): row.due for row in Deadline.objects.open().filter(dossier=dossier)}


def rows(dossier: Dossier) -> list[Any]:
    """The cases that were sent."""
    return [dossier.application, *dossier.objections.exclude(status="draft"), *dossier.appeals.all()]


def is_as_played(case: Any, cases: dict[CaseKey, Played]) -> None:
    """Its status, facts and standing decision are those that follow from its events."""
    played = cases[case.CASE_TYPE, case.pk]
    assert case.status == played.status
    facts = {"application": of_application, "objection": of_objection, "appeal": of_appeal}[case.CASE_TYPE]
    assert facts(case) == as_played(played)


def of_application(application: Any) -> tuple[Any, ...]:
    """Day of receipt, what moved the term, and the standing decision."""
    due = application.dossier.deadlines.open().filter(kind="decide").values_list("due", flat=True).first()
    assert due in (None, application.decide_by)
    stands = application.decisions.standing().values_list("outcome", "starts_on", "ends_on").first()
    return application.received_on, application.extended_to, stands


def of_objection(objection: Any) -> tuple[Any, ...]:
    """The same, with committee, adjournment and excuse."""
    stands = objection.decisions.standing().values_list("outcome", flat=True).first()
    return (
        objection.received_on,
        objection.extended_to,
        objection.committee,
        objection.adjourned_on,
        objection.excused,
        objection.is_in_time,
        (stands, None, None) if stands else None,
    )


def of_appeal(appeal: Any) -> tuple[Any, ...]:
    """The day on which it was filed."""
    return (appeal.filed_on,)


def as_played(played: Played) -> tuple[Any, ...]:
    """The facts of a row, from its events."""
    if isinstance(played, PlayedApplication):
        return played.received, played.extended, played.standing
    if isinstance(played, PlayedObjection):
        about = played.committee, played.adjourned, played.excused, played.in_time
        return played.received, played.extended, *about, played.standing
    return (played.received,)


def penalties_are_as_played(dossier: Dossier, cases: dict[CaseKey, Played]) -> None:
    """Every notice with effect, its first day, the day that stopped it, and the amount as it was first set."""
    stored = dossier.default_notices.exclude(first_day=None).order_by("pk")
    told = [(row.case_type, row.received_on, row.first_day, row.decided_on, find_first_amount(row)) for row in stored]
    played = [
        (key[0], notice.received, notice.first, notice.decided, notice.euros)
        for key, case in cases.items()
        for notice in case.notices
    ]
    assert sorted(told, key=str) == sorted(played, key=str)


def find_first_amount(notice: DefaultNotice) -> int | None:
    """As it was set by the step; what an objection made of it holds now, and is the amount of the notice."""
    taken = list(notice.decisions.order_by("pk"))
    assert [one.penalty_eur for one in taken if one.is_in_force] == [notice.amount_eur for _one in taken[:1]]
    return taken[0].penalty_eur if taken else notice.amount_eur


def nothing_follows_the_end(events: list[Event]) -> None:
    """No step leaves a closed status but those that are meant to."""
    for event in events:
        if event.from_status in CLOSED[event.case_type]:
            assert event.step in AFTER_THE_END[event.case_type], f"{event.step} in {event.from_status}"


def one_decision_stands(dossier: Dossier) -> None:
    """At most one, and it is what the status says; one exemption, of that decision."""
    application = dossier.application
    standing = list(application.decisions.standing())
    decided = application.status in (Status.GRANTED, Status.REJECTED, Status.SET_ASIDE)
    assert [decision.outcome for decision in standing] == ([application.status] if decided else [])
    valid = [exemption.decision for exemption in application.exemptions.filter(revoked_at=None)]
    assert valid == [decision for decision in standing if decision.outcome == "granted"]


def no_decider_decided_before(dossier: Dossier) -> None:
    """Awb 10:3(3): the person who decided on an objection took none of the decisions in its chain."""
    for decided in ObjectionDecision.objects.filter(objection__dossier=dossier).select_related("objection__decision"):
        takers = {decision.taken_by_id for decision in decided.objection.contested()}
        assert decided.taken_by_id not in takers

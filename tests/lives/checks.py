"""What holds after every step of every life, whatever happened."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from casework.models import CourtOrder, Deadline, DefaultNotice, Event
from exemptions.models import Application, Status
from exemptions.steps.statuses import ENDED as APPLICATION_ENDED
from objections.models import Appeal, Objection, ObjectionDecision
from objections.steps.statuses import APPEAL_ENDED
from objections.steps.statuses import ENDED as OBJECTION_ENDED
from tests.lives.granted import GrantedApplication
from tests.lives.played import CaseKey, Played, PlayedApplication
from tests.lives.recount import PlayedObjection, deadlines, replay
from tests.lives.validity import everybody_says_the_same

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
        "convert_back",  # the conversion from which it came was revoked
        *("correct_facts", "annul"),  # of a day exemption, and where an objection is handled
        *("replace_vehicle", "end_on_request", "lengthen", "shorten", "correct_decision", "cancel_day"),
        *("ask_view_on_change", "give_view_on_change", "leave_exemption", "approve_change", "return_change"),
        *("revoke", "suspend_exemption", "lift_suspension"),
        *("propose_revocation", "propose_suspension", "propose_shortening"),
        *("allow_temporary_vehicle", "end_temporary_vehicle"),  # what was granted is changed
        *("ask_change", "take_back_change", "refuse_change", "rename_holder"),
        *("message_desk", "message_applicant", "settle_messages"),
        "settle_register_finding",  # or looked at, for the register says something else
        "rate",
    },
    "objection": {
        *("note", "post_letters", "mend_mail", "set_penalty", "ask_relief", "judge_relief", "decide_again"),
        *("receive_default_notice", "message_desk", "message_applicant", "settle_messages"),
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
    f"SELECT md5(coalesce(string_agg(r::text, '' ORDER BY id), '')) "
    f"FROM {table} AS r WHERE dossier_id = ANY(%(dossiers)s)"
    for table in TRACES
)
BELOW = (
    "SELECT count(*)::text FROM casework_dossier",
    "SELECT count(*)::text FROM exemptions_decision",
    "SELECT count(*)::text FROM exemptions_exemption WHERE revoked_at IS NULL",
    "SELECT count(*)::text FROM objections_objectiondecision WHERE annulled_on IS NULL",
    "SELECT count(*)::text FROM objections_repairrequest",
    *(
        f"SELECT md5(coalesce(string_agg(row::text, '' ORDER BY id), '')) FROM {table} AS row"
        for table in (
            "objections_hearing",
            "exemptions_changerequest",
            "exemptions_registerfinding",
            "exemptions_applicant",
        )
    ),
)


def list_chain(dossier_id: int) -> list[Application]:
    """The application of a dossier, and each as which it went on by conversion."""
    found = Application.objects.select_related("dossier", "kind")
    chain = [found.get(dossier=dossier_id)]
    while successor := found.filter(converted_from=chain[-1]).first():
        chain.append(successor)
    return chain


def fingerprint(dossiers: Sequence[int]) -> list[str]:
    """All that a step could leave behind, in one query, whose parts PostgreSQL may answer in any order."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([FINGERPRINT, *BELOW]), {"dossiers": list(dossiers)})
        return sorted(str(sign) for (sign,) in cursor.fetchall())


def everything(dossiers: Sequence[int]) -> None:
    """All of it."""
    events = list(Event.objects.filter(dossier__in=dossiers).order_by("at", "pk"))
    of_dossiers = Application.objects.filter(dossier__in=dossiers)
    applications = list(of_dossiers.select_related("kind", "municipality", "owner").order_by("pk"))
    origins = {one.pk: one.converted_from_id for one in applications if one.converted_from_id}
    days = {one.pk: one.wanted_from for one in applications if one.wanted_from and one.chosen_kind.is_day}
    cases = replay(events, origins=origins, days=days)
    assert deadlines(cases) == open_deadlines(dossiers)
    nothing_follows_the_end(events)
    for case in rows(dossiers):
        is_as_played(case, cases)
    penalties_are_as_played(dossiers, cases)
    orders_are_of_the_undecided(dossiers)
    for application in applications:
        conversions_are_as_played(application, cases)
        one_decision_stands(application)
        wishes_are_as_played(application, cases)
    no_decider_decided_before(dossiers)
    everybody_says_the_same(applications, cases)


def open_deadlines(dossiers: Sequence[int]) -> dict[tuple[str, int, str], date]:
    """As they are stored."""
    stored = Deadline.objects.open().filter(dossier__in=dossiers)
    return {(row.case_type, row.case_id, row.kind): row.due for row in stored}


def rows(dossiers: Sequence[int]) -> list[Any]:
    """The cases that were sent."""
    sent = Objection.objects.filter(dossier__in=dossiers).exclude(status="draft")
    return [
        *Application.objects.filter(dossier__in=dossiers),
        *sent,
        *Appeal.objects.filter(dossier__in=dossiers),
    ]


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


def penalties_are_as_played(dossiers: Sequence[int], cases: dict[CaseKey, Played]) -> None:
    """Of every notice with effect the case, first day, the day that stopped it, and the amount as it was first set."""
    stored = DefaultNotice.objects.filter(dossier__in=dossiers).exclude(first_day=None).order_by("pk")
    told = [
        ((row.case_type, row.case_id), row.received_on, row.first_day, row.decided_on, find_first_amount(row))
        for row in stored
    ]
    played = [
        (key, notice.received, notice.first, notice.decided, notice.euros)
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


def one_decision_stands(application: Application) -> None:
    """At most one, and it is what the status says, or ended what was granted; the exemption that holds is its own.

    But for the time in which a letter that takes it away waits to be posted.
    """
    standing = list(application.decisions.standing())
    decided = application.status in (Status.GRANTED, Status.REJECTED, Status.SET_ASIDE)
    found = ["granted" if decision.outcome == "ended" else decision.outcome for decision in standing]
    assert found == ([application.status] if decided else [])
    valid = [exemption.decision for exemption in application.exemptions.filter(revoked_at=None, temporary=False)]
    gave = [decision for decision in standing if hasattr(decision, "exemption")]
    assert valid == gave or (len(valid) == 1 and not gave and standing[0].made_known_on is None)


def wishes_are_as_played(application: Application, cases: dict[CaseKey, Played]) -> None:
    """What the holder asked and what came of it; what somebody looked at that the register says otherwise."""
    played = cases["application", application.pk]
    assert isinstance(played, GrantedApplication)
    asked = application.change_requests.order_by("pk").values_list("what", "answer_by", "result")
    assert list(asked) == [(one.what, one.answer_by, one.result) for one in played.wishes]
    looked_at = application.register_findings.exclude(settled_at=None).values_list("what", flat=True)
    assert sorted(looked_at) == sorted(played.looked_at)


def conversions_are_as_played(application: Application, cases: dict[CaseKey, Played]) -> None:
    """The day on which it was made known that it was converted, and the six weeks to object to that (Awb 6:8)."""
    played = cases["application", application.pk]
    assert isinstance(played, PlayedApplication)
    conversion = application.decisions.on_conversions().first()
    assert (conversion is not None) == played.was_converted
    known = played.conversion_known
    if conversion is None or known is None:
        assert conversion is None or conversion.made_known_on is None
        return
    assert conversion.made_known_on == known
    for objection in conversion.objections.exclude(status="draft"):
        assert objection.object_until == played.finger.weeks_after(known, 6)


def orders_are_of_the_undecided(dossiers: Sequence[int]) -> None:
    """An order of a court that runs is about what is not converted: it went along, and came back."""
    running = CourtOrder.objects.filter(dossier__in=dossiers, case_type="application").running()
    converted = Application.objects.filter(pk__in=running.values("case_id"), status=Status.CONVERTED)
    assert not converted.exists()


def no_decider_decided_before(dossiers: Sequence[int]) -> None:
    """Awb 10:3(3): the person who decided on an objection took none of the decisions in its chain."""
    taken = ObjectionDecision.objects.filter(objection__dossier__in=dossiers)
    for decided in taken.select_related("objection__decision"):
        takers = {decision.taken_by_id for decision in decided.objection.contested()}
        assert decided.taken_by_id not in takers

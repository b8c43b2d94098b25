"""The whole table of status × step of objections and appeals: what may follow on what, and nothing else."""

from typing import Any

import pytest
from django.db.models import Model
from django_fsm import TransitionNotAllowed

from accounts.models import User
from casework import workflow_drawing
from exemptions.models import Application
from objections.models import Appeal, AppealStatus, Objection, ObjectionStatus
from tests import contest, given

Table = dict[str, tuple[set[str], str | None]]
DRAFT = {"draft"}
IN_HAND = {"registered", "handling"}
DECIDABLE = {"handling", "hearing_offered"}
OPEN = {"registered", "repair", "handling", "hearing_offered", "hearing_planned"}
DECIDED = {"upheld", "upheld_in_part", "unfounded", "inadmissible"}
ENDED = DECIDED | {"withdrawn", "forwarded"}
FILED = OPEN | ENDED
# step -> (from, to); None: the status stays
OBJECTION: Table = {
    "file": (DRAFT, "registered"),
    "register": (DRAFT, "registered"),
    "take_up": (IN_HAND, None),
    "assign": (OPEN, None),
    "snooze": (OPEN, None),
    "wake": (OPEN, None),
    "note": (FILED, None),
    "learn_announcement": (OPEN, None),
    "ask_costs": (OPEN, None),
    "contest_penalty": (OPEN, None),
    "admit": ({"registered"}, "handling"),
    "ask_repair": (IN_HAND, "repair"),
    "repair": ({"repair"}, "registered"),
    "remind_repair": ({"repair"}, None),
    "let_repair_lapse": ({"repair"}, "registered"),
    "offer_hearing": ({"handling"}, "hearing_offered"),
    "answer_hearing": ({"hearing_offered", "hearing_planned"}, "handling"),
    "plan_hearing": (DECIDABLE | {"hearing_planned"}, "hearing_planned"),
    "cancel_hearing": ({"hearing_planned"}, "handling"),
    "hold_hearing": ({"hearing_planned"}, "handling"),
    "waive_hearing": (DECIDABLE, "handling"),
    "ask_information": (DECIDABLE | {"hearing_planned"}, None),
    "add_papers": (OPEN, None),
    "refer_to_committee": (OPEN - {"hearing_planned"}, None),
    "receive_advice": (IN_HAND, None),
    "end_referral": (OPEN - {"hearing_planned"}, None),
    "adjourn": (OPEN, None),
    "delay_further": (OPEN, None),
    "inquire_abroad": (OPEN, None),
    "suspend_decision_term": (OPEN, None),
    "prolong_suspension": (OPEN, None),
    "resume_decision_term": (OPEN, None),
    "receive_default_notice": (OPEN | DECIDED, None),
    "set_penalty": (FILED, None),
    "uphold": (DECIDABLE, "upheld"),
    "settle_by_renewal": (DECIDABLE, "upheld"),
    "uphold_in_part": (DECIDABLE, "upheld_in_part"),
    "uphold_and_reject": (DECIDABLE, "upheld"),
    "uphold_penalty": (DECIDABLE, "upheld"),
    "declare_unfounded": (DECIDABLE, "unfounded"),
    "declare_inadmissible": (DECIDABLE | {"registered"}, "inadmissible"),
    "decide_again": (DECIDED | {"forwarded"}, "handling"),
    "keep_to_order": (OPEN, None),
    "withdraw": (OPEN, "withdrawn"),
    "forward": (OPEN, "forwarded"),
    "refuse_direct_appeal": (IN_HAND, None),
    "agree_direct_appeal": (IN_HAND, "forwarded"),
    "message_desk": (FILED, None),
    "message_applicant": (FILED, None),
    "settle_messages": (FILED, None),
    "post_letters": (FILED, None),
    "mend_mail": (FILED, None),
    "ask_relief": (FILED, None),
    "judge_relief": (FILED, None),
}
RUNNING = {"filed", "pending"}
KEPT = RUNNING | {"withdrawn", "inadmissible", "unfounded", "upheld", "settled"}
APPEAL: Table = {
    "lodge": ({"announced"}, "filed"),
    "take_number": (KEPT, None),
    "send_papers": (RUNNING, "pending"),
    "receive_paper": (KEPT, None),
    "win_without_change": (RUNNING, "upheld"),
    "withdraw": (RUNNING, "withdrawn"),
    "settle": (RUNNING, "settled"),
    "find_inadmissible": (RUNNING, "inadmissible"),
    "find_unfounded": (RUNNING, "unfounded"),
    "win_with_grant": (RUNNING, "upheld"),
    "win_with_court_grant": (RUNNING, "upheld"),
    "win_with_order": (RUNNING, "upheld"),
    "note": (KEPT, None),
    "report_decision": (RUNNING, None),
    "receive_interim_judgment": (RUNNING, "pending"),
    "answer_interim_judgment": (RUNNING, None),
    "report_repair": (RUNNING, None),
    "accept_judgment": (KEPT - RUNNING, None),
    "oppose_judgment": (KEPT - RUNNING, None),
}


@pytest.fixture
def decided(applicant: User) -> Application:
    """A row with a decision, whatever its history."""
    application = given.draft(by=applicant)
    application.decisions.create(outcome="rejected")
    return application


@pytest.mark.parametrize(("model", "table"), [(Objection, OBJECTION), (Appeal, APPEAL)])
def test_the_table_is_the_code(model: type[Model], table: Table) -> None:
    moves = {(move.name, move.source, move.target) for move in workflow_drawing.all_moves(model)}

    assert moves == {(step, source, to) for step, (sources, to) in table.items() for source in sources}


@pytest.mark.parametrize("status", ObjectionStatus.values)
def test_a_step_that_does_not_follow_is_refused_and_leaves_no_trace(
    status: str, decided: Application, applicant: User, subtests: pytest.Subtests
) -> None:
    objection = contest.draft(decided, by=applicant)
    Objection.objects.filter(pk=objection.pk).update(status=status, received_on=objection.created_at.date())

    refuse_others(Objection.objects.get(pk=objection.pk), OBJECTION, subtests)


@pytest.mark.parametrize("status", AppealStatus.values)
def test_nor_does_it_before_a_court(
    status: str, decided: Application, applicant: User, subtests: pytest.Subtests
) -> None:
    objection = contest.draft(decided, by=applicant)
    appeal = Appeal.objects.create(dossier=decided.dossier, objection=objection, court="Rechtbank Gelderland")
    Appeal.objects.filter(pk=appeal.pk).update(status=status, filed_on=objection.created_at.date())

    refuse_others(Appeal.objects.get(pk=appeal.pk), APPEAL, subtests)


def refuse_others(case: Any, table: Table, subtests: pytest.Subtests) -> None:
    status = case.status
    for step in (step for step, (sources, _to) in table.items() if status not in sources):
        with subtests.test(step=step), pytest.raises(TransitionNotAllowed):
            getattr(case, step)(by=None)

    assert type(case).objects.get(pk=case.pk).status == status
    assert not case.dossier.events.exists()


def test_the_status_cannot_be_set_by_hand(decided: Application, applicant: User) -> None:
    objection = contest.draft(decided, by=applicant)

    with pytest.raises(AttributeError):
        objection.status = ObjectionStatus.UPHELD

"""Objections and appeals made by hand: which steps were taken when: `objection("PAR", file="2025-03-20")`."""

from typing import Any

from casework.models.letter import Words
from exemptions.models import Application, Decision, ThresholdVersion
from objections.models import Appeal, AppealStatus, Objection, ObjectionStatus
from objections.steps.statuses import DECIDED
from renewals.models import Renewal, RenewalItem
from tests.reporting.cases import case, moment

OBJECTION_LEADS_TO = {
    "file": ObjectionStatus.REGISTERED,
    "register": ObjectionStatus.REGISTERED,
    "admit": ObjectionStatus.HANDLING,
    "uphold": ObjectionStatus.UPHELD,
    "uphold_in_part": ObjectionStatus.UPHELD_IN_PART,
    "declare_unfounded": ObjectionStatus.UNFOUNDED,
    "declare_inadmissible": ObjectionStatus.INADMISSIBLE,
    "withdraw": ObjectionStatus.WITHDRAWN,
    "agree_direct_appeal": ObjectionStatus.FORWARDED,
    "decide_again": ObjectionStatus.HANDLING,
}
APPEAL_LEADS_TO = {
    "lodge": AppealStatus.FILED,
    "send_papers": AppealStatus.PENDING,
    "find_inadmissible": AppealStatus.INADMISSIBLE,
    "find_unfounded": AppealStatus.UNFOUNDED,
    "win_with_grant": AppealStatus.UPHELD,
    "settle": AppealStatus.SETTLED,
    "withdraw": AppealStatus.WITHDRAWN,
}


def objection(kind: str = "PAR", *, received: str = "", term: Any = None, **steps: str) -> Objection:
    """An objection to a rejection; received on the day of its first step unless said otherwise.

    `term`: what the event of its decision tells of it, see `in_term`.
    """
    application = case(kind, file="2024-12-02", reject="2024-12-16", ground="not_needed")
    decision = Decision.objects.create(application=application, outcome="rejected", taken_at=moment("2024-12-16"))
    received_on = received or moment(next(iter(steps.values()))).date().isoformat()
    row: Objection = Objection.objects.create(
        dossier=application.dossier, decision=decision, filled_in_by=application.owner, received_on=received_on
    )
    write_down(row, OBJECTION_LEADS_TO, ObjectionStatus.DRAFT, steps, first={"received_on": received_on}, decided=term)
    return row


def appeal(about: Objection, *, filed: str = "", instance: str = "district", **steps: str) -> Appeal:
    """An appeal about it; filed on the day on which it was written down unless said otherwise."""
    filed_on = filed or moment(next(iter(steps.values()))).date().isoformat()
    row: Appeal = Appeal.objects.create(
        dossier=about.dossier, objection=about, court="Rechtbank", filed_on=filed_on, instance=instance
    )
    lodged = {"filed_on": filed_on, "objection_id": about.pk, "instance": instance}
    write_down(row, APPEAL_LEADS_TO, AppealStatus.ANNOUNCED, steps, first=lodged)
    return row


def write_down(
    row: Objection | Appeal,
    leads_to: dict[str, Any],
    status: str,
    steps: dict[str, str],
    *,
    first: dict[str, Any],
    decided: dict[str, Any] | None = None,
) -> None:
    """Its events. `first`: what the first of them tells; `decided`: what the decision does."""
    for step, at in steps.items():
        to = leads_to.get(step, status)
        detail = first or (decided if decided and to in DECIDED else {})
        row.dossier.record(row, step, from_status=status, to_status=to, by=None, detail=detail, at=moment(at))
        status, first = to, {}


def run(valid_from: str) -> Renewal:
    """A run after new thresholds."""
    version = ThresholdVersion.objects.begin(valid_from=valid_from, source="Test", reason_nl="Test")
    dossier = case(file=valid_from).dossier
    renewal: Renewal = Renewal.objects.create(dossier=dossier, thresholds=version)
    renewal.refresh_from_db()
    return renewal


def decided_again(at: str, *, cause: str = "renewal", within: Renewal | None = None) -> Application:
    """A rejection that was replaced by a grant, in a run or not."""
    application = case("NEV", file="2025-01-06", reject="2025-01-20", ground="not_needed")
    old = Decision.objects.create(application=application, outcome="rejected", taken_at=moment("2025-01-20"))
    new = Decision.objects.create(
        application=application, outcome="granted", taken_at=moment(at), starts_on=at, ends_on="2027-01-01"
    )
    if within:
        words = Words(kind="renewed", language="nl", subject="Besluit", body="Ja.")
        letter = application.dossier.place_letter(application, words, address="")
        RenewalItem.objects.create(
            run=within,
            decision=old,
            action="grant",
            state="done",
            reasons_nl="Laadvermogen",
            reasons_en="Payload",
            new_decision=new,
            letter=letter,
            done_at=moment(at),
        )
    application.dossier.record(
        application,
        "revise",
        from_status="rejected",
        to_status="granted",
        by=None,
        detail={"cause": cause},
        at=moment(at),
    )
    return application

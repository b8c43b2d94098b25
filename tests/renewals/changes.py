"""What changes, and the cases that it touches: `rejected(by=applicant, …)`, `stricter(by=team_lead)`, `approved(…)`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from exemptions.models import Application, Decision, Exemption, Ground, KindVersion, Threshold, ThresholdVersion
from objections.models import Objection
from renewals.models import Renewal
from renewals.publication import make_list
from tests import given
from zones.access import VehicleFacts
from zones.models import AccessRule

OLD, NEW = 1_500, 1_300
"""The limit of the payload of a van, in kg: as it was, and as it becomes."""
HEAVY = replace(given.VAN, payload_kg=1_400, towing_kg=2_000, max_mass_kg=3_500)
"""Within the old limit, beyond the new one."""
LIGHT = replace(HEAVY, payload_kg=900)
"""Within both."""
PLATES = (f"VX{number:03}Z" for number in range(1_000_000))


def far_day() -> date:
    """Until when an exemption is wanted, where it does not matter."""
    return timezone.localdate() + timedelta(days=400)


def version(
    payload: int | None = NEW, *, valid_from: date | None = None, published: bool = True, by: User | None = None
) -> ThresholdVersion:
    """A version with one limit, for vans; published by nobody in particular."""
    made: ThresholdVersion = ThresholdVersion.objects.begin(
        valid_from=valid_from or timezone.localdate(),
        source="Regeling drempelwaarden",
        reason_nl="De grens voor het laadvermogen is verlaagd.",
        reason_en="The limit of the payload was lowered.",
        made_by=by,
    )
    if payload is not None:
        limit(made, Threshold.Metric.PAYLOAD, payload)
    if published:
        approver = User.objects.filter(is_staff=True).exclude(email=by.email if by else "")[0]
        values = {"status": "published", "published_at": timezone.now(), "approved_by": approver}
        ThresholdVersion.objects.filter(pk=made.pk).update(**values)
        made = ThresholdVersion.objects.get(pk=made.pk)
    return made


def limit(of: ThresholdVersion, metric: Threshold.Metric, value: int, *, vehicle_class: str = "van") -> None:
    """One more limit."""
    of.limits.create(vehicle_class=vehicle_class, metric=metric, limit=value)


def application(*, by: User, desk: User, facts: VehicleFacts = HEAVY, code: str = "NEV", **about: Any) -> Application:
    """One that is handled, with its own end and plate, whose answers add nothing to the register."""
    made = given.taken_up(by=by, desk=desk, code=code, facts=facts, plate=next(PLATES))
    values = {"wanted_until": far_day(), "answers": {}, **about}
    Application.objects.filter(pk=made.pk).update(**values)
    made.refresh_from_db()
    return made


def rejected(
    *, by: User, desk: User, second: User, code: str = "NEV", ground: str = "available", **about: Any
) -> Decision:
    """Rejected by two people, after a hearing if the ground requires one."""
    made = application(by=by, desk=desk, code=code, **about)
    reason = Ground.objects.for_kind(code).filter(code=ground)[0]
    if reason.rests_on_other_data:
        made.offer_hearing(by=desk, differences=given.DIFFERING, ends_on=given.working_day())
        made.give_view(by=by, view="Daar ben ik het niet mee eens.")
    made.propose_rejection(
        by=desk, ground=reason, explanation="Uw auto blijft binnen de grens.", doubts_reason=given.EXPLAINED
    )
    made.approve_rejection(by=second, doubts_reason=given.EXPLAINED)
    found: Decision = made.decisions.standing().get()
    return found


def granted(*, by: User, desk: User, days: int = 300, **about: Any) -> Exemption:
    """Granted from today."""
    made = application(by=by, desk=desk, **about)
    first = timezone.localdate()
    ground = given.ground(Ground.Outcome.GRANT, made)
    why: dict[str, Any] = {"doubts_reason": given.EXPLAINED, "explanation": "Zo lang hebt u haar nodig."}
    made.grant(by=desk, ground=ground, starts_on=first, ends_on=first + timedelta(days=days), **why)
    found: Exemption = made.exemptions.get()
    return found


def listed(change: ThresholdVersion | KindVersion | AccessRule, *, by: User) -> Renewal:
    """The list of what a change means."""
    return make_list(change, by=by)


def approved(
    change: ThresholdVersion | KindVersion | AccessRule, *, by: User, second: User, **proposal: Any
) -> Renewal:
    """Reviewed by one team lead and approved by another."""
    run = listed(change, by=by)
    words = {"explanation_nl": "De grens is verlaagd.", "explanation_en": "The limit was lowered."}
    run.propose(by=by, **{**words, **proposal})
    run.approve(by=second)
    return run


def running(change: ThresholdVersion | KindVersion | AccessRule, *, by: User, second: User, **proposal: Any) -> Renewal:
    """The worker is to begin."""
    run = approved(change, by=by, second=second, **proposal)
    run.start(by=second)
    return run


def objection(decision: Decision, *, by: User, **about: Any) -> Objection:
    """Sent today, with grounds."""
    made: Objection = Objection.objects.create(
        dossier=decision.application.dossier,
        decision=decision,
        filled_in_by=by,
        grounds="Mijn bus kan veel meer laden.",
        **about,
    )
    made.file(by=by, received_on=timezone.localdate())
    return made


def newer_kind(code: str, **changes: Any) -> KindVersion:
    """The kind as it becomes today."""
    old = given.kind(code)
    today = timezone.localdate()
    KindVersion.objects.filter(pk=old.pk).update(valid_until=today)
    old.pk, old.valid_from = None, today
    for name, value in changes.items():
        setattr(old, name, value)
    old.save(force_insert=True)
    return old


Rejected = Callable[..., Decision]

"""Drafts of objections: one for the decision on the application, one for each other decision; and sending once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from casework import clock
from casework.current_policy import CurrentPolicy
from casework.models import Event
from exemptions.intake import draft_files
from exemptions.models import Application, Decision
from exemptions.models.decision import ON_APPLICATION
from exemptions.steps.revision import Cause
from exemptions.steps.statuses import DECIDED
from objections.models import Objection, ObjectionStatus
from objections.models.objection_query import ObjectionQuerySet
from objections.steps.penalty import can_be_contested
from objections.steps.statuses import NOT_IN_THE_WAY

if TYPE_CHECKING:
    from accounts.models import User

WORDS = ("grounds", "late_reason", "direct_appeal_asked", "costs_asked", "penalty")
"""The fields of an objection that are typed or ticked in the form."""


def find_objectable_decision(application: Application, reference: str = "") -> Decision | None:
    """The decision to which one can object now (Awb 7:1); None if there is none, or somebody has already objected.

    A decision taken after an objection or a judgment is appealed to the court instead. `reference`: that of a decision
    in the dossier other than the one on the application.
    """
    if reference:
        return next((one for one in list_objectable_others(application) if one.reference == reference), None)
    if application.status not in DECIDED:
        return None
    decision = application.decisions.standing().select_related("ground", "replaces").last()
    if decision is None or was_won(application, decision):
        return None
    return None if decision.objections.exclude(status__in=NOT_IN_THE_WAY).exists() else decision


def list_objectable_others(application: Application) -> list[Decision]:
    """Other decisions open to objection, latest first: on a penalty (Awb 4:18), or a conversion (6:2(a))."""
    taken = application.decisions.exclude(outcome__in=ON_APPLICATION).in_force().order_by("-taken_at", "-pk")
    return [decision for decision in taken if can_be_contested(decision)]


def match_decision(application: Application, reference: str) -> Q:
    """A filter on objections to one decision of the dossier, or to those on the application."""
    which = Q(decision__reference=reference) if reference else Q(decision__outcome__in=ON_APPLICATION)
    return Q(decision__application=application) & which


def was_won(application: Application, decision: Decision) -> bool:
    """Whether the decision replaced another after an objection or a judgment, and was not changed since."""
    if decision.change or not hasattr(decision, "replaces"):
        return False
    again = Event.objects.of(application).filter(step__in=("revise", "reject_instead")).last()
    return again is not None and again.detail.get("cause") in (Cause.OBJECTION, Cause.JUDGMENT)


def already_sent(application: Application, reference: str = "") -> Objection | None:
    """The objection that prevents another one: the latest that was sent; None if there is none."""
    sent = Objection.objects.filed().filter(match_decision(application, reference) | match_penalty(reference))
    latest: Objection | None = sent.exclude(status=ObjectionStatus.WITHDRAWN).order_by("-pk").first()
    return latest


def match_penalty(reference: str) -> Q:
    """A filter on objections that are also about this penalty (Awb 4:19)."""
    return Q(penalty__reference=reference) if reference else Q(pk=None)


def find_draft(application: Application, reference: str = "") -> Objection | None:
    """The draft; None if there is none."""
    return find_begun_objections(application, reference).first()


def find_begun_objections(application: Application, reference: str = "") -> ObjectionQuerySet:
    """The same as a query, for callers that lock the row."""
    drafts: ObjectionQuerySet = Objection.objects.filter(
        match_decision(application, reference), status=ObjectionStatus.DRAFT, channel=Objection.Channel.PORTAL
    )
    return drafts.order_by("-pk")


def mark_draft(draft: Objection | None) -> str:
    """A hash of what was typed; a page with a different one is older than the draft."""
    kept = [str(getattr(draft or Objection(), name)) for name in WORDS]
    return hashlib.sha256("\0".join(kept).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class KeptDraft:
    """The draft after saving; `clashes`: somebody else had typed other words, so nothing was saved."""

    draft: Objection
    clashes: bool


@transaction.atomic
def keep_draft(
    application: Application, reference: str = "", *, words: Mapping[str, Any], seen: str, by: "User"
) -> KeptDraft:
    """Begin or continue a draft and store the words, unless they would overwrite somebody else's.

    `seen`: the mark of the draft that the page showed. Raises TransitionNotAllowed if objecting is no longer possible.
    """
    draft = lock_draft(application, reference, by=by)
    before = mark_draft(draft)
    for name, value in words.items():
        setattr(draft, name, value)
    if seen and before not in (seen, mark_draft(draft)):
        return KeptDraft(Objection.objects.get(pk=draft.pk), clashes=True)
    draft.save(update_fields=list(WORDS))
    return KeptDraft(draft, clashes=False)


def lock_draft(application: Application, reference: str, *, by: "User") -> Objection:
    """The draft about the standing decision, locked, so that tabs, colleagues and the desk wait for each other."""
    locked = Application.objects.select_for_update(no_key=True, of=("self",)).get(pk=application.pk)
    # Lock the draft before checking that one can object: the desk drops it when it registers an objection by post.
    draft = find_begun_objections(locked, reference).select_for_update(no_key=True, of=("self",)).first()
    decision = find_objectable_decision(locked, reference)
    if decision is None:
        raise TransitionNotAllowed("one cannot object now", object=application, method=Objection.file)
    if draft is None:
        new: Objection = Objection.objects.create(dossier=locked.dossier, decision=decision, filled_in_by=by)
        return new
    if draft.decision_id != decision.pk:  # there is a newer decision
        draft.decision = decision
        draft.save(update_fields=["decision"])
    return draft


class HasChanged(Exception):
    """The draft is no longer what the user checked."""


@transaction.atomic
def send_draft(application: Application, reference: str = "", *, seen: str, by: "User") -> Objection:
    """Send the draft that was checked. Raises HasChanged, StepRefused, or TransitionNotAllowed if already sent."""
    draft = lock_draft(application, reference, by=by)
    if mark_draft(draft) != seen:
        raise HasChanged
    draft.file(by=by, received_on=timezone.localdate())
    return draft


@transaction.atomic
def discard_draft(draft: Objection) -> None:
    """Discard a draft with its files; raises TransitionNotAllowed for what was sent. Idempotent."""
    row = Objection.objects.select_for_update(no_key=True, of=("self",)).filter(pk=draft.pk).first()
    if row is None:
        return
    if not row.is_draft:
        raise TransitionNotAllowed("it was sent", object=row, method=Objection.file)
    for document in row.documents.all():
        draft_files.delete_document(document)
    row.delete()


def drop_old_drafts(*, today: date) -> int:
    """Remove old drafts; returns how many. Their files go with the nightly sweep."""
    limit = clock.now() - timedelta(days=CurrentPolicy.on(today).number("draft_days"))
    old = Objection.objects.filter(status=ObjectionStatus.DRAFT, created_at__lt=limit)
    return sum(draft.drop() for draft in old)

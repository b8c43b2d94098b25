"""The evidence of an application as its applicant sees it: each item with its actual state."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from casework.models import Document
from exemptions.models import Application, EvidenceItem, Status

Verdict = EvidenceItem.Verdict


@dataclass(frozen=True)
class Proof:
    """One item with its files, a label and its colour. `because`: why it was insufficient."""

    item: EvidenceItem
    files: list[Document]
    label: str
    badge: str
    because: str = ""


def list_proof(application: Application) -> list[Proof]:
    """What was sent or is required, in the order of the checklist, without optional items that were never sent. Three
    queries."""
    with_files = Prefetch("documents", Document.objects.order_by("added_at", "pk"))
    items = application.evidence_items.select_related("requirement").prefetch_related(with_files)
    request = application.completion_requests.order_by("round").last() if application.status == Status.WAITING else None
    about = {"extends": bool(application.renews_id), "is_foreign": application.is_foreign}
    return [
        describe_proof(item, application, asked_at=request.sent_at if request else None)
        for item in items.order_by("requirement__position", "pk")
        if item.verdict or item.documents.all() or item.is_needed(**about)
    ]


def describe_proof(item: EvidenceItem, application: Application, *, asked_at: datetime | None) -> Proof:
    """One item in words."""
    files = list(item.documents.all())
    if application.has_ended:
        return Proof(item, files, *describe_ended_proof(item, files))
    if asked_at and any(one.added_at >= asked_at for one in files):
        return Proof(item, files, _("new file, not sent yet"), "warning")
    if item.verdict and item.has_newer_file:
        return Proof(item, files, _("new file, not looked at yet"), "neutral")
    if item.verdict == Verdict.ACCEPTED:
        return Proof(item, files, _("accepted"), "ok")
    if item.verdict == Verdict.INSUFFICIENT:
        return Proof(item, files, _("not sufficient"), "warning", item.because)
    return Proof(item, files, _("not looked at yet"), "neutral") if files else Proof(item, [], _("not sent"), "warning")


def describe_ended_proof(item: EvidenceItem, files: list[Document]) -> tuple[str, str, str]:
    """Label, colour and reason of an item that is no longer judged: the verdict, or that we received it."""
    if item.verdict == Verdict.ACCEPTED:
        return _("accepted"), "ok", ""
    if item.verdict == Verdict.INSUFFICIENT and not item.has_newer_file:
        return _("not sufficient"), "warning", item.because
    return (_("received"), "neutral", "") if files else (_("not sent"), "neutral", "")

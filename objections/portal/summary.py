"""What the objector sent, in sections: for the check page, the page of the objection and the PDF (Awb 2:17(2))."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from casework.deadline_words import format_day
from exemptions.intake import summary
from objections.models import Objection

Rows = list[tuple[str, str]]


@dataclass(frozen=True)
class Section:
    """Names and values under a heading."""

    title: str
    rows: Rows


def build_sections(objection: Objection) -> list[Section]:
    """Everything that an objection must contain (Awb 6:5), in the order of the form, after who sends it."""
    applicant = objection.application.applicant
    return [
        Section(_("Who objects"), summary.applicant_rows(applicant)),
        Section(_("The decision"), decision_rows(objection)),
        Section(_("Your objection"), build_rows(objection)),
    ]


def decision_rows(objection: Objection) -> Rows:
    """The contested decision."""
    decision = objection.decision
    return [
        (_("Decision of"), format_day(decision.dated_on)),
        (_("Outcome"), str(decision.get_outcome_display())),
        (_("Reference"), decision.reference),
        (_("Number"), str(objection.dossier)),
    ]


def build_rows(objection: Objection) -> Rows:
    """What was written, ticked and added, without questions that were not asked."""
    files = objection.documents.filter(removed_at=None).order_by("added_at", "pk")
    sent = [(_("Sent on"), format_day(objection.received_on))] if objection.received_on else []
    late = [(_("Why it is late"), objection.late_reason)] if objection.late_reason else []
    return [
        *sent,
        (_("Why you disagree"), objection.grounds or _("You send your reasons later.")),
        *late,
        (_("Files"), "\n".join(document.name for document in files) or _("no files")),
        (_("Directly to the court"), _("yes") if objection.direct_appeal_asked else _("no")),
        (_("Pay my costs"), _("yes") if objection.costs_asked else _("no")),
        *build_penalty_rows(objection),
    ]


def build_penalty_rows(objection: Objection) -> Rows:
    """That it is about the penalty too (Awb 4:19); empty if it is not."""
    return [(_("Also against the penalty"), _("yes"))] if objection.penalty_id else []


def build_typed_rows(draft: Objection) -> Rows:
    """What was typed in a draft, to compare with what somebody else typed."""
    return [
        (_("Why you disagree"), draft.grounds),
        (_("Why it is late"), draft.late_reason),
        (_("Directly to the court"), _("yes") if draft.direct_appeal_asked else _("no")),
        (_("Pay my costs"), _("yes") if draft.costs_asked else _("no")),
        *build_penalty_rows(draft),
    ]

"""Extending an exemption that ends: whether and from when it can be asked, and the draft with everything copied.

Only what may have changed is asked again: the questions and evidence that the kind marks `ask_again`, declarations, and
whatever no longer exists. The vehicle's data come from the register, as they are today.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from casework.current_policy import CurrentPolicy
from casework.deadline_words import format_day
from casework.models import Dossier
from exemptions import terms
from exemptions.intake import completeness, drafts, summary
from exemptions.models import Application, EvidenceItem, Exemption, KindQuestion, KindVersion
from exemptions.steps.statuses import OPEN
from zones.register import Lookup, NotFound, RegisterDown, look_up

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User


class CannotExtend(Exception):
    """The exemption cannot be extended; the message says why."""


@dataclass(frozen=True)
class Extension:
    """Whether an exemption can be extended: `kind` is the version to apply for, `begun` an existing application."""

    exemption: Exemption
    kind: KindVersion | None
    refusal: str = ""
    opens_on: date | None = None
    begun: Application | None = None

    @property
    def can_ask(self) -> bool:
        """Whether it can be asked for now, and was not before."""
        return not self.refusal and self.opens_on is None and self.begun is None

    @property
    def is_free(self) -> bool:
        """Whether the kind has free extensions."""
        return bool(self.kind and self.kind.extension_free)


def find_extension(exemption: Exemption, *, today: date) -> Extension:
    """As `find_extensions`, for one exemption."""
    return find_extensions([exemption], today=today)[0]


def find_extensions(exemptions: Iterable[Exemption], *, today: date) -> list[Extension]:
    """Whether each can be extended. Three queries whatever their number, if `with_all` selected the exemptions."""
    listed = list(exemptions)
    kinds = {kind.code: kind for kind in KindVersion.objects.in_force(on=today)}
    notice = max(CurrentPolicy.on(today).numbers("expiry_notice_days"), default=0)
    mine = Application.objects.filter(renews__in=listed, status__in=["draft", *OPEN]).select_related("dossier")
    begun = {one.renews_id: one for one in mine}
    return [
        _judge_extension(
            one, kinds.get(one.application.chosen_kind.code), begun.get(one.pk), notice=notice, today=today
        )
        for one in listed
    ]


def _judge_extension(
    exemption: Exemption, kind: KindVersion | None, begun: Application | None, *, notice: int, today: date
) -> Extension:
    refusal = explain_refusal(exemption, kind, today=today)
    opens = opens_on(exemption, kind, notice=notice) if kind and not refusal else None
    return Extension(exemption, kind, refusal, opens if opens and opens > today else None, begun)


def explain_refusal(exemption: Exemption, kind: KindVersion | None, *, today: date) -> str:
    """Why it can never be extended; empty if it can."""
    if exemption.application.chosen_kind.is_day:
        return _("A day exemption is for one day. Apply for a new one for another day.")
    if exemption.revoked_at:
        return _("This exemption was revoked.")
    if exemption.ends_on < today:
        return _("This exemption has ended. Apply for a new one.")
    if kind is None:
        return _("This kind of exemption no longer exists, so it cannot be extended.")
    return explain_latest_end(exemption, kind)


def explain_latest_end(exemption: Exemption, kind: KindVersion) -> str:
    """The refusal if the kind allows no later last day than the exemption already has; empty otherwise."""
    first = exemption.ends_on + timedelta(days=1)
    latest = terms.latest_end(kind, facts=exemption.decision.facts, starts_on=first)
    if latest is None or latest >= first:
        return ""
    return _("This exemption cannot be extended: for this vehicle this kind ends on %(day)s at the latest.") % {
        "day": format_day(latest)
    }


def opens_on(exemption: Exemption, kind: KindVersion, *, notice: int) -> date:
    """The first day on which to ask for an extension: as the kind says, or else that of the first reminder."""
    if kind.extension_months:
        return terms.months_later(exemption.ends_on, -kind.extension_months)
    return exemption.ends_on - timedelta(days=notice)


# --- A draft with everything copied -------------------------------------------------------------------------


def begin_extension(exemption: Exemption, *, by: "User", today: date) -> tuple[Application, str]:
    """The draft to extend it, or what was begun or sent before; and why earlier data were copied, if they were.

    Raises CannotExtend. Two simultaneous clicks give one draft. The register is queried before anything is locked.
    """
    answer = find_extension(exemption, today=today)
    if answer.begun:
        return answer.begun, ""
    if answer.refusal or answer.opens_on or answer.kind is None:
        raise CannotExtend(answer.refusal or _("It is too early to extend this exemption."))
    earlier = exemption.application
    asks = bool(earlier.plate) and earlier.country == "NL"
    found = look_up(earlier.plate) if asks else None
    lookup = found if isinstance(found, Lookup) else None
    with transaction.atomic():
        Exemption.objects.select_for_update(no_key=True, of=("self",)).get(pk=exemption.pk)
        if begun := find_extension(exemption, today=today).begun:
            return begun, ""
        draft = new_draft(exemption, answer.kind, by=by)
        take_over_files(draft, earlier)
        take_over_vehicle(draft, earlier, lookup=lookup, by=by, doubtful=asks)
    return draft, explain_old_data(found) if asks else ""


def explain_old_data(found: Lookup | NotFound | RegisterDown | None) -> str:
    """Why earlier data are copied; empty if the register gave current data."""
    match found:
        case NotFound():
            return _("The vehicle register does not know this plate. We used the earlier details and will check them.")
        case RegisterDown():
            return _(
                "The vehicle register is not responding at the moment. We used the earlier details and will check them."
            )
    return ""


def new_draft(exemption: Exemption, kind: KindVersion, *, by: "User") -> Application:
    """A draft with the same wish for the following period, with the answers that still hold."""
    earlier = exemption.application
    kept = {question.code for question in kind.questions.all() if not (question.ask_again or question.is_declaration)}
    draft: Application = Application.objects.create(
        dossier=Dossier.objects.create(),
        owner=by,
        renews=exemption,
        kind=kind,
        applicant=earlier.applicant,
        language=earlier.language,
        municipality=earlier.municipality if kind.is_municipal else None,
        plate=earlier.plate,
        country=earlier.country,
        vehicle_class=earlier.vehicle_class,
        wanted_from=exemption.ends_on + timedelta(days=1),
        answers={code: answer for code, answer in earlier.answers.items() if code in kept},
        draft_step=drafts.EXTEND,
    )
    return draft


def take_over_files(draft: Application, earlier: Application) -> None:
    """Create today's checklist, with the files that still prove something."""
    files = {item.requirement.code: item for item in earlier.evidence_items.with_all()}
    for requirement in draft.chosen_kind.evidence.all():
        item = draft.evidence_items.create(requirement=requirement)
        old = files.get(requirement.code)
        if old and not requirement.ask_again:
            item.documents.set(document for document in old.documents.all() if document.removed_at is None)


def take_over_vehicle(
    draft: Application, earlier: Application, *, lookup: Lookup | None, by: "User", doubtful: bool
) -> None:
    """Save today's data from the register, or else the earlier data; `doubtful` if those must be verified again."""
    if lookup:
        drafts.save_vehicle(draft, drafts.Vehicle(draft.plate, draft.country, lookup.facts, lookup), by=by)
        return
    if facts := earlier.current_facts:
        facts.pk, facts.application = None, draft
        facts.save(force_insert=True)
    drafts.save_draft(draft, facts_verified=earlier.facts_verified and not doubtful)


# --- The contents of the single screen ----------------------------------------------------------------------


@dataclass(frozen=True)
class ChangedFact:
    """A fact that differs from what it was."""

    name: str
    before: str
    now: str


def changed_facts(draft: Application) -> list[ChangedFact]:
    """The vehicle's facts that changed since the exemption was granted."""
    before = draft.renews.application.current_facts if draft.renews else None
    now = draft.current_facts
    if before is None or now is None:
        return []
    pairs = zip(summary.facts_rows(before.vehicle), summary.facts_rows(now.vehicle), strict=True)
    return [ChangedFact(name, old, new) for (name, old), (_name, new) in pairs if old != new]


def select_questions(draft: Application) -> list[KindQuestion]:
    """The questions to answer: those asked again, and what a newer version of the kind requires in addition."""
    return [
        question
        for question in completeness.select_to_answer(draft.chosen_kind, draft.answers)
        if question.ask_again or (question.required and not draft.answers.get(question.code))
    ]


def select_items(draft: Application) -> list[EvidenceItem]:
    """The evidence to add: what is asked again, and what is required but no longer there."""
    return [item for item in draft.evidence_items.with_all() if is_asked_anew(item, draft=draft)]


def is_asked_anew(item: EvidenceItem, *, draft: Application) -> bool:
    """Whether it is asked again, or required without a file from before."""
    taken_over = any(document.dossier_id != draft.dossier_id for document in item.documents.all())
    return item.requirement.ask_again or (item.requirement.required and not taken_over)


def with_all(exemptions: "QuerySet[Exemption]") -> "QuerySet[Exemption]":
    """Select everything that `find_extensions` reads, in one query."""
    return exemptions.select_related("application__kind", "application__dossier", "decision__facts", "municipality")

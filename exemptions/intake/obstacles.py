"""Why continuing with a draft is pointless: shown on the vehicle screen, and checked again on sending. Reads only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.deadline_words import format_day
from casework.steps import StepRefused
from exemptions.duplicates import find_own_duplicate
from exemptions.intake import completeness
from exemptions.intake.completeness import Missing
from exemptions.intake.eligibility import Fit, explain_no_need, judge_kinds, may_need_exemption, read_situation
from exemptions.models import Application, Exemption, KindVersion
from zones.access import decide
from zones.models.book import current_rule_book


@dataclass(frozen=True)
class WayOut:
    """An alternative for the applicant: the words of a link, and its URL."""

    words: str
    url: str


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way, on which screen and in which field to fix it, and the alternatives.

    `blocks`: the draft cannot be sent like this; otherwise it depends on later answers, such as the requested days.
    """

    screen: str
    field: str
    message: str
    ways: tuple[WayOut, ...] = ()
    blocks: bool = True


def find_obstacles(draft: Application, *, today: date) -> list[Obstacle]:
    """Everything that stands in the way of a draft, given what is filled in so far."""
    return [
        *_asked_already(draft),
        *_has_already(draft, today=today),
        *_needs_none(draft, today=today),
        *_does_not_fit(draft, today=today),
    ]


def find_lacking(draft: Application, *, today: date) -> list[Missing]:
    """What a draft still lacks, followed by what stands in its way, without duplicates."""
    lacks = completeness.find_missing(draft)
    told = {one.message for one in lacks} | {one.field for one in lacks}
    stops = [one for one in find_obstacles(draft, today=today) if one.blocks and not told & {one.message, one.field}]
    return [*lacks, *(Missing(one.screen, one.field, one.message) for one in stops)]


def mark_applied_kinds(fits: Iterable[Fit], draft: Application) -> list[Fit]:
    """The kinds, marking those for which the applicant has a national application open for this vehicle."""
    open_now: dict[str, Application] = {}
    if draft.plate and draft.applicant_id:
        same = Application.objects.open().filter(applicant=draft.applicant_id, kind__scope=KindVersion.Scope.NATIONAL)
        same = same.filter(plate=draft.plate, country=draft.country).select_related("dossier", "kind")
        open_now = {one.chosen_kind.code: one for one in same.exclude(pk=draft.pk)}
    return [
        replace(fit, reasons=(*fit.reasons, completeness.explain_duplicate(open_now[fit.kind.code])))
        if fit.kind.code in open_now
        else fit
        for fit in fits
    ]


def refuse_obstacles(draft: Application, *, today: date) -> None:
    """Raise StepRefused with everything that blocks sending the draft."""
    messages = [one.message for one in find_obstacles(draft, today=today) if one.blocks]
    if messages:
        raise StepRefused(messages)


def _asked_already(draft: Application) -> Iterator[Obstacle]:
    """The applicant has the same application open."""
    if other := find_own_duplicate(draft):
        ways = (WayOut(_("Go to that application"), reverse("application", args=[other.key])), *_another_kind(draft))
        yield Obstacle("vehicle", "plate", completeness.explain_duplicate(other), ways)


def _has_already(draft: Application, *, today: date) -> Iterator[Obstacle]:
    """The applicant has this exemption on the requested days, and should extend it instead."""
    if draft.renews_id or draft.kind is None or draft.applicant is None or not draft.plate:
        return
    place = Q(municipality=draft.municipality) if draft.kind.is_municipal else Q()
    held = (
        Exemption.objects.for_vehicle(plate=draft.plate, country=draft.country)
        .running(on=draft.wanted_from or today)
        .filter(place, application__applicant=draft.applicant_id, application__kind__kind=draft.kind.code)
        .select_related("decision")
        .order_by("-ends_on")
        .first()
    )
    if held is None:
        return
    message = _(
        "You already have this exemption for this vehicle, until %(day)s (reference %(reference)s). "
        "Extend it, or apply for a later day."
    ) % {"day": format_day(held.ends_on), "reference": held.decision.reference}
    ways = (WayOut(_("Extend this exemption"), reverse("extend", args=[held.pk])), *_another_kind(draft))
    yield Obstacle("period", "wanted_from", message, ways, blocks=draft.wanted_from is not None)


def _needs_none(draft: Application, *, today: date) -> Iterator[Obstacle]:
    """The rules let the vehicle in by the register's data, which the applicant does not dispute."""
    record = draft.current_facts
    if record is None or not draft.facts_verified or draft.facts_disputed:
        return
    on = draft.wanted_from or today
    decision = decide(record.vehicle, on=on, book=current_rule_book(on=today))
    if may_need_exemption(decision, on=on):
        return
    blocks = decision.until is None or draft.wanted_from is not None
    yield Obstacle("vehicle", "plate", explain_no_need(decision), blocks=blocks)


def _does_not_fit(draft: Application, *, today: date) -> Iterator[Obstacle]:
    """The chosen kind is not for this vehicle or this applicant."""
    if draft.kind is None or draft.current_facts is None:
        return
    fit = judge_kinds([draft.kind], read_situation(draft), on=today)[0]
    if not fit.fits:
        message = _("“%(kind)s” does not fit: %(why)s") % {"kind": draft.kind, "why": " ".join(fit.reasons)}
        yield Obstacle("kind", "kind", message, _another_kind(draft))


def _another_kind(draft: Application) -> tuple[WayOut, ...]:
    """A link to choose another exemption."""
    return (WayOut(_("Choose another exemption"), reverse("apply", args=[draft.key, "kind"])),)

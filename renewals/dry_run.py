"""The dry run: which earlier decisions would turn out differently now. It reads and lists, and decides nothing.

Rows are read in batches by key, so that a hundred thousand decisions take no more memory than a thousand.
"""

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.current_policy import CurrentPolicy
from exemptions import terms, thresholds
from exemptions.intake import eligibility
from exemptions.intake.eligibility import Fit, Situation
from exemptions.models import Application, Decision, Exemption, Ground, KindVersion, Status, ThresholdVersion
from exemptions.models.decision import Outcome
from exemptions.thresholds import Limits
from renewals import assessment
from renewals.assessment import Verdict
from renewals.models.item import RenewalItem
from renewals.steps.statuses import Action, ItemState
from zones import access
from zones.models.book import current_rule_book

if TYPE_CHECKING:
    from renewals.models import Renewal

BATCH = 500
M = TypeVar("M", bound=Model)


def fill_list(renewal: "Renewal", *, today: date) -> int:
    """Write the list of a run; returns how many grants would be refused now, which nevertheless stay as they are."""
    if renewal.thresholds:
        return list_thresholds(renewal, renewal.thresholds, today=today)
    if renewal.kind:
        return list_kind(renewal, renewal.kind, today=today)
    list_access(renewal, today=today)
    return 0


def iterate_batches(rows: "QuerySet[M]") -> Iterator[list[M]]:
    """All rows in batches, in the order of their primary keys."""
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield found
        last = found[-1].pk


def find_standing_rejections() -> "QuerySet[Decision]":
    """Standing rejections; a case that was taken up again has none."""
    standing = Decision.objects.standing().filter(outcome=Outcome.REJECTED, application__status=Status.REJECTED)
    return with_all(standing)


def find_standing_grants(*, today: date) -> "QuerySet[Decision]":
    """Standing grants that have not ended. They are only counted."""
    standing = Decision.objects.standing().filter(outcome=Outcome.GRANTED, application__status=Status.GRANTED)
    return with_all(standing.filter(ends_on__gte=today))


def with_all(decisions: "QuerySet[Decision]") -> "QuerySet[Decision]":
    """Joined to what judging reads; kinds, with their long texts, are prefetched once per batch."""
    seen = decisions.select_related("facts", "application")
    return seen.prefetch_related("ground", "application__kind", "application__applicant")


def keep_items(items: Iterable[RenewalItem]) -> None:
    """Write a batch; a decision that is already on the list, because it was left out, stays as it is."""
    RenewalItem.objects.bulk_create(items, ignore_conflicts=True)


# --- Thresholds -----------------------------------------------------------------------------------------


@dataclass
class Versions:
    """The limits of every published version, and those that applied to a decision."""

    published: list[ThresholdVersion] = field(
        default_factory=lambda: list(ThresholdVersion.objects.published().prefetch_related("limits"))
    )

    def __post_init__(self) -> None:
        self.limits = {version.pk: thresholds.limits_of(version) for version in self.published}

    def under(self, decision: Decision) -> Limits | None:
        """The limits under which a decision was taken: those it names, else those of its day."""
        if decision.thresholds_id:
            return self.limits.get(decision.thresholds_id)
        on = decision.dated_on
        return next((self.limits[one.pk] for one in self.published if one.valid_from <= on), None)


def list_thresholds(renewal: "Renewal", version: ThresholdVersion, *, today: date) -> int:
    """List the rejections that rest on the thresholds, judged by the new limits; returns how many grants fail them."""
    for batch in judge_rejections(renewal, version, today=today):
        keep_items(batch)
    return count_refused(version, today=today)


def judge_rejections(renewal: "Renewal", version: ThresholdVersion, *, today: date) -> Iterator[list[RenewalItem]]:
    """Unsaved rows, in batches, for the rejections that would turn out differently."""
    versions, limits = Versions(), thresholds.limits_of(version)
    ends = GrantDates(renewal, today=today)
    earlier = find_standing_rejections().filter(ground__rests_on_thresholds=True, application__kind__by_thresholds=True)
    for batch in iterate_batches(earlier.exclude(thresholds__valid_from__gte=version.valid_from)):
        judged = [
            (one, assessment.by_thresholds(old=own_class(versions.under(one), one), new=measure_vehicle(one, limits)))
            for one in batch
        ]
        yield ends.items(judged)


def count_refused(version: ThresholdVersion, *, today: date) -> int:
    """The number of exemptions in force that these limits would refuse."""
    limits = thresholds.limits_of(version)
    by_them = find_standing_grants(today=today).filter(application__kind__by_thresholds=True)
    return sum(measure_vehicle(one, limits).available is True for batch in iterate_batches(by_them) for one in batch)


def measure_vehicle(decision: Decision, limits: Limits) -> thresholds.Availability:
    """The availability of an alternative for a decision's vehicle under these limits, by the decision's own facts."""
    application = decision.application
    return thresholds.judge_availability(
        application.vehicle_class, thresholds.values_of(application, decision.facts), limits=limits
    )


def own_class(limits: Limits | None, decision: Decision) -> Limits | None:
    """Only the limits for the vehicle's own class."""
    if limits is None:
        return None
    return {key: limit for key, limit in limits.items() if key[0] == decision.application.vehicle_class}


# --- A kind ---------------------------------------------------------------------------------------------


def list_kind(renewal: "Renewal", kind: KindVersion, *, today: date) -> int:
    """List rejections under an older version of the kind whose register conditions are no longer in the way."""
    ends, on = GrantDates(renewal, today=today), max(today, kind.valid_from)
    grounds = CurrentPolicy.on(today).codes("register_grounds")
    older = {"application__kind__kind": kind.code, "application__kind__valid_from__lt": kind.valid_from}
    for batch in iterate_batches(find_standing_rejections().filter(**older)):
        keep_items(ends.items([(one, judged_by_kind(one, kind, on=on, grounds=grounds)) for one in batch]))
    still = find_standing_grants(today=today).filter(**older)
    return sum(not fit_now(one, kind, on=on).fits for batch in iterate_batches(still) for one in batch)


def judged_by_kind(decision: Decision, kind: KindVersion, *, on: date, grounds: frozenset[str]) -> Verdict | None:
    """The verdict on one rejection. `grounds`: codes of grounds that say exactly what the register conditions say."""
    ground = decision.ground
    return assessment.by_kind(
        lambda: (fit_then(decision), fit_now(decision, kind, on=on)),
        alone=ground is not None and ground.category == Ground.Category.CONDITIONS_NOT_MET and ground.code in grounds,
    )


def fit_then(decision: Decision) -> Fit:
    """The fit under the version applied for, on the day of the decision, which may be after that version's end."""
    asked = copy(decision.application.chosen_kind)
    asked.valid_until = None
    return eligibility.judge_kinds([asked], read_situation(decision), on=decision.dated_on)[0]


def fit_now(decision: Decision, kind: KindVersion, *, on: date) -> Fit:
    """The fit under the new version."""
    return eligibility.judge_kinds([kind], read_situation(decision), on=on)[0]


def read_situation(decision: Decision) -> Situation:
    """The applicant and the vehicle, by the facts on which the decision rests."""
    application = decision.application
    return Situation(
        facts=decision.facts.vehicle if decision.facts else access.VehicleFacts(),
        vehicle_class=application.vehicle_class,
        who=application.applicant.form if application.applicant else "",
        has_plate=bool(application.plate),
        facts_doubtful=not application.facts_verified,
    )


# --- An access rule -------------------------------------------------------------------------------------


def list_access(renewal: "Renewal", *, today: date) -> None:
    """List exemptions in force that the changed rule makes needless; nobody is notified twice."""
    rule = renewal.access_rule
    if rule is None:
        raise ValueError("this run is not about an access rule")
    book, on = current_rule_book(on=max(today, rule.valid_from)), max(today, rule.valid_from)
    for batch in iterate_batches(in_force(renewal, today=today)):
        judged = []
        for exemption in batch:
            first = max(on, exemption.decision.starts_on or on)
            answer = access.decide(get_vehicle_facts(exemption), on=first, book=book)
            judged.append(
                (exemption.decision, assessment.by_access(answer, rule=rule.code, needed_until=exemption.ends_on))
            )
        keep_items(make_item(renewal, decision, verdict) for decision, verdict in judged if verdict)


def in_force(renewal: "Renewal", *, today: date) -> "QuerySet[Exemption]":
    """Long-term exemptions that have not ended, whose decision stands, and whose holder was not notified yet."""
    told = RenewalItem.objects.filter(
        decision=OuterRef("decision"), state=ItemState.DONE, run__access_rule=renewal.access_rule
    )
    current = Exemption.objects.long_term().filter(
        ends_on__gte=today, decision__replaced_by=None, decision__revoked_at=None
    )
    known = current.exclude(decision__facts=None).filter(~Exists(told))
    return known.select_related("decision__facts", "decision__application")


def get_vehicle_facts(exemption: Exemption) -> access.VehicleFacts:
    """The facts on which the exemption rests."""
    facts = exemption.decision.facts
    return facts.vehicle if facts else access.VehicleFacts()


# --- The rows -------------------------------------------------------------------------------------------


class GrantDates:
    """The days from and until which cases are granted, and the rows with them."""

    def __init__(self, renewal: "Renewal", *, today: date) -> None:
        self.renewal, self.today = renewal, today
        self.kinds = {kind.code: kind for kind in KindVersion.objects.in_force(on=max(today, renewal.holds_from))}

    def items(self, judged: Iterable[tuple[Decision, Verdict | None]]) -> list[RenewalItem]:
        """The rows of decisions with a verdict."""
        return [self.item(decision, verdict) for decision, verdict in judged if verdict]

    def item(self, decision: Decision, verdict: Verdict) -> RenewalItem:
        """A row; if a grant would be useless or doubtful, a person must look first."""
        application = decision.application
        first = first_day(self.renewal, application, today=self.today)
        end = self.end(decision, starts_on=first)
        if verdict.action == Action.GRANT and application.plate and not application.facts_verified:
            verdict = assessment.needs_a_look(verdict, lambda: _("The vehicle data were never verified."))
        if verdict.action == Action.GRANT and end is not None and end < first:
            verdict = assessment.needs_a_look(
                verdict, lambda: _("The period that was asked, or is allowed, has passed.")
            )
        return make_item(self.renewal, decision, verdict, ends_on=end)

    def end(self, decision: Decision, *, starts_on: date) -> date | None:
        """The earlier of the day wanted and what kind and vehicle allow; None if nothing limits it."""
        application = decision.application
        by_kind = [
            terms.latest_end(kind, facts=decision.facts, starts_on=starts_on) for kind in self.versions(application)
        ]
        return min(filter(None, [application.wanted_until, *by_kind]), default=None)

    def versions(self, application: Application) -> list[KindVersion]:
        """The versions of the kind that limit the term: the changed one, or those applied for and in force."""
        if self.renewal.kind:
            return [self.renewal.kind]
        asked = application.chosen_kind
        return [asked, self.kinds.get(asked.code, asked)]


def first_day(renewal: "Renewal", application: Application, *, today: date) -> date:
    """The run's first day, or today; not before the application, nor before the day wanted."""
    return max(renewal.starts_on or today, application.received_on, application.wanted_from or date.min)


def make_item(renewal: "Renewal", decision: Decision, verdict: Verdict, *, ends_on: date | None = None) -> RenewalItem:
    """One unsaved row, with its reasons frozen in both languages."""
    with override("nl"):
        dutch = verdict.say()
    with override("en"):
        english = verdict.say()
    return RenewalItem(
        run=renewal,
        decision=decision,
        action=verdict.action,
        reasons_nl=dutch,
        reasons_en=english,
        ends_on=ends_on if verdict.action != Action.TELL else None,
        access_until=verdict.access_until,
    )

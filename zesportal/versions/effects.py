"""What a change affects, counted when the page is shown: public answers, open cases, drafts, vehicles."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.deadline_words import format_day
from casework.models import Deadline, EquatedDay, OtherBody, Policy, ReferenceChange
from casework.policy_settings import SETTINGS
from exemptions.models import Application, DayUse, Decision, Ground, KindVersion, Proposal, TextBlock, Vehicle
from helpdesk.models import Topic
from reporting.models import ReviewQuestion
from watches.rule_changes import RuleShift, count_touched
from zones.access import VehicleFacts, decide
from zones.models import (
    AccessRule,
    AutomaticExemption,
    MunicipalAuthority,
    Municipality,
    Zone,
    current_rule_book,
)
from zones.rules import RuleBook

ReferenceAction = ReferenceChange.Action
Rule = AccessRule | AutomaticExemption
MOST = 5_000
"""The most vehicles judged for one page; more would keep the reader waiting."""


def describe_effects(change: ReferenceChange, row: Any) -> list[str]:
    """Sentences about what a change means. `row`: unsaved, with the values after the change."""
    sentences: Callable[[ReferenceChange, Any], list[str]] = BY_MODEL[type(row)]
    return sentences(change, row)


def of_policy(_change: ReferenceChange, policy: Policy) -> list[str]:
    """The setting's purpose, and the answers that name it."""
    setting = SETTINGS.get(policy.name)
    said = [str(setting.explanation)] if setting else []
    if setting and setting.about_cases:
        said.append(open_cases(Application.objects.open().count()))
    return [*said, *topics_resting_on(f"policy:{policy.name}", reference_of_fine(policy.name))]


def reference_of_fine(name: str) -> str:
    """How an answer of the site refers to the amount of a fine; empty for other settings."""
    return f"fine:{name.split('_')[1]}" if name.startswith("fine_") else ""


def of_equated_day(_change: ReferenceChange, equated: EquatedDay) -> list[str]:
    """Deadlines already set do not change."""
    due = Deadline.objects.open().filter(due=equated.day).count()
    words = ngettext(
        "%(count)s open term ends on this day and keeps it; later terms move to the next working day.",
        "%(count)s open terms end on this day and keep it; later terms move to the next working day.",
        due,
    )
    return [words % {"count": due}]


def of_body(_change: ReferenceChange, body: OtherBody) -> list[str]:
    """Letters already sent to the body do not change."""
    return [_("What was forwarded to %(body)s before stays as it went.") % {"body": body}]


def of_kind(_change: ReferenceChange, kind: KindVersion) -> list[str]:
    """Open cases keep their version; drafts switch to the new one."""
    cases = Application.objects.filter(kind__kind=kind.code)
    return [
        kept_cases(cases.open().count()),
        kept_drafts(cases.drafts().count()),
        _("The page about this kind, the form and the checklist at the desk show it from that day on."),
        *topics_resting_on(f"kind:{kind.code}"),
    ]


def of_ground(_change: ReferenceChange, ground: Ground) -> list[str]:
    """Decisions already taken on the ground keep its words."""
    same = {"ground__kind": ground.kind_id, "ground__code": ground.code}
    decided = Decision.objects.filter(**same).count()
    waiting = Proposal.objects.filter(settled_at=None, **same).count()
    words = ngettext(
        "%(count)s decision is based on it and keeps its words.",
        "%(count)s decisions are based on it and keep their words.",
        decided,
    )
    proposals = ngettext(
        "%(count)s proposal that waits for a second pair of eyes names it.",
        "%(count)s proposals that wait for a second pair of eyes name it.",
        waiting,
    )
    return [words % {"count": decided}, proposals % {"count": waiting}]


def of_block(_change: ReferenceChange, _block: TextBlock) -> list[str]:
    """Letters in which the text was already inserted do not change."""
    return [_("Caseworkers find it beside the explanation from that day on; letters that were sent keep their words.")]


def of_review_question(_change: ReferenceChange, _question: ReviewQuestion) -> list[str]:
    """Reviews already done keep the question."""
    return [_("Reviewers are asked it from that day on; answers that were given keep the question as it was.")]


def of_municipality(_change: ReferenceChange, _municipality: Municipality) -> list[str]:
    """The pages of its zones."""
    return [_("Pages show it from the moment of publishing.")]


def of_authority(_change: ReferenceChange, authority: MunicipalAuthority) -> list[str]:
    """The open cases decided in its name."""
    cases = Application.objects.open().filter(municipality=authority.municipality_id).count()
    return [_("Letters say it from that day on; letters that were sent keep their words."), open_cases(cases)]


def of_zone(_change: ReferenceChange, zone: Zone) -> list[str]:
    """The pages of the zone, and the day exemptions in its municipality."""
    days = DayUse.objects.filter(municipality=zone.municipality_id)
    coming = days.filter(day__gte=zone.starts_on).count() if zone.starts_on else 0
    words = ngettext(
        "%(count)s day exemption in this municipality is for a day on or after its start.",
        "%(count)s day exemptions in this municipality are for a day on or after its start.",
        coming,
    )
    return [
        _("The pages and the map of the zones, the vehicle check and the open data show it from that day on."),
        words % {"count": coming},
        *topics_resting_on("zones"),
    ]


def of_rule(change: ReferenceChange, rule: Rule) -> list[str]:
    """The vehicles whose answer changes, and the answers of the site that name the rule."""
    return [
        _("The vehicle check, the pages about access and the open data show it from that day on."),
        *vehicles_with_another_answer(change, rule),
        *mails_about_it(change, rule),
        *topics_resting_on(f"rule:{rule.code}"),
    ]


def vehicles_with_another_answer(change: ReferenceChange, rule: Rule) -> list[str]:
    """How many fleet vehicles get another answer on the first day of the change."""
    on = change.valid_from
    if on is None:
        return []
    known = list(Vehicle.objects.exclude(facts={}).order_by("-pk")[: MOST + 1])
    if len(known) > MOST:
        words = _("More than %(count)s vehicles are kept in fleets: how many get another answer is not counted here.")
        return [words % {"count": MOST}]
    if not known:
        return []
    book = current_rule_book(on=on)
    new = rule_book_after(book, change, rule)
    facts = [vehicle.known for vehicle in known]
    other = sum(1 for one in facts if one and access_on(one, on=on, book=book) != access_on(one, on=on, book=new))
    words = _("Vehicles in fleets that get another answer on %(day)s: %(other)s of %(count)s.")
    return [words % {"other": other, "count": len(facts), "day": format_day(on)}]


def mails_about_it(change: ReferenceChange, rule: Rule) -> list[str]:
    """The dry run of the mails: how many followed vehicles the change affects."""
    if change.valid_from is None:
        return []
    book = current_rule_book(on=change.valid_from)
    shift = RuleShift(change.valid_from, rule.code, book, rule_book_after(book, change, rule))
    found = count_touched(shift)
    words = _(
        "When this is published, whoever follows a plate or has a fleet is mailed once: %(longer)s vehicles may enter "
        "longer, %(shorter)s less long."
    )
    return [words % {"longer": found.longer, "shorter": found.shorter}]


def access_on(facts: VehicleFacts, *, on: date, book: RuleBook) -> tuple[bool | None, date | None]:
    """Whether a vehicle may enter on a day, and until when."""
    decided = decide(facts, on=on, book=book)
    return decided.allowed, decided.until


def rule_book_after(book: RuleBook, change: ReferenceChange, rule: Rule) -> RuleBook:
    """The rules of a day after the change."""
    is_access = isinstance(rule, AccessRule)
    rules = [one for one in book.rules if not (is_access and one.code == rule.code)]
    exemptions = [one for one in book.exemptions if is_access or one.code != rule.code]
    if change.action in (ReferenceAction.ADD, ReferenceAction.VERSION):
        rule.valid_from = change.valid_from  # type: ignore[assignment]  # looked at by who calls
        if isinstance(rule, AutomaticExemption):
            exemptions.append(rule.as_rule())
        elif rule.status != AccessRule.Status.ANNOUNCED:
            rules.append(rule.as_rule())
    return RuleBook(tuple(rules), tuple(exemptions))


def topics_resting_on(*references: str) -> list[str]:
    """The frequent questions that rest on it: their editors are asked to review them."""
    found = Topic.objects.filter(rests_on__overlap=[one for one in references if one]).order_by("slug")
    slugs = list(found.values_list("slug", flat=True))
    if not slugs:
        return []
    words = ngettext(
        "%(count)s frequently asked question is based on it and changes with it: %(slugs)s.",
        "%(count)s frequently asked questions are based on it and change with it: %(slugs)s.",
        len(slugs),
    )
    return [words % {"count": len(slugs), "slugs": ", ".join(slugs)}]


def open_cases(count: int) -> str:
    """The number of cases, in words."""
    words = ngettext(
        "%(count)s application is open now. What was set or sent in it stays; the rest goes by the new version.",
        "%(count)s applications are open now. What was set or sent in them stays; the rest goes by the new version.",
        count,
    )
    return words % {"count": count}


def kept_cases(count: int) -> str:
    """The number of open cases of a kind, in words."""
    words = ngettext(
        "%(count)s open application of this kind stays under the version under which it was sent.",
        "%(count)s open applications of this kind stay under the version under which they were sent.",
        count,
    )
    return words % {"count": count}


def kept_drafts(count: int) -> str:
    """The number of drafts, in words."""
    words = ngettext(
        "%(count)s unsent draft continues under the new version from that day on.",
        "%(count)s unsent drafts continue under the new version from that day on.",
        count,
    )
    return words % {"count": count}


BY_MODEL: dict[type, Callable[[ReferenceChange, Any], list[str]]] = {
    Policy: of_policy,
    EquatedDay: of_equated_day,
    OtherBody: of_body,
    KindVersion: of_kind,
    Ground: of_ground,
    TextBlock: of_block,
    ReviewQuestion: of_review_question,
    Municipality: of_municipality,
    MunicipalAuthority: of_authority,
    Zone: of_zone,
    AccessRule: of_rule,
    AutomaticExemption: of_rule,
}

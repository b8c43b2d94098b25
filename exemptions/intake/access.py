"""The answer to 'may I enter?' as the page shows it: the vehicle, each zone, and which exemption would help."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import clock
from exemptions.intake.advice import Advice, Said, find_best_way
from exemptions.intake.drafts import Vehicle
from exemptions.intake.eligibility import Fit, may_need_exemption, offer_kinds, situation_of
from exemptions.intake.kind_cards import KindCard, make_cards
from exemptions.intake.prefill import AccessQuestion
from exemptions.models import KindVersion
from zones.access import NOT_STARTED, OUT, AccessDecision, VehicleFacts, access_per_zone, decide
from zones.models import Zone
from zones.models.book import current_rule_book
from zones.plates import find_sidecode
from zones.register import Lookup, NotFound, RegisterDown, look_up

LIKELY = 3
"""How many kinds are shown at once; the rest is one click away."""
A_YEAR = timedelta(days=365)
"""How long before the end of a vehicle's access one can apply."""
TYPED_FACTS = ("category", "subtype", "emission_class", "first_admission", "make", "model")


@dataclass(frozen=True)
class ZoneGroup:
    """Zones with the same answer."""

    decision: AccessDecision
    zones: list[Zone]
    is_everywhere: bool
    on: date
    """The day that was asked about."""

    @property
    def verdict(self) -> str:
        """The answer in a few words: yes, yes until a day, no longer from a day on, no, or unknown."""
        until = self.decision.until
        if self.decision.allowed is None:
            return _("We do not know everything yet")
        if not self.decision.allowed and until and until > clock.today():
            return _("From %(day)s this vehicle may no longer enter") % {"day": date_format(until, "DATE_FORMAT")}
        if not self.decision.allowed:
            return _("No, this vehicle may not enter")
        if until is None:
            return _("Yes, this vehicle may enter")
        last = date_format(until - timedelta(days=1), "DATE_FORMAT")
        return _("Yes, until %(day)s") % {"day": last}

    @property
    def is_ending(self) -> bool:
        """Whether access ends within a year, so that there is something to do."""
        return bool(self.decision.allowed and self.decision.until and may_need_exemption(self.decision, on=self.on))

    @property
    def what_then(self) -> str:
        """For how long there is access, what changes next, and from when to apply; empty without access."""
        until = self.decision.until_by_law
        if not self.decision.allowed or self.decision.rule in (OUT, NOT_STARTED):
            return ""
        if until is None:
            return _("As the rules are now, nothing will change for this vehicle.")
        day = {"day": date_format(until, "DATE_FORMAT")}
        if self.decision.announcement:
            words = _("If the law has not been changed by then, it may enter from %(day)s only with an exemption.")
            return words % day
        if self.is_ending:
            first = _(
                "From %(day)s it may only enter with an exemption. "
                "Apply as soon as you can: our decision can take weeks."
            )
        else:
            first = _("From %(day)s it may only enter with an exemption. You can apply from %(apply)s.")
            day["apply"] = date_format(until - A_YEAR, "DATE_FORMAT")
        left = (until - clock.today()).days - 1
        days = ngettext(
            "It may still enter for %(count)s day after today.",
            "It may still enter for %(count)s days after today.",
            left,
        )
        return f"{days % {'count': left}} {first % day}" if left > 0 else first % day

    @property
    def is_automatic(self) -> bool:
        """Whether an automatic exemption gives access: by plate, without an application."""
        return self.decision.rule.startswith("X") and bool(self.decision.allowed)


@dataclass(frozen=True)
class AccessAnswer:
    """Everything that the page shows. `state`: found, foreign, unknown_plate or register_down."""

    asked: AccessQuestion
    state: str
    facts: VehicleFacts
    decision: AccessDecision
    today: AccessDecision
    """The decision for today, if another day was asked about."""
    lookup: Lookup | None = None
    groups: list[ZoneGroup] = field(default_factory=list)
    cards: list[KindCard] = field(default_factory=list)

    @property
    def in_words_today(self) -> str:
        """What holds today, if that differs from the day that was asked about; empty otherwise."""
        if self.today.allowed is None or self.today.rule == OUT or self.today == self.decision:
            return ""
        if not self.today.allowed:
            return _("Today this vehicle may not enter.")
        if self.today.until is None:
            return _("Today this vehicle may enter.")
        last = date_format(self.today.until - timedelta(days=1), "DATE_FORMAT")
        return _("Today this vehicle may enter, until %(day)s.") % {"day": last}

    @property
    def is_typed(self) -> bool:
        """Whether the answer rests, at least in part, on what the reader typed."""
        return bool(self.asked.typed)

    @property
    def looks_dutch(self) -> bool:
        """Whether the plate has the form of a Dutch one, although another country was chosen or left as it was."""
        return self.state == "foreign" and find_sidecode(self.asked.plate) is not None

    @property
    def has_answer(self) -> bool:
        """Whether enough is known to show zones at all."""
        return self.lookup is not None or self.is_typed

    @property
    def is_complete(self) -> bool:
        """Whether what the reader typed was enough for an answer."""
        return self.is_typed and self.decision.rule != "UNKNOWN"

    @property
    def lacks(self) -> list[str]:
        """The facts to ask the reader for, because there is no answer without them."""
        if self.lookup is None:
            return list(TYPED_FACTS)
        if self.decision.rule != "UNKNOWN":
            return []
        names = ["category", "emission_class", "first_admission"]
        if self.lookup.facts.category in ("truck", None):
            names.append("subtype")
        return [name for name in names if getattr(self.lookup.facts, name) is None]

    @property
    def day_card(self) -> KindCard | None:
        """The exemption for a single day, if it fits and the vehicle may not enter without one."""
        if self.may_enter:
            return None
        return next((card for card in self.cards if card.kind.is_day), None)

    @property
    def likely(self) -> list[KindCard]:
        """The kinds that most readers need: those made for this very vehicle first, then in the order of the kinds."""
        lasting = [card for card in self.cards if not card.kind.is_day]
        return sorted(lasting, key=lambda card: not (card.kind.plug_in_hybrid_only or card.kind.tractor_only))[:LIKELY]

    @property
    def others(self) -> list[KindCard]:
        """The other kinds that fit."""
        return [card for card in self.cards if not card.kind.is_day and card not in self.likely]

    @property
    def may_enter(self) -> bool:
        """Whether the vehicle may enter every zone on the day that was asked about."""
        return bool(self.groups) and all(group.decision.allowed for group in self.groups)

    @property
    def is_free_everywhere(self) -> bool:
        """Whether there is access to every zone with no end in sight, so that there is nothing to do."""
        return self.may_enter and not self.needs_exemption

    @property
    def needs_exemption(self) -> bool:
        """Whether there is no access, or access that ends within a year."""
        needs = any(
            may_need_exemption(group.decision, on=self.asked.on)
            for group in self.groups
            if group.decision.rule != "UNKNOWN"
        )
        return self.has_answer and needs


def answer_check(asked: AccessQuestion) -> AccessAnswer:
    """Look the vehicle up, and apply today's rules to the zones of the day that was asked about."""
    state, lookup = look_up_vehicle(asked)
    facts = with_typed(lookup.facts if lookup else VehicleFacts(), asked.typed)
    book = current_rule_book(on=clock.today())
    zones = Zone.objects.in_force(on=asked.on).select_related("municipality")
    decision = decide(facts, on=asked.on, book=book)
    today = decide(facts, on=clock.today(), book=book)
    groups: dict[AccessDecision, list[Zone]] = defaultdict(list)
    for one in access_per_zone(facts, on=asked.on, zones=zones, book=book):
        groups[one.decision].append(one.zone)
    return AccessAnswer(
        asked,
        state,
        facts,
        decision,
        today,
        lookup,
        [ZoneGroup(same, where, is_everywhere=len(groups) == 1, on=asked.on) for same, where in groups.items()],
        make_cards(find_fitting_kinds(facts, on=asked.on, doubtful=lookup is None)),
    )


def find_advice(answer: AccessAnswer, said: Said) -> Advice:
    """The single best next step, given the answer and what else the reader said."""
    fits = offer_for(answer.facts, on=answer.asked.on, doubtful=answer.lookup is None, who=said.who)
    return find_best_way(answer.decision, fits, said, on=answer.asked.on)


def look_up_vehicle(asked: AccessQuestion) -> tuple[str, Lookup | None]:
    """The state and the register's answer; the register is not asked about a foreign plate."""
    if asked.country != "NL":
        return "foreign", None
    match look_up(asked.plate):
        case Lookup() as lookup:
            return "found", lookup
        case NotFound():
            return "unknown_plate", None
        case RegisterDown():
            return "register_down", None


def with_typed(facts: VehicleFacts, typed: Mapping[str, str]) -> VehicleFacts:
    """The facts, with typed values for those that are unknown."""
    values: dict[str, Any] = {
        name: date.fromisoformat(value) if name == "first_admission" else value
        for name in TYPED_FACTS
        if (value := typed.get(name)) and not getattr(facts, name)
    }
    return replace(facts, **values)


def offer_for(facts: VehicleFacts, *, on: date, doubtful: bool, who: str = "") -> list[Fit]:
    """The kinds as offered for this vehicle on a day; `who`: a form of applicant, empty for any."""
    today = clock.today()
    kinds = KindVersion.objects.in_force(on=max(on, today)).prefetch_related("evidence")
    situation = situation_of(facts, who=who, doubtful=doubtful)
    return offer_kinds(kinds, situation, on=on, book=current_rule_book(on=today))


def find_fitting_kinds(facts: VehicleFacts, *, on: date, doubtful: bool) -> list[Fit]:
    """The kinds that fit this vehicle on a day, for any applicant."""
    return [fit for fit in offer_for(facts, on=on, doubtful=doubtful) if fit.fits_now]


def convert_to_vehicle(asked: AccessQuestion) -> Vehicle:
    """The vehicle of the question, for a draft."""
    _state, lookup = look_up_vehicle(asked)
    facts = with_typed(lookup.facts if lookup else VehicleFacts(), asked.typed)
    return Vehicle(asked.plate, asked.country, facts, lookup)

"""Which vehicles of a list can be applied for, and why the others cannot, in a fixed number of queries.

The rules are those for a single vehicle. This is the dry run: `filing` applies them again when it files.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casework.current_policy import CurrentPolicy
from exemptions import day_exemptions, day_vehicles, terms
from exemptions.intake.eligibility import CLASSES, judge_kinds, may_need_exemption, situation_of
from exemptions.models import Applicant, Application, DayUse, Exemption, FactsRecord, FleetBatch, FleetRow, KindVersion
from exemptions.models.facts import as_json
from zones.access import RuleBook, decide
from zones.models import Municipality, current_rule_book
from zones.vehicles import VehicleFacts


@dataclass(frozen=True)
class JudgedVehicle:
    """A vehicle, and why it cannot be applied for; empty if it can."""

    row: FleetRow
    reason: str = ""

    @property
    def fits(self) -> bool:
        return not self.reason


@dataclass(frozen=True)
class FleetWish:
    """What is asked for every vehicle of a list, and what stands in the way of some of them."""

    kind: KindVersion
    who: str
    today: date
    on: date
    until: date | None
    municipality: Municipality | None
    book: RuleBook
    duplicates: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[str, date] = field(default_factory=dict)
    used: Mapping[str, int] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    most_days: int = 0
    room: day_vehicles.Room = day_vehicles.Room()


def wish_of(batch: FleetBatch, plates: Iterable[str], *, today: date) -> FleetWish:
    """Read what is asked, and all applications, exemptions and day exemptions that could stand in the way."""
    kind = batch.kind
    on = batch.day("day") or batch.day("wanted_from") or today
    if kind is None:
        raise ValueError("no kind was chosen yet")
    municipality = Municipality.objects.filter(pk=batch.wish.get("municipality")).first()
    own = list(plates)
    wish = FleetWish(
        kind=KindVersion.objects.in_force(on=today).filter(kind=kind.code).first() or kind,
        who=batch.applicant.form,
        today=today,
        on=on,
        until=batch.day("wanted_until"),
        municipality=municipality,
        book=current_rule_book(on=today),
    )
    return (
        with_days(wish, own, batch=batch)
        if kind.is_day
        else replace(
            wish,
            duplicates=find_open_duplicates(wish, own, of=batch.applicant),
            held=find_exemptions_held(wish, own, of=batch.applicant),
        )
    )


def find_open_duplicates(wish: FleetWish, plates: list[str], *, of: Applicant) -> dict[str, str]:
    """The numbers of the applicant's own open applications for the same, by plate; never another applicant's."""
    same = Application.objects.open().filter(applicant=of, kind__kind=wish.kind.code, plate__in=plates, country="NL")
    if wish.kind.is_municipal:
        same = same.filter(municipality=wish.municipality)
    return {plate: number or "" for plate, number in same.values_list("plate", "dossier__number")}


def find_exemptions_held(wish: FleetWish, plates: list[str], *, of: Applicant) -> dict[str, date]:
    """The last day of this exemption that the applicant already has on the requested days, by plate."""
    same = Exemption.objects.running(on=wish.on).filter(plate__in=plates, country="NL", application__applicant=of)
    same = same.filter(application__kind__kind=wish.kind.code)
    if wish.kind.is_municipal:
        same = same.filter(municipality=wish.municipality)
    return dict(same.order_by("ends_on").values_list("plate", "ends_on"))


def with_days(wish: FleetWish, plates: list[str], *, batch: FleetBatch) -> FleetWish:
    """Add how much of the yearly maximum and of this very day the applicant used, and how many vehicles still fit.

    What somebody else has for a plate is revealed no more than in the form for one vehicle, and only on filing.
    """
    own = DayUse.objects.filter(exemption__application__applicant=batch.applicant)
    uses = own.filter(plate__in=plates, country="NL", municipality=wish.municipality, year=wish.on.year).values_list(
        "plate", "day"
    )
    return replace(
        wish,
        used=Counter(plate for plate, _used_on in uses),
        taken=frozenset(plate for plate, used_on in uses if used_on == wish.on),
        most_days=CurrentPolicy.on(wish.on).number("day_exemption_max"),
        room=day_vehicles.measure_room(batch.owner, batch.applicant, today=wish.today),
    )


def judge_all(batch: FleetBatch, *, today: date) -> list[JudgedVehicle]:
    """Judge every vehicle of a list, in its order."""
    rows = list(batch.rows.all())
    wish = wish_of(batch, [row.plate for row in rows], today=today)
    return list(
        cap_day_exemptions([JudgedVehicle(row, explain_refusal(wish, row, facts_of(row))) for row in rows], wish)
    )


def cap_day_exemptions(judged: Iterable[JudgedVehicle], wish: FleetWish) -> Iterator[JudgedVehicle]:
    """Keep the first vehicles that fit, up to the maximum of one account for day exemptions; refuse the others."""
    room = wish.room
    for one in judged:
        vehicle = (one.row.plate, "NL")
        if one.fits and not room.fits({vehicle}):
            yield JudgedVehicle(one.row, room.too_many)
            continue
        room = room.with_one(vehicle) if one.fits else room
        yield one


def sum_fees(wish_kind: KindVersion, judged: Iterable[JudgedVehicle]) -> Decimal | None:
    """The total fee in euros; None if the fee is not known."""
    number = sum(one.fits for one in judged)
    return wish_kind.fee_eur * number if wish_kind.fee_eur is not None else None


def facts_of(row: FleetRow) -> VehicleFacts:
    """The register's last answer, with the typed class if the register does not give one."""
    return with_class(row.known or VehicleFacts(), row.vehicle_class)


def with_class(facts: VehicleFacts, vehicle_class: str) -> VehicleFacts:
    """The facts with the typed class, if they have none."""
    return replace(facts, category=vehicle_class) if facts.category is None and vehicle_class else facts


def needs_class(row: FleetRow, kind: KindVersion) -> bool:
    """Whether to ask van or truck, the only question about a single vehicle, because the register does not tell."""
    known = row.known
    return (known is None and kind.is_day) or (known is not None and known.category is None)


# --- One vehicle ------------------------------------------------------------------------------------------


def explain_refusal(wish: FleetWish, row: FleetRow, facts: VehicleFacts) -> str:
    """Why this vehicle cannot be applied for; empty if it can."""
    return (
        find_facts_problem(wish, row, facts)
        or find_need_problem(wish, facts)
        or find_kind_problem(wish, row, facts)
        or (find_day_problem(wish, row.plate) if wish.kind.is_day else find_case_problem(wish, row.plate))
    )


def find_facts_problem(wish: FleetWish, row: FleetRow, facts: VehicleFacts) -> str:
    """Refuse a vehicle of which too little is known, or that is no van or truck."""
    if not row.facts and not wish.kind.is_day:
        return explain_unknown_vehicle()
    if facts.category == "other":
        return _("The zones only concern vans and trucks. This vehicle may enter and does not need an exemption.")
    if facts.category not in CLASSES:
        return _("Tell us whether it is a van or a truck.")
    return ""


def explain_unknown_vehicle() -> str:
    """The reason for a vehicle on which a person cannot decide yet."""
    return _("We do not know anything about this vehicle yet. Check it again, or apply for this one separately.")


def find_need_problem(wish: FleetWish, facts: VehicleFacts) -> str:
    """Refuse a vehicle that may enter anyway."""
    decision = decide(facts, on=wish.on, book=wish.book)
    if wish.kind.is_day:
        may_enter = decision.allowed and not decision.rests_on_announcement(on=wish.on)
        return _("It may already enter on that day, and needs no day exemption.") if may_enter else ""
    if may_need_exemption(decision, on=wish.on):
        return ""
    return _("It may already enter, and needs no exemption.")


def find_kind_problem(wish: FleetWish, row: FleetRow, facts: VehicleFacts) -> str:
    """Refuse a vehicle or an applicant that the kind is not meant for."""
    about = situation_of(facts, who=wish.who, doubtful=row.known is None)
    fit = judge_kinds([wish.kind], about, on=wish.on if wish.kind.is_day else wish.today)[0]
    return " ".join(fit.reasons) or find_term_problem(wish, facts)


def find_term_problem(wish: FleetWish, facts: VehicleFacts) -> str:
    """Refuse days outside what the kind allows this vehicle."""
    record = FactsRecord(facts=as_json(facts))
    latest = None if wish.kind.is_day else terms.latest_end(wish.kind, facts=record, starts_on=wish.on)
    if latest is None or (wish.on <= latest and (wish.until is None or wish.until <= latest)):
        return ""
    return _("For this vehicle the exemption can run until %(day)s at the latest.") % {"day": date_format(latest)}


def find_case_problem(wish: FleetWish, plate: str) -> str:
    """Refuse a vehicle for which this applicant has the same application open, or already has this exemption."""
    if plate in wish.duplicates:
        return _("You have already applied for this: application %(number)s is still open.") % {
            "number": wish.duplicates[plate]
        }
    if plate in wish.held:
        message = _("You already have this exemption for this vehicle, until %(day)s. Extend it at ‘My exemptions’.")
        return message % {"day": date_format(wish.held[plate])}
    return ""


def find_day_problem(wish: FleetWish, plate: str) -> str:
    """Refuse a day that is taken, or beyond the yearly maximum."""
    if plate in wish.taken:
        return _("You already have a day exemption for this vehicle here for that day.")
    if wish.municipality and wish.used.get(plate, 0) >= wish.most_days:
        return day_exemptions.explain_used_up(municipality=wish.municipality, day=wish.on)
    return ""

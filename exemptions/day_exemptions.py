"""The day exemption: applied for and granted in one go, up to a yearly maximum.

Anybody can type any plate, and where a vehicle will be is nobody else's business. So the asker only learns the days and
numbers that the applicant itself had. Anything that somebody else had results in one refusal with fixed words
(`InTheWay`), and only once the exemption is really applied for.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from casework import clock
from casework.current_policy import CurrentPolicy
from casework.deadline_words import format_day as in_words
from casework.models import Dossier
from casework.steps import StepRefused
from exemptions import day_vehicles, mandates
from exemptions.models import Applicant, Application, DayUse, FactsRecord, KindVersion
from exemptions.models.facts import as_json
from exemptions.steps.registration import find_indispensable
from zones.access import VehicleFacts
from zones.models import Municipality

if TYPE_CHECKING:
    from django.db.models import QuerySet


class InTheWay(StepRefused):
    """Somebody else's day exemption is in the way; the message hides whether by its day or the year's maximum."""

    def __init__(self) -> None:
        message = _(
            "We cannot grant this immediately, because of day exemptions that somebody else has for this plate. We do "
            "not say more, to protect their data."
        )
        super().__init__(message, field="plate")


def find_taken_numbers(*, plate: str, country: str, municipality: Municipality, year: int) -> set[int]:
    """The taken numbers of a year; a number whose exemption was annulled before its day is free again."""
    uses = DayUse.objects.filter(plate=plate, country=country, municipality=municipality, year=year)
    return set(uses.values_list("ordinal", flat=True))


def free_number(taken: set[int]) -> int:
    """The smallest free number, which is within the maximum as long as any are left."""
    return next(number for number in count(1) if number not in taken)


def count_days_left(*, plate: str, country: str, municipality: Municipality, day: date) -> int:
    """How many are left in the year of a day; never below zero."""
    taken = find_taken_numbers(plate=plate, country=country, municipality=municipality, year=day.year)
    return max(0, get_day_maximum(day) - len(taken))


def get_day_maximum(day: date) -> int:
    """The yearly maximum by the policy on a day."""
    return CurrentPolicy.on(day).number("day_exemption_max")


def count_used(applicant: Applicant, *, plate: str, country: str, municipality: Municipality, year: int) -> int:
    """How many of that year the applicant itself has had."""
    own = DayUse.objects.filter(plate=plate, country=country, municipality=municipality, year=year)
    return own.filter(exemption__application__applicant=applicant).count()


@dataclass(frozen=True)
class Request:
    """Who applies for a day exemption, for which vehicle, where and when.

    `rows`: the register's answer, as published.
    """

    by: User
    applicant: Applicant
    facts: VehicleFacts
    source: FactsRecord.Source
    plate: str
    country: str
    municipality: Municipality
    day: date
    language: str
    rows: dict[str, object] | None = None

    @property
    def place(self) -> dict[str, Any]:
        """What the yearly maximum applies to, as keyword arguments."""
        return {"plate": self.plate, "country": self.country, "municipality": self.municipality, "day": self.day}


def ask_day_exemption(**wish: Any) -> Application:
    """File and grant a day exemption. Raises StepRefused with the reason, and then files nothing.

    The database settles races: a lock per vehicle, municipality and year, and below it a number that is unique and
    never above the maximum of that day. `wish`: see `Request`.
    """
    request = Request(**wish)
    with transaction.atomic():
        mandates.lock_user(request.by)  # before the vehicle, or days in two years could deadlock
        _lock_year(**request.place)
        refuse_known(request.applicant, **request.place)
        refuse_awaited(request)
        day_vehicles.refuse_too_many(request.by, request.applicant, vehicle=(request.plate, request.country))
        refuse_in_the_way(**request.place)
        application = _make_draft(request)
        application.file(by=request.by, decided_at_once=True)
        application.grant_at_once(
            by=None, day=request.day, ordinal=free_number(find_taken_numbers(**_widen_to_year(**request.place)))
        )
    return application


def ask_each(*, days: Sequence[date], **wish: Any) -> list[Application]:
    """One for each of the days, or none at all: raises StepRefused for the first that is impossible."""
    refuse_any(days, **{name: wish[name] for name in ("by", "applicant", "plate", "country", "municipality")})
    with transaction.atomic():
        return [ask_day_exemption(day=one, **wish) for one in sorted(days)]


def ask_decision(**wish: Any) -> Application:
    """File a day exemption that cannot be granted at once, for a person to decide on; a rejection has its letter.

    Asking twice gives one application. Raises StepRefused if it can be granted at once, or not at all.
    """
    request = Request(**wish)
    with transaction.atomic():
        mandates.lock_user(request.by)
        _lock_year(**request.place)
        if existing := find_awaited_applications(**request.place).filter(applicant=request.applicant).first():
            return existing
        refuse_impossible(request.applicant, **request.place)
        day_vehicles.refuse_too_many(request.by, request.applicant, vehicle=(request.plate, request.country))
        if not is_in_the_way(**request.place):
            raise StepRefused(_("This vehicle still has day exemptions left: apply in the usual way."), field="plate")
        application = _make_draft(request)
        application.file(by=request.by)
    return application


def register_paper(application: Application, *, by: User) -> str:
    """Register a day exemption that came in on paper, and grant it at once by the rules of the portal.

    If those forbid it, it is still registered, for a person to decide on; returns the reason. The maximum number of
    vehicles per account does not apply here, because a colleague looked at the paper.
    """
    with transaction.atomic():
        if list(find_indispensable(application)):
            application.register(by=by)  # raises StepRefused with what is lacking
        applicant, municipality, day = application.applicant, application.municipality, application.wanted_from
        if applicant is None or municipality is None or day is None:
            raise ValueError("nothing indispensable is lacking")
        vehicle: dict[str, Any] = {"plate": application.plate, "country": application.country}
        place = {**vehicle, "municipality": municipality, "day": day}
        _lock_year(**place)
        why = explain_refusal(applicant, **place)
        application.register(by=by, decided_at_once=not why)
        if not why:
            taken = find_taken_numbers(**_widen_to_year(**place))
            application.grant_at_once(by=None, day=day, ordinal=free_number(taken))
    return why


def explain_refusal(applicant: Applicant, **place: Any) -> str:
    """Why a day exemption cannot be granted at once; empty if it can."""
    try:
        refuse_known(applicant, **place)
        refuse_in_the_way(**place)
    except StepRefused as refused:
        return " ".join(refused.messages)
    return ""


def find_awaited_applications(
    *, plate: str, country: str, municipality: Municipality, day: date
) -> "QuerySet[Application]":
    """The open applications for that very day, on which a person will decide."""
    of_day = Application.objects.open().filter(kind__scope=KindVersion.Scope.DAY, wanted_from=day)
    found: QuerySet[Application] = of_day.filter(plate=plate, country=country, municipality=municipality)
    return found


def refuse_awaited(request: Request) -> None:
    """Refuse while the applicant waits for a decision on the same day."""
    if other := find_awaited_applications(**request.place).filter(applicant=request.applicant).first():
        message = _("You asked for a decision about this day: application %(number)s.") % {"number": other}
        raise StepRefused(message, field="day")


def _make_draft(request: Request) -> Application:
    """The application to file, with the vehicle's facts."""
    application: Application = Application.objects.create(
        dossier=Dossier.objects.create(),
        kind=KindVersion.objects.in_force(on=request.day).get(scope=KindVersion.Scope.DAY),
        applicant=request.applicant,
        owner=request.by,
        language=request.language,
        plate=request.plate,
        country=request.country,
        vehicle_class=request.facts.category or "",
        facts_verified=request.source == FactsRecord.Source.REGISTER,
        municipality=request.municipality,
        wanted_from=request.day,
        wanted_until=request.day,
    )
    application.record_facts(source=request.source, facts=as_json(request.facts), rows=request.rows, by=request.by)
    return application


def _widen_to_year(*, plate: str, country: str, municipality: Municipality, day: date) -> dict[str, Any]:
    """The place with the year of the day instead of the day, as keyword arguments."""
    return {"plate": plate, "country": country, "municipality": municipality, "year": day.year}


def _lock_year(*, plate: str, country: str, municipality: Municipality, day: date) -> None:
    """Serialise requests for the same vehicle, place and year."""
    key = f"day:{country}:{plate}:{municipality.pk}:{day.year}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def refuse_known(applicant: Applicant, *, plate: str, country: str, municipality: Municipality, day: date) -> None:
    """Refuse for reasons that the applicant may know: what is impossible, and what it already had."""
    refuse_impossible(applicant, plate=plate, country=country, municipality=municipality, day=day)
    own = count_used(applicant, plate=plate, country=country, municipality=municipality, year=day.year)
    if own >= get_day_maximum(day):
        raise StepRefused(explain_used_up(municipality=municipality, day=day), field="plate")


def explain_used_up(*, municipality: Municipality, day: date) -> str:
    """The message for those who have used up the year's maximum."""
    about = {"most": get_day_maximum(day), "municipality": municipality, "year": day.year}
    return _("You have had all %(most)s day exemptions for this vehicle in %(municipality)s for %(year)s.") % about


def refuse_any(days: Sequence[date], *, by: User, applicant: Applicant, **vehicle: Any) -> None:
    """Refuse if these days together cannot be granted at once, for reasons that the asker may know.

    If there are several days, the reason names the day.
    """
    for one in days:
        try:
            refuse_known(applicant, day=one, **vehicle)
        except StepRefused as refused:
            if len(days) == 1 or refused.field == "plate":
                raise
            raise StepRefused(f"{in_words(one)}: {' '.join(refused.messages)}", field=refused.field) from refused
    for year, asked in Counter(one.year for one in days).items():
        refuse_too_many(applicant, asked, day=next(one for one in days if one.year == year), **vehicle)
    day_vehicles.refuse_too_many(by, applicant, vehicle=(vehicle["plate"], vehicle["country"]))


def refuse_too_many(applicant: Applicant, asked: int, *, day: date, **vehicle: Any) -> None:
    """Refuse more days of one year than the applicant itself has left."""
    still = get_day_maximum(day) - count_used(applicant, year=day.year, **vehicle)
    if asked > still:
        message = ngettext(
            "You can have %(left)s more day exemption for this vehicle in %(municipality)s for %(year)s. Choose fewer "
            "days.",
            "You can have %(left)s more day exemptions at most for this vehicle in %(municipality)s for %(year)s. "
            "Choose fewer days.",
            still,
        )
        about_year = {"left": still, "municipality": vehicle["municipality"], "year": day.year}
        raise StepRefused(message % about_year, field="until")


def refuse_impossible(applicant: Applicant, *, plate: str, country: str, municipality: Municipality, day: date) -> None:
    """Refuse what no decision can change: the day is over, there is no zone, or the applicant already has it."""
    if day < clock.today():
        raise StepRefused(
            _("You can apply for a day exemption until the end of the day itself; this day is over."), field="day"
        )
    if not municipality.zones.in_force(on=day).filter(starts_on__lte=day).exists():
        raise StepRefused(_("There is no zero-emission zone in this municipality on that day."), field="municipality")
    taken = DayUse.objects.filter(plate=plate, country=country, municipality=municipality, day=day)
    if taken.filter(exemption__application__applicant=applicant).exists():
        raise StepRefused(_("You already have a day exemption for this vehicle here for that day."), field="day")


def is_in_the_way(*, plate: str, country: str, municipality: Municipality, day: date) -> bool:
    """Whether the day is taken or the year's maximum used up, by anybody."""
    taken = DayUse.objects.filter(plate=plate, country=country, municipality=municipality, day=day)
    return taken.exists() or not count_days_left(plate=plate, country=country, municipality=municipality, day=day)


def refuse_in_the_way(**place: Any) -> None:
    """Refuse because of what somebody else has, without revealing what it is. Raises InTheWay."""
    if is_in_the_way(**place):
        raise InTheWay

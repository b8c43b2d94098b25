"""The day exemption: asked and granted in one go, at most so many a year."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from casework.deadline_words import day as in_words
from casework.models import Dossier
from casework.policy import CurrentPolicy
from casework.steps import StepRefused
from exemptions.models import Applicant, Application, DayUse, FactsRecord, Kind
from exemptions.models.facts import as_json
from zones.access import VehicleFacts
from zones.models import Municipality

if TYPE_CHECKING:
    from django.db.models import QuerySet


def used(*, plate: str, country: str, municipality: Municipality, year: int) -> int:
    """How many day exemptions a vehicle has had in a municipality in a calendar year."""
    return len(numbers(plate=plate, country=country, municipality=municipality, year=year))


def numbers(*, plate: str, country: str, municipality: Municipality, year: int) -> set[int]:
    """Which of the year's numbers are taken; one that was annulled before its day is free again."""
    uses = DayUse.objects.filter(plate=plate, country=country, municipality=municipality, year=year)
    return set(uses.values_list("ordinal", flat=True))


def free_number(taken: set[int]) -> int:
    """The smallest number that is not taken: as long as some are left it is within the maximum."""
    return next(number for number in count(1) if number not in taken)


def left(*, plate: str, country: str, municipality: Municipality, day: date) -> int:
    """How many are left in the year of a day; never below zero."""
    most = CurrentPolicy.on(day).number("day_exemption_max")
    return max(0, most - used(plate=plate, country=country, municipality=municipality, year=day.year))


@dataclass(frozen=True)
class Request:
    """Who asks a day exemption, for which vehicle, where and when. `rows`: what the register said, as it said it."""

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
        """What the yearly maximum is about."""
        return {"plate": self.plate, "country": self.country, "municipality": self.municipality, "day": self.day}


def ask(**wish: Any) -> Application:
    """File and grant a day exemption; raises StepRefused with the reason, and then nothing was filed.

    The database decides the race: a lock a vehicle, municipality and year; beneath it a number that is given once and
    never above the maximum of that day. `wish`: see `Request`.
    """
    request = Request(**wish)
    with transaction.atomic():
        _lock(**request.place)
        refuse(**request.place)
        refuse_awaited(request)
        application = _draft(request)
        application.file(by=request.by, decided_at_once=True)
        application.grant_at_once(by=None, day=request.day, ordinal=free_number(numbers(**_year(**request.place))))
    return application


def ask_each(*, days: Sequence[date], **wish: Any) -> list[Application]:
    """One for each of the days, or none at all: raises StepRefused for the first that cannot be."""
    with transaction.atomic():
        return [ask(day=one, **wish) for one in sorted(days)]


def ask_decision(**wish: Any) -> Application:
    """File a day exemption above the maximum, for a person to decide on: a refusal is a decision, with its letter.

    Asked twice it is one application. Raises StepRefused where some are left, or where it cannot be asked at all.
    """
    request = Request(**wish)
    with transaction.atomic():
        _lock(**request.place)
        if existing := awaited(**request.place).filter(applicant=request.applicant).first():
            return existing
        refuse_impossible(**request.place)
        if left(**request.place):
            raise StepRefused(_("This vehicle still has day exemptions left: apply in the usual way."), field="plate")
        application = _draft(request)
        application.file(by=request.by)
    return application


def awaited(*, plate: str, country: str, municipality: Municipality, day: date) -> "QuerySet[Application]":
    """The applications for that very day on which a person is to decide."""
    of_day = Application.objects.open().filter(kind__scope=Kind.Scope.DAY, wanted_from=day)
    found: QuerySet[Application] = of_day.filter(plate=plate, country=country, municipality=municipality)
    return found


def refuse_awaited(request: Request) -> None:
    """Whoever waits for a decision about the day does not get another answer beside it."""
    if other := awaited(**request.place).filter(applicant=request.applicant).first():
        message = _("You asked for a decision about this day: application %(number)s.") % {"number": other}
        raise StepRefused(message, field="day")


def _draft(request: Request) -> Application:
    """The application as it is filed, with what is known of the vehicle."""
    application: Application = Application.objects.create(
        dossier=Dossier.objects.create(),
        kind=Kind.objects.in_force(on=request.day).get(scope=Kind.Scope.DAY),
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
    application.facts_records.create(
        source=request.source, facts=as_json(request.facts), rows=request.rows, by=request.by
    )
    return application


def _year(*, plate: str, country: str, municipality: Municipality, day: date) -> dict[str, Any]:
    """The place, with the year of the day in place of the day."""
    return {"plate": plate, "country": country, "municipality": municipality, "year": day.year}


def _lock(*, plate: str, country: str, municipality: Municipality, day: date) -> None:
    """Whoever asks for the same vehicle, place and year waits here until the other has done."""
    key = f"day:{country}:{plate}:{municipality.pk}:{day.year}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def refuse(*, plate: str, country: str, municipality: Municipality, day: date) -> None:
    """The reasons for which a day exemption cannot be had at once."""
    refuse_impossible(plate=plate, country=country, municipality=municipality, day=day)
    if not left(plate=plate, country=country, municipality=municipality, day=day):
        most = CurrentPolicy.on(day).number("day_exemption_max")
        raise StepRefused(
            _("This vehicle has had all %(most)s day exemptions in %(municipality)s for %(year)s.")
            % {"most": most, "municipality": municipality, "year": day.year},
            field="plate",
        )


def refuse_any(days: Sequence[date], **about: Any) -> None:
    """The reasons for which these days together cannot be had at once; names the day where there are several."""
    for one in days:
        try:
            refuse(day=one, **about)
        except StepRefused as refused:
            if len(days) == 1 or refused.field == "plate":
                raise
            raise StepRefused(f"{in_words(one)}: {' '.join(refused.messages)}", field=refused.field) from refused
    for year, asked in Counter(one.year for one in days).items():
        still = left(day=next(one for one in days if one.year == year), **about)
        if asked > still:
            message = ngettext(
                "This vehicle has %(left)s day exemption left for %(municipality)s in %(year)s. Choose fewer days.",
                "This vehicle has %(left)s day exemptions left for %(municipality)s in %(year)s. Choose fewer days.",
                still,
            )
            about_year = {"left": still, "municipality": about["municipality"], "year": year}
            raise StepRefused(message % about_year, field="until")


def refuse_impossible(*, plate: str, country: str, municipality: Municipality, day: date) -> None:
    """The reasons that no decision can take away: the day is over, there is no zone, or the vehicle has it already."""
    if day < timezone.localdate():
        raise StepRefused(
            _("You can apply for a day exemption until the end of the day itself; this day is over."), field="day"
        )
    if not municipality.zones.in_force(on=day).filter(starts_on__lte=day).exists():
        raise StepRefused(_("There is no zero-emission zone in this municipality on that day."), field="municipality")
    taken = DayUse.objects.filter(plate=plate, country=country, municipality=municipality, day=day)
    if taken.exists():
        raise StepRefused(_("This vehicle already has a day exemption here for that day."), field="day")

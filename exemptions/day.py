"""The day exemption: asked and granted in one go, at most so many a year."""

from datetime import date
from itertools import count

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Dossier
from casework.policy import CurrentPolicy
from casework.steps import StepRefused
from exemptions.models import Applicant, Application, DayUse, FactsRecord, Kind
from exemptions.models.facts import as_json
from zones.access import VehicleFacts
from zones.models import Municipality


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


def ask(
    *,
    by: User,
    applicant: Applicant,
    facts: VehicleFacts,
    source: FactsRecord.Source,
    plate: str,
    country: str,
    municipality: Municipality,
    day: date,
    language: str,
    rows: dict[str, object] | None = None,
) -> Application:
    """File and grant a day exemption; raises StepRefused with the reason, and then nothing was filed.

    The database decides the race: a lock a vehicle, municipality and year; beneath it a number that is given once and
    never above the maximum of that day.
    """
    with transaction.atomic():
        _lock(plate, country, municipality, day.year)
        refuse(plate=plate, country=country, municipality=municipality, day=day)
        application: Application = Application.objects.create(
            dossier=Dossier.objects.create(),
            kind=Kind.objects.in_force(on=day).get(scope=Kind.Scope.DAY),
            applicant=applicant,
            owner=by,
            language=language,
            plate=plate,
            country=country,
            vehicle_class=facts.category or "",
            facts_verified=source == FactsRecord.Source.REGISTER,
            municipality=municipality,
            wanted_from=day,
            wanted_until=day,
        )
        application.facts_records.create(source=source, facts=as_json(facts), rows=rows, by=by)
        application.file(by=by)
        taken = numbers(plate=plate, country=country, municipality=municipality, year=day.year)
        application.grant_at_once(by=None, day=day, ordinal=free_number(taken))
    return application


def _lock(plate: str, country: str, municipality: Municipality, year: int) -> None:
    """Whoever asks for the same vehicle, place and year waits here until the other has done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"day:{country}:{plate}:{municipality.pk}:{year}"]
        )


def refuse(*, plate: str, country: str, municipality: Municipality, day: date) -> None:
    """The reasons for which a day exemption cannot be had."""
    if day < timezone.localdate():
        raise StepRefused(
            _("A day exemption can be asked until the end of the same day; this day is over."), code="day"
        )
    if not municipality.zones.in_force(on=day).filter(starts_on__lte=day).exists():
        raise StepRefused(_("There is no zero-emission zone in this municipality on that day."), code="municipality")
    taken = DayUse.objects.filter(plate=plate, country=country, municipality=municipality, day=day)
    if taken.exists():
        raise StepRefused(_("This vehicle already has a day exemption here for that day."), code="day")
    if not left(plate=plate, country=country, municipality=municipality, day=day):
        most = CurrentPolicy.on(day).number("day_exemption_max")
        raise StepRefused(
            _("This vehicle has had all %(most)s day exemptions in %(municipality)s for %(year)s.")
            % {"most": most, "municipality": municipality, "year": day.year},
            code="plate",
        )

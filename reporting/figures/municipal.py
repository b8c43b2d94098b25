"""What municipalities hand in (R14, R15, R16), and how many have a zone (R17). What is missing is never zero."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from exemptions.terms import months_later
from reporting import percentages
from reporting.figures import comparable
from reporting.figures.base import Figure, Row
from reporting.models import ReturnVersion
from reporting.period import ONE_DAY, Period
from zones.models import Municipality, Zone

Count = Callable[[ReturnVersion], int | None]
FINED = {"van": gettext_lazy("vans"), "truck": gettext_lazy("trucks")}
DELIVERED = gettext_lazy("the month that the municipality handed in about, as it was handed in by the day of 'as of'")
PLACE = frozenset({"municipality"})
WITH_A_ZONE = gettext_lazy("municipalities that had a zone in the period")


@dataclass
class Handed:
    """One municipality in a period: the months that it should hand in, and those that it did."""

    municipality: Municipality
    months: list[date]
    versions: list[ReturnVersion] = field(default_factory=list)

    def total(self, count: Count) -> int | None:
        """The sum over the months handed in; None where no month has this number."""
        numbers = [number for version in self.versions if (number := count(version)) is not None]
        return sum(numbers) if numbers else None

    def note(self, count: Count) -> str:
        """What is lacking, in words; empty where every month is there."""
        there = sum(count(version) is not None for version in self.versions)
        if there == 0:
            return _("not handed in")
        if there < len(self.months):
            return _("%(there)s of %(all)s months handed in") % {"there": there, "all": len(self.months)}
        return ""


def handed(period: Period) -> list[Handed]:
    """Every municipality with a zone in the period, with its last deliveries as they were known: two queries."""

    def read() -> list[Handed]:
        known = defaultdict(list)
        versions = ReturnVersion.objects.known_at(period.seen_until).select_related("monthly_return")
        within = {"monthly_return__month__gte": period.first.replace(day=1), "monthly_return__month__lte": period.last}
        for version in versions.filter(**within):
            known[version.monthly_return.municipality_id].append(version)
        return [
            Handed(municipality, list(months(max(period.first, starts), period.last)), known[municipality.pk])
            for municipality, starts in with_a_zone(period).items()
        ]

    found: list[Handed] = period.once("handed in by municipalities", read)
    return found


def with_a_zone(period: Period) -> dict[Municipality, date]:
    """The municipalities whose first zone had started by the end of the period, with the day."""
    known = Zone.objects.filter(starts_on__lte=period.last)
    if period.only.municipality:
        known = known.filter(municipality__cbs_code=period.only.municipality)
    starts = dict(known.values_list("municipality").annotate(first=Min("starts_on")))
    return {row: starts[row.pk] for row in Municipality.objects.filter(pk__in=starts).order_by("name")}


def months(first: date, last: date) -> Iterator[date]:
    """The first days of the months of a period."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = months_later(month, 1)


def summed(period: Period, counts: Mapping[str, tuple[StrOrPromise, Count]]) -> list[Row]:
    """For each municipality a row for each count; its key is the CBS code, with a suffix but for the first."""
    return [
        Row(
            f"{one.municipality.cbs_code}{suffix}",
            f"{one.municipality}{label}",
            one.total(count),
            note=one.note(count),
            beside="" if suffix else comparable.note(one.versions),
        )
        for one in handed(period)
        for suffix, (label, count) in counts.items()
    ]


def warnings(period: Period) -> list[Row]:
    """R14."""
    return summed(period, {"": ("", lambda version: version.warnings)})


def fines(period: Period) -> list[Row]:
    """R15: together, then vans and trucks."""
    return summed(
        period,
        {
            "": ("", lambda version: added(version.fines_van, version.fines_truck)),
            ":van": (f": {FINED['van']}", lambda version: version.fines_van),
            ":truck": (f": {FINED['truck']}", lambda version: version.fines_truck),
        },
    )


def compliance(period: Period) -> list[Row]:
    """R16: only of months in which passages were handed in together with the compliant ones."""
    rows = []
    for one in handed(period):
        pairs = [pair for version in one.versions for pair in passages(version)]
        label, note = str(one.municipality), one.note(lambda version: len(passages(version)) or None)
        beside = comparable.note(one.versions)
        if not pairs:
            rows.append(Row(one.municipality.cbs_code, label, None, note=note, beside=beside))
            continue
        compliant, passed = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
        share = percentages.whole([compliant, passed - compliant])[0]
        rows.append(Row(one.municipality.cbs_code, label, compliant, passed, share, note=note, beside=beside))
    return rows


def passages(version: ReturnVersion) -> list[tuple[int, int]]:
    """Compliant and all passages by class of vehicle, where both were handed in."""
    pairs = (
        (version.compliant_van, version.passages_van),
        (version.compliant_truck, version.passages_truck),
    )
    return [(compliant, passed) for compliant, passed in pairs if compliant is not None and passed is not None]


def added(*numbers: int | None) -> int | None:
    """The sum of what is known; None where nothing is."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def zones(period: Period) -> Sequence[Row]:
    """R17: how many municipalities have a zone on the last day, and in how many the warning period is over."""
    told = warning_periods(period)
    places = with_a_zone(period)
    over = sum((day := first_fines(place, told)) is not None and day <= period.last for place in places)
    return [
        Row("zones", _("Municipalities with a zero-emission zone"), len(places)),
        Row("fining", _("Of these, the warning period is over"), over),
    ]


def first_fines(place: Municipality, told: Mapping[int, date]) -> date | None:
    """The day after the warning period that the municipality told of, or else the day that was announced."""
    warns_until = told.get(place.pk)
    return warns_until + ONE_DAY if warns_until else place.fines_from


def warning_periods(period: Period) -> dict[int, date]:
    """The last day of the warning period as the municipality last told it, by its key."""
    known = ReturnVersion.objects.known_at(period.seen_until).exclude(warning_until=None)
    rows = known.values_list("monthly_return__municipality", "monthly_return__month", "warning_until")
    return {place: ends for place, _month, ends in sorted(rows, key=lambda row: row[1]) if ends}


FIGURES = (
    Figure(
        id="R14",
        title=gettext_lazy("Warning letters, by municipality"),
        counted_on=DELIVERED,
        scope=WITH_A_ZONE,
        numerator=gettext_lazy("warning letters sent; a month that was not handed in counts as missing, not as zero"),
        denominator=gettext_lazy("none"),
        compute=warnings,
        cuts=PLACE,
    ),
    Figure(
        id="R15",
        title=gettext_lazy("Finable offences, by municipality"),
        counted_on=DELIVERED,
        scope=WITH_A_ZONE,
        numerator=gettext_lazy(
            "finable offences, by vans and by trucks; a month that was not handed in counts as missing, not as zero"
        ),
        denominator=gettext_lazy("none"),
        compute=fines,
        cuts=PLACE,
    ),
    Figure(
        id="R16",
        title=gettext_lazy("Passages that comply with the rules, by municipality"),
        counted_on=DELIVERED,
        scope=WITH_A_ZONE,
        numerator=gettext_lazy("passages of vans and trucks that comply, by number plate recognition (ANPR)"),
        denominator=gettext_lazy("all passages of vans and trucks of which it was handed in whether they comply"),
        compute=compliance,
        cuts=PLACE,
    ),
    Figure(
        id="R17",
        title=gettext_lazy("Municipalities with a zone"),
        counted_on=gettext_lazy("state on the last day of the period, as far as known by the day of 'as of'"),
        scope=gettext_lazy("all municipalities"),
        numerator=gettext_lazy(
            "municipalities whose zone had started; and those whose warning period had ended, by their last return, "
            "or else by the day from which fines were announced"
        ),
        denominator=gettext_lazy("none"),
        compute=zones,
    ),
)

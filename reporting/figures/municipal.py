"""What municipalities hand in (R14, R15, R16), and how many have a zone (R17). What is missing is never zero."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting import percentages
from reporting.figures import comparability
from reporting.figures.base import OF_PLACES, Cell, Figure, LetterNames, Places, Public, Row, Source, no_row, whole_row
from reporting.figures.day_exemptions import CLASSES
from reporting.figures.disclosure import hidden_share, hidden_sum, is_small
from reporting.figures.places import hide_cell, make_cell
from reporting.models import ReturnVersion
from reporting.period import ONE_DAY, Period, months_touched
from reporting.returns.jurisdiction import DELIVER
from reporting.returns.months import with_a_zone
from zones.models import Municipality

Count = Callable[[ReturnVersion], int | None]
FINED = {"van": gettext_lazy("vans"), "truck": gettext_lazy("trucks")}
DELIVERED = gettext_lazy("the month that the municipality handed in about, as it was handed in by the day of 'as of'")
ALL = "all"
TITLE_OF_WARNINGS = gettext_lazy("Warning letters, by municipality")
TITLE_OF_FINES = gettext_lazy("Finable offences, by municipality")
TITLE_OF_COMPLIANCE = gettext_lazy("Passages that comply with the rules, by municipality")
PLACE = frozenset({"municipality"})
WITH_A_ZONE = gettext_lazy("municipalities that had a zone in the period")


@dataclass
class MunicipalReturns:
    """One municipality in a period: the months that it should hand in, and the latest versions of those it did."""

    municipality: Municipality
    months: list[date]
    versions: list[ReturnVersion] = field(default_factory=list)

    def total(self, count: Count) -> int | None:
        """The sum over the months handed in; None if no month has this number."""
        numbers = [number for version in self.versions if (number := count(version)) is not None]
        return sum(numbers) if numbers else None

    def note(self, count: Count) -> str:
        """What is missing, in words; empty if every month is there."""
        there = sum(count(version) is not None for version in self.versions)
        if there == 0:
            return _("not handed in")
        if there < len(self.months):
            return _("%(there)s of %(all)s months handed in") % {"there": there, "all": len(self.months)}
        return ""


def find_deliveries(period: Period) -> list[MunicipalReturns]:
    """Every municipality with a zone in the period, with its last deliveries as known at `as_of`. Three queries."""

    def read() -> list[MunicipalReturns]:
        months, known = with_a_zone(period.first, period.last), defaultdict(list)
        versions = ReturnVersion.objects.known_at(period.seen_until).select_related("monthly_return")
        for version in versions.filter(monthly_return__month__in=months_touched(period.first, period.last)):
            one = version.monthly_return
            if one.month in months.get(one.municipality_id, ()):
                known[one.municipality_id].append(version)
        return [
            MunicipalReturns(place, months[place.pk], known[place.pk]) for place in find_municipalities(months, period)
        ]

    found: list[MunicipalReturns] = period.once("handed in by municipalities", read)
    return found


def find_municipalities(keys: Iterable[int], period: Period) -> list[Municipality]:
    """Those of these municipalities that the report is about, sorted by name."""
    found = Municipality.objects.filter(pk__in=keys).order_by("name")
    code = period.only.municipality
    return [place for place in found if code in ("", place.cbs_code)]


def build_sum_row(one: MunicipalReturns, count: Count) -> Row:
    """The sum of what a municipality handed in, with what is missing and what one must know to compare it."""
    note = one.note(count)
    beside = comparability.describe_remarks(one.versions)
    code, name = one.municipality.cbs_code, one.municipality.name
    return Row(code, name, one.total(count), note=note, beside=beside, partial=bool(note))


def count_warnings(period: Period) -> list[Row]:
    """R14: warning letters by municipality."""
    return [build_sum_row(one, lambda version: version.warnings) for one in find_deliveries(period)]


def count_fines(period: Period) -> list[Row]:
    """R15: finable offences by municipality, first the sum, then vans and trucks."""
    return [row for one in find_deliveries(period) for row in build_fine_rows(one)]


def build_fine_rows(one: MunicipalReturns) -> list[Row]:
    """The rows of one municipality. If every month is in but one lacks a class, the sum's note says which class."""
    classes = {
        "van": build_sum_row(one, lambda version: version.fines_van),
        "truck": build_sum_row(one, lambda version: version.fines_truck),
    }
    whole = build_sum_row(one, lambda version: sum_known(version.fines_van, version.fines_truck))
    lacking = "; ".join(f"{FINED[name]}: {row.note}" for name, row in classes.items() if row.note)
    return [
        replace(whole, note=whole.note or lacking, partial=bool(lacking)),
        *(
            replace(row, key=f"{row.key}:{name}", label=f"{row.label}: {FINED[name]}", beside="")
            for name, row in classes.items()
        ),
    ]


def count_compliance(period: Period) -> list[Row]:
    """R16: only for months in which passages were handed in together with the compliant ones."""
    return [build_compliance_row(one) for one in find_deliveries(period)]


def build_compliance_row(one: MunicipalReturns) -> Row:
    """The compliant passages of one municipality, as a part of all its passages."""
    pairs = [pair for version in one.versions for pair in list_compliant_passages(version)]
    row = build_sum_row(
        one, lambda version: sum(pair[0] for pair in found) if (found := list_compliant_passages(version)) else None
    )
    if row.count is None:
        return row
    passed = sum(pair[1] for pair in pairs)
    return replace(row, of=passed, percent=percentages.divide_whole([row.count, passed - row.count])[0])


def list_compliant_passages(version: ReturnVersion) -> list[tuple[int, int]]:
    """Compliant and all passages by class of vehicle, where both were handed in."""
    pairs = (
        (version.compliant_van, version.passages_van),
        (version.compliant_truck, version.passages_truck),
    )
    return [(compliant, passed) for compliant, passed in pairs if compliant is not None and passed is not None]


def sum_known(*numbers: int | None) -> int | None:
    """The sum of the known numbers; None if there are none."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


# --- As the open data have it: no total over the municipalities is public -------------------------------------------


def cells_of(
    rows: Iterable[Row], key: str, label: str, places: Places, *, hides: Callable[[Row], bool]
) -> Iterator[Cell]:
    """A cell for each municipality that has a row."""
    by_place = {row.key: row for row in rows}
    for place, name in places.items():
        if row := by_place.get(place):
            yield hide_cell(make_cell(place, name, key, label, row), hides(row))


def warnings_by_place(places: Places, period: Period) -> list[Cell]:
    """R14 by municipality."""
    rows, label = count_warnings(period), str(TITLE_OF_WARNINGS)
    return list(cells_of(rows, ALL, label, places, hides=lambda row: is_small(row.count)))


def fines_by_place(places: Places, period: Period) -> list[Cell]:
    """R15 by municipality: the sum, then vans and trucks. The sum is shown only if both of these are."""
    rows, found = {row.key: row for row in count_fines(period)}, []
    for place, name in places.items():
        if place in rows:
            parts = {key: rows[f"{place}:{key}"] for key in CLASSES}
            found.append(sum_offences(place, name, rows[place], [part.count for part in parts.values()]))
            found += [
                hide_cell(make_cell(place, name, key, str(CLASSES[key]), part), is_small(part.count))
                for key, part in parts.items()
            ]
    return found


def sum_offences(place: str, name: str, row: Row, parts: list[int | None]) -> Cell:
    """A cell with all finable offences of a municipality, hidden if it would reveal a hidden part."""
    shown = [part or 0 for part in parts if not is_small(part)]
    hides = row.count is not None and hidden_sum(row.count, shown, len(shown) < len(parts))
    return hide_cell(make_cell(place, name, ALL, str(TITLE_OF_FINES), row), hides)


def compliance_by_place(places: Places, period: Period) -> list[Cell]:
    """R16 by municipality: compliant passages as a part of all passages."""
    rows, label = count_compliance(period), str(TITLE_OF_COMPLIANCE)
    return list(cells_of(rows, "compliant", label, places, hides=lambda row: hidden_share(row.count, row.of)))


# --- Zones ------------------------------------------------------------------------------------------------------------


def count_zones(period: Period) -> Sequence[Row]:
    """R17: how many municipalities have a zone on the last day, and in how many the warning period has ended."""
    told = warning_periods(period)
    places = find_municipalities(with_a_zone(period.last, period.last), period)
    over = sum((day := first_fines(place, told)) is not None and day <= period.last for place in places)
    return [
        Row("zones", _("Municipalities with a zero-emission zone"), len(places)),
        Row("fining", _("Of these, the warning period is over"), over),
    ]


def first_fines(place: Municipality, told: Mapping[int, date]) -> date | None:
    """The day after the warning period that the municipality reported, or else the announced day."""
    warns_until = told.get(place.pk)
    return warns_until + ONE_DAY if warns_until else place.fines_from


def warning_periods(period: Period) -> dict[int, date]:
    """The last day of the warning period as last reported, by the municipality's primary key."""
    known = ReturnVersion.objects.known_at(period.seen_until).exclude(warning_until=None)
    rows = known.values_list("monthly_return__municipality", "monthly_return__month", "warning_until")
    return {place: ends for place, _month, ends in sorted(rows, key=lambda row: row[1]) if ends}


RETURNS = Source(DELIVER, lambda key: reverse("returns_of", args=[key.partition(":")[0]]))
FIGURES = (
    Figure(
        id="R14",
        title=TITLE_OF_WARNINGS,
        counted_on=DELIVERED,
        scope=WITH_A_ZONE,
        numerator=gettext_lazy("warning letters sent; a month that was not handed in counts as missing, not as zero"),
        denominator=gettext_lazy("none"),
        compute=count_warnings,
        public=Public(national=False, by_municipality=warnings_by_place),
        cuts=PLACE,
        handed_in=True,
        source=RETURNS,
        letter=OF_PLACES,
        settles=("count",),
    ),
    Figure(
        id="R15",
        title=TITLE_OF_FINES,
        counted_on=DELIVERED,
        scope=WITH_A_ZONE,
        numerator=gettext_lazy(
            "finable offences, by vans and by trucks; a month that was not handed in counts as missing, not as zero"
        ),
        denominator=gettext_lazy("none"),
        compute=count_fines,
        public=Public(national=False, by_municipality=fines_by_place),
        cuts=PLACE,
        adds_up=whole_row,
        handed_in=True,
        source=RETURNS,
        letter=replace(OF_PLACES, counts_places=True),
        settles=("count",),
    ),
    Figure(
        id="R16",
        title=TITLE_OF_COMPLIANCE,
        counted_on=DELIVERED,
        scope=WITH_A_ZONE,
        numerator=gettext_lazy("passages of vans and trucks that comply, by number plate recognition (ANPR)"),
        denominator=gettext_lazy("all passages of vans and trucks of which it was handed in whether they comply"),
        compute=count_compliance,
        public=Public(national=False, by_municipality=compliance_by_place),
        cuts=PLACE,
        handed_in=True,
        source=RETURNS,
        letter=replace(OF_PLACES, has_shares=True),
        settles=("count", "of"),
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
        compute=count_zones,
        public=Public(),
        adds_up=no_row,
        letter=LetterNames(rows=("zones", "fining"), fact="zones"),
    ),
)

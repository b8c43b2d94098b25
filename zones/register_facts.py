"""Turns rows of the vehicle register, as messy as they are published, into the facts that the rules read.

Absent keys, zeros and words such as "Niet geregistreerd" all mean: not known. No value makes this fail.
"""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from zones.vehicles import EMISSION_CLASSES, VehicleFacts

Row = Mapping[str, Any]

NOT_TOLD = {"", "n.v.t.", "niet geregistreerd", "niet nader aangeduid", "geen verstrekking in open data"}
OTHER_NAMES = {  # column titles of the CSV export, and names that the register has dropped
    "emissieklasse": "emissiecode_omschrijving",
    "datum_eerste_afgifte_nederland": "datum_eerste_tenaamstelling_in_nederland",
}
RANGES = (
    "actie_radius_enkel_elektrisch_wltp",
    "actie_radius_extern_opladen_wltp",
    "actieradius_extern_oplaadbaar",
    "actieradius",
)
DATE_FORMS = (
    re.compile(r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)(T.*)?"),
    re.compile(r"(?P<month>\d\d)/(?P<day>\d\d)/(?P<year>\d{4})( .*)?"),  # the CSV export
)
EMISSION_LEVEL = re.compile(r"EURO (\d)( [A-Z]{1,2})?")
THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
VAN_MAX_KG = 3500  # RVV 1990 art. 86c: a van's permitted maximum mass


def facts_from_rows(
    main: Row | Iterable[Row] | None,
    *,
    fuel: Iterable[Row] = (),
    body: Iterable[Row] = (),
    body_spec: Iterable[Row] = (),
    axles: Iterable[Row] = (),
    remarks: Iterable[Row] = (),
) -> VehicleFacts:
    """The facts of one vehicle, from its rows in m9d7-ebf2, 8ys7-d773, vezc-m2t6, jhie-znh9, 3huj-srit, 7ug8-2dtt."""
    vehicle = next(iter(_tidy_rows([main] if isinstance(main, Mapping) else main)), {})
    fuels, bodies, axle_rows = _tidy_rows(fuel), _tidy_rows(body), _tidy_rows(axles)
    category = _find_category(vehicle)
    return VehicleFacts(
        category=category,
        subtype=_find_subtype(vehicle, bodies) if category in {"truck", None} else None,
        emission_class=_emission_class(fuels),
        first_admission=_read_day(vehicle, "datum_eerste_toelating"),
        body_codes=_read_codes(bodies, "carrosserietype") | _read_codes(_tidy_rows(body_spec), "carrosseriecode"),
        remark_codes=_read_codes(_tidy_rows(remarks), "bijzonderheid_code"),
        plug_in_hybrid=_plug_in_hybrid(fuels),
        make=_read_text(vehicle, "merk"),
        model=_read_model(vehicle),
        kind=_read_text(vehicle, "voertuigsoort"),
        european_category=_read_text(vehicle, "europese_voertuigcategorie").upper(),
        body=_read_text(vehicle, "inrichting"),
        fuels=tuple(sorted({name for row in fuels if (name := _read_text(row, "brandstof_omschrijving"))})),
        max_mass_kg=_read_number(vehicle, "toegestane_maximum_massa_voertuig"),
        empty_mass_kg=_read_number(vehicle, "massa_ledig_voertuig"),
        payload_kg=_read_number(vehicle, "laadvermogen"),
        towing_kg=_read_number(vehicle, "maximum_trekken_massa_geremd") or _read_number(vehicle, "oplegger_geremd"),
        electric_range_km=max(
            (km for row in fuels for name in RANGES if (km := _read_number(row, name))), default=None
        ),
        axles=_count_axles(axle_rows),
        seats=_read_number(vehicle, "aantal_zitplaatsen"),
        wheelchair_places=_read_number(vehicle, "aantal_rolstoelplaatsen"),
        first_dutch_registration=_read_day(vehicle, "datum_eerste_tenaamstelling_in_nederland"),
        name_since=_read_day(vehicle, "datum_tenaamstelling"),
        exported=_read_yes_or_no(vehicle, "export_indicator"),
        registrable=_read_yes_or_no(vehicle, "tenaamstellen_mogelijk"),
    )


def _find_category(vehicle: Row) -> str | None:
    """Van or truck by mass; by European category if the mass is unknown (RVV 1990 art. 86c)."""
    kind = _read_text(vehicle, "voertuigsoort").lower()
    european = _read_text(vehicle, "europese_voertuigcategorie").upper()[:2]
    goods = {"N1": "van", "N2": "truck", "N3": "truck"}.get(european)
    if kind and kind != "bedrijfsauto":
        return "other"
    if not kind and not goods:
        return "other" if european else None
    mass = _read_number(vehicle, "toegestane_maximum_massa_voertuig")
    if mass is None:
        return goods
    return "van" if mass <= VAN_MAX_KG else "truck"


def _find_subtype(vehicle: Row, bodies: list[Row]) -> str | None:
    codes, layout = _read_codes(bodies, "carrosserietype"), _read_text(vehicle, "inrichting").lower()
    if "BC" in codes or layout == "opleggertrekker":
        return "tractor"
    return "rigid" if codes or layout else None


def _emission_class(fuels: list[Row]) -> str | None:
    """Z only if every fuel says Z; otherwise the lowest class among the combustion fuels.

    The electric row of a hybrid says Z as well, so a hybrid with a combustion engine is never Z.
    """
    classes = [_row_class(row) for row in fuels]
    if classes and all(found == "Z" for found in classes):
        return None if _hybrid_classes(fuels) & {"OVC-HEV", "NOVC-HEV"} else "Z"
    return min((found for found in classes if found and found != "Z"), default=None)


def _row_class(row: Row) -> str | None:
    code = _read_text(row, "emissiecode_omschrijving").upper()
    if code in EMISSION_CLASSES:
        return code
    # An electric row may carry the emission level of the petrol engine that it is combined with.
    if _read_text(row, "brandstof_omschrijving").lower() in {"", "elektriciteit", "waterstof"}:
        return None
    level = EMISSION_LEVEL.fullmatch(_read_text(row, "uitlaatemissieniveau"))
    return level[1] if level and level[1] in EMISSION_CLASSES else None


def _plug_in_hybrid(fuels: list[Row]) -> bool | None:
    classes = _hybrid_classes(fuels)
    if classes:
        return not classes.isdisjoint({"OVC-HEV", "OVC-FCHV"})
    electric = {_read_text(row, "brandstof_omschrijving").lower() == "elektriciteit" for row in fuels}
    return False if len(electric) == 1 else None


def _hybrid_classes(fuels: list[Row]) -> set[str]:
    return {found for row in fuels if (found := _read_text(row, "klasse_hybride_elektrisch_voertuig").upper())}


def _read_model(vehicle: Row) -> str:
    """The trade name without the make, which some manufacturers repeat in it."""
    make, model = _read_text(vehicle, "merk"), _read_text(vehicle, "handelsbenaming")
    return model.removeprefix(f"{make} ") if make else model


def _count_axles(rows: list[Row]) -> int | None:
    told = max((count for row in rows if (count := _read_number(row, "aantal_assen"))), default=None)
    return told or len({_read_number(row, "as_nummer") for row in rows} - {None}) or None


def _read_codes(rows: list[Row], name: str) -> frozenset[str]:
    found = {_read_text(row, name).upper().removesuffix(".0").lstrip("0") for row in rows}
    return frozenset(found - {""})


def _tidy_rows(rows: object) -> list[Row]:
    """The mappings among the rows, with the API's column names."""
    if not isinstance(rows, Iterable) or isinstance(rows, str | bytes):
        return []
    return [{_rename_column(key): value for key, value in row.items()} for row in rows if isinstance(row, Mapping)]


def _rename_column(key: object) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", str(key).lower()).strip("_")
    return OTHER_NAMES.get(plain, plain)


def _read_text(row: Row, name: str) -> str:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = " ".join(str(value).split())
    return "" if text.lower() in NOT_TOLD else text


def _read_yes_or_no(row: Row, name: str) -> bool | None:
    return {"ja": True, "nee": False}.get(_read_text(row, name).lower())


def _read_number(row: Row, name: str) -> int | None:
    """A positive whole number; fractions are rounded up, so that 3500.5 kg exceeds 3500."""
    text = _read_text(row, name)
    if THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    try:
        number = float(text)
    except ValueError:
        return None
    return math.ceil(number) if math.isfinite(number) and number > 0 else None


def _read_day(row: Row, name: str) -> date | None:
    """A date column, or its `_dt` counterpart if the plain one is missing."""
    return _as_day(_read_text(row, name)) or _as_day(_read_text(row, f"{name}_dt"))


def _as_day(text: str) -> date | None:
    for form in DATE_FORMS:
        if found := form.fullmatch(text.removesuffix(".0")):
            return _real_day(**{part: int(found[part]) for part in ("year", "month", "day")})
    return None


def _real_day(*, year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

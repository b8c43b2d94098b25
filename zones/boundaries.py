"""Boundaries of zones from a GeoJSON file: loads all of them, or none with every reason why."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zones.geometry import BadGeometry, parse_polygons
from zones.models import Zone

LARGEST_FILE = 50 * 1024 * 1024
CODES = ("cbs_code", "statcode", "gemeentecode", "code")
NAMES = ("name", "naam", "zone")
WGS84 = ("CRS84", "EPSG:4326", "EPSG::4326")


class BadFile(ValueError):
    """The file has no usable boundaries; `reasons` say why, one sentence each."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def read_boundaries(path: Path) -> list[dict[str, Any]]:
    """Read the features from a file. Raises BadFile."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadFile(_("The file is larger than %(most)s MB.") % {"most": LARGEST_FILE // 1024**2})
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise BadFile(_("The file cannot be read: check that it exists.")) from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, BadFile):
            raise
        raise BadFile(_("The file is no JSON: export the zones as GeoJSON.")) from None
    return read_features(content)


def read_features(content: Any) -> list[dict[str, Any]]:
    """The features of a FeatureCollection in WGS84. Raises BadFile."""
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise BadFile(_("The file is no GeoJSON FeatureCollection."))
    if (crs := content.get("crs")) and not str(crs).rstrip("'}").endswith(WGS84):
        raise BadFile(_("The file is not in WGS84: convert it to EPSG:4326 first."))
    found = content.get("features")
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise BadFile(_("The file has no features."))
    return found


@transaction.atomic
def keep_boundaries(found: Iterable[dict[str, Any]], *, on: date, source: str, is_invented: bool = False) -> list[Zone]:
    """Store the boundaries of the zones in force on a day; returns those zones. Stores nothing if it raises BadFile."""
    zones = list(
        Zone.objects.in_force(on=on).select_related("municipality").select_for_update(no_key=True, of=("self",))
    )
    reasons: list[str] = []
    given: dict[int, Zone] = {}
    for number, feature in enumerate(found, start=1):
        try:
            zone = _zone_of(feature, zones)
            if zone.pk in given:
                raise BadGeometry(_("%(zone)s comes twice.") % {"zone": zone})
            parse_polygons(feature.get("geometry"))
        except BadGeometry as error:
            reasons.append(_("Feature %(number)s: %(reason)s") % {"number": number, "reason": error})
        else:
            zone.boundary, zone.boundary_source, zone.boundary_is_invented = feature["geometry"], source, is_invented
            given[zone.pk] = zone
    if reasons:
        raise BadFile(*reasons)
    for zone in given.values():
        zone.save(update_fields=["boundary", "boundary_source", "boundary_is_invented"])
    return list(given.values())


def _zone_of(feature: dict[str, Any], zones: Iterable[Zone]) -> Zone:
    """The zone that a feature identifies by the CBS code of its municipality, by its own name, or by both."""
    properties = feature.get("properties")
    given = {str(key).lower(): str(value) for key, value in properties.items()} if isinstance(properties, dict) else {}
    code = next((given[name].upper() for name in CODES if given.get(name)), "")
    name = next((given[name].casefold() for name in NAMES if given.get(name)), "")
    if not code and not name:
        raise BadGeometry(_("It has no cbs_code and no name."))
    found = _find_zones(zones, code, name)
    if len(found) != 1:
        words = {"said": " ".join(filter(None, (code, name)))}
        raise BadGeometry(
            _("Several zones are called so: %(said)s.") % words
            if found
            else _("No zone is called so: %(said)s.") % words
        )
    return found[0]


def _find_zones(zones: Iterable[Zone], code: str, name: str) -> list[Zone]:
    """The zones with this code and name, or the only one with the code if the file calls it by another name."""
    of_code = [zone for zone in zones if not code or zone.municipality.cbs_code == code]
    fitting = [zone for zone in of_code if not name or zone.name.casefold() == name]
    return of_code if code and not fitting and len(of_code) == 1 else fitting

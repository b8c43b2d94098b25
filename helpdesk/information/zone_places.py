"""Which zones lie at a place, or between two places, as far as their boundaries are known."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from helpdesk.information.zone_page import ZonePage
from zones import position
from zones.addresses import Place
from zones.geometry import BadGeometry, parse_polygons
from zones.models import Zone
from zones.position import Parts

NEAR_BORDER = 100
"""Metres from the border within which the point of an address and the way to its door may lie on different sides."""
CORRIDOR = 2000
"""Metres on either side of the straight line between two places, within which a zone lies on the way."""


@dataclass(frozen=True)
class ZoneShape:
    """One version of a zone, with its boundary."""

    zone: Zone
    parts: Parts
    today: date

    @property
    def is_now(self) -> bool:
        """Whether this version holds today; if not, it is still to come."""
        return self.zone.valid_from <= self.today

    @property
    def page(self) -> ZonePage:
        """The zone as its page shows it."""
        return ZonePage(self.zone, self.today)


@dataclass(frozen=True)
class ZoneNear:
    """A zone in relation to a place."""

    shape: ZoneShape
    place: Place

    @property
    def zone(self) -> Zone:
        """The version of the zone."""
        return self.shape.zone

    @cached_property
    def is_inside(self) -> bool:
        """Whether the place lies in the zone."""
        return position.is_inside(self.place.point, self.shape.parts)

    @cached_property
    def metres(self) -> int:
        """The distance to the border in metres, rounded to tens."""
        return round(position.measure_to_border(self.place.point, self.shape.parts) / 10) * 10

    @property
    def metres_to_zone(self) -> int:
        """The distance to the zone in metres; 0 inside it."""
        return 0 if self.is_inside else self.metres

    @property
    def is_close(self) -> bool:
        """Whether the place is so near the border that only the road signs can tell."""
        return self.metres <= NEAR_BORDER

    @property
    def is_doubtful(self) -> bool:
        """Whether the answer is uncertain: close to the border, or a point that stands for several addresses."""
        return self.is_close or not self.place.is_exact

    @property
    def distance(self) -> str:
        """The distance to the border, in words."""
        return _describe_distance(self.metres)


@dataclass(frozen=True)
class PlaceAnswer:
    """What is known about a place."""

    place: Place
    near: list[ZoneNear]
    """Every version of every zone with a boundary, nearest first."""
    without_boundary: list[Zone]
    """The zones of the place's own municipality whose boundary is unknown, so that we cannot say anything."""

    @cached_property
    def inside(self) -> list[ZoneNear]:
        """The zones in which the place lies today."""
        return [one for one in self.near if one.shape.is_now and one.is_inside]

    @property
    def later(self) -> list[ZoneNear]:
        """The future versions of zones in which the place will lie, and does not lie today."""
        now = {one.zone.slug for one in self.inside}
        return [one for one in self.near if not one.shape.is_now and one.is_inside and one.zone.slug not in now]

    @property
    def left_later(self) -> list[ZoneNear]:
        """The future versions of today's zones in which the place will no longer lie."""
        now = {one.zone.slug for one in self.inside}
        return [one for one in self.near if not one.shape.is_now and not one.is_inside and one.zone.slug in now]

    @property
    def nearest(self) -> ZoneNear | None:
        """The nearest of today's zones, for a place outside all of them; None if no boundary is known."""
        return next((one for one in self.near if one.shape.is_now), None)


@dataclass(frozen=True)
class ZoneOnRoute:
    """A zone at the start, at the destination, or near the straight line between them."""

    shape: ZoneShape
    start: Place
    end: Place

    @property
    def zone(self) -> Zone:
        """The zone as it is today."""
        return self.shape.zone

    @property
    def at_start(self) -> bool:
        """Whether the journey begins in the zone."""
        return position.is_inside(self.start.point, self.shape.parts)

    @property
    def at_end(self) -> bool:
        """Whether the journey ends in the zone."""
        return position.is_inside(self.end.point, self.shape.parts)

    @property
    def where(self) -> str:
        """The zone's position on the route, in a sentence."""
        if self.at_start and self.at_end:
            return _("Your start and your destination lie in this zone.")
        if self.at_start:
            return _("Your start lies in this zone.")
        if self.at_end:
            return _("Your destination lies in this zone.")
        return _(
            "The straight line between the two passes through or close to this zone. You may be able to drive round."
        )

    @property
    def is_certain(self) -> bool:
        """Whether the journey cannot avoid the zone."""
        return self.at_start or self.at_end


def find_shapes(today: date) -> list[ZoneShape]:
    """Every current or future version of a zone with a readable boundary, in one query."""
    found = Zone.objects.ends_after(today).filter(boundary__isnull=False).defer(None)
    return [
        ZoneShape(zone, parts, today)
        for zone in found.select_related("municipality").order_by("name", "valid_from")
        if (parts := _read_parts(zone)) is not None
    ]


def look_around(place: Place, *, today: date) -> PlaceAnswer:
    """The zones at a place, and the distance to every other one, in two queries."""
    near = [ZoneNear(shape, place) for shape in find_shapes(today)]
    near.sort(key=lambda one: one.metres_to_zone)
    own = [zone for zone in find_zones_without_boundary(today) if zone.municipality.cbs_code == place.municipality]
    return PlaceAnswer(place, near, own)


def find_zones_between(start: Place, end: Place, *, today: date) -> list[ZoneOnRoute]:
    """Today's zones on the straight corridor between two places, in the order of the journey, in one query."""
    line = (start.point, end.point)
    found = [
        ZoneOnRoute(shape, start, end)
        for shape in find_shapes(today)
        if shape.is_now and position.passes_through(line, shape.parts, within=CORRIDOR)
    ]
    return sorted(found, key=lambda one: position.measure_to_zone(start.point, one.shape.parts))


def find_zones_without_boundary(today: date) -> list[Zone]:
    """Today's zones without a boundary, in one query."""
    return list(Zone.objects.in_force(on=today).filter(boundary__isnull=True).select_related("municipality"))


def _read_parts(zone: Zone) -> Parts | None:
    """The polygons of a boundary; None for an old one that can no longer be read."""
    try:
        return parse_polygons(zone.boundary)
    except BadGeometry:
        return None


def _describe_distance(metres: int) -> str:
    if metres < 1000:
        return _("%(length)s m") % {"length": metres}
    return _("%(length)s km") % {"length": number_format(round(metres / 1000, 1), decimal_pos=1)}

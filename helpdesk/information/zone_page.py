"""What a zone's page shows: its dates and how certain they are, its drawing, also in words, and its adviser."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.http import Http404
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from helpdesk.fact_words import Source
from helpdesk.models import Adviser
from zones.geometry import MARGIN, BadGeometry, Drawing, draw_boundary
from zones.models import Municipality, Zone

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ZonePage:
    """A zone as its page shows it on a day."""

    zone: Zone
    today: date

    @property
    def source(self) -> Source:
        """The source of its dates."""
        return Source("", self.zone.name, self.zone.valid_from, self.zone.source)

    @property
    def has_started(self) -> bool:
        """Whether the rules apply already."""
        return self.zone.starts_on <= self.today

    @property
    def phase(self) -> str:
        """The phase in a sentence: not started, warnings, fines, or unknown."""
        fines = self.zone.municipality.fines_from
        if not self.has_started:
            return _("This zone has not started yet. Until then, every vehicle may enter.")
        if fines is None:
            return _("The zone has started. We do not know from which day fines are given: expect a fine.")
        if not self.zone.municipality.is_sure_of_fines:
            return _("The zone is in force. Expect a fine: the municipality has not confirmed from which day.")
        if self.today < fines:
            return _("The zone is in force. For the time being you get a warning and no fine.")
        return _("The zone is in force. Anyone who enters without access gets a fine.")

    @property
    def dates(self) -> list[tuple[str, str]]:
        """Labels and dates, in words."""
        return [
            (_("Start of the zone"), _format_day(self.zone.starts_on)),
            (_("Warnings only"), self._warnings()),
            (_("Fines from"), self._fines()),
        ]

    def _warnings(self) -> str:
        fines = self.zone.municipality.fines_from
        if fines is None:
            return _("From the start; we do not know until when.")
        words = {"first": _format_day(self.zone.starts_on), "last": _format_day(fines - ONE_DAY)}
        if not self.zone.municipality.is_sure_of_fines:
            return _("From %(first)s, probably to %(last)s") % words
        return _("From %(first)s to %(last)s") % words

    def _fines(self) -> str:
        place = self.zone.municipality
        if place.fines_from is None:
            return _("Not known to us. Ask the municipality, and expect fines.")
        day = {"day": _format_day(place.fines_from)}
        if place.is_sure_of_fines:
            return _("%(day)s (published)") % day
        if place.fines_from_is == Municipality.FinesFromIs.INFERRED:
            return _("Probably %(day)s: six months after the start. The municipality has not confirmed this day.") % day
        return _("Possibly %(day)s; we are not sure of it.") % day

    @cached_property
    def drawing(self) -> Drawing | None:
        """The drawing; None if no boundary is known, or an old one can no longer be drawn."""
        try:
            return draw_boundary(self.zone.boundary) if self.zone.boundary else None
        except BadGeometry:
            return None

    @property
    def in_words(self) -> str:
        """What the map shows, for those who cannot see it."""
        if self.drawing is None:
            return ""
        return _(
            "The zone is about %(wide)s km wide from west to east and %(high)s km from south to north, "
            "and covers %(area)s km²."
        ) % {
            "wide": _round_number(self.drawing.width_m / 1000),
            "high": _round_number(self.drawing.height_m / 1000),
            "area": _round_number(self.drawing.area_km2),
        }

    @property
    def scale(self) -> str:
        """The length of the scale bar, in words."""
        metres = self.drawing.scale_m if self.drawing else 0
        if metres >= 1000:
            return _("%(length)s km") % {"length": metres // 1000}
        return _("%(length)s m") % {"length": metres}

    @property
    def scale_end(self) -> int:
        """The end of the scale bar, in the units of the drawing."""
        return MARGIN + (self.drawing.scale if self.drawing else 0)

    @cached_property
    def adviser(self) -> Adviser | None:
        """The municipality's adviser; None if nobody is known."""
        return Adviser.objects.filter(municipality=self.zone.municipality_id).first()


def find_known_zones(today: date) -> list[Zone]:
    """The zones in force on a day, with their municipalities, by name."""
    return list(Zone.objects.in_force(on=today).select_related("municipality").order_by("name"))


def find_zone(slug: str, *, today: date) -> Zone:
    """A zone by its slug; raises Http404."""
    for zone in find_known_zones(today):
        if zone.slug == slug:
            return zone
    raise Http404("no such zone")


def _format_day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _round_number(number: float) -> str:
    return number_format(round(number, 1), decimal_pos=1)

"""`manage.py load_zone_boundaries zones.geojson`: loads the boundaries that the zone pages draw."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from zones import boundaries


class Command(BaseCommand):
    """Load boundaries. Idempotent; a newer file replaces those of an older one."""

    help = "Loads boundaries of zones from a GeoJSON FeatureCollection in WGS84, known by cbs_code or name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="where the boundaries come from; the pages name it")
        parser.add_argument("--invented", action="store_true", help="they are invented; the pages say so")

    def handle(self, *_args: Any, **options: Any) -> None:
        today = timezone.localdate()
        try:
            found = boundaries.read_boundaries(options["file"])
            zones = boundaries.keep_boundaries(
                found, on=today, source=options["source"][:300], is_invented=options["invented"]
            )
        except boundaries.BadFile as error:
            raise CommandError("\n".join([_("Nothing was loaded."), *error.reasons])) from None
        self.stdout.write(_("Loaded the boundaries of: %(zones)s.") % {"zones": ", ".join(map(str, zones))})

"""The information site of the demo: invented boundaries and advisers, an outage that is over, and measured times."""

from datetime import date, datetime, time
from pathlib import Path

from demo.plan import FIRST
from exemptions.terms import AMSTERDAM
from helpdesk.information import lead_times
from helpdesk.models import Adviser, Outage
from zones import boundaries
from zones.models import Municipality, Zone

SHAPES = Path(__file__).with_name("zone_boundaries.geojson")
ADVISED = ("Utrecht", "Amsterdam", "Rotterdam", "Groningen")
BEGAN, ENDED = time(9, 5), time(10, 40)


def load(*, today: date) -> None:
    """Idempotent; what somebody filled in since stays."""
    if not Zone.objects.in_force(on=today).exclude(boundary=None).exists():
        found = boundaries.read_boundaries(SHAPES)
        boundaries.keep_boundaries(found, on=today, source="demo", is_invented=True)
    for place in Municipality.objects.filter(name__in=ADVISED):
        email = f"logistiek.{place.name.lower()}@example.org"
        values = {"name": f"Logistiek makelaar {place.name}", "email": email, "source": "demo"}
        Adviser.objects.get_or_create(municipality=place, defaults=values)
    began, ended = (datetime.combine(FIRST.replace(month=11, day=12), hour, AMSTERDAM) for hour in (BEGAN, ENDED))
    Outage.objects.get_or_create(
        began_at=began,
        defaults={
            "ended_at": ended,
            "what_nl": "Inloggen met DigiD en eHerkenning werkte niet.",
            "what_en": "Logging in with DigiD and eHerkenning did not work.",
        },
    )
    lead_times.measure_kinds(today=today)

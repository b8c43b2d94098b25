"""`manage.py issue_demo_program GM0344`: issues a program for the example client; prints its client ID and secret."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from enforcement.credentials import issue_credentials
from enforcement.models import SCOPES
from zones.models import Municipality


class Command(BaseCommand):
    """Issue a program of a municipality on behalf of the demo's administrator."""

    help = "Issues a secret for the example client; in a demo alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("zone", help="the CBS code of a municipality")

    def handle(self, *_args: Any, zone: str, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demo: an administrator issues secrets at the desk.")
        place = Municipality.objects.filter(cbs_code=zone).first()
        administrator = User.objects.filter(groups__name="administrator", is_active=True).first()
        if place is None or administrator is None:
            raise CommandError("There is no such municipality, or the demo is not loaded yet.")
        words = {"name": "Voorbeeldprogramma", "purpose": "Uitproberen van de koppeling"}
        machine, secret = issue_credentials(municipality=place, **words, scopes=list(SCOPES), by=administrator)
        self.stdout.write(f"{machine.client_id} {secret}")

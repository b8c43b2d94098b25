"""`manage.py demo_logins`: the accounts with which to log in to the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from demo.people import EVERYBODYS, LOGINS


class Command(BaseCommand):
    """Print the demo logins as a table."""

    help = "Prints the logins of the demo, one a line, and their password."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(_("This is not a demo: it has no logins of its own."))
        width = max(len(login.email) for login in LOGINS)
        for login in LOGINS:
            self.stdout.write(f"{login.email:<{width}}  {login.what}")
        self.stdout.write(f"\nWachtwoord voor allemaal: {EVERYBODYS}")

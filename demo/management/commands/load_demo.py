"""`manage.py load_demo`: invented people, a year of history, and cases around today."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from demo import loader


class Command(BaseCommand):
    """Load the demo. Idempotent; refuses to run in production."""

    help = "Loads the invented people, history and cases of the demo. Idempotent."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                _("This is not a demo: set DEMO=1 to load invented cases, and never where there are real ones.")
            )
        loader.load_demo(today=timezone.localdate())

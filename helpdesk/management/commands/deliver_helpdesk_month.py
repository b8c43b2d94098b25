"""`manage.py deliver_helpdesk_month`: hands in a month of the help desk, such as one in which no worker ran."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk.mailbox import monthly_report
from reporting.deliveries.calendar import get_month_before
from reporting.deliveries.deliver import DeliveryRefused


class Command(BaseCommand):
    """Hand in one month, by default the last one."""

    help = (
        "Hands in the visits, conversations and questions of a month to the report, where our own help desk ran in it "
        "and no person handed in. Idempotent."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", metavar="MONTH", help="as 2026-06; the month that ended last without it")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            version = monthly_report.deliver_month(self.month(options["month"]))
        except DeliveryRefused as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write(_("Handed in.") if version else _("Nothing to hand in."))

    @staticmethod
    def month(typed: str | None) -> date:
        """Parse the month; returns its first day."""
        if typed is None:
            return get_month_before(timezone.localdate())
        try:
            return date.fromisoformat(f"{typed}-01")
        except ValueError as error:
            raise CommandError(_("%(typed)s is not a month; type it as 2026-06.") % {"typed": typed}) from error

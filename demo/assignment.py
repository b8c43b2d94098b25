"""An application that the team lead gave to a colleague who has not begun: the newest one that nobody had."""

from accounts.models import User
from exemptions.models import Application

LEAD, COLLEAGUE = "teamleider@example.org", "behandelaar2@example.org"


def load() -> None:
    """By the real step; once, after the cases around today."""
    application = Application.objects.new().latest("received_at")
    application.assign(by=User.objects.get(email=LEAD), to=User.objects.get(email=COLLEAGUE))

"""What the mails about an export may say, and an invented one: the table of placeholders belongs to this app."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.placeholders import Letters

KINDS = {
    "mail_export_ready": ("list", "rows", "expires_on", "link"),
    "mail_export_failed": ("list", "problem", "link"),
}


def list_sample_values() -> dict[str, object]:
    """An invented value for every placeholder that only these mails know."""
    return {
        "list": _("Applications: all open"),
        "rows": "123.456",
        "expires_on": date(2026, 4, 8),
        "problem": _("What went wrong stands here, and what to do."),
    }


LETTERS = Letters(
    KINDS,
    list_sample_values,
    titles={
        "mail_export_ready": gettext_lazy("email: an export is ready"),
        "mail_export_failed": gettext_lazy("email: an export failed"),
    },
)

"""The mails about an export: it is ready, or it failed. Neither says what is in the file."""

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import override

from accounts.languages import choose_written_language
from casework.exports import listing
from casework.models import Export, Message
from casework.texts import compose_text

READY, FAILED = "mail_export_ready", "mail_export_failed"
DOSSIER_READY = "mail_dossier_ready"


def describe_listing(export: Export) -> str:
    """The title of the list, with its filters; its name if the list no longer exists."""
    try:
        return listing.get_listing(export.listing).named(QueryDict(export.filters))
    except listing.UnknownListing:
        return export.listing


def notify_ready(export: Export) -> None:
    """Mail the link, and until when it works."""
    mail_owner(
        export,
        DOSSIER_READY if export.format == Export.Format.PDF else READY,
        {
            "rows": number_format(export.rows or 0, force_grouping=True),
            "expires_on": export.last_day,
            "link": settings.SITE_URL + reverse("export_ready", args=[export.key]),
        },
    )


def notify_failed(export: Export) -> None:
    """Mail why the export failed, and where to ask again."""
    mail_owner(export, FAILED, {"problem": export.problem, "link": settings.SITE_URL + reverse("exports")})


def mail_owner(export: Export, kind: str, context: dict[str, object]) -> None:
    """Put a mail in the outbox, in the owner's language."""
    owner = export.owner
    with override(choose_written_language(owner.language)):
        words = compose_text(kind, language=owner.language, context={"list": describe_listing(export), **context})
    Message.objects.place_mail(words, owner.email)

"""The mails about an export: it is ready, or it failed. Neither says what is in it."""

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
    """Which list, in words; its name if it no longer exists."""
    try:
        return listing.get_listing(export.listing).named(QueryDict(export.filters))
    except listing.UnknownListing:
        return export.listing


def tell_ready(export: Export) -> None:
    """The link, and until when it works."""
    mail_owner(
        export,
        DOSSIER_READY if export.format == Export.Format.PDF else READY,
        {
            "rows": number_format(export.rows or 0, force_grouping=True),
            "expires_on": export.last_day,
            "link": settings.SITE_URL + reverse("export_ready", args=[export.key]),
        },
    )


def tell_failed(export: Export) -> None:
    """Why, and where to ask again."""
    mail_owner(export, FAILED, {"problem": export.problem, "link": settings.SITE_URL + reverse("exports")})


def mail_owner(export: Export, kind: str, context: dict[str, object]) -> None:
    """A mail in the outbox, in the language of its reader."""
    owner = export.owner
    with override(choose_written_language(owner.language)):
        words = compose_text(kind, language=owner.language, context={"list": describe_listing(export), **context})
    Message.objects.place_mail(words, owner.email)

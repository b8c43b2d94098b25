"""The mails about an export: it is ready, or it failed. Neither says what stands in it."""

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import override

from accounts.languages import written
from casework.exports import listing
from casework.models import Export, Message
from casework.texts import compose

READY, FAILED = "mail_export_ready", "mail_export_failed"


def named(export: Export) -> str:
    """Which list, in words; of one that is there no more, its name."""
    try:
        return listing.get(export.listing).named(QueryDict(export.filters))
    except listing.UnknownListing:
        return export.listing


def tell_ready(export: Export) -> None:
    """The link, and until when it works."""
    tell(
        export,
        READY,
        {
            "rows": number_format(export.rows or 0, force_grouping=True),
            "expires_on": export.last_day,
            "link": settings.SITE_URL + reverse("export_ready", args=[export.key]),
        },
    )


def tell_failed(export: Export) -> None:
    """Why, and where to ask again."""
    tell(export, FAILED, {"problem": export.problem, "link": settings.SITE_URL + reverse("exports")})


def tell(export: Export, kind: str, context: dict[str, object]) -> None:
    """A mail in the outbox, in the language of its reader."""
    owner = export.owner
    with override(written(owner.language)):
        words = compose(kind, language=owner.language, context={"list": named(export), **context})
    Message.objects.create(kind=words.kind, to=owner.email, subject=words.subject, body=words.body)

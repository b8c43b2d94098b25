"""Ask for an export that is too large to wait for."""

from typing import TYPE_CHECKING

import structlog
from django.http import QueryDict

from casework.exports.listing import Listing
from casework.models import Export

if TYPE_CHECKING:
    from accounts.models import User

log = structlog.get_logger("loket.exports")


def request_export(listing: Listing, filters: QueryDict, *, format: str, language: str, by: "User") -> Export:
    """Queue it for the worker; a second click, or a second tab, finds the one that is already being made.

    The row is all that counts: the clock sends a worker to it within a minute, even if the queue was lost.
    """
    export, is_new = Export.objects.unfinished().get_or_create(
        owner=by,
        listing=listing.name,
        filters=filters.urlencode(),
        format=format,
        language=language,
        ready_at=None,
        problem="",
    )
    if is_new:
        log.info("export_asked", export=export.pk, user=by.pk, listing=listing.name, format=format)
    return export

"""The worker's part: make the waiting exports, each once, whatever breaks.

A worker takes a lease on the row and renews it while it works. If the worker dies, the lease runs out and the next one
starts again; one that only seemed dead finds its try overtaken and throws its file away. A failed try is repeated some
minutes later, after other exports. After three tries the owner is told why.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO, Any

import structlog
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.languages import choose_written_language
from casework.current_policy import CurrentPolicy
from casework.exports import access, listing
from casework.exports.notifications import notify_failed, notify_ready
from casework.exports.writers import WRITERS, Order, iterate_chunks
from casework.models import Export
from casework.models.export import storage_path

log = structlog.get_logger("loket.exports")

LEASE = timedelta(minutes=10)
RENEW_SECONDS = 30.0
MOST_TRIES = 3
PAUSE = timedelta(minutes=5)
"""The wait after a failed try; most failures (of storage or disk) are repaired soon or not at all."""


class LeaseLost(Exception):
    """Our lease ran out, and another worker has started again."""


def make_next() -> bool:
    """Make the oldest waiting export; False if there is none, or if one is being made.

    One at a time, so that half of the worker stays free for mails and letters.
    """
    now = timezone.now()
    give_up(now=now)
    export = claim_export(now=now)
    if export is None:
        return False
    make_export(export)
    return True


def claim_export(*, now: datetime) -> Export | None:
    """Claim the oldest waiting export. Of two workers at once, the second skips the locked row."""
    if Export.objects.in_hand(now=now).exists():
        return None
    with transaction.atomic():
        due = Export.objects.due(now=now).filter(tries__lt=MOST_TRIES)
        export = due.select_for_update(no_key=True, skip_locked=True).first()
        if export is not None:
            export.tries += 1
            export.leased_until = now + LEASE
            export.save(update_fields=["tries", "leased_until"])
    return export


def make_export(export: Export) -> None:
    """Write the file, store it and notify its owner; or record why that failed."""
    try:
        with TemporaryFile() as file:
            rows = write_rows(export, file)
            keep_file(export, file, rows=rows)
    except (PermissionDenied, Http404, listing.UnknownListing):
        fail_export(export, why="not_yours")
    except LeaseLost:
        log.warning("export_overtaken", export=export.pk, tries=export.tries)
    except Exception as error:
        log.exception("export_failed", export=export.pk, tries=export.tries, error=type(error).__name__)
        put_back(export)


def put_back(export: Export) -> None:
    """Queue an export for another try after a pause, or give up after the last."""
    if export.tries >= MOST_TRIES:
        fail_export(export, why="broken")
    else:
        find_our_export(export).update(leased_until=None, not_before=timezone.now() + PAUSE)


def write_rows(export: Export, file: IO[bytes]) -> int:
    """Write the rows that the owner may see at this moment to a file; returns their number."""
    one, owner, filters = listing.get_listing(export.listing), export.owner, QueryDict(export.filters)
    if not owner.is_active:
        raise PermissionDenied("does not work here any more")
    export.rights = access.fingerprint_access(owner)
    watched = WatchedRows(export, iterate_chunks(one.rows(owner, filters)))
    order = Order(listing=one.as_seen(owner, filters), filters=filters, owner=str(owner), language=export.language)
    WRITERS[export.format](file, order, watched)
    file.flush()
    file.seek(0)
    return watched.count


class WatchedRows:
    """Passes rows on to a file, counting them and renewing the lease now and then."""

    def __init__(self, export: Export, chunks: Iterator[Sequence[Any]]) -> None:
        self.export, self.chunks, self.count, self.renewed = export, chunks, 0, time.monotonic()

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for chunk in self.chunks:
            self.count += len(chunk)
            if time.monotonic() - self.renewed > RENEW_SECONDS:
                renew_lease(self.export)
                self.renewed = time.monotonic()
            yield chunk


def renew_lease(export: Export) -> None:
    """Renew our lease; raises LeaseLost if another worker has taken over."""
    if not find_our_export(export).update(leased_until=timezone.now() + LEASE):
        raise LeaseLost


def find_our_export(export: Export) -> Any:
    """The row, unless another worker has claimed it since: each claim counts as another try."""
    return Export.objects.unfinished().filter(pk=export.pk, tries=export.tries)


def keep_file(export: Export, file: IO[bytes], *, rows: int) -> None:
    """Put the file in the storage, then record that and mail the owner in one transaction. Raises LeaseLost."""
    renew_lease(export)
    export.file.save("export", File(file), save=False)
    now = timezone.now()
    with transaction.atomic():
        export.rows, export.ready_at, export.expires_at = rows, now, compute_expiry(now)
        fields = ("rows", "rights", "file", "ready_at", "expires_at")
        is_ours = find_our_export(export).update(**{name: getattr(export, name) for name in fields})
        if is_ours:
            notify_ready(export)
    if not is_ours:
        export.file.delete(save=False)
        raise LeaseLost
    sweep_leftovers(export, tries=export.tries - 1)
    log.info("export_made", export=export.pk, user=export.owner_id, listing=export.listing, rows=rows)


def compute_expiry(now: datetime) -> datetime:
    """The midnight after the last day on which the link works."""
    today = timezone.localdate(now)
    days = CurrentPolicy.on(today).number("export_link_days")
    return timezone.make_aware(datetime.combine(today + timedelta(days=days + 1), datetime.min.time()))


def fail_export(export: Export, *, why: str) -> None:
    """Record why the export failed, in the owner's language, and mail it, once."""
    with transaction.atomic():
        with override(choose_written_language(export.owner.language)):
            export.problem = in_words(why)
        if find_our_export(export).update(problem=export.problem):
            if export.owner.is_active:
                notify_failed(export)
            log.warning("export_given_up", export=export.pk, why=why)
    sweep_leftovers(export, tries=export.tries)


def in_words(why: str) -> str:
    """The reason in words, with what to do."""
    return {
        "not_yours": _("You no longer have this list. Ask your team lead whether that is right."),
        "broken": _("Something went wrong each time we tried. Ask for the list again, or for a smaller part of it."),
    }[why]


def give_up(*, now: datetime) -> None:
    """Give up on exports whose last try was killed halfway."""
    for export in Export.objects.free(now=now).filter(tries__gte=MOST_TRIES).select_related("owner"):
        fail_export(export, why="broken")


def sweep_leftovers(export: Export, *, tries: int) -> None:
    """Remove what killed workers may have left in the storage; a storage that is down is ignored."""
    with suppress(OSError):
        for number in range(1, tries + 1):
            default_storage.delete(storage_path(Export(key=export.key, tries=number), ""))


def drop_old() -> int:
    """Remove expired files; returns their number. Idempotent. The rows stay, to show who had which list and when."""
    dropped = 0
    for export in Export.objects.expired(now=timezone.now()).order_by("pk"):
        export.file.delete(save=False)
        Export.objects.filter(pk=export.pk).update(file="")
        dropped += 1
    forget_searches(now=timezone.now())
    return dropped


def forget_searches(*, now: datetime) -> None:
    """Remove the search words of expired exports, because they can be a person's name or address."""
    days = CurrentPolicy.on(timezone.localdate(now)).number("export_link_days")
    failed = ~Q(problem="") & Q(asked_at__lt=now - timedelta(days=days))
    with_words = Export.objects.filter(filters__regex=rf"(^|&){listing.WORDS}=[^&]")
    for export in with_words.filter(failed | Q(expires_at__lte=now)).order_by("pk"):
        filters = QueryDict(export.filters, mutable=True)
        filters[listing.WORDS] = ""
        Export.objects.filter(pk=export.pk).update(filters=filters.urlencode())

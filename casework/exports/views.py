"""Views of exports: small lists as a file at once, large ones on request, and the user's own exports."""

from http import HTTPStatus
from tempfile import TemporaryFile
from uuid import UUID

import structlog
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from casework.current_policy import CurrentPolicy
from casework.exports import access, listing
from casework.exports.listing import MAX_FILTERS, WORDS, Listing, Rows, Search
from casework.exports.notifications import describe_listing
from casework.exports.writers import MEDIA_TYPES, Order, as_csv, iterate_chunks, write_xlsx
from casework.file_responses import guard_response
from casework.models import Export

log = structlog.get_logger("loket.exports")

SHOWN = 50
"""The number of a user's latest exports on their page; older ones have expired anyway."""
LONGEST_NAME = 80
CHANGED = "changed"
STATUS = {Export.State.GONE.value: HTTPStatus.GONE, CHANGED: HTTPStatus.FORBIDDEN}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export_list(request: HttpRequest, name: str, format: str) -> HttpResponseBase:
    """A list as a file, with the filters of its page: at once, or for a large one after a button.

    Search words come from a form, so there `make` tells whether the button was pressed. A login on the way loses them.
    """
    if format not in MEDIA_TYPES:
        raise Http404(f"no format {format}")
    one, user = listing_or_404(name), get_reader(request)
    if format not in one.formats:
        raise Http404(f"no {format} of {name}")
    filters = one.kept(request.GET, request.POST)
    if format == Export.Format.PDF or (one.search == Search.MUST and WORDS not in filters):
        return redirect(one.page(filters))  # the page on which to ask for it
    if len(filters.urlencode()) > MAX_FILTERS:
        raise Http404("no page of ours has filters as long")
    rows = one.rows(user, filters)
    if request.method == "POST" and ("make" in request.POST or WORDS not in filters):
        return request_in_background(request, one, filters, format=format, user=user)
    limit = CurrentPolicy.on(timezone.localdate()).number("export_direct_rows")
    number = listing.count_rows(rows, most=limit + 1)
    if number > limit:
        context = {
            "named": one.named(filters),
            "number": (total := listing.count_rows(rows)),
            "rows": group_thousands(total),
            "format": format.upper(),
            "words": filters.get(WORDS, ""),
        }
        return render(request, "exports/large.html", {**context, "back": one.page(filters)})
    log.info("export_downloaded", user=user.pk, listing=one.name, format=format, rows=number)
    order = Order(listing=one.as_seen(user, filters), filters=filters, owner=str(user), language=get_page_language())
    return as_file(order, rows, format=format)


def request_in_background(
    request: HttpRequest, one: Listing, filters: QueryDict, *, format: str, user: User
) -> HttpResponse:
    """Request the file, and say that it is made in the background."""
    request_export(one, filters, format=format, language=get_page_language(), by=user)
    words = _("We are making the file. You will get an email at %(address)s when it is ready. You can close this page.")
    messages.success(request, words % {"address": user.email})
    return redirect("exports")


def as_file(order: Order, rows: Rows, *, format: str) -> FileResponse:
    """The file itself: CSV is streamed from the database, a workbook is sent once it is complete."""
    title = order.listing.named(order.filters)
    if format == Export.Format.CSV:
        return serve_download(as_csv(order, iterate_chunks(rows)), title, format=format)
    file = TemporaryFile()  # noqa: SIM115  # the response closes it
    write_xlsx(file, order, iterate_chunks(rows))
    file.seek(0)
    return serve_download(file, title, format=format)


def serve_download(content: object, title: str, *, format: str) -> FileResponse:
    """A response that a browser saves, named after the list and the day."""
    name = f"{slugify(title)[:LONGEST_NAME].strip('-')}-{timezone.localdate()}.{format}"
    response = FileResponse(content, content_type=MEDIA_TYPES[format])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return guard_response(response, MEDIA_TYPES[format])


@never_cache
@login_required
@require_safe
def list_own_exports(request: HttpRequest) -> HttpResponse:
    """The user's own exports, with their states."""
    exports = Export.objects.filter(owner=get_reader(request))[:SHOWN]
    over = (Export.State.FAILED, Export.State.GONE)
    rows = [
        {
            "export": one,
            "named": describe_listing(one),
            "rows": group_thousands(one.rows),
            "may_again": one.state in over and bool(page_of_list(one)),
        }
        for one in exports
    ]
    return render(request, "exports/own.html", {"rows": rows})


@never_cache
@login_required
@require_safe
def show_ready(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page to which the mail links, for the owner only."""
    return page_of(request, own_or_404(request, key))


@never_cache
@login_required
@require_safe
def download_export(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The file, for its owner, while it is kept and the owner still has access to the list."""
    export = own_or_404(request, key)
    if export.state != Export.State.READY:
        return page_of(request, export)
    listing_or_404(export.listing).rows(user := get_reader(request), QueryDict(export.filters))
    if not access.still_has(user, export.rights):
        return page_of(request, export, state=CHANGED)
    try:
        content = export.file.open("rb")
    except FileNotFoundError:
        return page_of(request, export, state=Export.State.GONE)
    Export.objects.filter(pk=export.pk).update(downloaded_at=timezone.now())
    log.info("export_file_downloaded", export=export.pk, user=export.owner_id, listing=export.listing, rows=export.rows)
    return serve_download(content, describe_listing(export), format=export.format)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Request the same list again, with current rows and rights; after a login, the button must be pressed again."""
    export, user = own_or_404(request, key), get_reader(request)
    if request.method != "POST":
        return redirect("export_ready", key=export.key)
    one, filters = listing_or_404(export.listing), QueryDict(export.filters)
    one.rows(user, filters)
    return request_in_background(request, one, filters, format=export.format, user=user)


def page_of(request: HttpRequest, export: Export, *, state: str = "") -> HttpResponse:
    """The state of an export; answers 410 if the file is gone, 403 if the owner has lost rights since."""
    state = state or export.state
    context = {
        "export": export,
        "state": state,
        "named": describe_listing(export),
        "rows": group_thousands(export.rows),
    }
    context |= {"back": page_of_list(export), "note": note_of(export)}
    return render(request, "exports/export.html", context, status=STATUS.get(state, HTTPStatus.OK))


def page_of_list(export: Export) -> str:
    """The URL of the list with the same filters; empty if the list or the search words no longer exist."""
    filters = QueryDict(export.filters)
    try:
        listing.read_search_words(filters)
        return listing.get_listing(export.listing).page(filters)
    except (listing.UnknownListing, Http404):
        return ""


def note_of(export: Export) -> str:
    """What the reader of the file should know; empty if the list no longer exists."""
    try:
        return str(listing.get_listing(export.listing).note)
    except listing.UnknownListing:
        return ""


def own_or_404(request: HttpRequest, key: UUID) -> Export:
    """The user's own export; raises Http404 for anybody else, even with its key."""
    return get_object_or_404(Export, key=key, owner=get_reader(request))


def listing_or_404(name: str) -> Listing:
    """A list by its name in the URL; raises Http404."""
    try:
        return listing.get_listing(name)
    except listing.UnknownListing:
        raise Http404(f"no list {name}") from None


def group_thousands(number: int | None) -> str:
    """A number such as 1.234.567; empty if it is not known yet."""
    return "" if number is None else number_format(number, force_grouping=True)


def get_reader(request: HttpRequest) -> User:
    """The logged-in user; raises Http404 for an anonymous one."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def get_page_language() -> str:
    """The two-letter code of the page's language, which is also the file's."""
    return (get_language() or "nl")[:2]


def request_export(listing: Listing, filters: QueryDict, *, format: str, language: str, by: User) -> Export:
    """Queue an export for the worker; a second click or tab finds the one that is already being made.

    Only the row counts: the scheduler sends a worker to it within a minute, even if the task queue was lost.
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

"""Views of exports: a list as a file at once, a large one requested, one's own exports, and their files."""

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
from casework.exports import access, listing
from casework.exports.listing import MAX_FILTERS, WORDS, Listing, Rows, Search
from casework.exports.notifications import describe_listing
from casework.exports.writers import MEDIA_TYPES, Order, as_csv, chunks_of, write_xlsx
from casework.file_responses import guard_response
from casework.models import Export
from casework.policy import CurrentPolicy

log = structlog.get_logger("loket.exports")

SHOWN = 50
"""Of one's own exports, the latest; older ones are gone anyway."""
LONGEST_NAME = 80
CHANGED = "changed"
STATUS = {Export.State.GONE.value: HTTPStatus.GONE, CHANGED: HTTPStatus.FORBIDDEN}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export_list(request: HttpRequest, name: str, format: str) -> HttpResponseBase:
    """A list as a file, with the filters of its page: at once, or after a button where it is large.

    What was searched is sent by a form: there `make` tells the button apart. Back from the login it is lost.
    """
    if format not in MEDIA_TYPES:
        raise Http404(f"no format {format}")
    one, user = listing_or_404(name), get_reader(request)
    if format not in one.formats:
        raise Http404(f"no {format} of {name}")
    filters = one.kept(request.GET, request.POST)
    if format == Export.Format.PDF or (one.search == Search.MUST and WORDS not in filters):
        return redirect(one.page(filters))  # where it is asked
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
    """It is made in the background."""
    request_export(one, filters, format=format, language=get_page_language(), by=user)
    words = _("We are making the file. You will get an email at %(address)s when it is ready. You can close this page.")
    messages.success(request, words % {"address": user.email})
    return redirect("exports")


def as_file(order: Order, rows: Rows, *, format: str) -> FileResponse:
    """The file itself: CSV while it is read from the database, a workbook once it is whole."""
    title = order.listing.named(order.filters)
    if format == Export.Format.CSV:
        return serve_download(as_csv(order, chunks_of(rows)), title, format=format)
    file = TemporaryFile()  # noqa: SIM115  # the response closes it
    write_xlsx(file, order, chunks_of(rows))
    file.seek(0)
    return serve_download(file, title, format=format)


def serve_download(content: object, title: str, *, format: str) -> FileResponse:
    """An answer that a browser saves, under the name of the list and the day."""
    name = f"{slugify(title)[:LONGEST_NAME].strip('-')}-{timezone.localdate()}.{format}"
    response = FileResponse(content, content_type=MEDIA_TYPES[format])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return guard_response(response, MEDIA_TYPES[format])


@never_cache
@login_required
@require_safe
def list_own_exports(request: HttpRequest) -> HttpResponse:
    """What one asked for: being made, ready until, removed, failed."""
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
    """The page to which the mail leads; it exists for the owner alone."""
    return page_of(request, own_or_404(request, key))


@never_cache
@login_required
@require_safe
def download_export(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The file, to its owner, while it is kept and the owner still has the list."""
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
    """The same list once more, with the rows and the rights of this moment; back from the login, the button first."""
    export, user = own_or_404(request, key), get_reader(request)
    if request.method != "POST":
        return redirect("export_ready", key=export.key)
    one, filters = listing_or_404(export.listing), QueryDict(export.filters)
    one.rows(user, filters)
    return request_in_background(request, one, filters, format=export.format, user=user)


def page_of(request: HttpRequest, export: Export, *, state: str = "") -> HttpResponse:
    """How far an export is; 410 if its file is gone, 403 if its owner may see less by now."""
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
    """The list itself, with the same filters; empty if it no longer exists or the search words are gone."""
    filters = QueryDict(export.filters)
    try:
        listing.read_search_words(filters)
        return listing.get_listing(export.listing).page(filters)
    except (listing.UnknownListing, Http404):
        return ""


def note_of(export: Export) -> str:
    """What its reader should know."""
    try:
        return str(listing.get_listing(export.listing).note)
    except listing.UnknownListing:
        return ""


def own_or_404(request: HttpRequest, key: UUID) -> Export:
    """One's own export; for anybody else it does not exist, also with its key."""
    return get_object_or_404(Export, key=key, owner=get_reader(request))


def listing_or_404(name: str) -> Listing:
    """A list by its name in an address."""
    try:
        return listing.get_listing(name)
    except listing.UnknownListing:
        raise Http404(f"no list {name}") from None


def group_thousands(number: int | None) -> str:
    """As 1.234.567; nothing for a number that is not known yet."""
    return "" if number is None else number_format(number, force_grouping=True)


def get_reader(request: HttpRequest) -> User:
    """Who is logged in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def get_page_language() -> str:
    """The language of the page, and so of the file."""
    return (get_language() or "nl")[:2]


def request_export(listing: Listing, filters: QueryDict, *, format: str, language: str, by: User) -> Export:
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

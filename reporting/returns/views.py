"""Pages on which municipalities hand in, and on which reporters see who did."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from casework.uploads.refusals import FileRefused
from exemptions.views.screens import user_of
from reporting.deliveries.access import only_for
from reporting.deliveries.deliver import DeliveryRefused, Overtaken
from reporting.deliveries.overview import SIGNS, State, cells_of, make_matrix
from reporting.deliveries.views import month_page
from reporting.models import ReturnUpload
from reporting.returns import incoming, template
from reporting.returns.forms import AcceptForm, UploadForm
from reporting.returns.jurisdiction import DELIVER, find_own_municipalities, find_reporters
from reporting.returns.kind import RETURNS
from zones.models import Municipality

for_returners = only_for(DELIVER)


# --- Who handed in what ---------------------------------------------------------------------------------------


@for_returners
@require_safe
def show_returns(request: HttpRequest) -> HttpResponse:
    """Every municipality by month; users who hand in for only one are redirected to it."""
    own = list(find_own_municipalities(user_of(request)))
    if len(own) == 1:
        return redirect("returns_of", code=own[0].cbs_code)
    year = request.GET.get("year", "")
    wanted = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None
    staffed = set(find_reporters(own).values_list("municipalities", flat=True))
    context = {
        "matrix": make_matrix(RETURNS, own, today=timezone.localdate(), year=wanted),
        "unstaffed": [one for one in own if one.pk not in staffed],
        "states": [(state.label, sign) for state, sign in SIGNS.items()],
    }
    return render(request, "reporting/returns/overview.html", context)


@for_returners
@require_safe
def of_municipality(request: HttpRequest, code: str) -> HttpResponse:
    """The months of one municipality, newest first."""
    municipality = own_or_404(request, code)
    cells = cells_of(RETURNS, [municipality], today=timezone.localdate())[municipality]
    context = {
        "municipality": municipality,
        "cells": cells,
        "missing": sum(cell.state == State.MISSING for cell in cells),
        "has_more": find_own_municipalities(user_of(request)).count() > 1,
    }
    return render(request, "reporting/returns/months.html", context)


def own_or_404(request: HttpRequest, code: str) -> Municipality:
    """A municipality for which the user hands in; raises Http404 for any other."""
    return get_object_or_404(find_own_municipalities(user_of(request)), cbs_code=code)


# --- One month ------------------------------------------------------------------------------------------------


@for_returners
@require_http_methods(["GET", "HEAD", "POST"])
def edit_month(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """The form of a month, next to the month before, with everything handed in below it."""
    return month_page(request, RETURNS, own_or_404(request, code), year, number)


# --- By spreadsheet -------------------------------------------------------------------------------------------


@for_returners
@require_safe
def download_template(request: HttpRequest, name: str) -> HttpResponse:
    """The spreadsheet to fill in, for one municipality or for all of the user's own."""
    if name not in template.FORMATS:
        raise Http404
    code = request.GET.get("municipality", "")
    own = [own_or_404(request, code)] if code else list(find_own_municipalities(user_of(request)))
    cells = cells_of(RETURNS, own, today=timezone.localdate())
    content = template.as_csv(cells) if name == "csv" else template.as_xlsx(cells)
    about = own[0].name.lower().replace(" ", "-") if len(own) == 1 else "alle-gemeenten"
    file = f"opgaven-{about}-{timezone.localdate()}.{name}"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return HttpResponse(content, content_type=template.FORMATS[name], headers=headers)


@for_returners
@require_http_methods(["GET", "HEAD", "POST"])
def upload_sheet(request: HttpRequest) -> HttpResponse:
    """Upload a spreadsheet, to be checked first: nothing is handed in yet."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        try:
            taken = incoming.take_in(form.cleaned_data["file"], by=user_of(request))
            return redirect("return_upload_check", key=taken.key)
        except FileRefused as refused:
            form.add_error("file", refused.messages)
    return render(
        request, "reporting/returns/upload.html", {"form": form, "own": find_own_municipalities(user_of(request))}
    )


@for_returners
@require_http_methods(["GET", "HEAD", "POST"])
def check_upload(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what would change and what is wrong, and accept it. Only the sender can open an upload."""
    found = get_object_or_404(ReturnUpload, key=key, uploaded_by=user_of(request))
    missing = incoming.left_out(found)
    if request.method != "POST":
        return show_upload(request, found, AcceptForm(left_out=missing))
    form = AcceptForm(request.POST, left_out=missing)
    if not form.is_valid():
        return show_upload(request, found, form)
    try:
        count = incoming.accept_upload(found, by=user_of(request), seen=form.cleaned_data["seen"])
    except (Overtaken, DeliveryRefused):
        return show_upload(request, found, AcceptForm(left_out=missing), is_overtaken=True)
    messages.success(request, taken_over(count))
    return redirect("return_upload_check", key=found.key)


def taken_over(count: int | None) -> str:
    """The message after accepting an upload."""
    if count is None:
        return _("This file has already been accepted. Nothing was done twice.")
    return ngettext("%(count)s return has been accepted.", "%(count)s returns have been accepted.", count) % {
        "count": count
    }


def show_upload(
    request: HttpRequest, found: ReturnUpload, form: AcceptForm, *, is_overtaken: bool = False
) -> HttpResponse:
    """The page of an upload, compared with the current deliveries."""
    changes = incoming.compare_upload(found)
    by_sort = {sort.value: [change for change in changes if change.sort == sort] for sort in incoming.RowChange}
    context = {
        "upload": found,
        "form": form,
        "seen": incoming.fingerprint_changes(changes),
        "changing": by_sort["new"] + by_sort["replaces"],
        "by_sort": by_sort,
        "left_out": incoming.left_out(found),
        "is_overtaken": is_overtaken,
    }
    status = HTTPStatus.CONFLICT if is_overtaken else HTTPStatus.OK
    return render(request, "reporting/returns/check.html", context, status=status)

"""The pages on which the editors hand in months of the site by spreadsheet."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from casework.file_checks import FileRefused
from exemptions.views.screens import user_of
from reporting.models import SiteUpload
from reporting.returns.accepting import Sort, fingerprint
from reporting.returns.forms import AcceptForm, UploadForm
from reporting.returns.template import FORMATS
from reporting.site import incoming, overview, template
from reporting.site.deliver import MonthRefused, Overtaken
from reporting.site.views import for_editors


@for_editors
@require_safe
def download(request: HttpRequest, name: str) -> HttpResponse:
    """The spreadsheet to fill in."""
    if name not in FORMATS:
        raise Http404
    today = timezone.localdate()
    rows = overview.rows(today=today)
    content = template.as_csv(rows) if name == "csv" else template.as_xlsx(rows)
    headers = {"Content-Disposition": f'attachment; filename="informatiesite-{today}.{name}"'}
    return HttpResponse(content, content_type=FORMATS[name], headers=headers)


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Send a spreadsheet: it is read and looked at, and nothing is handed in yet."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        try:
            taken = incoming.take_in(form.cleaned_data["file"], by=user_of(request))
            return redirect("site_upload_check", key=taken.key)
        except FileRefused as refused:
            form.add_error("file", refused.messages)
    return render(request, "reporting/site/upload.html", {"form": form})


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, key: UUID) -> HttpResponse:
    """What would change, what is wrong; and the button that takes it over. An upload is its sender's alone."""
    found = get_object_or_404(SiteUpload, key=key, uploaded_by=user_of(request))
    form = AcceptForm(request.POST, left_out=0) if request.method == "POST" else AcceptForm(left_out=0)
    if request.method != "POST" or not form.is_valid():
        return look(request, found, form)
    try:
        count = incoming.accept(found, by=user_of(request), seen=form.cleaned_data["seen"])
    except (Overtaken, MonthRefused):
        return look(request, found, form, is_overtaken=True)
    messages.success(request, taken_over(count))
    return redirect("site_upload_check", key=found.key)


def taken_over(count: int | None) -> str:
    """What became of an upload."""
    if count is None:
        return _("This file has already been accepted. Nothing was done twice.")
    return ngettext("%(count)s month has been accepted.", "%(count)s months have been accepted.", count) % {
        "count": count
    }


def look(request: HttpRequest, found: SiteUpload, form: AcceptForm, *, is_overtaken: bool = False) -> HttpResponse:
    """The page of an upload, with what is there at this moment."""
    changes = incoming.compare(found)
    by_sort = {sort.value: [change for change in changes if change.sort == sort] for sort in Sort}
    context = {
        "upload": found,
        "form": form,
        "seen": fingerprint(changes),
        "changes": changes,
        "changing": [change for change in changes if change.sort != Sort.UNCHANGED],
        "by_sort": by_sort,
        "is_overtaken": is_overtaken and not found.problems,
    }
    status = HTTPStatus.CONFLICT if is_overtaken else HTTPStatus.OK
    return render(request, "reporting/site/check.html", context, status=status)

"""Adding many vehicles at once: paste or upload, check each answer, and only then keep them."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.form_recovery import MAX_CHARACTERS, ask_login, keep_typed, take_typed
from casework.limits import is_within_limit
from exemptions.fleet import answers, files, limits, vehicle_batch
from exemptions.forms.fleet import LONGEST_LIST, AddForm
from exemptions.models import Applicant, FleetBatch
from exemptions.views import fleet_many
from exemptions.views.fleet import (
    A_PAGE,
    AT_ONCE_SECONDS,
    FOR,
    FORMATS,
    applicants_of,
    build_fleet_url,
    chosen_of,
    show_no_applicant,
)
from exemptions.views.screens import user_of

AT_ONCE = 25
"""The number of rows that the user waits for; longer lists are left to the worker."""


@dataclass(frozen=True)
class ActingFor:
    """The applicants for whom the user acts, and the one they act for now."""

    every: list[Applicant]
    chosen: Applicant


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fleet_add(request: HttpRequest) -> HttpResponse:
    """Accept a list of plates, without adding them yet. A whole list survives a login."""
    if not request.user.is_authenticated:
        return ask_login(request, most=longest_kept(request))
    applicants = applicants_of(request)
    applicant = chosen_of(request, applicants)
    if applicant is None:
        return show_no_applicant(request)
    whose = ActingFor(applicants, applicant)
    if request.method != "POST":
        return show_add(request, whose, AddForm(take_typed(request)))
    form = AddForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_add(request, whose, form)
    if not is_within_limit(request, "fleet_lists_an_hour"):
        form.add_error(None, _("You have sent many lists. Wait an hour and try again."))
        return show_add(request, whose, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    batch = vehicle_batch.begin_batch(applicant, form.entries, by=user_of(request), name=form.file_name)
    if len(form.entries) <= AT_ONCE:
        vehicle_batch.look_up(batch, seconds=AT_ONCE_SECONDS)
    return redirect("fleet_batch", key=batch.key)


def longest_kept(request: HttpRequest) -> int:
    """How many characters to keep for visitors who must log in first; a few long lists an hour per address."""
    is_few = request.method == "POST" and is_within_limit(request, "fleet_lists_an_hour", part="typed")
    return LONGEST_LIST + MAX_CHARACTERS if is_few else MAX_CHARACTERS


def show_add(request: HttpRequest, whose: ActingFor, form: AddForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    """Render the page with the form for a list."""
    context = {"form": form, "applicants": whose.every, "applicant": whose.chosen}
    return render(request, "portal/fleet_add.html", context, status=status)


@never_cache
@require_safe
@keep_typed
def fleet_example(request: HttpRequest, format: str) -> HttpResponseBase:
    """Serve a spreadsheet to fill in."""
    if format not in FORMATS:
        raise Http404(f"no format {format}")
    return files.serve_example(format)


def get_own_batch(request: HttpRequest, key: UUID) -> FleetBatch:
    """A list of those for whom the user acts; 404 for any other."""
    batches = FleetBatch.objects.of(user_of(request)).select_related("applicant", "kind", "owner")
    found: FleetBatch = get_object_or_404(batches, key=key)
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def fleet_batch(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a list with the answer for each row, and what came of it."""
    batch = get_own_batch(request, key)
    if batch.is_to_file:
        return fleet_many.respond_to_batch(request, batch)
    if request.method == "POST":
        return act_on_batch(request, batch)
    page = Paginator(batch.rows.all(), A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "batch": batch,
        "counts": vehicle_batch.count_rows(batch),
        "page": page,
        "lines": answers.list_answers(batch, list(page.object_list), today=timezone.localdate()),
        "back": build_fleet_url("fleet", batch.applicant),
        "query": f"?{FOR}={batch.applicant_id}",
    }
    return render(request, "portal/fleet_batch.html", context)


def act_on_batch(request: HttpRequest, batch: FleetBatch) -> HttpResponse:
    """Keep the vehicles, or query the register once more."""
    if "keep" in request.POST:
        return keep_and_redirect(request, batch)
    waiting = vehicle_batch.ask_again(batch)
    if waiting and waiting <= AT_ONCE and is_within_limit(request, "fleet_lists_an_hour", part="again"):
        vehicle_batch.look_up(batch, seconds=AT_ONCE_SECONDS)
    return redirect("fleet_batch", key=batch.key)


def keep_and_redirect(request: HttpRequest, batch: FleetBatch) -> HttpResponse:
    """Add the vehicles to the fleet; a second click leads to the same place."""
    try:
        number = vehicle_batch.keep_vehicles(batch, by=user_of(request))
    except vehicle_batch.FleetFull:
        message = _("A fleet can have at most %(most)s vehicles. Remove vehicles first, or add fewer.")
        messages.error(request, message % {"most": limits.in_a_fleet()})
        return redirect("fleet_batch", key=batch.key)
    sentence = ngettext(
        "%(count)s vehicle has been added to your fleet.", "%(count)s vehicles have been added to your fleet.", number
    )
    if number:
        messages.success(request, sentence % {"count": number})
    else:
        messages.info(request, _("These vehicles are already in your fleet."))
    return redirect(build_fleet_url("fleet", batch.applicant))


@never_cache
@require_safe
@keep_typed
def fleet_answers(request: HttpRequest, key: UUID, format: str) -> HttpResponseBase:
    """Serve the list with its answers as a file."""
    batch = get_own_batch(request, key)
    if format not in FORMATS:
        raise Http404(f"no format {format}")
    if batch.is_to_file:
        return fleet_many.as_file(batch, format)
    head = [_("Row"), _("As typed"), _("Number plate"), _("Remark"), _("Answer"), _("Because"), _("What you can do")]
    return files.as_file(_("answers"), format, head, answers.build_export_rows(batch, today=timezone.localdate()))

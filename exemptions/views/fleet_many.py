"""Applying for many vehicles: which ones, for what, what is the same for all, a check of each, and the result."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.form_recovery import keep_typed, take_typed
from casework.steps import StepRefused
from exemptions import letter_channel
from exemptions.fleet import application_batch, common_answers, dry_run, files, kinds, limits, vehicle_list
from exemptions.forms.check import DeclarationForm, read_channel
from exemptions.forms.kind import KindForm
from exemptions.models import Applicant, FleetBatch, FleetRow, Vehicle
from exemptions.views import fleet as fleet_pages
from exemptions.views.screens import user_of
from zones.plates import spell_plate

State = FleetRow.State
RESULTS = {
    State.FILED: (gettext_lazy("has been filed"), "ok"),
    State.SKIPPED: (gettext_lazy("not filed"), "warning"),
    State.AGAIN: (gettext_lazy("not filed yet"), "warning"),
    State.READY: (gettext_lazy("is being filed"), "neutral"),
}
LONGEST_CHOICE = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def fleet_file(request: HttpRequest) -> HttpResponse:
    """Start from the ticked vehicles, or from all of them; after a login they are ticked again."""
    applicants = fleet_pages.applicants_of(request)
    applicant = fleet_pages.chosen_of(request, applicants)
    if applicant is None:
        return fleet_pages.show_no_applicant(request)
    if request.method != "POST":
        typed = take_typed(request)
        return fleet_pages.show_fleet(
            request, applicants, applicant, marked=frozenset(typed.getlist("vehicle") if typed else ())
        )
    most = limits.to_apply_for()
    vehicles = find_chosen_vehicles(request, applicant, most=most)
    if not vehicles or len(vehicles) > most:
        messages.error(request, explain_choice(len(vehicles), most=most))
        return redirect(fleet_pages.build_fleet_url("fleet", applicant, filter=fleet_pages.filter_of(request)))
    batch = application_batch.begin_batch(applicant, vehicles, by=user_of(request))
    return redirect("fleet_what", key=batch.key)


def explain_choice(number: int, *, most: int) -> str:
    """The message for no vehicles, or too many."""
    if not number:
        return _("Tick the vehicles for which you want to apply.")
    return _("You can apply for %(most)s vehicles at once. Choose a part of your fleet.") % {"most": most}


def find_chosen_vehicles(request: HttpRequest, applicant: Applicant, *, most: int) -> list[Vehicle]:
    """The ticked vehicles; or all that the filter and the search show, up to one more than allowed."""
    vehicles = vehicle_list.urgent_first(applicant, now=timezone.now())
    if "all" in request.POST:
        return list(fleet_pages.select_shown_vehicles(request, applicant, vehicles)[: most + 1])
    ticked = [pk for pk in request.POST.getlist("vehicle") if pk.isdecimal() and len(pk) < LONGEST_CHOICE]
    return list(vehicles.filter(pk__in=ticked))


def get_own_batch(request: HttpRequest, key: UUID) -> FleetBatch:
    """A list to apply for, of those for whom the user acts; 404 for any other."""
    batches = FleetBatch.objects.of(user_of(request)).filter(purpose=FleetBatch.Purpose.FILE)
    found: FleetBatch = get_object_or_404(batches.select_related("applicant", "kind", "owner"), key=key)
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def fleet_what(request: HttpRequest, key: UUID) -> HttpResponse:
    """Choose the kind of exemption for all of them."""
    batch = get_own_batch(request, key)
    if batch.confirmed_at:
        return confirm_and_redirect(request, batch)
    offered = kinds.build_offer(batch, today=timezone.localdate())
    data = request.POST if request.method == "POST" else take_typed(request)
    chosen_before = {"kind": batch.kind.code if batch.kind else ""}
    form = KindForm(data, cards=[card for card in offered.cards if card.fits], initial=chosen_before)
    if request.method == "POST" and form.is_valid():
        try:
            common_answers.choose_kind(batch, form.chosen())
        except common_answers.AlreadyConfirmed:
            return confirm_and_redirect(request, batch)
        return redirect("fleet_form", key=key)
    context = {
        "form": form,
        "number": batch.rows.count(),
        "others": [card for card in offered.cards if not card.fits],
        "without": offered.without,
        "back": fleet_pages.build_fleet_url("fleet", batch.applicant),
    }
    return render(request, "portal/fleet_what.html", context)


def confirm_and_redirect(request: HttpRequest, batch: FleetBatch) -> HttpResponse:
    """Redirect to the result; on POST, such as from a second tab, first say that nothing can be changed any more."""
    if request.method == "POST":
        message = _("These applications have already been sent. You can no longer change them here.")
        messages.error(request, message)
    return redirect("fleet_batch", key=batch.key)


# --- The list itself: a check, and the result ---------------------------------------------------------------


def respond_to_batch(request: HttpRequest, batch: FleetBatch) -> HttpResponse:
    """The page for the state of a list to apply for."""
    if batch.confirmed_at:
        return try_again(request, batch) if request.method == "POST" else show_result(request, batch)
    if batch.kind is None:
        return redirect("fleet_what", key=batch.key)
    if not batch.is_filled_in:
        return redirect("fleet_form", key=batch.key)
    data = request.POST if request.method == "POST" else take_typed(request)
    text = letter_channel.find_channel_question(batch.applicant)
    form = DeclarationForm(data, declarations=application_batch.list_declarations(batch), text=text)
    if request.method == "POST" and form.is_valid():
        try:
            application_batch.confirm_batch(
                batch, by=user_of(request), shown=form.shown(), reached=read_channel(form, text)
            )
        except StepRefused as refused:
            refused.add_to(form)
        else:
            return file_batch(request, batch)
    return show_check(request, batch, form)


def try_again(request: HttpRequest, batch: FleetBatch) -> HttpResponse:
    """Retry what could not be filed just now; a second click on 'confirm' ends up here too."""
    if "again" in request.POST:
        application_batch.try_again(batch)
    return file_batch(request, batch)


def file_batch(request: HttpRequest, batch: FleetBatch) -> HttpResponse:
    """File up to a screenful at once; more is left to the worker."""
    fresh = FleetBatch.objects.select_related("applicant", "kind", "owner").get(pk=batch.pk)
    if fresh.rows.filter(state=State.READY).count() <= fleet_pages.A_PAGE:
        application_batch.file_rows(fresh, seconds=fleet_pages.AT_ONCE_SECONDS)
    return redirect("fleet_batch", key=batch.key)


def show_check(request: HttpRequest, batch: FleetBatch, form: DeclarationForm) -> HttpResponse:
    """Show for each vehicle whether it can be applied for, and the total cost."""
    judged = dry_run.judge_all(batch, today=timezone.localdate())
    kind = batch.kind
    sum_of_all = dry_run.sum_fees(kind, judged) if kind else None
    # first those that cannot be applied for, because they need attention
    page = Paginator(sorted(judged, key=lambda one: one.fits), fleet_pages.A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "form": form,
        "batch": batch,
        "kind": kind,
        "page": page,
        "lines": [{"judged": one, "plate": spell_plate(one.row.plate)} for one in page.object_list],
        "fitting": sum(one.fits for one in judged),
        "others": sum(not one.fits for one in judged),
        "total": format_euros(sum_of_all) if sum_of_all is not None else "",
        "sections": build_common_sections(batch),
        "back": fleet_pages.build_fleet_url("fleet", batch.applicant),
    }
    return render(request, "portal/fleet_many_check.html", context)


def format_euros(amount: Any) -> str:
    """An amount as the letters write it."""
    return f"€\N{NO-BREAK SPACE}{number_format(amount, decimal_pos=2, force_grouping=True)}"


def build_common_sections(batch: FleetBatch) -> list[tuple[str, str]]:
    """What is the same for all, in a few lines."""
    wish = dry_run.wish_of(batch, [], today=timezone.localdate())
    where = str(wish.municipality or _("all zero-emission zones in the Netherlands"))
    names = [file.name for file in batch.files.all()]
    return [
        (_("Applicant"), str(batch.applicant)),
        (_("Kind of exemption"), str(wish.kind)),
        (_("Where"), where),
        *common_answers.days_in_words(batch),
        *([(_("Files"), "\n".join(names))] if names else []),
    ]


def show_result(request: HttpRequest, batch: FleetBatch) -> HttpResponse:
    """Show what came of each vehicle; while the worker is busy, the progress."""
    rows = batch.rows.select_related("application__dossier", "application__kind").order_by("number")
    states = Counter(batch.rows.values_list("state", flat=True))
    page = Paginator(rows, fleet_pages.A_PAGE).get_page(request.GET.get("page"))
    total, waiting = sum(states.values()), states[State.READY]
    context = {
        "batch": batch,
        "page": page,
        "lines": [result_of(row) for row in page.object_list],
        "filed": states[State.FILED],
        "skipped": states[State.SKIPPED],
        "again": states[State.AGAIN],
        "waiting": waiting,
        "total": total,
        "done": total - waiting,
        "back": fleet_pages.build_fleet_url("fleet", batch.applicant),
    }
    return render(request, "portal/fleet_result.html", context)


def result_of(row: Any) -> dict[str, Any]:
    """One vehicle with the link to its application."""
    label, badge = RESULTS.get(State(row.state), (row.get_state_display(), "neutral"))
    application = row.application
    name = "day_exemption_done" if application and application.kind.is_day else "application"
    return {
        "row": row,
        "plate": spell_plate(row.plate),
        "label": label,
        "badge": badge,
        "url": reverse(name, args=[application.key]) if application else "",
        "number": str(application) if application else "",
    }


def as_file(batch: FleetBatch, format: str) -> HttpResponseBase:
    """What came or would come of each vehicle, as a file."""
    head = [_("Number plate"), _("Remark"), _("Result"), _("Application"), _("Because")]
    return files.as_file(_("result"), format, head, file_rows(batch))


def file_rows(batch: FleetBatch) -> list[list[object]]:
    """The rows of that file."""
    if batch.confirmed_at or batch.kind is None or not batch.is_filled_in:
        rows = batch.rows.select_related("application__dossier", "application__kind").order_by("number")
        results = [result_of(row) for row in rows]
        return [
            [one["plate"], one["row"].remark, str(one["label"]), one["number"], one["row"].problem] for one in results
        ]
    judged = dry_run.judge_all(batch, today=timezone.localdate())
    words = {True: _("can be filed"), False: _("cannot be filed")}
    return [[spell_plate(one.row.plate), one.row.remark, words[one.fits], "", one.reason] for one in judged]

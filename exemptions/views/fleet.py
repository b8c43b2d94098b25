"""The fleet: its vehicles with their answers, one vehicle, all of them on one day, and querying the register again."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.form_recovery import keep_typed, take_typed
from casework.limits import is_within_limit
from exemptions.fleet import files, vehicle_list, vehicle_upkeep, zone_check
from exemptions.forms.fleet import CheckForm, RemarkForm
from exemptions.models import Applicant, Vehicle
from exemptions.models.vehicle import VehicleQuerySet
from exemptions.portal import vehicle_home
from exemptions.portal.client_choice import find_chosen
from exemptions.views.screens import user_of
from zones.plates import spell_plate

A_PAGE = 20
AT_ONCE_SECONDS = 6.0
"""The longest time that somebody waits for the register; the worker does the rest."""
FOR = "voor"
"""The parameter in URLs and forms for the applicant, for users who act for several."""
SEARCH = "fleet_search"
FORMATS = ("csv", "xlsx")


def applicants_of(request: HttpRequest) -> list[Applicant]:
    """The applicants for whom the user acts."""
    return list(Applicant.objects.of(user_of(request)).order_by("name", "pk"))


def chosen_of(request: HttpRequest, applicants: list[Applicant]) -> Applicant | None:
    """The applicant whose fleet is shown: as requested, the chosen client, or the first; None without any.

    Raises Http404 for somebody else's.
    """
    wanted = request.POST.get(FOR) or request.GET.get(FOR)
    if not wanted:
        return find_chosen(request) or (applicants[0] if applicants else None)
    found = next((one for one in applicants if str(one.pk) == wanted), None)
    if found is None:
        raise Http404("not an applicant of this user")
    return found


def build_fleet_url(name: str, applicant: Applicant, **more: str) -> str:
    """The URL of a page of one applicant's fleet."""
    return f"{reverse(name)}?{urlencode({FOR: applicant.pk, **more})}"


def show_no_applicant(request: HttpRequest) -> HttpResponse:
    """What to do for users who act for nobody, and so have no fleet."""
    return render(request, "portal/fleet_nobody.html")


# --- The list -----------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def manage_fleet(request: HttpRequest) -> HttpResponse:
    """List the vehicles, the most urgent first. Searches are posted, so that no URL contains a plate."""
    applicants = applicants_of(request)
    applicant = chosen_of(request, applicants)
    if applicant is None:
        return show_no_applicant(request)
    if request.method == "POST":
        words = request.POST.get("words", "").replace("\0", "").strip()[:40]
        request.session[SEARCH] = {str(applicant.pk): words} if words else {}
        return redirect(build_fleet_url("fleet", applicant))
    return show_fleet(request, applicants, applicant)


def show_fleet(
    request: HttpRequest, applicants: list[Applicant], applicant: Applicant, *, marked: frozenset[str] = frozenset()
) -> HttpResponse:
    """The page; `marked`: vehicles that were ticked before a login."""
    now = timezone.now()
    vehicles = vehicle_list.urgent_first(applicant, now=now)
    found = select_shown_vehicles(request, applicant, vehicles)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "applicants": applicants,
        "applicant": applicant,
        "page": page,
        "lines": vehicle_list.build_vehicle_lines(applicant, list(page.object_list), now=now),
        "marked": marked,
        "filter": filter_of(request),
        "filters": vehicle_list.FILTERS.items(),
        "words": words_of(request, applicant),
        "most_days": vehicle_list.most_days(timezone.localdate(now)),
        "waiting": vehicles.filter(wanted_at__isnull=False).count(),
        "query": f"?{FOR}={applicant.pk}",
        "has_any": page.paginator.count > 0 or vehicles.exists(),
    }
    return render(request, "portal/fleet.html", context)


def select_shown_vehicles(request: HttpRequest, applicant: Applicant, vehicles: VehicleQuerySet) -> VehicleQuerySet:
    """The vehicles that match the filter and the search."""
    words, today = words_of(request, applicant), timezone.localdate()
    return vehicle_list.filter_vehicles(vehicles, filter=filter_of(request), words=words, today=today)


def filter_of(request: HttpRequest) -> str:
    """The chosen filter; empty, for all vehicles, if it is unknown."""
    wanted = request.POST.get("filter") or request.GET.get("filter", "")
    return wanted if wanted in vehicle_list.FILTERS else ""


def words_of(request: HttpRequest, applicant: Applicant) -> str:
    """The words last searched for in this fleet."""
    kept: dict[str, str] = request.session.get(SEARCH, {})
    return kept.get(str(applicant.pk), "")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def fleet_refresh(request: HttpRequest) -> HttpResponse:
    """Query the register about everything older than a few hours, and return to the list."""
    applicant = chosen_of(request, applicants_of(request))
    if applicant is None:
        return show_no_applicant(request)
    if request.method == "POST":
        if is_within_limit(request, "fleet_refreshes_an_hour"):
            report_progress(request, vehicle_upkeep.look_again(applicant, seconds=AT_ONCE_SECONDS))
        else:
            messages.warning(request, _("You have refreshed many times. Wait an hour and try again."))
    return redirect(build_fleet_url("fleet", applicant))


def report_progress(request: HttpRequest, waiting: int) -> None:
    """Say how many vehicles the register has yet to answer about."""
    if not waiting:
        messages.success(request, _("We have checked the vehicle register. All answers are up to date."))
        return
    sentence = ngettext(
        "We are asking the vehicle register about %(count)s vehicle. This continues by itself; come back later.",
        "We are asking the vehicle register about %(count)s vehicles. This continues by itself; come back later.",
        waiting,
    )
    messages.info(request, sentence % {"count": waiting})


# --- One vehicle --------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def fleet_vehicle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one vehicle with what to do; change its remark, or remove it from the fleet."""
    vehicle = get_object_or_404(Vehicle.objects.of(user_of(request)).select_related("applicant", "added_by"), pk=pk)
    back, plate = build_fleet_url("fleet", vehicle.applicant), spell_plate(vehicle.plate)
    if "remove" in request.POST:
        vehicle_upkeep.remove_vehicle(vehicle)
        message = _("%(plate)s is no longer in your fleet. Its applications and exemptions are kept.")
        messages.success(request, message % {"plate": plate})
        return redirect(back)
    data = request.POST if request.method == "POST" else take_typed(request)
    form = RemarkForm(data, initial={"remark": vehicle.remark})
    if request.method == "POST" and form.is_valid():
        vehicle_upkeep.change_remark(vehicle, form.cleaned_data["remark"])
        messages.success(request, _("The remark about %(plate)s has been saved.") % {"plate": plate})
        return redirect(back)
    home = vehicle_home.build_vehicle_home(vehicle, user=user_of(request), now=timezone.now())
    context = {"form": form, "vehicle": vehicle, "home": home, "line": home.line, "plate": plate, "back": back}
    return render(request, "portal/fleet_vehicle.html", context)


# --- All vehicles on one day --------------------------------------------------------------------------------


@never_cache
@require_safe
@keep_typed
def fleet_check(request: HttpRequest) -> HttpResponse:
    """Check every vehicle on one day in one municipality."""
    applicants = applicants_of(request)
    applicant = chosen_of(request, applicants)
    if applicant is None:
        return show_no_applicant(request)
    form = CheckForm(request.GET if "day" in request.GET else None, initial={"day": timezone.localdate()})
    context: dict[str, Any] = {"form": form, "applicants": applicants, "applicant": applicant}
    if form.is_bound and form.is_valid():
        found = check_valid_form(applicant, form)
        states = [one.state for one in found]
        context |= {
            "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
            "counts": {state: states.count(state) for state in ("no", "unknown", "yes")},
            "day": form.cleaned_data["day"],
            "municipality": form.cleaned_data["municipality"],
            "query": urlencode(
                {
                    FOR: applicant.pk,
                    "municipality": form.cleaned_data["municipality"].pk,
                    "day": form.cleaned_data["day"].isoformat(),
                }
            ),
        }
    return render(request, "portal/fleet_check.html", context)


@never_cache
@require_safe
@keep_typed
def fleet_check_file(request: HttpRequest, format: str) -> HttpResponseBase:
    """Serve the answers of `fleet_check` as a file."""
    applicant = chosen_of(request, applicants_of(request))
    form = CheckForm(request.GET)
    if applicant is None or format not in FORMATS or not form.is_valid():
        raise Http404
    head = [_("Number plate"), _("Remark"), _("Answer"), _("Because")]
    name = f"{_('fleet')}-{form.cleaned_data['day'].isoformat()}"
    return files.as_file(name, format, head, zone_check.build_export_rows(check_valid_form(applicant, form)))


def check_valid_form(applicant: Applicant, form: CheckForm) -> list[zone_check.CheckedVehicle]:
    """The answers of a valid form."""
    data = form.cleaned_data
    return zone_check.check_vehicles(applicant, data["municipality"], day=data["day"], today=timezone.localdate())

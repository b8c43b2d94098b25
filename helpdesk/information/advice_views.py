"""Advice for entrepreneurs: which municipality, and the form."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import rate
from helpdesk.information import adviser_requests, zone_page
from helpdesk.information.advice_forms import AdviceForm
from helpdesk.models import Adviser
from zones.models import Zone

MOST_AN_HOUR, HOUR = 5, 3600


@require_safe
def choose_municipality(request: HttpRequest) -> HttpResponse:
    """Which municipality: its adviser helps."""
    return render(request, "information/advice.html", {"zones": zone_page.find_known_zones(timezone.localdate())})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def zone_advice(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; whatever goes wrong, what was typed stays in it."""
    zone = zone_page.find_zone(slug, today=timezone.localdate())
    if request.method != "POST":
        return show_advice_form(request, zone, AdviceForm(initial=describe_sender(request)))
    form = AdviceForm(request.POST)
    if not form.is_valid():
        return show_advice_form(request, zone, form)
    if not rate.is_within_rate(request, "advice", most=MOST_AN_HOUR, seconds=HOUR):
        form.add_error(None, _("You have asked many questions in a short time. Wait an hour, or call us."))
        return show_advice_form(request, zone, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    if not form.is_for_machines:
        adviser_requests.request_advice(zone.municipality, form.asked, language=(get_language() or "nl")[:2])
    messages.success(
        request,
        _(
            "Your question is on its way. You will get an answer by email or telephone, "
            "and a confirmation by email within a few minutes."
        ),
    )
    return redirect("zone", slug=zone.slug)


def describe_sender(request: HttpRequest) -> dict[str, str]:
    """Logged-in users need not type who they are."""
    user = request.user
    return {"name": getattr(user, "name", ""), "email": getattr(user, "email", "")} if user.is_authenticated else {}


def show_advice_form(
    request: HttpRequest, zone: Zone, form: AdviceForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    """The page."""
    adviser = Adviser.objects.filter(municipality=zone.municipality_id).first()
    context = {"form": form, "zone": zone, "adviser": adviser}
    return render(request, "information/zone_advice.html", context, status=status)

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
def advice(request: HttpRequest) -> HttpResponse:
    """Which municipality: its adviser helps."""
    return render(request, "information/advice.html", {"zones": zone_page.zones(timezone.localdate())})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def zone_advice(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; whatever goes wrong, what was typed stays in it."""
    zone = zone_page.find(slug, today=timezone.localdate())
    if request.method != "POST":
        return show(request, zone, AdviceForm(initial=who(request)))
    form = AdviceForm(request.POST)
    if not form.is_valid():
        return show(request, zone, form)
    if not rate.within(request, "advice", most=MOST_AN_HOUR, seconds=HOUR):
        form.add_error(None, _("You have asked many questions in a short time. Wait an hour, or call us."))
        return show(request, zone, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    if not form.is_for_machines:
        adviser_requests.ask(zone.municipality, form.asked, language=(get_language() or "nl")[:2])
    messages.success(
        request,
        _(
            "Your question is on its way. You will get an answer by email or telephone, "
            "and a confirmation by email within a few minutes."
        ),
    )
    return redirect("zone", slug=zone.slug)


def who(request: HttpRequest) -> dict[str, str]:
    """Who is logged in need not type who they are."""
    user = request.user
    return {"name": getattr(user, "name", ""), "email": getattr(user, "email", "")} if user.is_authenticated else {}


def show(request: HttpRequest, zone: Zone, form: AdviceForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    """The page."""
    adviser = Adviser.objects.filter(municipality=zone.municipality_id).first()
    context = {"form": form, "zone": zone, "adviser": adviser}
    return render(request, "information/zone_advice.html", context, status=status)

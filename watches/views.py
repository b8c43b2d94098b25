"""Follow a plate: request it, confirm it from the mailbox, end it. The plate is in the session, never in a URL.

A GET changes nothing, because mail scanners open every link; the reader presses the button on the page.
"""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.languages import get_page_language
from casework import clock
from casework.calendar_file import CalendarDay, calendar_as_response
from casework.limits import count_use, is_within_limit, is_within_lookups
from exemptions.intake import prefill
from exemptions.intake.access import look_up_vehicle, with_typed
from exemptions.views.access_check import too_often
from watches import lifecycle, unsubscribe_headers
from watches.forms import WatchForm
from watches.models import Watch
from zones.access_end import find_access_end
from zones.models import current_rule_book
from zones.plates import spell_plate
from zones.vehicles import VehicleFacts


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def watch_plate(request: HttpRequest) -> HttpResponse:
    """Request to follow the plate of the last check; after an error, what was typed stays in the form."""
    asked = prefill.read_vehicle(request)
    if asked is None:
        return redirect("access_check")
    form = WatchForm(request.POST or None, initial={"email": getattr(request.user, "email", "")})
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        if is_within_rates(request):
            if not form.is_for_machines:
                lifecycle.ask_watch(asked, email=form.cleaned_data["email"], language=get_page_language())
            return redirect("watch_asked")
        form.add_error(None, _("You have asked for this many times in a short time. Wait an hour and try again."))
        status = HTTPStatus.TOO_MANY_REQUESTS
    context = {"form": form, "plate": spell_plate(asked.plate, country=asked.country)}
    return render(request, "watches/watch_plate.html", context, status=status)


def is_within_rates(request: HttpRequest) -> bool:
    """Whether one more mail may be sent for this visitor, and for all visitors together."""
    within = is_within_limit(request, "watches_an_hour")
    return within and count_use("visitors", "visitor_watches_an_hour")


@never_cache
@require_safe
def watch_asked(request: HttpRequest) -> HttpResponse:
    """The same page for everybody: look in your mailbox."""
    return render(request, "watches/watch_asked.html", {"days": lifecycle.days_to_confirm(clock.today())})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage_watch(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in a mail: confirm, or stop."""
    found = Watch.objects.filter(token=token).first()
    if found is None:
        return redirect("watch_ended")
    if request.method != "POST":
        plate = spell_plate(found.plate, country=found.country)
        return render(request, "watches/watch.html", {"watch": found, "plate": plate})
    if request.POST.get("wish") == "confirm":
        lifecycle.confirm_watch(found)
        return redirect("watch", token=token)
    if request.POST.get("wish") == "end":
        lifecycle.end_watch(found)
        return redirect("watch_ended")
    return redirect("watch", token=token)


@csrf_exempt  # a mail program has no cookie; the key in the URL proves that it has the mail
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def watch_unsubscribe(request: HttpRequest, address_key: str) -> HttpResponse:
    """One click in a mail program ends everything that its reader follows (RFC 8058); without such a program, a button.

    A mail program is not redirected, which it would take for a failure.
    """
    if request.method != "POST":
        return render(request, "watches/watch_unsubscribe.html")
    lifecycle.end_all_watches(address_key)
    field, value = unsubscribe_headers.ONE_CLICK
    return HttpResponse() if request.POST.get(field) == value else redirect("watch_ended")


@never_cache
@require_safe
def watch_ended(request: HttpRequest) -> HttpResponse:
    """This link follows nothing, or no longer does: the same words for both."""
    return render(request, "watches/watch_ended.html")


@never_cache
@require_safe
def access_calendar(request: HttpRequest) -> HttpResponse:
    """The last day with access of the last vehicle checked."""
    asked = prefill.read_vehicle(request)
    if asked is None:
        return redirect("access_check")
    if not is_within_lookups(request):
        return too_often(request, asked)
    _state, lookup = look_up_vehicle(asked)
    facts = with_typed(lookup.facts if lookup else VehicleFacts(), asked.typed)
    end = find_access_end(facts, on=asked.on, book=current_rule_book(on=clock.today()))
    if end is None:
        return redirect("access_answer")
    plate = {"plate": spell_plate(asked.plate, country=asked.country)}
    day = CalendarDay(
        key=salted_hmac("watches.views", f"{asked.country} {asked.plate}").hexdigest(),
        day=end.last_day,
        summary=_("Last day on which %(plate)s may enter the zero-emission zones") % plate,
        description=end.decision.reason,
        url=settings.SITE_URL + reverse("access_check"),
    )
    return calendar_as_response([day], name="loket-toegang")

"""A user's own dates, on a page and in their calendar: of one exemption, of one application, or of everything."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.form_recovery import keep_typed
from accounts.models import CalendarFeed, User, new_feed_token
from casework import clock
from casework.calendar_file import CalendarDay, calendar_as_response
from exemptions.deadline_words import find_running_terms
from exemptions.models import Applicant
from exemptions.portal.client_choice import find_chosen
from exemptions.views import extend
from exemptions.views.mine import FOR, get_own_application
from exemptions.views.screens import user_of
from watches.own_terms import OF_APPLICATION, group_by_day, list_own_terms

A_PAGE = 50
KEPT_IN_FEED = timedelta(days=31)
"""How long a past day stays in the calendar."""


@never_cache
@require_safe
@keep_typed
def exemption_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of one of the user's exemptions."""
    exemption = extend.get_own_exemption(request, pk)
    application = exemption.application
    about = {"number": application.dossier, "plate": extend.plate_of(exemption)}
    day = CalendarDay(
        key=f"exemption-{exemption.pk}",
        day=exemption.ends_on,
        summary=_("Exemption %(number)s ends today (%(plate)s)") % about,
        url=settings.SITE_URL + reverse("application", args=[application.key]),
    )
    return calendar_as_response([day], name=f"loket-{application.dossier}")


@never_cache
@require_safe
@keep_typed
def application_calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """The running terms of one of the user's applications."""
    application = get_own_application(request, key)
    if application.is_draft:
        return redirect("application", key=key)
    days = [
        CalendarDay(
            key=f"application-{application.pk}-{term.kind}",
            day=term.due,
            summary=str(OF_APPLICATION[term.kind]) % {"number": application.dossier},
            url=settings.SITE_URL + reverse("application", args=[application.key]),
        )
        for term in find_running_terms(application)
    ]
    return calendar_as_response(days, name=f"loket-{application.dossier}-termijnen")


# --- All days at one place, and a calendar that follows them --------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Every day that matters, grouped by day; the address of the calendar feed is created, replaced and ended here."""
    user = user_of(request)
    if request.method == "POST":
        change_feed(request, user)
        return redirect("my_calendar")
    applicants = list(Applicant.objects.of(user).order_by("name", "pk"))
    by_address = next((one for one in applicants if str(one.pk) == request.GET.get(FOR)), None)
    chosen = by_address or find_chosen(request)
    terms = list_own_terms(user, today=clock.today(), applicant=chosen)
    page = Paginator(terms, A_PAGE).get_page(request.GET.get("page"))
    feed = CalendarFeed.objects.filter(user=user).first()
    context = {
        "page": page,
        "days": group_by_day(list(page.object_list)),
        "applicants": applicants,
        "chosen": chosen,
        "query": f"?{FOR}={chosen.pk}" if chosen else "",
        "feed": settings.SITE_URL + reverse("calendar_feed", args=[feed.token]) if feed else "",
        "today": clock.today(),
    }
    return render(request, "portal/my_calendar.html", context)


def change_feed(request: HttpRequest, user: User) -> None:
    """Create the address, replace it so that the old one stops working, or end it."""
    if "end" in request.POST:
        CalendarFeed.objects.filter(user=user).delete()
        messages.success(request, _("The subscription has ended. The address does not work any more."))
        return
    CalendarFeed.objects.update_or_create(user=user, defaults={"token": new_feed_token(), "made_at": clock.now()})
    messages.success(request, _("This is your new address. An earlier one does not work any more."))


@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program fetches without logging in: whatever the user may see today. 404 for an unknown token."""
    feed = get_object_or_404(CalendarFeed.objects.select_related("user"), token=token, user__is_active=True)
    with override(feed.user.language):
        terms = list_own_terms(feed.user, today=clock.today() - KEPT_IN_FEED)
        response = calendar_as_response([term.as_calendar_day() for term in terms], name="loket")
    response["X-Robots-Tag"] = "noindex"
    return response

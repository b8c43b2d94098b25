"""The days on which something of one's own ends, for somebody's own calendar: of an exemption, an application."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.form_recovery import keep_typed
from casework.calendar_file import CalendarDay, calendar_as_response
from casework.models import Deadline
from exemptions.deadline_words import find_running_terms
from exemptions.views import extend
from exemptions.views.mine import get_own_application

TERM_WORDS = {
    Deadline.Kind.DECIDE: gettext_lazy("Last day for our decision on application %(number)s"),
    Deadline.Kind.SUPPLY: gettext_lazy("Last day to complete application %(number)s"),
    Deadline.Kind.VIEW: gettext_lazy("Last day to give your view on application %(number)s"),
    Deadline.Kind.OBJECT: gettext_lazy("Last day to object to the decision on application %(number)s"),
}


@never_cache
@require_safe
@keep_typed
def exemption_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of an exemption of one's own."""
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
    """The terms of an application of one's own that run."""
    application = get_own_application(request, key)
    if application.is_draft:
        return redirect("application", key=key)
    days = [
        CalendarDay(
            key=f"application-{application.pk}-{term.kind}",
            day=term.due,
            summary=str(TERM_WORDS[Deadline.Kind(term.kind)]) % {"number": application.dossier},
            url=settings.SITE_URL + reverse("application", args=[application.key]),
        )
        for term in find_running_terms(application)
    ]
    return calendar_as_response(days, name=f"loket-{application.dossier}-termijnen")

"""After the grant: the holder requests a change, withdraws that request, or gives up the exemption at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from accounts.form_recovery import keep_typed
from casework.steps import StepRefused
from exemptions.forms.change import ChangeForm
from exemptions.models import Application
from exemptions.portal import wishes
from exemptions.views.answers import answer_step
from exemptions.views.mine import get_own_application
from exemptions.views.screens import user_of
from zones.plates import spell_plate


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def ask_change(request: HttpRequest, key: UUID, wish: str) -> HttpResponse:
    """One page for each wish: its consequences, a form with known values filled in, and the button that sends it."""
    application = get_own_application(request, key)
    asked = wishes.WISHES.get(wish)
    if asked is None or application.is_draft:
        raise Http404
    exemption = wishes.find_exemption(application)
    return answer_step(
        request,
        application,
        asked.form,
        step=asked.step,
        take=lambda form: take_wish(application, asked, form, request=request),
        done=str(asked.done),
        template="portal/change.html",
        possible=lambda: exemption is not None and wish in wishes.find_wishes(application).possible,
        initial=asked.form.usual(application, exemption) if exemption else {},
        context=lambda: {
            "wish": asked,
            "exemption": exemption,
            "plate": spell_plate(exemption.plate, country=exemption.country) if exemption and exemption.plate else "",
        },
    )


def take_wish(application: Application, wish: wishes.Wish, form: ChangeForm, *, request: HttpRequest) -> None:
    """Take the step of the wish, or request it. Raises StepRefused if that is impossible now."""
    if hindrance := wishes.find_hindrance(application, wish):
        raise StepRefused(hindrance)
    what: dict[str, Any] = {"what": wish.what} if wish.is_request else {}
    getattr(application, wish.step)(by=user_of(request), **what, **form.detail())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def take_back_change(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """Withdraw a request for a change; a second or late click gets a message that it was settled already."""
    application = get_own_application(request, key)
    asked = get_object_or_404(application.change_requests.all(), pk=pk)
    if request.method != "POST":  # the login expired meanwhile
        return redirect("application", key=application.key)
    try:
        application.take_back_change(by=user_of(request), request=asked)
    except (StepRefused, TransitionNotAllowed, ConcurrentTransition):
        messages.info(request, _("This request has already been answered or withdrawn."))
    else:
        messages.success(request, _("You have withdrawn your request. Your exemption stays as it is."))
    return redirect("application", key=application.key)

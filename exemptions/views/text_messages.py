"""'My details': text messages in addition to mails, for users who want them. The page needs a text message gateway."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.form_recovery import keep_typed, take_typed
from accounts.models import MobileNumber, User
from casework.text_outbox import is_about_the_message
from connections.remote_service import ServiceDownError
from connections.text_messages import GATEWAY
from exemptions import mobile_confirmation
from exemptions.forms.text_messages import CodeForm, NumberForm
from exemptions.mobile_confirmation import Outcome
from exemptions.views.my_choices import pick_part
from exemptions.views.screens import user_of

REFUSED = {
    Outcome.WRONG: gettext_lazy("This is not the code that we sent to this number. Check it and try again."),
    Outcome.TOO_OFTEN: gettext_lazy("A wrong code was typed too often. Ask for a new one."),
    Outcome.EXPIRED: gettext_lazy("This code is no longer valid. Ask for a new one."),
    Outcome.NONE: gettext_lazy("No code was sent. Fill in your mobile number first."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def my_text_messages(request: HttpRequest) -> HttpResponse:
    """Set a number, confirm it with a code, or stop text messages."""
    if not GATEWAY.is_connected:
        raise Http404
    data = request.POST if request.method == "POST" else take_typed(request)
    number, code = NumberForm(pick_part(data, "number")), CodeForm(pick_part(data, "code"))
    is_done = request.method == "POST" and (
        stop_texts(request) or send_code(request, number) or confirm_code(request, code)
    )
    if is_done:
        return redirect("my_text_messages")
    context = {
        "mobile": MobileNumber.objects.filter(user=user_of(request)).first(),
        "form": code if code.is_bound else number,
        "number_form": number,
        "code_form": code,
    }
    return render(request, "portal/my_text_messages.html", context)


def stop_texts(request: HttpRequest) -> bool:
    """Stop text messages if that was asked; returns whether it was."""
    if request.POST.get("part") != "stop":
        return False
    mobile_confirmation.stop_texts(user_of(request))
    messages.success(request, _("You no longer get text messages. We have removed your mobile number."))
    return True


def send_code(request: HttpRequest, form: NumberForm) -> bool:
    """Send a code to the typed number; returns whether that was asked and succeeded."""
    if not (form.is_bound and form.is_valid()):
        return False
    user, number = user_of(request), form.cleaned_data["number"]
    if not mobile_confirmation.may_send_code(user, number):
        form.add_error("number", _("We have sent several codes in a short time. Wait an hour, and try again."))
        return False
    try:
        mobile_confirmation.send_code(user, number)
    except ServiceDownError as error:
        form.add_error("number", explain_failure(user, number, error))
        return False
    messages.success(request, _("We have sent a code by text message. Type it below."))
    return True


def explain_failure(user: User, number: str, error: ServiceDownError) -> str:
    """Why no code was sent and what helps. One that did not go out is not counted, unless it may be a guess."""
    if is_about_the_message(error):
        return _("We cannot send a text message to this number. Check it, or fill in another mobile number.")
    if not error.may_be_done:
        mobile_confirmation.uncount_code(user, number)
    return _("We could not send a text message to this number now. Try again later.")


def confirm_code(request: HttpRequest, form: CodeForm) -> bool:
    """Confirm the number with the typed code; returns whether that was asked and succeeded."""
    if not (form.is_bound and form.is_valid()):
        return False
    outcome = mobile_confirmation.confirm_code(user_of(request), form.cleaned_data["code"])
    if outcome != Outcome.CONFIRMED:
        form.refuse(REFUSED[outcome])
        return False
    messages.success(request, _("Your mobile number is confirmed. From now on you also get a text message."))
    return True

"""'My details': which mails the user wants, a second address, and letters in the portal or by post."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.form_recovery import keep_typed, take_typed
from accounts.models import MobileNumber
from connections.text_messages import GATEWAY
from exemptions import letter_channel, letters, mandates
from exemptions.forms.check import PORTAL, POST
from exemptions.forms.choices import ApplicantMailForm, ChannelForm, MyMailForm
from exemptions.models import Applicant, ChannelChoice
from exemptions.views.screens import user_of

A_PAGE = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def my_choices(request: HttpRequest) -> HttpResponse:
    """Choose the mails to the user's own address; link to each applicant's choices."""
    user = user_of(request)
    form = MyMailForm(request.POST if request.method == "POST" else take_typed(request), instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your choice is saved."))
        return redirect("my_choices")
    applicants = Applicant.objects.of(user).order_by("name", "pk")
    page = Paginator(applicants, A_PAGE).get_page(request.GET.get("page"))
    chosen = ChannelChoice.objects.latest_of_each(page.object_list)
    context = {
        "form": form,
        "offers_texts": GATEWAY.is_connected,
        "mobile": MobileNumber.objects.filter(user=user).exclude(confirmed_at=None).first(),
        "page": page,
        "applicants": [{"applicant": one, "channel": chosen.get(one.pk)} for one in page],
        "by_law": letters.BY_LAW,
    }
    return render(request, "portal/my_choices.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def applicant_choices(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the choices of one applicant, in two forms with a button each."""
    applicant = get_object_or_404(Applicant.objects.of(user_of(request)), pk=pk)
    data = request.POST if request.method == "POST" else take_typed(request)
    text, chosen = letter_channel.text_on(timezone.localdate()), applicant.current_channel()
    manages = mandates.may_manage(applicant, user_of(request))
    form = ApplicantMailForm(pick_part(data, "mail"), instance=applicant, manages=manages)
    channel = channel_form(pick_part(data, "letters"), text=text, chosen=chosen)
    if request.method == "POST" and save_choice(request, applicant, form, channel, text=text):
        return redirect("applicant_choices", pk=pk)
    applicant.refresh_from_db()  # a refused form has already changed the instance
    context = {
        "applicant": applicant,
        "form": form if not (channel and channel.is_bound) else channel,
        "mail": form,
        "letters": channel,
        "chosen": chosen,
        "by_law": letters.BY_LAW,
    }
    return render(request, "portal/applicant_choices.html", context)


def pick_part(data: QueryDict | None, part: str) -> QueryDict | None:
    """The submitted data, if they are of this form."""
    return data if data is not None and data.get("part") == part else None


def channel_form(data: QueryDict | None, *, text: letter_channel.Text | None, chosen: ChannelChoice | None) -> Any:
    """The form about letters; None if nobody has filled in the words to agree to."""
    if text is None:
        return None
    kept = {} if chosen is None else {"channel": PORTAL if chosen.electronic else POST}
    return ChannelForm(data, text=text, initial=kept)


def save_choice(
    request: HttpRequest,
    applicant: Applicant,
    form: ApplicantMailForm,
    channel: Any,
    *,
    text: letter_channel.Text | None,
) -> bool:
    """Save the submitted form, and say what it means; returns whether one was saved."""
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("Your choice is saved."))
        return True
    if channel and text and channel.is_bound and channel.is_valid():
        electronic = channel.cleaned_data["channel"] == PORTAL
        letter_channel.choose_channel(applicant, electronic=electronic, by=user_of(request), text=text)
        messages.success(request, describe_choice(electronic=electronic))
        return True
    return not form.is_bound and not (channel and channel.is_bound)


def describe_choice(*, electronic: bool) -> str:
    """The consequence of the choice, in words."""
    if electronic:
        return _("From now on you only get your letters in this portal. We will email you when there is one.")
    return _("From now on you also get your letters by post. What is in this portal stays there.")

"""Advice for entrepreneurs: the choice of a municipality, and the form."""

from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from casework.limits import is_within_limit
from helpdesk.information import adviser_requests, zone_page
from helpdesk.information.adviser_requests import AdviceEnquiry
from helpdesk.models import Adviser
from zones.models import Zone

LONGEST = 4000


class AdviceForm(forms.Form):
    """Who asks, and what about."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    company = forms.CharField(
        label=gettext_lazy("Your company"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        max_length=254,
        help_text=gettext_lazy("The adviser answers at this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Your telephone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    question = forms.CharField(
        label=gettext_lazy("What would you like advice about?"),
        max_length=LONGEST,
        help_text=gettext_lazy(
            "For example: how many vehicles you have, where you deliver, and what you have tried already."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    website = forms.CharField(  # a trap for programs that fill in everything; people neither see nor hear it
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    @property
    def is_for_machines(self) -> bool:
        """Whether the invisible field was filled in, so by a program."""
        return bool(self.cleaned_data["website"])

    @property
    def asked(self) -> AdviceEnquiry:
        """The enquiry; only if the form is valid."""
        data = self.cleaned_data
        return AdviceEnquiry(
            name=data["name"],
            company=data["company"],
            email=data["email"],
            phone=data["phone"],
            question=data["question"].replace("\r\n", "\n"),
            key=data["key"] or uuid4(),
        )


@require_safe
def choose_municipality(request: HttpRequest) -> HttpResponse:
    """Choose the municipality whose adviser helps."""
    return render(request, "information/advice.html", {"zones": zone_page.find_known_zones(timezone.localdate())})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def zone_advice(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask an adviser; whatever goes wrong, the form keeps what was typed."""
    zone = zone_page.find_zone(slug, today=timezone.localdate())
    if request.method != "POST":
        return show_advice_form(request, zone, AdviceForm(initial=describe_sender(request)))
    form = AdviceForm(request.POST)
    if not form.is_valid():
        return show_advice_form(request, zone, form)
    if not is_within_limit(request, "advice_requests_an_hour"):
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
    """Name and email address of a logged-in user, as initial data."""
    user = request.user
    return {"name": getattr(user, "name", ""), "email": getattr(user, "email", "")} if user.is_authenticated else {}


def show_advice_form(
    request: HttpRequest, zone: Zone, form: AdviceForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    """The page with the form, and the adviser if one is known."""
    adviser = Adviser.objects.filter(municipality=zone.municipality_id).first()
    context = {"form": form, "zone": zone, "adviser": adviser}
    return render(request, "information/zone_advice.html", context, status=status)

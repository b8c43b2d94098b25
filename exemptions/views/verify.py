"""Is this decision real, and does it still hold? For everybody, without personal data."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import segno
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from exemptions.models import Decision, Exemption
from exemptions.views import rate

CHECKS_A_MINUTE = 30


@dataclass(frozen=True)
class Other:
    """What a reference stands for that is no decision on an application: what it is, in a sentence."""

    reference: str
    sentence: str


Lookup = Callable[[str], Other | None]
_LOOKUPS: list[Lookup] = []


def know_too(lookup: Lookup) -> None:
    """Let an app above answer for its own references; called in its `ready()`."""
    _LOOKUPS.append(lookup)


def other(reference: str) -> Other | None:
    """What an app above knows of a reference."""
    return next((found for lookup in _LOOKUPS if (found := lookup(reference))), None)


class ReferenceForm(forms.Form):
    """The reference as it stands on the letter, typed over by hand."""

    reference = forms.CharField(
        label=gettext_lazy("Reference on the letter"),
        max_length=40,
        help_text=gettext_lazy("Three groups of four signs, for instance K7RT-4MWD-9XHC."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "loket-short"}
        ),
    )

    def clean_reference(self) -> str:
        """Capitals and dashes as we write them, whatever was typed."""
        reference = written(self.cleaned_data["reference"])
        if len(reference) != 14:
            raise forms.ValidationError(_("A reference has twelve letters and digits. Look at the top of the letter."))
        return reference


def written(typed: str) -> str:
    """A reference as we write it: capitals, a dash after each four signs."""
    signs = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))


@dataclass(frozen=True)
class Check:
    """The public page of one decision: its address, and the same as a QR code for an <img>."""

    url: str
    qr: str


def qr_of(decision: Decision) -> Check:
    """Where anybody can check a decision."""
    url = settings.SITE_URL + reverse("verify_reference", args=[decision.reference])
    return Check(url, segno.make(url, error="m").svg_data_uri(border=2, scale=4))


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Type a reference."""
    form = ReferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("verify_reference", form.cleaned_data["reference"])
    return render(request, "portal/verify.html", {"form": form})


@never_cache
@require_safe
def verify_reference(request: HttpRequest, reference: str) -> HttpResponse:
    """The answer: valid, not yet or no longer valid, a decision without an exemption, or unknown."""
    if not rate.within(request, "verify", most=CHECKS_A_MINUTE):
        return too_often(request, reference)
    decision = (
        Decision.objects.filter(reference=written(reference[:40]))
        .select_related("exemption__municipality", "exemption__day_use")
        .first()
    )
    exemption = getattr(decision, "exemption", None)
    something_else = None if decision else other(written(reference[:40]))
    known = decision or something_else
    context = {
        "reference": known.reference if known else reference[:40],
        "decision": decision,
        "other": something_else,
        "exemption": exemption,
        "state": "other" if something_else else state(decision, exemption),
        "is_day": hasattr(exemption, "day_use"),
        "now": timezone.now(),
    }
    return render(
        request, "portal/verify_reference.html", context, status=HTTPStatus.OK if known else HTTPStatus.NOT_FOUND
    )


def state(decision: Decision | None, exemption: Exemption | None) -> str:
    """unknown, replaced, reopened, no_exemption, revoked, begins_later, ended or valid."""
    now = timezone.now()
    if decision is None:
        return "unknown"
    if decision.replaced_by_id:
        return "replaced"
    if decision.revoked_at:
        return "reopened"
    if exemption is None:
        return "no_exemption"
    if exemption.revoked_at:
        return "revoked"
    if exemption.starts_at > now:
        return "begins_later"
    return "valid" if exemption.is_valid(now=now) else "ended"


def too_often(request: HttpRequest, reference: str) -> HttpResponse:
    """Wait a minute; what was asked stands in the form."""
    form = ReferenceForm({"reference": reference[:40]})
    form.add_error(None, _("Many references were checked from here in a short time. Wait a minute and try again."))
    return render(request, "portal/verify.html", {"form": form}, status=HTTPStatus.TOO_MANY_REQUESTS)

"""Is this decision real, and does it still hold? For everybody, without personal data."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from exemptions.models import Decision


class ReferenceForm(forms.Form):
    """The reference as it stands on the letter, typed over by hand."""

    reference = forms.CharField(
        label=_("Reference on the letter"),
        max_length=40,
        help_text=_("Three groups of four signs, for instance K7RT-4MWD-9XHC."),
    )

    def clean_reference(self) -> str:
        """Capitals and dashes as we write them, whatever was typed."""
        signs = "".join(sign for sign in self.cleaned_data["reference"].upper() if sign.isalnum())
        if len(signs) != 12:
            raise forms.ValidationError(_("A reference has twelve letters and digits. Look at the top of the letter."))
        return "-".join(signs[start : start + 4] for start in (0, 4, 8))


def verify(request: HttpRequest) -> HttpResponse:
    """Type a reference."""
    form = ReferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("verify_reference", form.cleaned_data["reference"])
    return render(request, "portal/verify.html", {"form": form})


@never_cache
def verify_reference(request: HttpRequest, reference: str) -> HttpResponse:
    """The answer: valid, no longer valid, a decision without an exemption, or unknown."""
    decision = (
        Decision.objects.filter(reference=reference.upper()).select_related("exemption", "application__kind").first()
    )
    exemption = getattr(decision, "exemption", None)
    return render(
        request,
        "portal/verify_reference.html",
        {
            "reference": reference,
            "decision": decision,
            "exemption": exemption,
            "is_valid": exemption is not None and exemption.is_valid(now=timezone.now()),
            "begins_later": exemption is not None and exemption.starts_at > timezone.now(),
        },
        status=200 if decision else 404,
    )

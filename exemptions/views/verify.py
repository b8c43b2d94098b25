"""Public verification: whether a decision is genuine and still in force, without personal data."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

import segno
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from casework.deadline_words import format_day
from casework.letter_pdfs import check_address
from casework.limits import is_within_limit
from casework.wiring import wired
from exemptions.forms.plate import PlateInput
from exemptions.models import Decision, Exemption
from exemptions.models.decision import ON_APPLICATION, Outcome
from zones.plates import LONGEST, SHORTEST, normalise
from zones.plates import spell_plate as written_plate

SHAPE = re.compile(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){2}")


@dataclass(frozen=True)
class OtherReference:
    """What a reference refers to if it is not a decision on an application, in a sentence."""

    reference: str
    sentence: str


Lookup = Callable[[str], OtherReference | None]


def find_other(reference: str) -> OtherReference | None:
    """What an app above this one knows of a reference."""
    lookups: Sequence[Lookup] = wired("REFERENCE_LOOKUPS")
    return next((found for lookup in lookups if (found := lookup(reference))), None)


def look_up_other_decision(reference: str) -> OtherReference | None:
    """Identify a genuine decision that is no exemption, such as on a penalty, by its day; nothing about anybody."""
    decision = Decision.objects.exclude(outcome__in=ON_APPLICATION).filter(reference=reference).first()
    if decision is None:
        return None
    said = _("This is a decision on the penalty for deciding late, of %(day)s. It is not an exemption.")
    if decision.outcome in (Outcome.SUSPENDED, Outcome.RESUMED):
        said = _(
            "This is a decision of %(day)s to suspend an exemption, or to lift a suspension. It is not an exemption."
        )
    if decision.outcome == Outcome.REFUSED:
        said = _("This is a decision of %(day)s not to change an exemption. It is not an exemption itself.")
    if decision.outcome == Outcome.CONVERTED:
        said = _("This is a decision of %(day)s to treat an application as a different one. It is not an exemption.")
    return OtherReference(decision.reference, said % {"day": format_day(decision.dated_on)})


class CheckForm(forms.Form):
    """The reference, typed from the letter, and the plate of the vehicle at hand."""

    reference = forms.CharField(
        label=gettext_lazy("Reference on the letter"),
        max_length=40,
        help_text=gettext_lazy("Three groups of four characters, for example K7RT-4MWD-9XHC."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "loket-short"}
        ),
    )
    plate = forms.CharField(
        label=gettext_lazy("Number plate of the vehicle"),
        max_length=20,
        help_text=gettext_lazy("An exemption is only valid for the number plate in the letter."),
        widget=PlateInput,
    )

    def clean_reference(self) -> str:
        """Format the reference as we write it, whatever was typed."""
        reference = format_reference(self.cleaned_data["reference"])
        if not SHAPE.fullmatch(reference):
            raise forms.ValidationError(_("A reference has twelve letters and digits. Look at the top of the letter."))
        return reference

    def clean_plate(self) -> str:
        """Normalise the plate to the form in which it is stored."""
        plate = normalise(self.cleaned_data["plate"])
        if not SHORTEST <= len(plate) <= LONGEST:
            raise forms.ValidationError(_("A number plate has 2 to 12 letters and digits. Check what you typed."))
        return plate


def format_reference(typed: str) -> str:
    """A reference as we write it: upper case, a dash after each four characters; anything impossible stays as typed."""
    bare = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    grouped = "-".join(bare[start : start + 4] for start in range(0, len(bare), 4))
    return grouped if SHAPE.fullmatch(grouped) else "".join(filter(str.isprintable, typed)).strip()


@dataclass(frozen=True)
class Check:
    """The public page of one decision: its URL, and the same as a QR code for an <img>."""

    url: str
    qr: str


def qr_of(exemption: Exemption) -> Check:
    """Where anybody can check an exemption; the code contains its reference and plate."""
    url = check_address(exemption.decision.reference, exemption.plate)
    return Check(url, segno.make(url, error="m").svg_data_uri(border=2, scale=4))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_reference(request: HttpRequest, reference: str = "") -> HttpResponse:
    """Ask for reference and plate, and answer about both; a scanned code fills in the reference.

    The plate only travels in the body of the form. Those who have only a reference learn whether the decision is
    genuine, and never that it is valid: a copy of somebody else's letter says nothing about the vehicle at hand.
    """
    if not is_within_limit(request, "verifications_a_minute"):
        return too_often(request, reference)
    if request.method != "POST":
        form = CheckForm(initial={"reference": reference[:40]})
        return show_answer(request, form, answer_reference(format_reference(reference[:40])) if reference else None)
    form = CheckForm(request.POST)
    if not form.is_valid():
        return show_answer(request, form, None)
    return show_answer(request, form, answer_reference(form.cleaned_data["reference"], form.cleaned_data["plate"]))


@dataclass(frozen=True)
class Verification:
    """What we know of a reference: its state, in the page's terms, and what it grants if that may be revealed."""

    reference: str
    state: str
    exemption: Exemption | None = None
    other: OtherReference | None = None
    plate: str = ""

    @property
    def is_day(self) -> bool:
        """Whether it is an exemption for a single day."""
        return hasattr(self.exemption, "day_use")

    @property
    def tells_term(self) -> bool:
        """Whether the page may say where and when: only for an exemption that fits the plate."""
        return self.state in ("valid", "begins_later", "ended", "revoked", "suspended")


def answer_reference(reference: str, plate: str = "") -> Verification:
    """Look a reference up, with a plate or without."""
    decision = (
        Decision.objects.verifiable()
        .filter(reference=reference)
        .select_related("exemption__municipality", "exemption__day_use")
        .first()
    )
    if decision is None:
        found = find_other(reference)
        return Verification(reference, "other" if found else "unknown", other=found)
    exemption = getattr(decision, "exemption", None)
    state = state_for(plate, decision, exemption)
    return Verification(decision.reference, state, exemption, plate=written_plate(plate))


def state_for(plate: str, decision: Decision, exemption: Exemption | None) -> str:
    """no_exemption, no_plate, other_plate, or for the right plate the state from `find_verification_state`."""
    if exemption is None or exemption.revoked_at and not decision.is_in_force:
        return find_verification_state(decision, exemption)
    if not plate:
        return "no_plate"
    return find_verification_state(decision, exemption) if plate == exemption.plate else "other_plate"


def find_verification_state(decision: Decision, exemption: Exemption | None) -> str:
    """replaced, reopened, no_exemption, revoked, begins_later, suspended, ended or valid."""
    now = timezone.now()
    if exemption is None or exemption.revoked_at:  # otherwise in force, even if a decision to end it is in the post
        if decision.replaced_by_id:
            return "replaced"
        if decision.revoked_at:
            return "reopened"
        return "revoked" if exemption else "no_exemption"
    if exemption.starts_at > now:
        return "begins_later"
    if exemption.ends_at > now and exemption.suspensions.running(at=now).exists():
        return "suspended"
    return "valid" if exemption.is_valid(now=now) else "ended"


def show_answer(request: HttpRequest, form: CheckForm, found: Verification | None) -> HttpResponse:
    """Render the form, with the answer above it."""
    status = HTTPStatus.NOT_FOUND if found and found.state == "unknown" else HTTPStatus.OK
    return render(request, "portal/verify.html", {"form": form, "found": found, "now": timezone.now()}, status=status)


def too_often(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the visitor to wait a minute; the form keeps what was typed."""
    form = CheckForm(request.POST or {"reference": reference[:40]})
    form.add_error(None, _("Many references were checked from here in a short time. Wait a minute and try again."))
    return render(request, "portal/verify.html", {"form": form}, status=HTTPStatus.TOO_MANY_REQUESTS)

"""The start page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from exemptions.filing.kind_cards import KindCard
from exemptions.forms.access import AccessForm
from exemptions.models import Kind


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and the five things that people come for."""
    cards = [KindCard(kind) for kind in Kind.objects.in_force(on=timezone.localdate())]
    fees = [(str(card.kind), card.fee) for card in cards if card.fee]
    context = {"access_form": AccessForm(), "fees": fees, "every_fee": len(fees) == len(cards)}
    return render(request, "portal/home.html", context)

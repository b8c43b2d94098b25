"""The page on what doing nothing costs: fines against day exemptions, longer exemptions and emission-free vehicles."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework.current_policy import CurrentPolicy
from casework.formats import format_euros
from casework.models import Policy
from casework.policy_settings import get_setting_title
from exemptions.models import KindVersion
from helpdesk.fact_words import Source
from helpdesk.facts import FINES, Fine, find_fines
from helpdesk.information.trip_costs import LongerExemptions, TripCosts, compute_trip_costs
from helpdesk.information.trip_forms import TripForm

DAYS_SETTING = "day_exemption_max"
SUBSIDIES_SETTING = "subsidies_known"


@dataclass(frozen=True)
class CostLine:
    """One option for the driver: its yearly cost in words, and what to know about it."""

    way: str
    amount: str
    note: str


@require_safe
def show_trip_costs(request: HttpRequest) -> HttpResponse:
    """The question, and its answer once asked. The URL carries the question, so that it can be shared."""
    is_asked = any(name in request.GET for name in TripForm.base_fields)
    form = TripForm(request.GET if is_asked else None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        context |= build_answer(form.cleaned_data["vehicle"], form.cleaned_data["days"], on=timezone.localdate())
    return render(request, "information/trip_costs.html", context)


def build_answer(vehicle: str, days: int, *, on: date) -> dict[str, object]:
    """The answer for a vehicle that drives in on this many days a month."""
    kinds = [kind for kind in KindVersion.objects.in_force(on=on) if vehicle in kind.vehicles]
    day_kind = next((kind for kind in kinds if kind.is_day), None)
    policy = CurrentPolicy.on(on)
    fine = find_fines(on=on)[vehicle]
    costs = compute_trip_costs(
        days,
        fine=fine.amount,
        day_fee=day_kind.fee_eur if day_kind else None,
        most_days=policy.number(DAYS_SETTING) if day_kind else 0,
        longer_fees=[kind.fee_eur for kind in kinds if not kind.is_day],
    )
    return {
        "costs": costs,
        "lines": list(describe_costs(costs, fine)),
        "subsidies": policy.text(SUBSIDIES_SETTING, (get_language() or "nl")[:2]),
        "sources": list_sources(vehicle, day_kind, on=on),
    }


def describe_costs(costs: TripCosts, fine: Fine) -> Iterator[CostLine]:
    """The options, doing nothing first."""
    yield CostLine(_("Do nothing"), describe_fines(costs), explain_fines(fine))
    yield CostLine(_("Day exemptions"), describe_day_exemptions(costs), explain_day_exemptions(costs))
    yield CostLine(_("A longer exemption"), describe_longer(costs.longer), _("Only if one fits your situation."))
    yield CostLine(
        _("An emission-free vehicle"),
        _("no fine, no exemption"),
        _("We do not know what such a vehicle costs or saves you. A logistics adviser works it out with you for free."),
    )


def describe_fines(costs: TripCosts) -> str:
    """The maximum sum of the fines, in words."""
    if costs.fines is None:
        return _("not known to us")
    return _("at most %(amount)s") % {"amount": format_euros(costs.fines)}


def explain_fines(fine: Fine) -> str:
    """The amount of one fine, and what makes the sum higher or lower."""
    if fine.amount is None:
        return _("We do not know the amount of the fine now.")
    words = {"amount": format_euros(fine.amount), "year": fine.year}
    one = _("One fine is %(amount)s (amount of %(year)s).") % words
    return " ".join(
        [
            one,
            _("Administration costs come on top; we do not know how much."),
            _("You do not get a fine every time, and in a new zone you first get a warning."),
        ]
    )


def describe_day_exemptions(costs: TripCosts) -> str:
    """The cost of the day exemptions that one can get, in words."""
    if not costs.exempted:
        return _("not possible")
    if costs.day_exemptions is None:
        return _("not known to us")
    return format_euros(costs.day_exemptions, cents=True)


def explain_day_exemptions(costs: TripCosts) -> str:
    """The number of days covered, and the number for which one needs something else."""
    given = ngettext("For %(days)s day.", "For %(days)s days.", costs.exempted) % {"days": costs.exempted}
    if not costs.left:
        return f"{given} {_('That is every day on which you drive in.')}"
    left = ngettext(
        "For the other %(days)s day you need something else: you have had the most for a calendar year.",
        "For the other %(days)s days you need something else: you have had the most for a calendar year.",
        costs.left,
    ) % {"days": costs.left}
    return f"{given} {left}"


def describe_longer(longer: LongerExemptions) -> str:
    """The cost of applying for a longer exemption, in words."""
    if longer.highest is None:
        return _("nothing now")
    amount = format_euros(longer.highest, cents=True)
    if longer.some_have_none:
        return _("nothing now, or at most %(amount)s") % {"amount": amount}
    return _("at most %(amount)s") % {"amount": amount}


def list_sources(vehicle: str, day_kind: KindVersion | None, *, on: date) -> list[Source]:
    """The sources of the amounts."""
    names = (FINES[vehicle], DAYS_SETTING, SUBSIDIES_SETTING)
    rows = Policy.objects.in_force(on=on).filter(name__in=names)
    known = [row for row in rows if row.value is not None]
    found = [Source(row.name, capfirst(str(get_setting_title(row.name))), row.valid_from, row.source) for row in known]
    if day_kind:
        found.insert(0, Source(day_kind.code, str(day_kind), day_kind.valid_from, day_kind.source))
    return found

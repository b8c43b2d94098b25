"""The returns of municipalities, as a kind of delivery."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reporting.deliveries.forms import DeliveryForm
from reporting.deliveries.kinds import DeliveryKind, Thanks
from reporting.deliveries.overview import Cell
from reporting.models import MonthlyReturn, ReturnVersion
from reporting.returns import months, rules
from reporting.returns.columns import CARRIED, FIELDS
from reporting.returns.jurisdiction import DELIVER, find_reporters, may_deliver, with_zone
from zones.models import Municipality

Month = Cell[Municipality]


def build_form(cell: Month, last: Month | None, data: Any) -> DeliveryForm:
    """The form with what was handed in; for a first delivery, with the rarely changing values of the last return."""
    if cell.newest:
        return DeliveryForm(RETURNS, data, initial={**cell.values, "seen": cell.newest.number})
    carried = {name: last.values[name] for name in CARRIED} if last else {}
    return DeliveryForm(RETURNS, data, initial={**carried, "seen": 0})


def build_context(cell: Month, _last: Month | None, form: DeliveryForm) -> dict[str, Any]:
    """What only this kind's page shows, such as whether values were copied from an earlier return."""
    carried = [form.initial.get(name) for name in CARRIED if cell.newest is None and not form.is_bound]
    return {
        "about": cell.subject,
        "municipality": cell.subject,
        "is_carried": any(value is not None for value in carried),
    }


def list_address(municipality: Municipality) -> str:
    """The URL of a municipality's months."""
    return reverse("returns_of", args=[municipality.cbs_code])


def month_address(municipality: Municipality, month: date) -> str:
    """The URL of a month."""
    return reverse("return_month", args=[municipality.cbs_code, month.year, month.month])


def find_municipalities() -> Sequence[Municipality]:
    """Every municipality that has or had a zone."""
    return list(with_zone())


RETURNS = DeliveryKind[Municipality](
    permission=DELIVER,
    months=MonthlyReturn,
    versions=ReturnVersion,
    columns=FIELDS,
    subject_field="municipality",
    subjects=find_municipalities,
    people=lambda municipality: find_reporters([municipality]),
    may_deliver=may_deliver,
    months_of=months.find_months,
    refused=months.refused_for,
    problems=rules.find_problems,
    mail="mail_return_missing",
    thanks=Thanks(
        unchanged=_("%(month)s of %(municipality)s has already been handed in like this; nothing has changed."),
        first=_("Thank you. %(month)s of %(municipality)s is handed in."),
        corrected=_("Thank you. %(month)s of %(municipality)s is corrected. The earlier numbers stay visible."),
    ),
    template="reporting/returns/month.html",
    list_address=list_address,
    month_address=month_address,
    form=build_form,
    context=build_context,
    details={"channel": ReturnVersion.Channel.FORM},
)

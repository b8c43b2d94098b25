"""The page of a month: its form next to an earlier month, with everything handed in before below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any, Generic

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.form_recovery import take_typed
from casework.deadline_words import format_moment
from exemptions.views.screens import user_of
from reporting.deliveries.calendar import due_day, due_on
from reporting.deliveries.columns import format_value
from reporting.deliveries.deliver import DeliveryRefused, Overtaken, keep_delivery
from reporting.deliveries.forms import DeliveryForm
from reporting.deliveries.kinds import DeliveryKind, Subject
from reporting.deliveries.overview import Cell, cells_of


@dataclass(frozen=True)
class Place(Generic[Subject]):
    """A month among the months about the same subject."""

    cell: Cell[Subject]
    cells: Sequence[Cell[Subject]]

    @property
    def last(self) -> Cell[Subject] | None:
        """The last month before that was handed in."""
        return next((one for one in self.cells if one.month < self.cell.month and one.newest), None)

    @property
    def before(self) -> Cell[Subject] | None:
        """The earlier month to compare with."""
        if self.cell.kind.skips_gaps:
            return self.last
        return next((one for one in self.cells if one.month < self.cell.month), None)

    def form(self, data: Any = None) -> DeliveryForm:
        """The month's form, to fill in or with the data sent."""
        return self.cell.kind.form(self.cell, self.last, data)


def month_page(
    request: HttpRequest, kind: DeliveryKind[Subject], subject: Subject, year: int, number: int
) -> HttpResponse:
    """Show the page of a month, or handle what was sent from it."""
    place = place_or_404(kind, subject, year, number)
    if request.method != "POST":
        return show_month(request, place, place.form(take_typed(request) or None))
    form = place.form(request.POST)
    if more := form.with_more_rows():
        return show_month(request, place, more)
    return handle_delivery(request, place, form)


def place_or_404(kind: DeliveryKind[Subject], subject: Subject, year: int, number: int) -> Place[Subject]:
    """A month that can be handed in; raises Http404 for any other."""
    today = timezone.localdate()
    if not (1 <= number <= 12 and date.min.year < year < date.max.year):
        raise Http404
    month, cells = date(year, number, 1), cells_of(kind, [subject], today=today)[subject]
    cell = next((one for one in cells if one.month == month), None)
    if cell is None and kind.refused(subject, month, today):
        raise Http404
    unlisted = Cell(kind, subject, month, None, due_on(month, day=due_day(today=today)), today)
    return Place(cell or unlisted, cells)


def handle_delivery(request: HttpRequest, place: Place[Subject], form: DeliveryForm) -> HttpResponse:
    """Keep the delivery, or say why not; whoever comes second sees what the first handed in."""
    cell = place.cell
    if not form.is_valid():
        return show_month(request, place, form)
    seen, details = form.cleaned_data["seen"], cell.kind.details
    try:
        version = keep_delivery(
            cell.kind, cell.subject, cell.month, values=form.values, by=user_of(request), expected=seen, **details
        )
    except DeliveryRefused as refused:
        form.add_error(None, refused.messages)
        return show_month(request, place, form)
    except Overtaken as overtaken:
        return show_conflict(request, cell, overtaken.newest, form)
    messages.success(request, describe_thanks(cell, version))
    return redirect(cell.kind.list_address(cell.subject))


def describe_thanks(cell: Cell[Subject], version: Any | None) -> str:
    """The message that says what became of a delivery."""
    said = cell.kind.thanks
    sentence = said.unchanged if version is None else said.first if version.number == 1 else said.corrected
    return str(sentence) % {"month": date_format(cell.month, "F Y"), **cell.kind.where(cell.subject)}


def show_conflict(request: HttpRequest, cell: Cell[Subject], newest: Any | None, form: DeliveryForm) -> HttpResponse:
    """Answer 409: who handed in when, and what this user had typed."""
    happened = ""
    if newest:
        told = {"who": newest.delivered_by or _("The system"), "when": format_moment(newest.delivered_at)}
        happened = _("%(who)s handed in this month on %(when)s.") % told
    back = cell.kind.month_address(cell.subject, cell.month)
    context = {"happened": happened, "back": back, "typed": list(form.typed()), "form": form}
    return render(request, "reporting/deliveries/overtaken.html", context, status=HTTPStatus.CONFLICT)


def show_month(request: HttpRequest, place: Place[Subject], form: DeliveryForm) -> HttpResponse:
    """The page of a month."""
    cell, before = place.cell, place.before
    kind, then = cell.kind, cell.kind.values_of(before.newest if before else None)
    context = {
        "cell": cell,
        "form": form,
        "before": before,
        "counts": [(form[name], format_value(then[name])) for name in kind.counts],
        "others": [form[column.name] for column in kind.columns if not column.is_count],
        "history": list_history(cell),
        **kind.context(cell, place.last, form),
    }
    return render(request, kind.template, context)


def list_history(cell: Cell[Subject]) -> list[dict[str, object]]:
    """Every delivery, newest first: who, when, and what it changed."""
    if cell.newest is None:
        return []
    kind, month = cell.kind, cell.newest.handed_in_month
    versions = list(kind.deliveries([cell.subject]).filter(**{kind.versions.MONTH: month}).order_by("number"))
    said = [kind.values_of(version) for version in (None, *versions)]
    return [
        {"version": version, "changes": kind.differences(old, new)}
        for version, old, new in zip(versions, said, said[1:], strict=False)
    ][::-1]

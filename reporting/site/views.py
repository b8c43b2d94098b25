"""The pages on which the editors hand in a month of the site."""

from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.form_recovery import take_typed
from casework.deadline_words import moment
from exemptions.views.screens import user_of
from reporting.models import MailTopic, SiteMonthVersion
from reporting.returns.access import only_for
from reporting.returns.columns import shown
from reporting.returns.overview import State
from reporting.site import delivery, forms, overview
from reporting.site import months as calendar
from reporting.site.columns import FIELDS, NAMES
from reporting.site.deliver import DELIVER, MonthRefused, Overtaken, deliver
from reporting.site.forms import MonthForm
from reporting.site.overview import MonthRow

for_editors = only_for(DELIVER)


@for_editors
@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """Every month, newest first: what was handed in, by whom, and what is missing."""
    rows = overview.rows(today=timezone.localdate())
    context = {
        "rows": [(row, numbers_of(row)) for row in rows],
        "columns": [column.label for column in FIELDS],
        "missing": sum(row.state == State.MISSING for row in rows),
    }
    return render(request, "reporting/site/months.html", context)


def numbers_of(row: MonthRow) -> list[tuple[str, str]]:
    """The numbers as the list shows them, each with its label; what was not handed in says so."""
    if not row.newest:
        return []
    return [(str(column.label), shown(getattr(row.newest, name))) for column, name in zip(FIELDS, NAMES, strict=True)]


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def month(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The form of a month, with the month before beside it and everything that was handed in below."""
    row = row_or_404(year, number)
    before = overview.last_before(row.month)
    if "more" in request.POST:
        return show(request, row, before, forms.with_more_rows(request.POST))
    if request.method == "POST":
        return sent(request, row, before)
    typed = take_typed(request)
    form = forms.sent(typed, row.newest, before) if typed else forms.to_fill_in(row.newest, before)
    return show(request, row, before, form)


def row_or_404(year: int, number: int) -> MonthRow:
    """A month that can be handed in."""
    today = timezone.localdate()
    if not (1 <= number <= 12 and date.min.year < year < date.max.year):
        raise Http404
    found = date(year, number, 1)
    if calendar.refused(found, today=today):
        raise Http404
    return overview.row_of(found, today=today)


def sent(request: HttpRequest, row: MonthRow, before: SiteMonthVersion | None) -> HttpResponse:
    """Keep it, or say why not; who comes second reads what the first handed in."""
    form = forms.sent(request.POST, row.newest, before)
    if not form.is_valid():
        return show(request, row, before, form)
    said = form.said
    try:
        version = deliver(
            month=row.month,
            numbers=said.numbers,
            topics=said.topics,
            source=said.source,
            context=said.context,
            by=user_of(request),
            expected=form.seen,
        )
    except MonthRefused as refused:
        form.numbers.add_error(None, refused.messages)
        return show(request, row, before, form)
    except Overtaken as overtaken:
        return conflict(request, row, overtaken.newest, form)
    messages.success(request, thanks(row, version))
    return redirect("site_months")


def thanks(row: MonthRow, version: SiteMonthVersion | None) -> str:
    """What became of it."""
    about = {"month": date_format(row.month, "F Y")}
    if version is None:
        return _("%(month)s has already been handed in like this; nothing has changed.") % about
    if version.number == 1:
        return _("Thank you. %(month)s is handed in.") % about
    return _("Thank you. %(month)s is corrected. The earlier numbers stay visible.") % about


def conflict(request: HttpRequest, row: MonthRow, newest: SiteMonthVersion | None, form: MonthForm) -> HttpResponse:
    """409: who handed in what, and what was typed."""
    happened = ""
    if newest:
        who = newest.delivered_by or _("The system")
        when = moment(newest.delivered_at)
        happened = _("%(who)s handed in this month on %(when)s.") % {"who": who, "when": when}
    context = {
        "happened": happened,
        "back": reverse("site_month", args=[row.month.year, row.month.month]),
        "typed": list(forms.typed(request.POST)),
        "form": form.numbers,
    }
    return render(request, "reporting/returns/overtaken.html", context, status=HTTPStatus.CONFLICT)


def show(request: HttpRequest, row: MonthRow, before: SiteMonthVersion | None, form: MonthForm) -> HttpResponse:
    """The page of a month."""
    then = delivery.of(before).values
    context = {
        "row": row,
        "before": before,
        "form": form.numbers,
        "counts": [(form.numbers[column.name], shown(then[column.name])) for column in FIELDS],
        "topics": form.topics,
        "is_offered": row.newest is None and before is not None,
        "known_topics": MailTopic.objects.order_by("topic").values_list("topic", flat=True).distinct(),
        "history": history(row),
    }
    return render(request, "reporting/site/month.html", context)


def history(row: MonthRow) -> list[dict[str, object]]:
    """Every delivery, newest first: who, when, and what it changed."""
    if row.newest is None:
        return []
    versions = SiteMonthVersion.objects.filter(site_month=row.newest.site_month_id).order_by("number")
    found = list(versions.select_related("delivered_by").prefetch_related("topics"))
    return [
        {"version": version, "changes": delivery.differences(delivery.of(old), delivery.of(version))}
        for old, version in zip([None, *found], found, strict=False)
    ][::-1]

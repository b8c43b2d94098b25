"""The figures as a page and as files, and the cases behind them."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from reporting import board, comparison, drilldown, report
from reporting.forms import PeriodForm, build_default_answers, list_period_choices
from reporting.letter import corrections
from reporting.period import Period
from reporting.presentation import Address, link_nowhere
from reporting.report_files import FORMATS

ON_A_PAGE = 50
View = TypeVar("View", bound=Callable[..., Any])


def for_reporters(view: View) -> View:
    """Send anonymous users to the login page, and answer 403 to those who may not see the statistics."""
    return login_required(permission_required("exemptions.view_statistics", raise_exception=True)(view))


@never_cache
@require_safe
@for_reporters
def show_statistics(request: HttpRequest) -> HttpResponse:
    """One part of the figures over a period, compared with the period before and the time since the opening."""
    part = find_part(request.GET)
    asked = request.GET if set(request.GET) - {board.PARAMETER} else build_default_answers()
    form = PeriodForm(asked)
    context: dict[str, Any] = {"form": form, "choices": list_period_choices(), "part": part, "parts": board.PARTS}
    if form.is_valid():
        figures = part.by_id
        made, beside = report.compute_report(form.period, figures), comparison.compare_periods(form.period, figures)
        cards = board.make_cards(made, beside, address=address_of(request, form.query))
        context |= {
            "period": form.period,
            "beside": beside,
            "cards": board.put_charts_last(cards) if part is board.OVERVIEW else cards,
            "sections": [card.section for card in cards],
            "is_overview": part is board.OVERVIEW,
            "left_out": made.left_out,
            "corrections": corrections.find_corrections(form.period) if shows_corrections(part, form.period) else [],
            "formats": list(FORMATS),
            "query": form.query,
            "may_see_cases": get_person(request).has_perm(drilldown.PERMISSION),
        }
    return render(request, "reporting/statistics.html", context)


def shows_corrections(part: board.Part, period: Period) -> bool:
    """Whether to show corrections to published letters: those covered all cases, so only without filters."""
    return part in (board.OVERVIEW, board.EVERYTHING) and not period.only.chosen


def find_part(asked: QueryDict) -> board.Part:
    """The part that the query string names; the overview if it is empty, all figures if it has only a period."""
    if not asked:
        return board.OVERVIEW
    part = board.find_part(asked.get(board.PARAMETER, board.EVERYTHING.name))
    if part is None:
        raise Http404("no such part of the figures")
    return part


@never_cache
@require_safe
@for_reporters
def download_report(request: HttpRequest, name: str) -> HttpResponse:
    """The same figures as a file; days that make no period redirect to the page, which says why."""
    if name not in FORMATS:
        raise Http404
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('statistics')}?{request.GET.urlencode()}")
    make, media_type = FORMATS[name]
    days = (form.period.first, form.period.last, form.period.as_of)
    file = "-".join(["cijfers", *map(str, days), *form.period.only.as_data().values()])
    headers = {"Content-Disposition": f'attachment; filename="{file}.{name}"'}
    return HttpResponse(make(report.compute_report(form.period)), content_type=media_type, headers=headers)


@never_cache
@require_safe
@for_reporters
@permission_required(drilldown.PERMISSION, raise_exception=True)
def show_cases(request: HttpRequest, figure: str) -> HttpResponse:
    """The cases behind one row of a figure that this user may see at the desk."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('statistics')}?{request.GET.urlencode()}")
    try:
        found = drilldown.find_row(figure, request.GET.get("key", ""), form.period)
    except drilldown.NoSuchRow as error:
        raise Http404 from error
    user = get_person(request)
    page = Paginator(drilldown.with_case(found.seen_by(user)), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "period": form.period,
        "found": found,
        "counted": found.events.count(),
        "page_obj": page,
        "lines": [drilldown.build_case_line(event, user=user) for event in page],
        "query": form.query,
        "part": board.subject_of(found.figure),
    }
    return render(request, "reporting/cases.html", context)


def address_of(request: HttpRequest, query: str) -> Address:
    """The URLs behind rows, as far as this user may see them: lists of cases, or the pages where others hand in."""
    return (
        partial(drilldown.build_drilldown_url, query=query, user=get_person(request))
        if request.user.is_authenticated
        else link_nowhere
    )


def get_person(request: HttpRequest) -> User:
    """The logged-in user; raises Http404 for an anonymous one."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user

"""The pages of the team lead, at the desk."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.form_recovery import keep_typed
from accounts.models import User
from casework.desk.my_day import OwnRow, list_rows
from casework.desk.worklists import CountedWorklist
from exemptions.views.screens import user_of
from reporting.team.colleague_times import measure_team
from reporting.team.forecast import forecast_weeks, last_day
from reporting.team.forms import TeamPeriodForm
from reporting.team.load import MEASURES, SORTS, find_absences, list_loads
from reporting.team.money import sum_running_money
from reporting.team.permissions import LEAD
from reporting.team.proposals import list_proposals
from reporting.team.quality import list_samples
from reporting.team.satisfaction import list_opinions

View = Callable[..., HttpResponse]


def at_desk(permission: str, view: View) -> Callable[..., HttpResponseBase]:
    """Make a view a page of the desk for those with the permission; for everybody else it does not exist."""

    def only_for_them(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not user_of(request).has_perm(permission):
            raise Http404
        return view(request, *args, **kwargs)

    return keep_typed(admin.site.admin_view(only_for_them))


@require_safe
def show_team(request: HttpRequest) -> HttpResponse:
    """The state of today, and what happened in a period, in a constant number of queries."""
    user, today = user_of(request), timezone.localdate()
    form = TeamPeriodForm.read(request.GET)
    absences = list(find_absences(first=today, last=last_day(today=today)))
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Team"),
        "measures": MEASURES,
        "loads": list_loads(user, today=today, absences=absences),
        "overdue": list_overdue(user),
        "money": sum_running_money(user, today=today),
        "weeks": forecast_weeks(user, today=today, absences=absences),
        "form": form,
    }
    if period := form.period:
        context |= {
            "period": period,
            "lead_times": measure_team(period),
            "proposals": list_proposals(user, period),
            "opinions": list_opinions(period),
        }
    context["sample"] = list_samples().first()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return TemplateResponse(request, "desk/team.html", context, status=status)


team = at_desk(LEAD, show_team)


def list_overdue(user: User) -> list[tuple[str, str, list[OwnRow]]]:
    """For each sort: its title, the URL of all overdue cases, and the most overdue ones. One query per sort."""
    found: list[tuple[str, str, list[OwnRow]]] = []
    for sort in SORTS:
        if user.has_perm(sort.worklists.permission):
            worklist = sort.worklists.named("overdue", user)
            counted = CountedWorklist(worklist, 0, sort.worklists.url_of(worklist))
            found.append((str(sort.title), counted.url, list_rows(sort.worklists, counted, user)))
    return found

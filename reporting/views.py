"""The figures as a page and as files."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reporting import report
from reporting.exports import FORMATS
from reporting.forms import PeriodForm, choices, everything_until_yesterday
from reporting.presentation import sections

View = TypeVar("View", bound=Callable[..., Any])


def for_reporters(view: View) -> View:
    """Whoever is not logged in goes to the login page; whoever may not see the statistics is told so."""
    return login_required(permission_required("exemptions.view_statistics", raise_exception=True)(view))


@never_cache
@require_safe
@for_reporters
def statistics(request: HttpRequest) -> HttpResponse:
    """All figures over a period, as tables and charts."""
    form = PeriodForm(request.GET or everything_until_yesterday())
    context: dict[str, Any] = {"form": form, "choices": choices()}
    if form.is_valid():
        context |= {
            "period": form.period,
            "sections": sections(report.compute(form.period)),
            "formats": list(FORMATS),
            "query": form.query,
        }
    return render(request, "reporting/statistics.html", context)


@never_cache
@require_safe
@for_reporters
def download(request: HttpRequest, name: str) -> HttpResponse:
    """The same figures as a file; days that make no period lead back to the page, which says why."""
    if name not in FORMATS:
        raise Http404
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('statistics')}?{request.GET.urlencode()}")
    make, media_type = FORMATS[name]
    file = f"cijfers-{form.period.first}-{form.period.last}-{form.period.as_of}.{name}"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return HttpResponse(make(report.compute(form.period)), content_type=media_type, headers=headers)

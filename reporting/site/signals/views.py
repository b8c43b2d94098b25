"""The pages on which signals of branch organisations are noted."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.form_recovery import take_typed
from casework.deadline_words import format_moment
from exemptions.views.screens import user_of
from reporting.deliveries.access import only_for
from reporting.models import BranchSignal
from reporting.site.signals import services
from reporting.site.signals.forms import FilterForm, SignalForm, list_known_values
from reporting.site.signals.services import NOTE, NoLonger

ON_A_PAGE = 25
for_noters = only_for(NOTE)


@for_noters
@require_safe
def list_signals(request: HttpRequest) -> HttpResponse:
    """The current signals, newest period first, with filters on period and topic."""
    form = FilterForm(request.GET, topics=list_known_values("topic"))
    page = Paginator(form.rows(), ON_A_PAGE).get_page(request.GET.get("page"))
    is_filtered = any(request.GET.get(name) for name in form.fields)
    return render(request, "reporting/site/signals.html", {"form": form, "page_obj": page, "is_filtered": is_filtered})


@for_noters
@require_http_methods(["GET", "HEAD", "POST"])
def add_signal(request: HttpRequest) -> HttpResponse:
    """Note a signal."""
    form = SignalForm(request.POST if request.method == "POST" else take_typed(request))
    if request.method != "POST" or not form.is_valid():
        return show_signal_form(request, form)
    services.note_signal(said=form.said, by=user_of(request))
    messages.success(request, _("The signal is noted."))
    return redirect("signals")


@for_noters
@require_http_methods(["GET", "HEAD", "POST"])
def edit_signal(request: HttpRequest, pk: int) -> HttpResponse:
    """A signal, and what it said before; sending the form again changes it."""
    signal = get_object_or_404(BranchSignal, pk=pk)
    if request.method != "POST":
        typed = take_typed(request)
        form = SignalForm(typed) if typed else SignalForm(initial=asdict(services.read_signal(signal)))
        return show_signal_form(request, form, signal)
    form = SignalForm(request.POST)
    if not form.is_valid():
        return show_signal_form(request, form, signal)
    try:
        kept = services.change_signal(signal, said=form.said, by=user_of(request))
    except NoLonger as error:
        return show_changed_signal(request, error.signal, form)
    messages.success(request, _("Nothing has changed.") if kept == signal else _("The signal is changed."))
    return redirect("signals")


@for_noters
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for confirmation, then withdraw the signal."""
    signal = get_object_or_404(BranchSignal, pk=pk)
    if request.method != "POST":
        return render(request, "reporting/site/signal_withdraw.html", {"signal": signal})
    try:
        services.withdraw_signal(signal, by=user_of(request))
    except NoLonger as error:
        return show_changed_signal(request, error.signal)
    messages.success(request, _("The signal is withdrawn. Reports as of an earlier day keep it."))
    return redirect("signals")


def show_signal_form(request: HttpRequest, form: SignalForm, signal: BranchSignal | None = None) -> HttpResponse:
    """The form; for an existing signal with its history."""
    context: dict[str, Any] = {
        "form": form,
        "signal": signal,
        "topics": list_known_values("topic"),
        "organisations": list_known_values("organisation"),
    }
    if signal:
        line = BranchSignal.objects.line_of(signal).select_related("noted_by", "withdrawn_by")
        context["history"] = list(line)
    return render(request, "reporting/site/signal.html", context)


def show_changed_signal(request: HttpRequest, signal: BranchSignal, form: SignalForm | None = None) -> HttpResponse:
    """Answer 409: who changed or withdrew the signal, and what this user had typed."""
    newest = BranchSignal.objects.line_of(signal).select_related("noted_by", "withdrawn_by")[0]
    when = {"when": format_moment(newest.replaced_at or newest.noted_at)}
    if newest.replaced_at:
        happened = _("%(who)s withdrew this signal on %(when)s.") % {"who": newest.withdrawn_by, **when}
    else:
        happened = _("%(who)s changed this signal on %(when)s.") % {"who": newest.noted_by, **when}
    typed = [(str(form.fields[name].label), request.POST.get(name, "")) for name in form.fields] if form else []
    context = {"happened": happened, "newest": newest, "typed": typed, "form": form}
    return render(request, "reporting/site/signal_overtaken.html", context, status=HTTPStatus.CONFLICT)

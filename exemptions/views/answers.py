"""What the applicant's side does with a sent application: view, dispute, withdraw, rate, give notice of default."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_fsm import ConcurrentTransition, TransitionNotAllowed, can_proceed

from accounts.form_recovery import keep_typed, take_typed
from casework import suspensions
from casework.steps import StepRefused
from exemptions.forms.answer import AgreementForm, DefaultNoticeForm, DisputeForm, RateForm, ViewForm, WithdrawForm
from exemptions.intake import summary
from exemptions.models import Application
from exemptions.portal import lateness
from exemptions.views import conflict
from exemptions.views.mine import get_own_application
from exemptions.views.screens import user_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def give_view(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give a view on data that differ from the applicant's own (Awb 4:7), or on a change that we intend (4:8)."""
    application = get_own_application(request, key)
    step = "give_view_on_change" if application.is_decided else "give_view"
    return answer_step(
        request,
        application,
        ViewForm,
        step=step,
        take=lambda form: getattr(application, step)(by=user_of(request), view=form.cleaned_data["view"]),
        done=_("We have your view. A caseworker will continue with your application."),
        template="portal/give_view.html",
        context=lambda: {"asked": application.view_requests.filter(closed_at=None).first()},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def withdraw_application(request: HttpRequest, key: UUID) -> HttpResponse:
    """Withdraw the application, after a confirmation that explains the consequences."""
    application = get_own_application(request, key)
    return answer_step(
        request,
        application,
        WithdrawForm,
        step="withdraw",
        take=lambda form: application.withdraw(by=user_of(request), reason=form.cleaned_data["reason"]),
        done=_("You have withdrawn this application. A letter that confirms it is on this page."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def agree_to_delay(request: HttpRequest, key: UUID) -> HttpResponse:
    """Agree in writing to a later decision (Awb 4:15(2)(a)); those who do not agree need do nothing."""
    application = get_own_application(request, key)
    return answer_step(
        request,
        application,
        AgreementForm,
        step="agree_to_delay",
        take=lambda form: application.agree_to_delay(by=user_of(request), agreed_on=timezone.localdate()),
        done=_("Thank you. A letter with the new date is on this page."),
        context=lambda: {"delay": suspensions.of_case(application).proposed().first()},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def dispute_facts(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that the vehicle's data are wrong, and why."""
    application = get_own_application(request, key)
    return answer_step(
        request,
        application,
        DisputeForm,
        step="dispute_facts",
        take=lambda form: application.dispute_facts(by=user_of(request), why=form.cleaned_data["why"]),
        done=_("Thank you. A caseworker will look at the details of your vehicle."),
        initial={"why": application.facts_disputed},
        context=lambda: {"rows": summary.vehicle_rows(application)},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def rate_handling(request: HttpRequest, key: UUID) -> HttpResponse:
    """Rate our handling, once, after the decision."""
    application = get_own_application(request, key)
    return answer_step(
        request,
        application,
        RateForm,
        step="rate",
        take=lambda form: application.rate(by=user_of(request), **form.cleaned_data),
        done=_("Thank you. We will use your answer to improve our work."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def default_notice(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give notice of default (Awb 4:17), once the last day to decide has passed."""
    application = get_own_application(request, key)
    return answer_step(
        request,
        application,
        DefaultNoticeForm,
        step="receive_default_notice",
        take=lambda form: application.receive_default_notice(by=user_of(request), received_on=timezone.localdate()),
        done=_("We have your notice of default. A letter about it is on this page."),
        template="portal/default_notice.html",
        possible=lambda: lateness.find_lateness(application).can_tell,
        context=lateness.explain_penalty,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def discard_draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """Discard a draft, after a confirmation; an application that was sent stays."""
    draft = get_own_application(request, key)
    if request.method == "POST":
        if not draft.drop():
            return conflict.show_conflict(request, draft, Form())
        messages.success(request, _("The draft has been discarded."))
        return redirect("my_applications")
    return (
        render(request, "portal/discard.html", {"draft": draft})
        if draft.is_draft
        else show_step_not_possible(request, draft)
    )


def answer_step(
    request: HttpRequest,
    case: Any,
    form_class: type[Form],
    *,
    step: str,
    take: Callable[[Any], None],
    done: str,
    at: conflict.Home | None = None,
    template: str = "",
    possible: Callable[[], bool] = lambda: True,
    initial: dict[str, Any] | None = None,
    context: Callable[[], dict[str, Any]] = dict,
) -> HttpResponse:
    """Show the form of a step and take the step; too late or twice gives a page that says what happened.

    `at` is the home page of the case; by default an application's own.
    """
    at = at or conflict.make_home(request, case)
    form = form_class(request.POST if request.method == "POST" else take_typed(request), initial=initial)
    now = can_proceed(getattr(case, step)) and possible()
    if request.method == "POST":
        if not now:
            return conflict.page_of(request, at, form)
        if form.is_valid() and (response := take_answer(request, at, form, take=take, done=done)):
            return response
    elif not now:
        return conflict.show_step_not_possible(request, at)
    return render(request, template or f"portal/{step}.html", {**at.shown, "form": form, **context()})


def take_answer(
    request: HttpRequest, at: conflict.Home, form: Form, *, take: Callable[[Any], None], done: str
) -> HttpResponse | None:
    """Take the step and go to the case, or to the conflict page if it was too late; None if the input is refused."""
    try:
        take(form)
    except StepRefused as refused:
        refused.add_to(form)
        return None
    except (TransitionNotAllowed, ConcurrentTransition):
        return conflict.page_of(request, at, form)
    messages.success(request, done)
    return redirect(at.url)


def show_step_not_possible(request: HttpRequest, application: Application) -> HttpResponse:
    """Redirect from the page of a step that can no longer be taken to the application, with what happened."""
    return conflict.show_step_not_possible(request, conflict.make_home(request, application))

"""What the applicant's side does with a sent application: complete, give a view, dispute the facts, withdraw."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_fsm import ConcurrentTransition, TransitionNotAllowed, can_proceed

from accounts.resume import keep_typed, take_typed
from casework.steps import StepRefused
from exemptions.filing import summary
from exemptions.forms.answer import DisputeForm, ViewForm, WithdrawForm
from exemptions.models import Application
from exemptions.views import conflict
from exemptions.views.mine import own
from exemptions.views.screens import user_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def give_view(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say what one thinks of data that differ from one's own (Awb 4:7)."""
    application = own(request, key)
    return answer(
        request,
        application,
        ViewForm,
        step="give_view",
        take=lambda form: application.give_view(by=user_of(request), view=form.cleaned_data["view"]),
        done=_("We have your view. A caseworker goes on with your application."),
        context=lambda: {"asked": application.view_requests.filter(closed_at=None).first()},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take the application back, after a confirmation that tells what that means."""
    application = own(request, key)
    return answer(
        request,
        application,
        WithdrawForm,
        step="withdraw",
        take=lambda form: application.withdraw(by=user_of(request), reason=form.cleaned_data["reason"]),
        done=_("You have taken back this application. A letter that confirms it is on this page."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def dispute_facts(request: HttpRequest, key: UUID) -> HttpResponse:
    """'These data are wrong', and why."""
    application = own(request, key)
    return answer(
        request,
        application,
        DisputeForm,
        step="dispute_facts",
        take=lambda form: application.dispute_facts(by=user_of(request), why=form.cleaned_data["why"]),
        done=_("Thank you. A caseworker looks at the data of your vehicle."),
        initial={"why": application.facts_disputed},
        context=lambda: {"rows": summary.vehicle_rows(application)},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw a draft away, after a confirmation; what was sent stays."""
    draft = own(request, key)
    if request.method == "POST":
        try:
            draft.drop()
        except ValueError:
            return conflict.page(request, draft, Form())
        messages.success(request, _("The draft was thrown away."))
        return redirect("my_applications")
    return render(request, "portal/discard.html", {"draft": draft}) if draft.is_draft else not_now(request, draft)


def answer(
    request: HttpRequest,
    application: Application,
    form_class: type[Form],
    *,
    step: str,
    take: Callable[[Any], None],
    done: str,
    initial: dict[str, str] | None = None,
    context: Callable[[], dict[str, Any]] = dict,
) -> HttpResponse:
    """Show the form of a step and take the step; too late or twice gives a page that tells what happened."""
    form = form_class(request.POST if request.method == "POST" else take_typed(request), initial=initial)
    if request.method == "POST":
        if not can_proceed(getattr(application, step)):
            return conflict.page(request, application, form)
        if form.is_valid() and (response := taken(request, application, form, take=take, done=done)):
            return response
    elif not can_proceed(getattr(application, step)):
        return not_now(request, application)
    page = {"application": application, "form": form, **context()}
    return render(request, f"portal/{step}.html", page)


def taken(
    request: HttpRequest, application: Application, form: Form, *, take: Callable[[Any], None], done: str
) -> HttpResponse | None:
    """Take the step: to the application, or the page of who was too late; None where what was typed is refused."""
    try:
        take(form)
    except StepRefused as refused:
        form.add_error(None, ValidationError(refused.messages))
        return None
    except (TransitionNotAllowed, ConcurrentTransition):
        return conflict.page(request, application, form)
    messages.success(request, done)
    return redirect("application", key=application.key)


def not_now(request: HttpRequest, application: Application) -> HttpResponse:
    """The page of a step that cannot be taken any more leads to the application, with what happened."""
    happened = conflict.happened(request, application)
    messages.info(request, _("That is not possible (any more). %(happened)s") % {"happened": happened})
    return redirect("application", key=application.key)

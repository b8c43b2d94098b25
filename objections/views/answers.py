"""Steps of the objector's side that need words only: about the hearing, withdrawing, saying that we are late."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.form_recovery import keep_typed
from exemptions.forms.answer import DefaultNoticeForm
from exemptions.portal import lateness
from exemptions.views.answers import answer_step
from exemptions.views.screens import user_of
from objections.forms import CostsForm, DeclineHearingForm, HearingForm, PenaltyForm, WithdrawForm
from objections.models import ObjectionStatus
from objections.portal import progress
from objections.steps.penalty import find_contestable_penalty
from objections.views import mine


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def answer_hearing(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say whether the objector wants to be heard, or after the invitation no longer does (Awb 7:2, 7:3)."""
    objection = mine.get_own_objection(request, key)
    is_planned = objection.status == ObjectionStatus.HEARING_PLANNED
    return answer_step(
        request,
        objection,
        DeclineHearingForm if is_planned else HearingForm,
        step="answer_hearing",
        take=lambda form: objection.answer_hearing(
            by=user_of(request), wants=form.cleaned_data.get("wants") == "yes", reply=form.cleaned_data["reply"]
        ),
        done=_("Thank you. We have your answer about the hearing."),
        at=mine.make_home(request, objection),
        template="portal/objection_decline_hearing.html" if is_planned else "portal/objection_hearing.html",
        context=lambda: {"hearing": progress.build_case(objection).hearing, "today": mine.get_today()},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def ask_costs(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask us to pay the costs of the objection, until we decide (Awb 7:15)."""
    objection = mine.get_own_objection(request, key)
    return answer_step(
        request,
        objection,
        CostsForm,
        step="ask_costs",
        take=lambda _form: objection.ask_costs(by=user_of(request)),
        done=_("You have asked us to pay your costs. We will decide about it together with your objection."),
        at=mine.make_home(request, objection),
        template="portal/objection_costs.html",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def contest_penalty(request: HttpRequest, key: UUID) -> HttpResponse:
    """Extend the objection to the penalty for deciding late, until we decide (Awb 4:19)."""
    objection = mine.get_own_objection(request, key)
    return answer_step(
        request,
        objection,
        PenaltyForm,
        step="contest_penalty",
        take=lambda _form: objection.contest_penalty(by=user_of(request)),
        done=_("Your objection is now about the penalty too. We decide on both together."),
        at=mine.make_home(request, objection),
        template="portal/objection_penalty.html",
        context=lambda: {"penalty": find_contestable_penalty(objection.application)},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def withdraw_objection(request: HttpRequest, key: UUID) -> HttpResponse:
    """Withdraw the objection, after a confirmation that says what that means (Awb 6:21)."""
    objection = mine.get_own_objection(request, key)
    return answer_step(
        request,
        objection,
        WithdrawForm,
        step="withdraw",
        take=lambda form: objection.withdraw(by=user_of(request), reason=form.cleaned_data["reason"]),
        done=_("You have withdrawn this objection. A letter that confirms it is on this page."),
        at=mine.make_home(request, objection),
        template="portal/objection_withdraw.html",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def default_notice(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send a notice of default about a decision on an objection (Awb 7:14, 4:17)."""
    objection = mine.get_own_objection(request, key)
    return answer_step(
        request,
        objection,
        DefaultNoticeForm,
        step="receive_default_notice",
        take=lambda form: objection.receive_default_notice(by=user_of(request), received_on=timezone.localdate()),
        done=_("We have your notice of default. A letter about it is on this page."),
        at=mine.make_home(request, objection),
        template="portal/default_notice.html",
        possible=lambda: lateness.find_lateness(objection).can_tell,
        context=lateness.explain_penalty,
    )

"""Filing an objection: a page to fill in, now or later, a page to check it, and sending it once."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from accounts.form_recovery import keep_typed, take_typed
from casework.deadline_words import format_day
from casework.steps import StepRefused
from casework.uploads.upload_checks import upload_limits
from exemptions import access_today
from exemptions.models import Application, Decision
from exemptions.views import conflict
from exemptions.views.mine import get_own_application
from exemptions.views.screens import user_of
from objections.forms import ObjectionForm, SendForm
from objections.models import Objection
from objections.portal import drafts, files, post, summary
from objections.steps.penalty import find_contestable_penalty
from objections.views import mine
from objections.views.papers import keep_files


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def object_to(request: HttpRequest, key: UUID, reference: str = "") -> HttpResponse:
    """Write an objection to the standing decision, or continue a draft, whoever began it.

    `reference`: that of a decision on a penalty or a conversion, to object to that alone (Awb 4:18, 6:2).
    """
    application = get_own_application(request, key)
    decision = drafts.find_objectable_decision(application, reference)
    if decision is None:
        return show_not_possible(request, application, reference, ObjectionForm(request.POST, is_late=True))
    asked = list_asked(application, decision)
    if request.method == "POST":
        return respond_to_form(request, application, decision, asked=asked)
    draft = drafts.find_draft(application, reference)
    typed = take_typed(request)
    form = ObjectionForm(typed, **asked) if typed else ObjectionForm(initial=get_initial(request, draft), **asked)
    return show_objection_form(request, application, decision, draft, form)


def list_asked(application: Application, decision: Decision) -> dict[str, Any]:
    """What the form also asks: why it is late, and whether the penalty is contested too (Awb 4:19)."""
    penalty = find_contestable_penalty(application) if decision.is_on_application else None
    return {"is_late": compute_last_day(decision) < timezone.localdate(), "penalty": penalty}


def name_other(decision: Decision) -> str:
    """The reference in the URLs for a decision that is not on the application itself; empty otherwise."""
    return "" if decision.is_on_application else decision.reference


def address_of(name: str, application: Application, reference: str) -> str:
    """The URL of one of the three pages of objecting."""
    return reverse(name, args=[application.key, *filter(None, [reference])])


def get_initial(request: HttpRequest, draft: Objection | None) -> dict[str, object]:
    """The stored draft. Returning from the check page without grounds means that they will be sent later."""
    kept = {name: getattr(draft, name) for name in drafts.WORDS} if draft else {}
    return {
        **kept,
        "pro_forma": bool(draft and not draft.grounds and "check" in request.GET),
        "contests_penalty": bool(draft and draft.penalty_id),
    }


def compute_last_day(decision: Decision) -> date:
    """The last day to object."""
    last: date = Objection(decision=decision).object_until
    return last


def respond_to_form(
    request: HttpRequest, application: Application, decision: Decision, *, asked: dict[str, Any]
) -> HttpResponse:
    """Keep the words and accepted files whatever else is wrong; then do what the button says."""
    form = ObjectionForm(request.POST, request.FILES, by=user_of(request), to_send="check" in request.POST, **asked)
    is_good, reference = form.is_valid(), name_other(decision)
    try:
        kept = drafts.keep_draft(
            application, reference, words=form.words(), seen=request.POST.get("seen", ""), by=user_of(request)
        )
        keep_files(request, kept.draft, form, step="file")
    except (TransitionNotAllowed, ConcurrentTransition):
        return show_not_possible(request, application, reference, form)
    if kept.clashes:
        return show_objection_form(request, application, decision, kept.draft, form, clashes=True)
    if "later" in request.POST:
        return finish_later(request, application, kept.draft, form)
    if "check" in request.POST and is_good and form.is_valid():
        return redirect(address_of("object_check", application, reference))
    return show_objection_form(request, application, decision, kept.draft, form)


def finish_later(request: HttpRequest, application: Application, draft: Objection, form: ObjectionForm) -> HttpResponse:
    """Continue another day; errors about refused files are shown first."""
    for error in form.errors.get("added", ()):
        messages.error(request, str(error))
    last = {"day": format_day(draft.object_until)}
    messages.success(request, _("Saved, but not sent yet. The last day to object is %(day)s.") % last)
    return redirect("application", key=application.key)


def show_objection_form(
    request: HttpRequest,
    application: Application,
    decision: Decision,
    draft: Objection | None,
    form: ObjectionForm,
    *,
    clashes: bool = False,
) -> HttpResponse:
    """The page with the form; after a conflict, with what somebody else typed next to it."""
    context = {
        "access": access_today.find_access_today(application),
        "application": application,
        "decision": decision,
        "penalty": form.penalty,
        "letter": post.letter_of(decision),
        "until": compute_last_day(decision),
        "is_late": compute_last_day(decision) < timezone.localdate(),
        "draft": draft,
        "documents": list(files.find_unsent_files(draft)) if draft else [],
        "form": form,
        "seen": drafts.mark_draft(draft),
        "theirs": summary.build_typed_rows(draft) if draft and clashes else [],
        "allowed": upload_limits(),
    }
    return render(request, "portal/object_to.html", context)


def show_not_possible(
    request: HttpRequest, application: Application, reference: str, form: ObjectionForm
) -> HttpResponse:
    """Explain why one cannot object: it was sent already, or the application has moved on. Nothing typed is lost."""
    sent = drafts.already_sent(application, reference)
    at = mine.make_home(request, sent) if sent else conflict.make_home(request, application)
    if request.method == "POST":
        return conflict.page_of(request, at, form)
    if sent:
        messages.info(request, _("You have already sent an objection to this decision. This is its page."))
        return redirect(at.url)
    return conflict.show_step_not_possible(request, at)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def object_check(request: HttpRequest, key: UUID, reference: str = "") -> HttpResponse:
    """Show everything once more, with the button that sends. A second click leads to what the first one sent."""
    application = get_own_application(request, key)
    take_typed(request)
    draft = drafts.find_draft(application, reference)
    if draft is None or drafts.find_objectable_decision(application, reference) is None:
        return to_sent(request, application, reference, otherwise="object_to")
    if request.method != "POST":
        return look_over(request, draft)
    try:
        objection = drafts.send_draft(application, reference, seen=request.POST.get("seen", ""), by=user_of(request))
    except StepRefused as refused:
        return look_over(request, draft, refused=refused)
    except drafts.HasChanged:
        now = drafts.find_draft(application, reference)
        form = address_of("object_to", application, reference)
        return look_over(request, now, has_changed=True) if now else redirect(form)
    except (TransitionNotAllowed, ConcurrentTransition):
        return to_sent(request, application, reference, otherwise="application")
    messages.success(request, _("We have received your objection. You do not need to do anything now."))
    return redirect("objection", key=objection.key)


def to_sent(request: HttpRequest, application: Application, reference: str, *, otherwise: str) -> HttpResponse:
    """Redirect to the objection that was sent, or to `otherwise` if there is none."""
    sent = drafts.already_sent(application, reference)
    if sent is None:
        return redirect(address_of(otherwise, application, reference if otherwise == "object_to" else ""))
    messages.info(request, _("This objection has already been sent. Everything about it is here."))
    return redirect("objection", key=sent.key)


def look_over(
    request: HttpRequest, draft: Objection, *, refused: StepRefused | None = None, has_changed: bool = False
) -> HttpResponse:
    """The check page."""
    form = SendForm({} if refused else None)
    if refused:
        form.add_error(None, ValidationError(refused.messages))
    context = {
        "application": draft.application,
        "draft": draft,
        "sections": summary.build_sections(draft),
        "change": address_of("object_to", draft.application, name_other(draft.decision)) + "?check=1",
        "needs_reason": not draft.is_in_time and not draft.late_reason.strip(),
        "form": form,
        "seen": drafts.mark_draft(draft),
        "has_changed": has_changed,
    }
    return render(request, "portal/object_check.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def object_discard(request: HttpRequest, key: UUID, reference: str = "") -> HttpResponse:
    """Discard the draft after a confirmation; an objection that was sent stays."""
    application = get_own_application(request, key)
    draft = drafts.find_draft(application, reference)
    if draft is None:
        return show_not_possible(request, application, reference, ObjectionForm(is_late=False))
    if request.method == "POST":
        drafts.discard_draft(draft)
        messages.success(request, _("The draft has been discarded."))
        return redirect("application", key=key)
    back = address_of("object_to", application, reference)
    return render(request, "portal/object_discard.html", {"application": application, "back": back})

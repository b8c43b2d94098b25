"""Completing an application at our request: files for each item, an explanation, now or later."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_fsm import ConcurrentTransition, TransitionNotAllowed, can_proceed

from accounts.form_recovery import keep_typed, take_typed
from casework.steps import StepRefused
from casework.uploads.upload_checks import MAX_PER_ITEM, limits_per_item
from exemptions.forms.answer import SupplyForm
from exemptions.intake import draft_files
from exemptions.models import Application, CompletionRequest, RequestedItem
from exemptions.portal import answers
from exemptions.views import conflict
from exemptions.views.answers import show_step_not_possible
from exemptions.views.mine import get_own_application
from exemptions.views.screens import user_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def supply_completion(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what we asked for, why, and until when; accept the answer."""
    application = get_own_application(request, key)
    if not can_proceed(application.supply):
        form = SupplyForm(request.POST, items=[])
        return (
            conflict.show_conflict(request, application, form)
            if request.method == "POST"
            else show_step_not_possible(request, application)
        )
    completion = answers.latest_request(application)
    asked = list(completion.items.select_related("item__requirement").order_by("item__requirement__position", "pk"))
    if request.method == "POST":
        return respond_to_form(request, application, completion, asked)
    typed = take_typed(request)
    text = (typed.get("answer") if typed else "") or answers.find_kept_words(application)
    form = SupplyForm(items=[one.item for one in asked], initial={"answer": text})
    return show_supply(request, application, completion, asked, form=form)


def respond_to_form(
    request: HttpRequest, application: Application, completion: CompletionRequest, asked: list[RequestedItem]
) -> HttpResponse:
    """Store the good files whatever else is wrong; then finish later, or send."""
    form = SupplyForm(request.POST, request.FILES, items=[one.item for one in asked], by=user_of(request))
    is_good = form.is_valid()
    try:
        if "remove" in request.POST:
            return remove_file(request, application, form)
        keep_files(application, form, asked, request=request)
        if "later" in request.POST:
            return finish_later(request, application, form)
        if is_good and form.is_valid():
            application.supply(by=user_of(request), answer=form.cleaned_data["answer"].strip())
            return confirm_sent(request, application)
    except StepRefused as refused:
        form.add_error(None, ValidationError(refused.messages))
    except (TransitionNotAllowed, ConcurrentTransition):
        return conflict.show_conflict(request, application, form)
    return show_supply(request, application, completion, asked, form=form)


def keep_files(application: Application, form: SupplyForm, asked: list[RequestedItem], *, request: HttpRequest) -> None:
    """Store each item's good files; too many for an item becomes an error there."""
    for name, item in form.items.items():
        try:
            answers.add_files(application, item, form.checked.get(name, []), by=user_of(request))
        except draft_files.TooManyFiles:
            message = _("At most %(count)s files for one item. Put several pages in one PDF.")
            form.add_error(name, message % {"count": MAX_PER_ITEM})
        except draft_files.NotKept:
            form.add_error(name, _("Files cannot be saved at the moment. Try again in a few minutes."))


def remove_file(request: HttpRequest, application: Application, form: SupplyForm) -> HttpResponse:
    """Remove a file that was just added; the words typed so far are kept."""
    answers.keep_words(application, str(form.data.get("answer", "")))
    number = str(form.data.get("remove", ""))
    document = answers.remove_file(application, int(number)) if number.isdecimal() and len(number) < 19 else None
    if document:
        messages.success(request, _("“%(name)s” was removed.") % {"name": document.name})
    return redirect("supply", key=application.key)


def finish_later(request: HttpRequest, application: Application, form: SupplyForm) -> HttpResponse:
    """Continue another day: files and words are kept. Messages first say which files were refused."""
    answers.keep_words(application, str(form.data.get("answer", "")))
    for field, errors in form.errors.items():
        if field in form.items:
            for error in errors:
                messages.error(request, str(error))
    messages.success(request, _("Saved, but not sent yet. Come back here to continue and send it."))
    return redirect("application", key=application.key)


def confirm_sent(request: HttpRequest, application: Application) -> HttpResponse:
    """Confirm that the answer was sent."""
    answers.keep_words(application, "")
    messages.success(request, _("Thank you. We have your answer. A caseworker will continue with your application."))
    return redirect("application", key=application.key)


def show_supply(
    request: HttpRequest,
    application: Application,
    completion: CompletionRequest,
    asked: list[RequestedItem],
    *,
    form: SupplyForm,
) -> HttpResponse:
    """The page: each item with why we ask for it, what was added before, and its file field."""
    kept = answers.unsent_by_item(application)
    rows = [
        {"asked": one, "field": form[name], "files": kept.get(one.item_id, [])}
        for one, name in zip(asked, form.items, strict=True)
    ]
    context = {
        "application": application,
        "request_for": completion,
        "rows": rows,
        "form": form,
        "allowed": limits_per_item(),
        "is_late": completion.ends_on < timezone.localdate(),
    }
    return render(request, "portal/supply.html", context)

"""The thread of an application: what its side and the desk wrote to each other, and writing."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from accounts import rate
from accounts.form_recovery import keep_typed, take_typed
from casework import message_steps
from casework.models import CaseMessage
from casework.steps import StepRefused
from exemptions.forms.message import MessageForm
from exemptions.forms.papers import keep_papers
from exemptions.models import Application
from exemptions.views import conflict
from exemptions.views.mine import get_own_application
from exemptions.views.screens import user_of

WRITTEN_AN_HOUR = 20
"""By one account, about whatever case."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def case_messages(request: HttpRequest, key: UUID) -> HttpResponse:
    """Read and write; what the desk wrote counts as read by whoever opens it first."""
    application = get_own_application(request, key)
    if application.is_draft:
        raise Http404("a draft has no desk yet")
    user = user_of(request)
    if request.method != "POST":
        CaseMessage.objects.of(application).from_side(desk=True).mark_read(by=user)
        return show_thread(request, application, MessageForm(take_typed(request), by=user))
    form = MessageForm(request.POST, request.FILES, by=user)
    if not form.is_valid():
        return show_thread(request, application, form)
    if not rate.count_request(f"message-{user.pk}", most=WRITTEN_AN_HOUR, seconds=3600):
        form.add_error(None, _("You have written many messages in a short time. Wait an hour."))
        return show_thread(request, application, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    return send_message(request, application, form)


def send_message(request: HttpRequest, application: Application, form: MessageForm) -> HttpResponse:
    """Keep the files and the words together, or neither."""
    user, data = user_of(request), form.cleaned_data
    try:
        with transaction.atomic():
            papers = keep_papers(data["documents"], dossier=application.dossier, by=user)
            application.message_desk(by=user, text=data["text"], documents=papers)
    except StepRefused as refused:
        refused.add_to(form)
        return show_thread(request, application, form)
    except (TransitionNotAllowed, ConcurrentTransition):
        return conflict.show_conflict(request, application, form)
    messages.success(request, _("Your message has been sent."))
    return redirect("case_messages", key=application.key)


def show_thread(
    request: HttpRequest, application: Application, form: MessageForm, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """The page: the newest message at the bottom, the form below it."""
    thread = CaseMessage.objects.of(application).select_related("by").prefetch_related("documents")
    context = {
        "application": application,
        "thread": thread,
        "form": form,
        "answer_days": message_steps.get_answer_days(),
    }
    return render(request, "portal/case_messages.html", context, status=status)

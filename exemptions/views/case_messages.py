"""The thread of a case in the portal: messages between the applicant's side and the desk, and writing one.

Each type of case has its own page, which provides the home of the case; the rest is shared.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from accounts.form_recovery import keep_typed, take_typed
from casework import message_steps
from casework.limits import count_use
from casework.models import AwbCase, CaseMessage
from casework.steps import StepRefused
from exemptions.forms.message import MessageForm
from exemptions.forms.papers import keep_papers
from exemptions.views import conflict
from exemptions.views.mine import get_own_application
from exemptions.views.screens import user_of


@dataclass(frozen=True)
class Thread:
    """The messages of one case, for users who may see it. `head`: the template above the page.

    `file_page` and `file_key`: the URL name of an attached file, and the key of the case in it.
    """

    case: AwbCase
    home: conflict.Home
    title: str
    head: str
    file_key: UUID
    file_page: str = "document"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def case_messages(request: HttpRequest, key: UUID) -> HttpResponse:
    """The messages about an application."""
    found = get_own_application(request, key)
    title = _("Messages about application %(number)s") % {"number": found.dossier}
    home = conflict.make_home(request, found)
    return answer_request(request, Thread(found, home, title, head="portal/_case_head.html", file_key=found.key))


def answer_request(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Show the thread or send a message; opening it marks the desk's messages as read. Raises Http404 for a draft."""
    if thread.case.is_draft:
        raise Http404("a draft has no desk yet")
    user = user_of(request)
    if request.method != "POST":
        CaseMessage.objects.of(thread.case).from_side(desk=True).mark_read(by=user)
        return show_thread(request, thread, MessageForm(take_typed(request), by=user))
    form = MessageForm(request.POST, request.FILES, by=user)
    if not form.is_valid():
        return show_thread(request, thread, form)
    if not count_use(user.pk, "messages_an_hour"):
        form.add_error(None, _("You have written many messages in a short time. Wait an hour."))
        return show_thread(request, thread, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    return send_message(request, thread, form)


def send_message(request: HttpRequest, thread: Thread, form: MessageForm) -> HttpResponse:
    """Save the files and the text together, or neither."""
    user, data = user_of(request), form.cleaned_data
    case: Any = thread.case  # each type of case declares the step
    try:
        with transaction.atomic():
            papers = keep_papers(data["documents"], dossier=case.dossier, by=user)
            case.message_desk(by=user, text=data["text"], documents=papers)
    except StepRefused as refused:
        refused.add_to(form)
        return show_thread(request, thread, form)
    except (TransitionNotAllowed, ConcurrentTransition):
        return conflict.page_of(request, thread.home, form)
    messages.success(request, _("Your message has been sent."))
    return redirect(case.messages_address)


def show_thread(
    request: HttpRequest, thread: Thread, form: MessageForm, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """The page: the newest message at the bottom, and the form below it."""
    context = {
        **thread.home.shown,
        "page": thread,
        "thread": CaseMessage.objects.of(thread.case).with_all(),
        "form": form,
        "answer_days": message_steps.get_answer_days(),
    }
    return render(request, "portal/case_messages.html", context, status=status)

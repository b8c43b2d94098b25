"""The pages of the assistant: ask, read, rate the answer, hand over to a person."""

from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from casework.limits import is_within_limit, is_within_lookups
from exemptions.intake.prefill import read_vehicle
from helpdesk.assistant import conversations
from helpdesk.assistant.forms import LONGEST_TEXT, HandOverForm, QuestionForm
from helpdesk.assistant.redaction import redact_text
from helpdesk.assistant.replies import LONGEST_QUESTION, compose_reply
from helpdesk.mailbox.questions import open_question
from helpdesk.models import Conversation, Question
from zones.plates import spell_plate

ONE_LINE = 190


def user_of(request: HttpRequest) -> User | None:
    """The logged-in user, if any."""
    return request.user if isinstance(request.user, User) else None


def get_page_language() -> str:
    """The language of the page."""
    return (get_language() or "nl")[:2]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handle_assistant(request: HttpRequest) -> HttpResponse:
    """The conversation so far, and the next question."""
    if request.method != "POST":
        return show_conversation(request, QuestionForm())
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return show_conversation(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not is_within_limit(request, "assistant_questions_a_minute"):
        form.add_error(None, _("You have asked many questions in a short time. Wait a minute and try again."))
        return show_conversation(request, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    question = form.cleaned_data["question"]
    said = compose_reply(
        question,
        language=get_page_language(),
        user=user_of(request),
        may_look_up=partial(is_within_lookups, request),
        context=conversations.read_context(request),
    )
    conversations.keep_vehicle(request, said.vehicle)
    turn = conversations.keep_turn(request, question, said)
    return redirect(f"{reverse('assistant')}#turn-{turn.number}")


def show_conversation(request: HttpRequest, form: QuestionForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    """Render the page."""
    turns = conversations.list_turns(
        conversations.find_conversation(request), user_of(request), typed=conversations.get_typed_numbers(request)
    )
    vehicle = read_vehicle(request)
    plate = spell_plate(vehicle.plate, country=vehicle.country) if vehicle else ""
    context = {"form": form, "turns": turns, "longest": LONGEST_QUESTION, "plate": plate}
    return render(request, "assistant/page.html", context, status=status)


@require_POST
def record_verdict(request: HttpRequest) -> HttpResponse:
    """Record whether an answer helped."""
    number, said = request.POST.get("turn", ""), request.POST.get("helped")
    conversation = conversations.find_conversation(request)
    if conversation is None or said not in ("yes", "no") or not (number.isdecimal() and len(number) <= 3):
        raise Http404
    if not conversations.record_helped(conversation, int(number), helped=said == "yes"):
        raise Http404
    return redirect(f"{reverse('assistant')}#turn-{number}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """Hand the question and the conversation over to a person."""
    conversation = conversations.find_conversation(request)
    if request.method != "POST":
        return show_hand_over(request, HandOverForm(initial=get_initial(conversation, user_of(request))), conversation)
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return show_hand_over(request, form, conversation, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not is_within_limit(request, "assistant_hand_overs_a_minute"):
        form.add_error(None, _("You have sent several questions in a short time. Wait a minute and try again."))
        return show_hand_over(request, form, conversation, status=HTTPStatus.TOO_MANY_REQUESTS)
    question = handed_over(form.cleaned_data, conversation)
    messages.success(
        request,
        _("We have your question, under number %(number)s. You will get an email.") % {"number": question.number},
    )
    return redirect("assistant")


def handed_over(data: dict[str, Any], conversation: Conversation | None) -> Question:
    """The question in the mailbox; two clicks make one question."""
    question = open_question(
        channel=Question.Channel.ASSISTANT,
        email=data["email"],
        name=data["name"],
        subject=" ".join(redact_text(data["text"]).split())[:ONE_LINE],
        text=data["text"],
        language=get_page_language(),
        conversation=conversation,
        key=str(data["key"]),
    )
    if conversation:
        Conversation.objects.filter(pk=conversation.pk, counted_at=None).update(handed_over_at=timezone.now())
    return question


def get_initial(conversation: Conversation | None, user: User | None) -> dict[str, Any]:
    """The initial values of the form."""
    typed = conversations.list_questions(conversation)[-LONGEST_TEXT:] if conversation else ""
    known = {"email": user.email, "name": user.name} if user else {}
    return {**known, "text": typed, "key": uuid4()}


def show_hand_over(
    request: HttpRequest, form: HandOverForm, conversation: Conversation | None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    """Render the page."""
    count = conversation.turns.count() if conversation else 0
    return render(request, "assistant/hand_over.html", {"form": form, "count": count}, status=status)

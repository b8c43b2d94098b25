"""Conversations as they are stored: without name, plate or address; only the session knows whose one is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.markup import render_markup
from exemptions.intake import prefill
from helpdesk.assistant import own_cases, places
from helpdesk.assistant.follow_ups import LOOKED_BACK
from helpdesk.assistant.redaction import redact_text
from helpdesk.assistant.replies import AnswerType, Context, Reply
from helpdesk.assistant.vehicles import shorten_plates
from helpdesk.content_version import compute_stamp
from helpdesk.facts import read_known_rows
from helpdesk.information.pages import PAGES
from helpdesk.information.topics import list_published
from helpdesk.models import Conversation, Turn

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from accounts.models import User

SESSION_KEY = "assistant"
CASES_KEY = "assistant-cases"
"""Case numbers typed, by question: known only to the session in which they were typed, while it lasts."""
ENDS_AFTER = timedelta(hours=4)
"""Silence after which the next question begins another conversation."""
MOST_TURNS = 60
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class ShownTurn:
    """A turn as the visitor reads it."""

    turn: Turn
    answer: "SafeString"
    sources: list[tuple[str, str]]


def find_conversation(request: HttpRequest) -> Conversation | None:
    """The ongoing conversation of this session."""
    try:
        key = UUID(str(request.session.get(SESSION_KEY, "")))
    except ValueError:
        return None
    since = timezone.now() - ENDS_AFTER
    return Conversation.objects.filter(key=key, counted_at=None, last_at__gte=since).first()


def read_context(request: HttpRequest) -> Context:
    """Earlier questions as they are stored, without plates and names; the vehicle is known only to the session."""
    vehicle = prefill.read_vehicle(request)
    if (conversation := find_conversation(request)) is None:
        return Context(vehicle=vehicle)
    last = list(conversation.turns.order_by("-number").values_list("question", "kind")[:LOOKED_BACK])
    is_choice = bool(last) and last[0][1] == AnswerType.CHOICE
    return Context([question for question, _kind in reversed(last)], is_choice, vehicle)


def keep_vehicle(request: HttpRequest, vehicle: prefill.AccessQuestion | None) -> None:
    """Let this session go on about this vehicle, as if it had been checked; about none if there is none."""
    if vehicle is None:
        prefill.forget_vehicle(request)
    elif vehicle != prefill.read_vehicle(request):
        prefill.keep_vehicle(request, vehicle)


def list_questions(conversation: Conversation) -> str:
    """Everything that was typed, one line each, for the person who takes over."""
    return "\n".join(conversation.turns.order_by("number").values_list("question", flat=True))


def keep_turn(request: HttpRequest, question: str, reply: Reply) -> Turn:
    """Add a question with its answer to this session's conversation; two tabs at once wait for each other."""
    with transaction.atomic():
        is_held = hold_session(request)
        conversation = lock_conversation(find_conversation(request)) or Conversation.objects.create(
            language=reply.language
        )
        conversation.last_at = timezone.now()
        conversation.save(update_fields=["last_at"])
        turn: Turn = conversation.turns.create(
            number=conversation.turns.count() + 1,
            question=redact_text(question),
            kind=reply.kind,
            language=reply.language,
            answer="" if is_private(reply) else shorten_plates(reply.answer.text, reply.named),
            topics=reply.answer.topics,
            sources=reply.answer.sources,
            handed_over=reply.answer.handed_over,
        )
        request.session[SESSION_KEY] = str(conversation.key)
        if is_private(reply) and (typed := own_cases.numbers_in(question)):
            request.session[CASES_KEY] = {**get_typed_numbers(request), str(turn.pk): " ".join(typed)}
        if is_held:
            request.session.save()  # before another tab, which waits for this session, reads it
    return turn


def hold_session(request: HttpRequest) -> bool:
    """Lock the row of this session and read what another tab began meanwhile; False if there is no row yet."""
    row = Session.objects.select_for_update(no_key=True).filter(pk=request.session.session_key).first()
    if row and (began := row.get_decoded().get(SESSION_KEY)):
        request.session[SESSION_KEY] = began
    return row is not None


def lock_conversation(conversation: Conversation | None) -> Conversation | None:
    """The same row, locked, if it is ongoing and has room."""
    if conversation is None:
        return None
    locked = Conversation.objects.select_for_update(no_key=True).filter(pk=conversation.pk, counted_at=None).first()
    return locked if locked and locked.turns.count() < MOST_TURNS else None


def is_private(reply: Reply) -> bool:
    """Whether it tells about the visitor's own case, which is never stored but looked up again each time."""
    return reply.kind == AnswerType.OWN and not reply.answer.handed_over


def record_helped(conversation: Conversation, number: int, *, helped: bool) -> bool:
    """Record whether an answer helped; returns whether that answer exists. The last verdict counts."""
    with transaction.atomic():
        locked = lock_uncounted(conversation)
        return bool(locked and locked.turns.filter(number=number).update(helped=helped))


def lock_uncounted(conversation: Conversation) -> Conversation | None:
    """The same row, locked, unless it has been counted."""
    return Conversation.objects.select_for_update(no_key=True).filter(pk=conversation.pk, counted_at=None).first()


def get_typed_numbers(request: HttpRequest) -> dict[str, str]:
    """The case numbers typed in this session, by question; stored questions are without them."""
    return dict(request.session.get(CASES_KEY, {}))


def list_turns(
    conversation: Conversation | None, user: "User | None", *, typed: Mapping[str, str] = NOTHING
) -> list[ShownTurn]:
    """Its turns in order; two queries, and those of the visitor's own cases."""
    if conversation is None:
        return []
    turns = list(conversation.turns.order_by("number"))
    languages = {turn.language for turn in turns}
    titles = {one.url: one.question for language in languages for one in list_published(language=language)}
    titles |= {page.url: str(page.title) for page in PAGES} | {reverse("account_login"): _("Log in")}
    if any(address not in titles for turn in turns for address in turn.sources):
        titles |= {
            places.get_zone_url(zone): str(zone)
            for zone in read_known_rows(timezone.localdate(), at=compute_stamp()).zones
        }
    return [
        ShownTurn(turn, render_markup(write_turn(turn, user, typed), heading=4), list_links(turn, titles))
        for turn in turns
    ]


def write_turn(turn: Turn, user: "User | None", typed: Mapping[str, str]) -> str:
    """The answer; about the visitor's own cases, the current state for the user now logged in."""
    if turn.kind != AnswerType.OWN or turn.handed_over or user is None or not user.is_authenticated:
        return turn.answer
    with override(turn.language):
        return own_cases.answer_for(user, typed.get(str(turn.pk), ""))


def list_links(turn: Turn, titles: dict[str, str]) -> list[tuple[str, str]]:
    """The sources with their titles; a page that is gone is left out."""
    return [(address, titles[address]) for address in turn.sources if address in titles]

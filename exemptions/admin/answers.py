"""What the applicant answered to our requests, newest first: on top of the case until it has ended."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.models import Document
from exemptions.models import Application, CompletionRequest, Status, ViewRequest


@dataclass(frozen=True)
class ApplicantAnswer:
    """One answer. `asked`: when its request was sent; `sort`: to what; `files`: those that came with it; `is_new`: the
    case has not gone on since."""

    asked: tuple[date, datetime]
    sort: str | Promise
    came_on: date
    words: str
    files: tuple[Document, ...] = ()
    is_new: bool = False


def answers_to(
    application: Application, completions: Iterable[CompletionRequest], views: Iterable[ViewRequest]
) -> list[ApplicantAnswer]:
    """The answers of a case that has not ended. One request is open at a time: they came in the order of the asking."""
    if application.has_ended:
        return []
    given = [
        *(build_completion_answer(one, one.answered_on) for one in completions if one.answered_on),
        *(build_view_answer(one, one.answered_at) for one in views if one.answered_at),
    ]
    given.sort(key=lambda answer: answer.asked, reverse=True)
    if given and application.status == Status.SUPPLIED:
        given[0] = replace(given[0], is_new=True)
    return given


def build_completion_answer(request: CompletionRequest, answered_on: date) -> ApplicantAnswer:
    """What was completed: the words, and the files that came in for the items that were asked."""
    files = tuple(
        document
        for asked in request.items.all()
        for document in asked.item.documents.all()
        if document.added_at >= request.sent_at and timezone.localdate(document.added_at) <= answered_on
    )
    return ApplicantAnswer(
        (timezone.localdate(request.sent_at), request.sent_at), _("completion"), answered_on, request.answer, files
    )


def build_view_answer(request: ViewRequest, answered_at: datetime) -> ApplicantAnswer:
    """The view of the applicant."""
    return ApplicantAnswer(
        (request.sent_on, request.created_at), _("view"), timezone.localdate(answered_at), request.view
    )

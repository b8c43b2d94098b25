"""One question as cameras send it, answered without a framework's overhead, which took longer than the answer."""

import json
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from rest_framework.utils.json import strict_constant

from enforcement import rate
from enforcement.answers import Question, encode_answer
from enforcement.api.authentication import read_token
from enforcement.checks import answer_program
from enforcement.questions import QuestionRefused, read_question

JSON = "application/json"
ANY_OR_JSON = frozenset(["", "*/*", JSON])
LONGEST = 1000  # bytes
DECODER = json.JSONDecoder(parse_constant=strict_constant)  # without NaN, like DRF's


def answer_at_once(request: HttpRequest) -> HttpResponse | None:
    """The answer, with the question recorded; None if the request needs a closer look."""
    if not is_plain(request.META):
        return None
    token = read_token(request.META.get("HTTP_AUTHORIZATION", "").encode("latin-1"))
    question = read_sent(request.body)
    if not token or question is None or not rate.within_questions_by_token(token):
        return None
    answer = answer_program(question, token=token)
    if answer is None:
        return None
    request.user = AnonymousUser()
    return HttpResponse(encode_answer(answer), content_type=JSON)


def is_plain(about: dict[str, Any]) -> bool:
    """Whether the request is JSON no longer than a question, and accepts JSON."""
    size = about.get("CONTENT_LENGTH") or ""
    is_short = size.isdecimal() and size.isascii() and int(size) <= LONGEST
    is_json = about.get("CONTENT_TYPE") == JSON and about.get("HTTP_ACCEPT", "") in ANY_OR_JSON
    return about["REQUEST_METHOD"] == "POST" and is_json and is_short


def read_sent(body: bytes) -> Question | None:
    """The question; None if the body is not one."""
    try:
        return read_question(DECODER.decode(body.decode()))
    except (QuestionRefused, ValueError, RecursionError):
        return None

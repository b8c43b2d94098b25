"""One question as cameras send it, answered without what a framework does for any request to any API.

That took longer than the answer. Nothing is refused here: whatever is not exactly so is left to `views.Checks`, which
looks the token up again and says what is wrong.
"""

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
DECODER = json.JSONDecoder(parse_constant=strict_constant)  # which has no NaN, as that of DRF


def answer_at_once(request: HttpRequest) -> HttpResponse | None:
    """The answer, the question kept; None where it needs a closer look."""
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
    """JSON of a size that a question has, for who takes JSON."""
    size = about.get("CONTENT_LENGTH") or ""
    is_short = size.isdecimal() and size.isascii() and int(size) <= LONGEST
    is_json = about.get("CONTENT_TYPE") == JSON and about.get("HTTP_ACCEPT", "") in ANY_OR_JSON
    return about["REQUEST_METHOD"] == "POST" and is_json and is_short


def read_sent(body: bytes) -> Question | None:
    """The question, if it is one."""
    try:
        return read_question(DECODER.decode(body.decode()))
    except (QuestionRefused, ValueError, RecursionError):
        return None

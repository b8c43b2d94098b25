"""Many questions in one request: a stream with one line of JSON per question, and one per answer, in the same order."""

import json
from collections.abc import Iterator
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from django.http import HttpRequest
from rest_framework import status
from rest_framework.exceptions import APIException

from enforcement.answers import UNKNOWN, Question, encode_answer
from enforcement.checks import answer_each
from enforcement.journal import note_questions
from enforcement.models import MachineClient
from enforcement.questions import QuestionRefused, read_question

MOST_LINES = 200_000
LONGEST_LINE = 1000  # bytes
MOST_BYTES = MOST_LINES * 250
IN_MEMORY = 4 * 1024 * 1024
PIECE = 64 * 1024
AT_ONCE = 5000  # lines

OTHER_ZONE = "zone: This token is of another municipality."
NO_JSON = "This line is no JSON object."
TOO_LONG = f"A line has at most {LONGEST_LINE} bytes."


class TooMany(APIException):
    """More than is answered in one request."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = f"Send at most {MOST_LINES} lines and {MOST_BYTES} bytes in one request."


def spool_request(request: HttpRequest) -> IO[bytes]:
    """Everything sent, in an unnamed temporary file; raises TooMany."""
    source, kept = find_source(request), SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the stream closes it
    size = lines = 0
    while piece := source.read(PIECE):
        size, lines = size + len(piece), lines + piece.count(b"\n")
        if size > MOST_BYTES or lines > MOST_LINES:
            kept.close()
            raise TooMany
        kept.write(piece)
        last = piece
    if size and not last.endswith(b"\n") and lines >= MOST_LINES:
        kept.close()
        raise TooMany
    kept.seek(0)
    return kept


def find_source(request: HttpRequest) -> IO[bytes]:
    """The body to read. Without a Content-Length, Django sees none, but the web server knows where it ends."""
    in_pieces = "CONTENT_LENGTH" not in request.META and request.META.get("wsgi.input_terminated")
    return cast(IO[bytes], request.META["wsgi.input"] if in_pieces else request)


def stream_answers(machine: MachineClient, sent: IO[bytes]) -> Iterator[bytes]:
    """The answers, a few thousand lines at a time; each time the questions are recorded first."""
    with sent:
        lines = iterate_lines(sent)
        while some := list(islice(lines, AT_ONCE)):
            yield answer_lines(machine, some)


def iterate_lines(sent: IO[bytes]) -> Iterator[bytes]:
    """The lines; of one that is too long, only the beginning."""
    while line := sent.readline(LONGEST_LINE + 1):
        rest = line
        while not rest.endswith(b"\n") and (rest := sent.readline(PIECE)):
            pass
        yield line


def answer_lines(machine: MachineClient, lines: list[bytes]) -> bytes:
    """An answer for each line."""
    read = [read_line(line, zone=machine.municipality.cbs_code) for line in lines]
    questions = [one for one in read if isinstance(one, Question)]
    note_questions(machine, questions)
    answers = iter(answer_each(questions))
    lines_out = (encode_answer(next(answers)) if isinstance(one, Question) else encode_error(one) for one in read)
    return b"".join(line + b"\n" for line in lines_out)


def read_line(line: bytes, *, zone: str) -> Question | str:
    """The question, or what is wrong with the line."""
    if len(line) > LONGEST_LINE:
        return TOO_LONG
    try:
        question = read_question(json.loads(line.decode()))
    except QuestionRefused as refused:
        return refused.sentence
    except (ValueError, RecursionError):
        return NO_JSON
    return question if question.zone == zone else OTHER_ZONE


def encode_error(error: str) -> bytes:
    """A line with the same fields, and the error in place of an answer."""
    return json.dumps({**UNKNOWN.as_json(), "error": error}).encode()

"""The question of a program, and what is kept of it."""

import json
from collections import Counter
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import pytest
from allauth.idp.oidc.models import Token
from django.db import OperationalError, connection
from django.test import Client

from accounts.models import User
from casework import clock
from enforcement import rate
from enforcement.digests import digest_plate
from enforcement.models import CHANGES, EnforcementQuestion, MachineClient
from tests.enforcement.exempted import AMSTERDAM, UTRECHT, exempted
from tests.looping import each
from zones.models import Municipality

pytestmark = pytest.mark.django_db

CHECK, BULK = "/api/v1/ontheffingscontroles", "/api/v1/ontheffingscontroles/bulk"
NOW = "2026-12-01T10:00:00+01:00"
QUESTION = {"plate": "V-123-BX", "country": "NL", "zone": UTRECHT, "at": NOW}
HOSTILE: list[Any] = [
    *([], None, 1, "x", {}, {**QUESTION, "plate": None}, {**QUESTION, "plate": 5}, {**QUESTION, "plate": ""}),
    *({**QUESTION, "plate": sent} for sent in ("\0", "x" * 21, ["V123BX"], "123456", "💥", "\ud800\ud800")),
    *({**QUESTION, "country": sent} for sent in ("nl", "NLD", "", None, "N\n")),
    *({**QUESTION, "zone": sent} for sent in ("", "Utrecht", "GM344", "GM03444", "GM0344\n", None, 344)),
    *(
        {**QUESTION, "at": sent}
        for sent in ("", "now", "2026-12-01", "2026-12-01T10:00:00", 0, None, "9999-12-31T23:59Z")
    ),
]


def ask(client: Client, question: Any = QUESTION) -> Any:
    return client.post(CHECK, json.dumps(question), content_type="application/json")


def test_the_answer_has_the_five_fields_of_the_description(as_program: Client):
    answer = ask(as_program)

    assert answer.status_code == 200
    assert list(answer.json()) == ["allowed", "by", "rule", "until", "reference"]


def test_a_grant_is_there_for_the_next_question(as_program: Client, applicant: User):
    question = {"plate": "wx 12345", "country": "PL", "zone": UTRECHT}
    before = ask(as_program, question).json()["allowed"]
    exemption = exempted("WX12345", country="PL", by=applicant)

    after = ask(as_program, question).json()

    assert (before, after["allowed"], after["by"]) == (None, True, "exemption")
    assert after["reference"] == exemption.decision.reference
    type(exemption).objects.update(revoked_at=clock.now())
    assert ask(as_program, question).json()["allowed"] is None


def test_another_municipality_is_refused(as_program: Client):
    refused = ask(as_program, {**QUESTION, "zone": AMSTERDAM})

    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert refused["Content-Type"] == "application/problem+json"


def test_each_question_leaves_a_row_without_the_plate(as_program: Client, machine: MachineClient):
    ask(as_program)

    row = EnforcementQuestion.objects.get()
    assert (row.machine, row.purpose, row.zone, row.count) == (machine, machine.purpose, UTRECHT, 1)
    assert [bytes(one) for one in row.plates] == [digest_plate("V123BX", "NL")]


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_lost_is_made_again(as_program: Client):
    with connection.cursor() as cursor, suppress(OperationalError):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    assert ask(as_program).status_code == 200
    assert EnforcementQuestion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_between_two_questions_is_made_again(as_program: Client):
    ask(as_program)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
    other.close()

    assert ask(as_program).status_code == 200
    assert EnforcementQuestion.objects.count() == 2


def test_a_question_is_one_query(as_program: Client, django_assert_num_queries: Any):
    ask(as_program)

    with django_assert_num_queries(1):
        ask(as_program)


def test_asked_as_no_program_asks_it_is_the_same_answer(as_program: Client, applicant: User):
    exempted("WX12345", country="PL", by=applicant)
    question = {"plate": "WX12345", "country": "PL", "zone": UTRECHT, "at": NOW}
    of_itself = ask(as_program, question)

    looked_at = as_program.post(
        CHECK, json.dumps(question), content_type="application/json; charset=utf-8", headers={"Accept": "text/csv, */*"}
    )

    assert looked_at.content == ask(as_program, question).content == of_itself.content
    assert EnforcementQuestion.objects.count() == 3


ENDS: list[tuple[Any, Any, HTTPStatus]] = [
    (Token, lambda: {"expires_at": clock.now()}, HTTPStatus.UNAUTHORIZED),
    (Token, lambda: {"scopes": CHANGES}, HTTPStatus.FORBIDDEN),
    (Token, lambda: {"type": Token.Type.REFRESH_TOKEN}, HTTPStatus.UNAUTHORIZED),
    (MachineClient, lambda: {"revoked_at": clock.now()}, HTTPStatus.UNAUTHORIZED),
    (MachineClient, lambda: {"municipality": Municipality.objects.get(cbs_code=AMSTERDAM)}, HTTPStatus.FORBIDDEN),
]


@each("end", ENDS)
def test_a_token_that_was_good_a_moment_ago_is_looked_up_again(as_program: Client, end: Any):
    model, changes, status = end
    asked = ask(as_program).status_code
    model.objects.update(**changes())

    refused = ask(as_program)

    assert (asked, refused.status_code) == (HTTPStatus.OK, status)
    assert refused["Content-Type"] == "application/problem+json"
    assert EnforcementQuestion.objects.count() == 1


def test_a_program_that_asks_too_often_has_to_wait(as_program: Client, monkeypatch: pytest.MonkeyPatch):
    for name, value in {"LOT": 1, "QUESTIONS_A_MINUTE": 2, "_uncounted": Counter(), "_refused": set()}.items():
        monkeypatch.setattr(rate, name, value)

    *answered, refused = [ask(as_program) for _time in range(3)]

    assert [answer.status_code for answer in answered] == [HTTPStatus.OK] * 2
    assert (refused.status_code, refused["Retry-After"]) == (HTTPStatus.TOO_MANY_REQUESTS, "60")
    assert EnforcementQuestion.objects.count() == 2


@each("sent", HOSTILE)
def test_what_is_no_question_is_refused_and_said_why(as_program: Client, sent: Any):
    refused = ask(as_program, sent)

    assert refused.status_code == HTTPStatus.BAD_REQUEST
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["errors"]


def test_the_plate_is_in_no_log(as_program: Client, caplog: pytest.LogCaptureFixture):
    ask(as_program)
    as_program.post(BULK, json.dumps(QUESTION), content_type="application/x-ndjson").getvalue()

    assert "V123BX" not in caplog.text
    assert "V-123-BX" not in caplog.text


# --- Many in one request ------------------------------------------------------------------------------


def ask_many(client: Client, lines: list[str]) -> list[Any]:
    answer = client.post(BULK, "\n".join(lines), content_type="application/x-ndjson")
    assert answer.status_code == 200
    return [json.loads(line) for line in answer.getvalue().decode().splitlines()]


def test_the_answers_come_in_the_same_order(as_program: Client, applicant: User):
    exempted("WX12345", country="PL", by=applicant)
    lines = [{"plate": plate, "country": "PL", "zone": UTRECHT} for plate in ("AA1", "WX12345", "BB2")]

    answers = ask_many(as_program, [json.dumps(line) for line in lines])

    assert [answer["allowed"] for answer in answers] == [None, True, None]


def test_what_is_no_question_gets_an_error_in_its_place(as_program: Client):
    lines = [json.dumps(sent) for sent in HOSTILE] + ["", "{", "[" * 900, "x" * 5000, json.dumps(QUESTION)]
    other = json.dumps({**QUESTION, "zone": AMSTERDAM})

    *refused, answered, elsewhere = ask_many(as_program, [*lines, other])

    assert all(answer["error"] and answer["allowed"] is None for answer in [*refused, elsewhere])
    assert len(refused) == len(lines) - 1
    assert "error" not in answered


def test_one_answers_as_many_do(as_program: Client):
    assert ask_many(as_program, [json.dumps(QUESTION)]) == [ask(as_program).json()]


def test_the_questions_of_a_request_are_kept_together(as_program: Client):
    ask_many(as_program, [json.dumps({**QUESTION, "plate": f"V-12{number}-BX"}) for number in range(9)])

    row = EnforcementQuestion.objects.get()
    assert (row.count, len(row.plates)) == (9, 9)


def test_more_lines_than_one_may_send_are_refused_before_the_first_answer(as_program: Client):
    refused = as_program.post(BULK, "{}\n" * 200_001, content_type="application/x-ndjson")

    assert refused.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert not EnforcementQuestion.objects.exists()


def test_without_lines_there_are_no_answers(as_program: Client):
    assert ask_many(as_program, []) == []

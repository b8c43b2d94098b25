"""What is in the logs, and what must not be."""

import logging
import sys

import pytest
import structlog
from django.db import IntegrityError, connection
from django.test import Client

from zesportal.logs import LogLine, as_line


def test_an_action_is_one_line(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.INFO, logger="loket.test"):
        structlog.get_logger("loket.test").info("reminded", application=7, round=1)

    assert [record.getMessage() for record in caplog.records] == ["reminded application=7 round=1"]


def test_a_percent_sign_in_a_line_is_no_placeholder():
    (line,), _rest = as_line(None, "info", {"event": "done", "share": "7 %d"})

    assert logging.LogRecord("x", logging.INFO, "x", 1, line, (), None).getMessage() == "done share=7 %d"


@pytest.mark.django_db(transaction=True)
def test_a_refused_row_leaves_no_plate_in_the_log():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE car (plate text UNIQUE)")
        cursor.execute("INSERT INTO car VALUES ('XX123X')")
        try:
            cursor.execute("INSERT INTO car VALUES ('XX123X')")
        except IntegrityError:
            record = logging.LogRecord("loket", logging.ERROR, "x", 1, "failed", (), sys.exc_info())

    line = LogLine().format(record)

    assert "duplicate key value" in line
    assert "XX123X" not in line.replace("INSERT INTO car VALUES ('XX123X')", "")


def test_a_traceback_shows_no_values(caplog: pytest.LogCaptureFixture):
    plate = "-".join(["XX", "123", "X"])
    try:
        raise ValueError("no good")
    except ValueError:
        structlog.get_logger("loket.test").exception("failed", length=len(plate))

    line = LogLine().format(caplog.records[0])
    assert "ValueError: no good" in line
    assert plate not in line


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/account/password/reset/key/2f-c8x3-secret/",
        "/mijn/uitnodiging/secret/",
        "/verificatie/ZES-SECRET/",
        "/no/such/secret/",
        "/api/v1/besluiten/secret?plate=secret",
    ],
)
def test_no_part_of_an_address_that_could_open_something_is_logged(
    client: Client, caplog: pytest.LogCaptureFixture, address: str
):
    with caplog.at_level(logging.INFO):
        client.get(address)

    assert "request_started" in caplog.text
    assert "secret" not in caplog.text.lower()


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_one_line_without_a_traceback(client: Client, caplog: pytest.LogCaptureFixture):
    assert client.get("/", HTTP_HOST="evil.example").status_code == 400

    (record,) = [record for record in caplog.records if record.name == "django.security.DisallowedHost"]
    assert (record.levelname, record.exc_info) == ("WARNING", None)
    assert "evil.example" not in caplog.text
    assert "Traceback" not in caplog.text

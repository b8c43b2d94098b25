"""The port for text messages: what the gateway gets, and what the demo keeps."""

import pytest

from connections.remote_service import ServiceDownError
from connections.text_messages import GATEWAY, list_demo_texts, send_text
from tests.casework.gateway import Gateway


@pytest.fixture
def gateway(settings):
    with Gateway() as gateway:
        settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN, settings.SMS_SENDER = gateway.url, "AccessKey x", "Loket"
        yield gateway


def test_a_text_message_goes_out_in_the_format_of_the_gateway(gateway):
    send_text("+31612345678", "Er is een brief.")

    assert gateway.texts == [{"originator": "Loket", "recipients": ["31612345678"], "body": "Er is een brief."}]
    assert gateway.authorization == "AccessKey x"


def test_a_refusal_is_told_and_nothing_is_sent_twice(gateway, caplog):
    gateway.status = 503
    asked = []
    gateway.on_text = lambda: asked.append(1)

    with pytest.raises(ServiceDownError) as caught:
        send_text("+31612345678", "Er is een brief.")

    assert (caught.value.status, caught.value.may_be_done, len(asked)) == (503, False, 1)
    assert "612345678" not in caplog.text


def test_the_demo_keeps_what_was_sent_in_files(settings, tmp_path):
    settings.SMS_FILE_PATH = tmp_path / "sms"

    send_text("+31612345678", "één")
    send_text("+4915112345678", "twee")

    assert list_demo_texts() == [("+31612345678", "één"), ("+4915112345678", "twee")]


def test_without_an_address_there_is_no_gateway(settings):
    settings.SMS_GATEWAY_URL = ""

    assert not GATEWAY.is_connected
